"""Names and values in two columns."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout

from ui import theme
from ui.widgets.head import clear
from ui.widgets.text import Text
from ui.worksheet.view import Rows


def show_rows(grid: QGridLayout, rows: Rows) -> None:
    """Names and values in two columns."""
    clear(grid)
    for at, (name, value) in enumerate(rows):
        grid.addWidget(Text(name, theme.TABLE, role="muted"), at, 0)
        grid.addWidget(Text(value, theme.TABLE, bold=True), at, 1)
    grid.setColumnStretch(1, 1)
