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
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.order.page import OrderPage

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
SIZES = ("1366x768", "1920x1080")
NOW = datetime(2026, 11, 20, 15, 12, tzinfo=UTC)
STATION = {None: "Office 1", "pharmacist": "Check 1", "technician": "Bench 2"}
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
    from ui import theme

    bootstrap.use_pinned_zones()
    width, height = (int(part) for part in size.split("x"))
    application = QApplication([])
    theme.dress(application)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PHARMACY_APP_PRINT_FOLDER"] = folder
        url = f"sqlite:///{folder}/records.sqlite3"
        box = (width, height)
        Walk(url, size, None, box).sign_in()
        Walk(url, size, "pharmacist", box).orders_to_label()
        Walk(url, size, "technician", box).bench()
        Walk(url, size, "pharmacist", box).verification_and_others()
        Walk(url, size, "pharmacist", box).course()


class Walk:
    """One walk through a window of its own, with a picture at each stop. `who` works there; None: nobody."""

    def __init__(self, url: str, size: str, who: str | None, box: tuple[int, int]) -> None:
        from pharmacy_app import bootstrap
        from pharmacy_app.wording import load
        from ui.main_window import MainWindow

        self._size = size
        self.clock = NOW
        self.desk = bootstrap.open_desk(url, None).at_time(lambda: self.clock)
        seat = self.desk.station.seat
        seat.station = STATION[who]
        seat.actor = None if who is None else getattr(self.desk.people.training(), who)
        self._window = MainWindow(lambda: self.desk, load(), station=seat.station)
        self._window.setGeometry(0, 0, *box)
        self._window.show()

    def sign_in(self) -> None:
        """The first start of all: nobody is there yet."""
        self._picture("first-start")
        self._close()

    def orders_to_label(self) -> None:
        """A draft with refusals, an order on file, its plan, worksheet and specimen label."""
        from ui.order.page import OrderPage
        from ui.page import PageName, Subject

        self.desk.start_training()
        self._settle()
        page = self._window.page
        assert isinstance(page, OrderPage)
        page.reload()
        self._type_with_refusals(page)
        self._picture("orders-refused")
        page.presenter.throw_away()
        orders = self.desk.orders()
        relapsed = next(e.order.order_number for e in orders if e.order.indication == "relapsed-refractory")
        for name in (PageName.ORDERS, PageName.PLAN, PageName.WORKSHEET, PageName.LABEL):
            self._window.go_to(name, Subject(relapsed, 1))
            self._picture(name.value)
        self._close()

    def bench(self) -> None:
        """A training bag at the step of its drug, and a wrong scan."""
        from pharmacy_app.workflow.training_walk import Stage
        from ui.bench.page import BenchPage
        from ui.page import PageName

        walk = self.desk.training_walk
        walked = walk.through(Stage.PLAN)
        self._settle()
        self._window.go_to(PageName.BENCH)
        self._picture("worklist")
        page = self._window.page
        assert isinstance(page, BenchPage)
        serial = self.desk.bench.start(walked.order_number, 1)
        walk.go_on(serial, until="saline-preservative-free", actor=self.desk.station.actor())
        page.reload()
        self._settle()
        page.scanned(f"{serial}00")
        self._settle()
        page.scanned(self._code_of("saline-bacteriostatic"))
        self._picture("bench-stop")
        walk.go_on(serial, until="drug", actor=self.desk.station.actor())
        page.reload()
        self._settle()
        page.scanned(f"{serial}00")
        self._picture("bench")
        walk.go_on(serial, until="", actor=self.desk.station.actor())
        self._close()

    def _code_of(self, kind: str) -> str:
        """What stands under the code of a unit on the shelf."""
        products = {each.code for each in self.desk.stock.products() if each.kind.value == kind}
        lot = next(each for each in self.desk.stock.lots() if each.code in products)
        return f"(01){lot.code}(17){lot.expires_on:%y%m%d}(10){lot.lot}"

    def verification_and_others(self) -> None:
        """The bag is verified; then the pages beside the order of work."""
        from PySide6.QtTest import QTest

        from ui.page import PageName
        from ui.verify.page import VerifyPage

        (bag,) = self.desk.verification.waiting()
        self._settle()
        self._window.go_to(PageName.VERIFY)
        self._settle()
        page = self._window.page
        assert isinstance(page, VerifyPage)
        page.scanned(f"{bag.serial}00")
        self._picture("verify-covered")
        QTest.keyClicks(page.drug.field.edit, "10.7")
        QTest.keyClicks(page.total.field.edit, "286.2")
        page.uncover.click()
        self._picture("verify")
        for name in (PageName.BAGS, PageName.RECORD, PageName.FIGURES, PageName.SUPPLIES):
            self._window.go_to(name)
            self._settle()
            if name is PageName.BAGS:
                self._window.page.scanned(f"{bag.serial}00")  # type: ignore[union-attr]
            self._picture(name.value)
        self._close()

    def course(self) -> None:
        """An infusion that was stopped on its third day, and a restart that is typed."""
        from PySide6.QtTest import QTest

        from pharmacy_app.workflow.course import StopTyped
        from ui.course.page import CoursePage
        from ui.page import PageName, Subject

        orders = self.desk.orders()
        order = next(each.order for each in orders if each.order.indication == "relapsed-refractory")
        self.desk.accept_order(order.order_number)
        plan = self.desk.plan(order)
        self.desk.keep_plan(plan, {each.code: "Training" for each in plan.findings})
        stopped = plan.bags[0].start_at + timedelta(days=2, hours=3)
        self.clock = stopped + timedelta(hours=6)
        self.desk.course.stop(order.order_number, StopTyped(stopped, "Port re-accessed"))
        self._settle()
        self._window.go_to(PageName.COURSE, Subject(order.order_number))
        self._settle()
        page = self._window.page
        assert isinstance(page, CoursePage)
        form = page.course.restart
        form.when.now.click()
        QTest.keyClicks(form.prescriber.edit, "Dr. L. Okafor")
        QTest.keyClicks(form.decision.edit, "Go on at the same dose")
        self._settle()
        form.keep.choice.segments()[1].click()
        self._picture("course")
        self._close()

    def _close(self) -> None:
        self._window.gateway.close()
        self._window.deleteLater()

    def _type_with_refusals(self, page: OrderPage) -> None:
        from ui.order.draft import draft_of

        newest = self.desk.orders()[0].order
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
