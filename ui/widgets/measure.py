"""How wide a text is in the window's face."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics

from ui import theme


def measure(text: str, size: int, bold: bool) -> int:
    """The width in pixels of a text in a size in pixels: the shape of `ui.boxes.Measure`."""
    return QFontMetrics(theme.font(size, bold=bold)).horizontalAdvance(text)
