"""The training band: on every window and dialog, until the protocol in force is commissioned for patients.

No setting removes it: the main window asks the rules in force, and tells every band (REQ-PRO-003, -004).
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from ui import theme
from ui.icons import Icon, IconView
from ui.widgets.text import Text

_FOR_PATIENTS = "for patients"


def mark_training(*, training: bool) -> None:
    """Show every band there is, and every one to come; or, once patients are treated, none."""
    application = QApplication.instance()
    if not isinstance(application, QApplication) or _is_for_patients() is not training:
        return
    application.setProperty(_FOR_PATIENTS, not training)
    for widget in application.allWidgets():
        if isinstance(widget, TrainingBand):
            widget.setVisible(training)


def _is_for_patients() -> bool:
    application = QApplication.instance()
    return application is not None and application.property(_FOR_PATIENTS) is True


class TrainingBand(QWidget):
    """26 px, black on yellow, the same in both colour schemes."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setFixedHeight(theme.BAND_HEIGHT)
        self.setAccessibleName(words)
        text = Text(words, theme.SMALL, bold=True)
        tone = theme.colours().training
        text.setStyleSheet(f"color: {tone.ink};")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(9)
        row.addStretch(1)
        row.addWidget(IconView(Icon.REASON, 15, tone=tone))
        row.addWidget(text, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        if _is_for_patients():
            self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(theme.colours().training.ground))
        painter.end()
