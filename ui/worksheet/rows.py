"""Names and values in two columns, and a remark in one line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from ui import theme
from ui.icons import SEVERITY_ICONS, Icon, IconView
from ui.remarks import Remark
from ui.widgets.head import clear
from ui.widgets.text import LeadText, Text
from ui.worksheet.view import Rows


def show_rows(grid: QGridLayout, rows: Rows) -> None:
    """Names and values in two columns."""
    clear(grid)
    for at, (name, value) in enumerate(rows):
        grid.addWidget(Text(name, theme.TABLE, role="muted"), at, 0)
        grid.addWidget(Text(value, theme.TABLE, bold=True), at, 1)
    grid.setColumnStretch(1, 1)


class RemarkLine(QWidget):
    """A shape and a sentence, smaller than a finding's box; nothing at all where there is no remark."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = IconView(Icon.UNKNOWN, 15)
        self._text = LeadText("", "", theme.SMALL)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        self.hide()

    def show_remark(self, remark: Remark | None) -> None:
        """Show what a rule says, or nothing."""
        if remark is not None:
            self.say(SEVERITY_ICONS[remark.severity], remark.lead, remark.sentence)
        self.setVisible(remark is not None)

    def say(self, icon: Icon, lead: str, sentence: str) -> None:
        """Show this."""
        self._icon.show_icon(icon)
        self._text.say(lead, sentence)
        self.show()
