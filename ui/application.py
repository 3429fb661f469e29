"""The desktop program: one application, one main window. Without a display this must not be called."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget

from ui import theme
from ui.errors import catch_bugs
from ui.main_window import MainWindow
from ui.scanner import prefix_of
from ui.sound import StationSound

if TYPE_CHECKING:
    from pharmacy_app.workflow.desk import Desk
    from ui.words import Words


def run_window(
    *,
    open_desk: Callable[[], Desk],
    words: Words | None = None,
    report: Callable[[BaseException], str] | None = None,
    station: str | None = None,
    scanner_prefix: str = "",
) -> int:
    """Show the window and stay until it is closed; returns the exit code.

    `open_desk` is called after the first paint. `report` keeps the details of a bug and returns its
    reference. What is not given is the English catalogue, the log file, the name of this machine.
    `scanner_prefix` names in caret notation what the station's scanner sends before each code.

    Raises:
        InputRefused: the prefix is not made of control characters.
    """
    prefix = prefix_of(scanner_prefix)
    application = QApplication(sys.argv[:1])
    theme.dress(application)
    reporter = report or _to_the_log_file
    window = MainWindow(
        open_desk,
        words or _english(),
        station=station or platform.node(),
        report=reporter,
        sound=StationSound(),
        scanner_prefix=prefix,
    )
    catch_bugs(window.show_bug, reporter)
    show_in(window, window.screen().availableGeometry())
    return application.exec()


def show_in(window: QWidget, room: QRect) -> None:
    """Show the window as large as its screen's `room`, but never smaller than it may be.

    The room is also given as a size: not every screen has a window manager that maximizes windows.
    """
    smallest = window.minimumSize()
    window.setGeometry(QRect(room.topLeft(), room.size().expandedTo(smallest)))
    if room.size().expandedTo(smallest) == room.size():
        window.showMaximized()
    else:
        window.show()


def _english() -> Words:
    from pharmacy_app.wording import load

    return load("en")


def _to_the_log_file(error: BaseException) -> str:
    from pharmacy_app.crash_log import report_bug

    traceback = error.__traceback__
    return report_bug((None, None, None) if traceback is None else (type(error), error, traceback))
