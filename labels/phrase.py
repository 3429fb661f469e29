"""One item of the content as type: which font, how wide at a size, broken into which rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from labels.fonts import Family, cannot_draw, width
from labels.layout import CONTENTS, Layout, Run
from pharmacy_app.domain.label import Content

_PAIRS = frozenset(
    each.name for kind in CONTENTS.values() for each in fields(kind) if each.type == "tuple[str, str]"
)
_HAIR = 0.001
_CAPTION_GAP = 0.3  # between a caption and its value, in ems: about a space


@dataclass(frozen=True, slots=True)
class Part:
    """A text in one font; `units` is its width in thousandths of the size."""

    text: str
    family: Family
    bold: bool
    units: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A part, or a piece of it, `x` points from the left of its phrase."""

    part: Part
    x: float


@dataclass(frozen=True, slots=True)
class Phrase:
    """One text of an item, or a caption and its value."""

    run: Run
    parts: tuple[Part, ...]

    def width(self, size: float) -> float:
        """How wide it is on one row, in points."""
        last = self.parts[-1].units * size / 1000
        return last if len(self.parts) == 1 else self._value_x(size) + last

    def row(self, size: float) -> tuple[Placed, ...]:
        """All of it on one row."""
        if len(self.parts) == 1:
            return (Placed(self.parts[0], 0),)
        caption, value = self.parts
        return (Placed(caption, 0), Placed(value, self._value_x(size)))

    def rows(self, size: float, room: float) -> tuple[tuple[Placed, ...], ...]:
        """Broken at spaces into as few rows as `room` allows, then as evenly as they can be.

        A word that is wider than the room stands out.
        """
        fewest = self._broken(size, room)
        even = fewest
        while len(even) == len(fewest):
            fewest, narrower = even, rows_width(even, size) - _HAIR
            even = self._broken(size, narrower)
            if rows_width(even, size) > narrower:
                break
        return fewest

    def _broken(self, size: float, room: float) -> tuple[tuple[Placed, ...], ...]:
        *caption, text = self.parts
        first_x = self._value_x(size) if caption else 0.0
        next_x = self.run.value_at
        rows: list[tuple[Placed, ...]] = []
        line = ""
        for word in text.text.split(" "):
            longer = f"{line} {word}" if line else word
            x = next_x if rows else first_x
            if line and x + width(longer, text.family, text.bold) * size / 1000 > room:
                rows.append((Placed(_piece(text, line), x),))
                longer = word
            line = longer
        rows.append((Placed(_piece(text, line), next_x if rows else first_x),))
        heading = tuple(Placed(each, 0) for each in caption)
        return (heading + rows[0], *rows[1:])

    def _value_x(self, size: float) -> float:
        after_caption = (self.parts[0].units / 1000 + _CAPTION_GAP) * size
        return max(self.run.value_at, after_caption)


def rows_width(rows: tuple[tuple[Placed, ...], ...], size: float) -> float:
    """The width of the widest row."""
    return max(row[-1].x + row[-1].part.units * size / 1000 for row in rows)


@dataclass(frozen=True, slots=True)
class Undrawable:
    """Characters of an item that its fonts cannot draw."""

    item: str
    characters: str


def phrases(content: Content, layout: Layout) -> dict[str, tuple[Phrase, ...]]:
    """The content's items as phrases; an item that does not apply has none."""
    return {run.item: tuple(_phrases(content, run)) for run in layout.runs()}


def undrawable(content: Content, layout: Layout) -> tuple[Undrawable, ...]:
    """Every item with characters that neither its font nor, where it may have one, the second can draw."""
    found = []
    for run in layout.runs():
        for text in _texts(content, run.item):
            lacking = cannot_draw(text, "label")
            if lacking and run.second_font:
                lacking = cannot_draw(text, "second")
            if lacking:
                found.append(Undrawable(run.item, lacking))
    return tuple(found)


def _texts(content: Content, item: str) -> tuple[str, ...]:
    value: str | tuple[str, ...] = getattr(content, item)
    return tuple(each for each in ((value,) if isinstance(value, str) else value) if each)


def _phrases(content: Content, run: Run) -> Iterator[Phrase]:
    texts = _texts(content, run.item)
    if run.item not in _PAIRS:
        yield from (Phrase(run, (_part(text, run, bold=run.bold),)) for text in texts)
    elif texts:
        *caption, value = texts
        yield Phrase(
            run,
            (*(_part(text, run, bold=False) for text in caption), _part(value, run, bold=run.bold)),
        )


def _part(text: str, run: Run, *, bold: bool) -> Part:
    family: Family = "second" if run.second_font and cannot_draw(text, "label") else "label"
    if cannot_draw(text, family):
        return Part(text, family, bold, 0)  # refused before anything is drawn
    return Part(text, family, bold, width(text, family, bold))


def _piece(part: Part, text: str) -> Part:
    return Part(text, part.family, part.bold, width(text, part.family, part.bold))
