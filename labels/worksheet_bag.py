"""The drawn bag of a worksheet: layers to scale from the bottom up, with leaders; the overfill hatched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from labels.page import GREY, LEADING, Page

_NECK = 20
_AIR = 16
_LABEL_GAP = 5
_HATCH = 7
_THINNEST = 2.5
_SHADES = (0.93, 0.8, 0.35, 0.6)


@dataclass(frozen=True, slots=True)
class Layer:
    """What goes in, in its order: volume in mL, how it is labelled, whether that stands out."""

    volume: float
    volume_text: str
    words: str
    strong: bool


@dataclass(frozen=True, slots=True)
class BagFigure:
    """Everything of the drawing. The two parts are volume text and words."""

    layers: tuple[Layer, ...]
    overfill: float
    infuse: tuple[str, str]
    discard: tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Fluid:
    left: float
    top: float
    wide: float
    high: float

    @property
    def right(self) -> float:
        return self.left + self.wide

    @property
    def bottom(self) -> float:
        return self.top + self.high


@dataclass(frozen=True, slots=True)
class _Span:
    x: float
    top: float
    bottom: float


def draw_bag(page: Page, figure: BagFigure, *, x: float, y: float, room: float, high: float) -> None:
    """Draw the bag and its words in `room` × `high` from x, y."""
    wide = room * 0.3
    left = x + room * 0.27
    body_top = y + _NECK
    page.box(x=left + wide / 2 - 9, y=body_top - 9, wide=18, high=9, line=1.2)
    page.box(x=left, y=body_top, wide=wide, high=high - _NECK - 9, line=1.6)
    for port in (wide / 2 - 14, wide / 2 + 6):
        page.box(x=left + port, y=y + high - 9, wide=8, high=9, line=0, fill=GREY)
    fluid = _Fluid(left + 2, body_top + _AIR, wide - 4, high - _NECK - 9 - _AIR - 2)
    boxes = _draw_layers(page, figure.layers, fluid)
    hatched = _hatch(page, figure, fluid)
    _draw_labels(page, figure.layers, boxes, left=fluid.right + 4, right=x + room, top=y, bottom=y + high)
    words_left = left - 12 - x
    lowest = y + high
    below = _Span(left - 8, hatched + 1, fluid.bottom)
    lowest = _bracket(page, figure.discard, below, room=words_left, lowest=lowest)
    _bracket(page, figure.infuse, _Span(left - 8, fluid.top, hatched - 1), room=words_left, lowest=lowest)


def _draw_layers(page: Page, layers: Sequence[Layer], fluid: _Fluid) -> list[float]:
    """Draw them from the bottom up; the middles of the layers."""
    total = sum(each.volume for each in layers)
    heights = [max(each.volume / total * fluid.high, _THINNEST) for each in layers]
    largest = heights.index(max(heights))
    heights[largest] += fluid.high - sum(heights)
    bottom, middles = fluid.bottom, []
    for height, shade in zip(heights, _SHADES, strict=False):
        page.box(x=fluid.left, y=bottom - height, wide=fluid.wide, high=height, line=0.4, fill=shade)
        middles.append(bottom - height / 2)
        bottom -= height
    return middles


def _hatch(page: Page, figure: BagFigure, fluid: _Fluid) -> float:
    """Slanted lines over the overfill at the bottom; its upper edge."""
    total = sum(each.volume for each in figure.layers)
    high = figure.overfill / total * fluid.high
    top = fluid.bottom - high
    step = 0.0
    while step < fluid.wide + high:
        start, end = max(step - high, 0), min(step, fluid.wide)
        page.rule(
            x=fluid.left + start,
            y=fluid.bottom - (step - start),
            to_x=fluid.left + end,
            to_y=fluid.bottom - (step - end),
            line=0.5,
        )
        step += _HATCH
    page.rule(x=fluid.left - 6, y=top, to_x=fluid.right + 2, line=1)
    return top


def _draw_labels(
    page: Page,
    layers: Sequence[Layer],
    middles: Sequence[float],
    *,
    left: float,
    right: float,
    top: float,
    bottom: float,
) -> None:
    """Volume and words beside each layer, spread so that none lies on another, with a leader to it."""
    x = left + 16
    lines = [page.broken(each.words, room=right - x, size=8, bold=each.strong) for each in layers]
    heights = [14 + 8 * LEADING * len(each) for each in lines]
    tops = _spread([each - 8 for each in middles], heights, top=top, bottom=bottom)
    for layer, middle, words, at in zip(layers, middles, lines, tops, strict=True):
        page.rule(x=left - 4, y=middle, to_x=left + 12, to_y=at + 8)
        page.text(layer.volume_text, x=x, y=at + 12, size=13, bold=True)
        for number, line in enumerate(words):
            y = at + 22 + number * 8 * LEADING
            page.text(line, x=x, y=y, size=8, bold=layer.strong, room=right - x)


def _spread(wanted: list[float], heights: list[float], *, top: float, bottom: float) -> list[float]:
    """Tops near the wanted ones, the first the lowest, none on another."""
    tops: list[float] = []
    floor = bottom
    for at, height in zip(wanted, heights, strict=True):
        tops.append(min(at, floor - height))
        floor = tops[-1] - _LABEL_GAP
    ceiling = top
    for number in reversed(range(len(tops))):
        tops[number] = max(tops[number], ceiling)
        ceiling = tops[number] + heights[number] + _LABEL_GAP
    return tops


def _bracket(page: Page, words: tuple[str, str], span: _Span, *, room: float, lowest: float) -> float:
    """A bracket with its words at its left, none below `lowest`; returns where they begin."""
    page.rule(x=span.x, y=span.top, to_x=span.x, to_y=span.bottom, line=1)
    for end in (span.top, span.bottom):
        page.rule(x=span.x, y=end, to_x=span.x + 5, line=1)
    lines = page.broken(words[1], room=room, size=8)
    middle = (span.top + span.bottom) / 2
    y = min(middle, lowest - 2 - len(lines) * 8 * LEADING)
    page.text(words[0], x=span.x - 4, y=y, size=12, bold=True, align="right", room=room)
    page.paragraph(words[1], x=span.x - 4, y=y + 10, room=room, size=8, align="right")
    return y - 12
