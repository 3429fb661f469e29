"""Takes the pictures of docs/pictures from the real window on a real X screen: `make pictures`.

Without arguments: starts a virtual screen of each size and itself on it. With a size: takes the pictures.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.order.page import OrderPage

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
SIZES = ("1366x768", "1920x1080")
NOW = datetime(2026, 11, 20, 15, 12, tzinfo=UTC)
_PATIENCE_S = 30
_STILL_ROUNDS = 30


def main(arguments: list[str]) -> int:
    """Take the pictures of one size here, or of all sizes each on a screen of its own."""
    if arguments:
        take(arguments[0])
        return 0
    PICTURES.mkdir(parents=True, exist_ok=True)
    for size in SIZES:
        with screen(size) as display:
            environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
            subprocess.run(
                [sys.executable, "-m", "tests.pictures", size], env=environment, check=True, cwd=ROOT
            )
    return 0


@contextmanager
def screen(size: str) -> Iterator[str]:
    """A virtual X screen of this size; its display's name."""
    read_end, write_end = os.pipe()
    command = ["Xvfb", "-displayfd", str(write_end), "-screen", "0", f"{size}x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write_end], stderr=subprocess.DEVNULL)
    os.close(write_end)
    try:
        with os.fdopen(read_end) as answer:
            yield f":{answer.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def take(size: str) -> None:
    """Walk through every page with the training pharmacy's orders."""
    from PySide6.QtWidgets import QApplication

    from pharmacy_app import bootstrap
    from pharmacy_app.wording import load
    from ui import theme
    from ui.main_window import MainWindow

    bootstrap.use_pinned_zones()
    width, height = (int(part) for part in size.split("x"))
    application = QApplication([])
    theme.dress(application)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/records.sqlite3"
        window = MainWindow(
            lambda: bootstrap.open_desk(url, None).at_time(lambda: NOW), load(), station="Office 1"
        )
        window.setGeometry(0, 0, width, height)
        window.show()
        Walk(window, size).go()
        window.gateway.close()


class Walk:
    """One walk through the window, with a picture at each stop."""

    def __init__(self, window: MainWindow, size: str) -> None:
        self._window = window
        self._size = size

    def go(self) -> None:
        """First start, a draft with refusals, an order on file, then its plan, worksheet and label."""
        from ui.order.page import OrderPage
        from ui.page import PageName, Subject

        self._settle()
        page = self._window.page
        assert isinstance(page, OrderPage)
        self._picture("first-start")
        page.first.load.click()
        self._settle()
        self._settle()
        self._type_with_refusals(page)
        self._picture("orders-refused")
        page.presenter.throw_away()
        relapsed = next(
            each.order.order_number
            for each in page.desk.orders()
            if each.order.indication == "relapsed-refractory"
        )
        subject = Subject(relapsed, 1)
        for name in PageName:
            self._window.go_to(name, subject)
            self._settle()
            self._picture(name.value)

    def _type_with_refusals(self, page: OrderPage) -> None:
        from ui.order.draft import draft_of

        newest = page.desk.orders()[0].order
        draft = draft_of(newest, durations_h=page.desk.protocol.durations_h)
        for name, text in (
            ("order_number", "RX-1010"),
            ("patient.record_number", "4471099"),
            ("patient.family_name", "Abdi"),
            ("patient.given_names", "Hodan"),
            ("patient.weight_kg", "71,5"),
            ("patient.weight_taken_on", "2026-11-02"),
        ):
            draft = draft.with_text(name, text)
        page.new_order()
        page.presenter.change(draft)
        for name in page.form.fields:
            page.presenter.left(name)
        self._settle()
        page.form.focus_field("patient.weight_kg")

    def _settle(self) -> None:
        """Until the file has answered everything and the layouts stand still.

        QTest.qWait would keep the other thread from running, so time passes in Python here.
        """
        from PySide6.QtCore import QCoreApplication

        still, deadline = 0, time.monotonic() + _PATIENCE_S
        while still < _STILL_ROUNDS and time.monotonic() < deadline:
            QCoreApplication.processEvents()
            time.sleep(0.01)
            busy = self._window.page is None or self._window.gateway.busy
            still = 0 if busy else still + 1

    def _picture(self, name: str) -> None:
        self._settle()
        picture = self._window.screen().grabWindow(0)
        path = PICTURES / f"{name}-{self._size}.png"
        if not picture.save(str(path)):
            raise OSError(f"{path} cannot be written")
        print(path.relative_to(ROOT))  # noqa: T201 - run by hand


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
