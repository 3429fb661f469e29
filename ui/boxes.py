"""Boxes and texts on a painted picture, in whole pixels."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

Measure = Callable[[str, int, bool], int]
"""The width in pixels of a text in a size in pixels, bold or not."""

SMALL = 14
LINE = 18
ICON = 14


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in whole pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.left + self.width

    @property
    def bottom(self) -> int:
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text, or an icon with a text after it, in a box that holds both. `icon` may be empty."""

    text: str
    box: Box
    size: int = SMALL
    bold: bool = False
    muted: bool = False
    icon: str = ""


def fitting(
    forms: Iterable[str], room: int, size: int, measure: Measure, *, bold: bool = False
) -> str | None:
    """The first form that is not wider than `room`; None if none is."""
    return next((form for form in forms if measure(form, size, bold) <= room), None)
