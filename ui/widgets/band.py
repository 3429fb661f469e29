"""The training band: on every window and dialog, until the protocol in force is commissioned for patients.

No setting removes it: the main window asks the rules in force, and tells every band (REQ-PRO-003, -004).
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.icons import Icon, IconView
from ui.widgets.text import Text

_FOR_PATIENTS = "for patients"


def mark_training(window: QWidget, *, training: bool) -> None:
    """Show the band of this window and of its dialogs, now and later; or, once patients are treated, none."""
    if _is_for_patients(window) is not training:
        return
    window.setProperty(_FOR_PATIENTS, not training)
    for band in window.findChildren(TrainingBand):
        band.setVisible(training)


def _is_for_patients(opener: QWidget | None) -> bool:
    """Whether the window above is known to be one of an installation for patients."""
    while opener is not None:
        if opener.property(_FOR_PATIENTS) is True:
            return True
        opener = opener.parentWidget()
    return False


class TrainingBand(QWidget):
    """26 px, black on yellow, the same in both colour schemes. `opener` is what opened its dialog."""

    def __init__(self, words: str, *, opener: QWidget | None = None) -> None:
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
        if _is_for_patients(opener):
            self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(theme.colours().training.ground))
        painter.end()
