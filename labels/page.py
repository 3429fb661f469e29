"""A page of paper to write on: lengths in points from the upper left corner, text that can be measured.

Every text is drawn as it is or recorded as not drawable; nothing is cut or replaced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from labels.fonts import Family, as_drawn, cannot_draw, face, width

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

LEADING = 1.22
BLACK, GREY, PALE, WHITE = 0.0, 0.45, 0.9, 1.0


class Page:
    """The pages of one document, one after another. `undrawable` are texts that no font can draw."""

    def __init__(self, canvas: Canvas, *, width_pt: float, height_pt: float) -> None:
        self._canvas = canvas
        self.width = width_pt
        self.height = height_pt
        self.undrawable: list[str] = []

    def text(
        self,
        text: str,
        *,
        x: float,
        y: float,
        size: float,
        bold: bool = False,
        align: Literal["left", "right"] = "left",
        grey: float = BLACK,
    ) -> float:
        """One line with its base line at `y`; returns where it ends."""
        family = self._family(text)
        if family is None:
            return x
        wide = width(text, family, bold) * size / 1000
        start = x - wide if align == "right" else x
        self._canvas.setFillGray(grey)
        self._canvas.setFont(face(family, bold=bold).name, size)
        self._canvas.drawString(start, self.height - y, as_drawn(text))
        return start + wide

    def paragraph(
        self, text: str, *, x: float, y: float, room: float, size: float, bold: bool = False
    ) -> float:
        """Lines broken at spaces, the first on base line `y`; returns the base line after the last."""
        for line in self.broken(text, room=room, size=size, bold=bold):
            self.text(line, x=x, y=y, size=size, bold=bold)
            y += LEADING * size
        return y

    def broken(self, text: str, *, room: float, size: float, bold: bool = False) -> list[str]:
        """The text as lines not wider than `room`; a word that is too wide stands out."""
        family = self._family(text) or "label"
        lines: list[str] = []
        for word in text.split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self._wide(longer, family, bold=bold) * size / 1000 <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def measure(self, text: str, *, size: float, bold: bool = False) -> float:
        """How wide a text is on one line."""
        return self._wide(text, self._family(text) or "label", bold=bold) * size / 1000

    def rule(self, *, x: float, y: float, to_x: float, line: float = 0.7, to_y: float | None = None) -> None:
        """A line, level unless `to_y` is given."""
        self._canvas.setStrokeGray(BLACK)
        self._canvas.setLineWidth(line)
        end = y if to_y is None else to_y
        self._canvas.line(x, self.height - y, to_x, self.height - end)

    def box(
        self,
        *,
        x: float,
        y: float,
        wide: float,
        high: float,
        line: float = 0.7,
        fill: float | None = None,
    ) -> None:
        """A box with its upper left corner at x, y; `fill` is its grey, `line` 0: no border."""
        if fill is not None:
            self._canvas.setFillGray(fill)
        self._canvas.setStrokeGray(BLACK)
        self._canvas.setLineWidth(line)
        self._canvas.rect(
            x, self.height - y - high, wide, high, stroke=int(line > 0), fill=int(fill is not None)
        )

    def next(self) -> None:
        """Go on on a new page."""
        self._canvas.showPage()

    def _wide(self, text: str, family: Family, *, bold: bool) -> int:
        return 0 if cannot_draw(text, family) else width(text, family, bold)

    def _family(self, text: str) -> Family | None:
        """The font that can draw the whole text."""
        if not cannot_draw(text, "label"):
            return "label"
        if not cannot_draw(text, "second"):
            return "second"
        self.undrawable.append(text)
        return None
