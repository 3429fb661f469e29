"""A page of paper to write on: lengths in points from the upper left corner, text that can be measured.

Every text is drawn as it is or recorded as not drawable; nothing is cut or replaced.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from labels.fonts import Family, as_drawn, cannot_draw, face, width

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

LEADING = 1.22
BLACK, GREY, PALE, WHITE = 0.0, 0.45, 0.9, 1.0
_EDGE = 12.0
_HATCH = 4
_ABOVE, _BELOW = 0.76, 0.29
_SLACK = 0.1


@dataclass(frozen=True, slots=True)
class _Placed:
    """A text on a page; points from the upper left corner."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float

    def lies_on(self, other: _Placed) -> bool:
        across = self.left < other.right - _SLACK and other.left < self.right - _SLACK
        return across and self.top < other.bottom - _SLACK and other.top < self.bottom - _SLACK


class Page:
    """The pages of one document, one after another.

    `undrawable` are texts that no font can draw, `homeless` those that have no room in their place.
    """

    def __init__(self, canvas: Canvas, *, width_pt: float, height_pt: float) -> None:
        self._canvas = canvas
        self.width = width_pt
        self.height = height_pt
        self.undrawable: list[str] = []
        self.homeless: list[str] = []
        self._number = 1
        self._placed: list[_Placed] = []

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
        room: float | None = None,
    ) -> float:
        """One line with its base line at `y`, in `room` if one is given; returns where it ends."""
        family = self._family(text)
        if family is None:
            return x
        wide = width(text, family, bold) * size / 1000
        start = x - wide if align == "right" else x
        if text:
            self._note(text, left=start, right=start + wide, y=y, size=size, room=room)
        self._canvas.setFillGray(grey)
        self._canvas.setFont(face(family, bold=bold).name, size)
        self._canvas.drawString(start, self.height - y, as_drawn(text))
        return start + wide

    def paragraph(
        self,
        text: str,
        *,
        x: float,
        y: float,
        room: float,
        size: float,
        bold: bool = False,
        align: Literal["left", "right"] = "left",
    ) -> float:
        """Lines broken at spaces, the first on base line `y`; returns the base line after the last."""
        for line in self.broken(text, room=room, size=size, bold=bold):
            self.text(line, x=x, y=y, size=size, bold=bold, align=align, room=room)
            y += LEADING * size
        return y

    @property
    def overlapping(self) -> Iterator[tuple[str, str]]:
        """Every two texts of which one lies on the other."""
        for one, other in combinations(self._placed, 2):
            if one.page == other.page and one.lies_on(other):
                yield other.text, one.text

    def _note(
        self, text: str, *, left: float, right: float, y: float, size: float, room: float | None
    ) -> None:
        """Remember where a text stands, and whether it has room there."""
        top, bottom = y - _ABOVE * size, y + _BELOW * size
        self._placed.append(_Placed(self._number, text, left, top, right, bottom))
        too_wide = room is not None and right - left > room + _SLACK
        outside = left < _EDGE or right > self.width - _EDGE or top < _EDGE or bottom > self.height - _EDGE
        if too_wide or outside:
            self.homeless.append(text)

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
        dashed: bool = False,
    ) -> None:
        """A box with its upper left corner at x, y; `fill` is its grey, `line` 0: no border."""
        if fill is not None:
            self._canvas.setFillGray(fill)
        self._canvas.setStrokeGray(BLACK)
        self._canvas.setLineWidth(line)
        if dashed:
            self._canvas.setDash([2.5, 1.8])
        self._canvas.rect(
            x, self.height - y - high, wide, high, stroke=int(line > 0), fill=int(fill is not None)
        )
        if dashed:
            self._canvas.setDash([])

    def disc(self, *, x: float, y: float, radius: float) -> None:
        """A black disc with its centre at x, y and a white edge."""
        self._canvas.setFillGray(BLACK)
        self._canvas.setStrokeGray(WHITE)
        self._canvas.setLineWidth(0.6)
        self._canvas.circle(x, self.height - y, radius, stroke=1, fill=1)

    def hatch(self, *, x: float, y: float, wide: float, high: float, grey: float) -> None:
        """A box full of slanting lines, its upper left corner at x, y."""
        canvas, bottom = self._canvas, self.height - y - high
        canvas.saveState()
        area = canvas.beginPath()
        area.rect(x, bottom, wide, high)
        canvas.clipPath(area, stroke=0)
        canvas.setStrokeGray(grey)
        canvas.setLineWidth(0.5)
        for step in range(0, int(wide + high) + _HATCH, _HATCH):
            canvas.line(x + step - high, bottom, x + step, bottom + high)
        canvas.restoreState()

    def next(self) -> None:
        """Go on on a new page."""
        self._canvas.showPage()
        self._number += 1

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
