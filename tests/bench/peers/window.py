"""An empty main window of ours's smallest size: `window.py WIDTH HEIGHT`. Ends at its first paint."""

import os
import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


def end() -> None:
    """Say so and be gone, without the time that tidying up takes."""
    os.write(sys.stdout.fileno(), b"painted\n")
    os._exit(0)


class EmptyWindow(QMainWindow):
    """Nothing in it."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        QTimer.singleShot(0, end)


def main(width: str, height: str) -> int:
    """Show it."""
    application = QApplication(sys.argv[:1])
    window = EmptyWindow()
    window.setMinimumSize(int(width), int(height))
    window.showMaximized()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
