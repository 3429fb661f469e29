"""Where everything of the drawn bag stands, in whole pixels: layers to scale, leaders, brackets.

The first thing that goes in lies at the bottom. A layer too thin to be seen is drawn as a line of 3 px.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ui.boxes import LINE, SMALL, Box, Measure

THINNEST = 3
VOLUME_SIZE = 22
BRACKET_SIZE = 20
_VOLUME_LINE = 26
_LABEL_GAP = 8
_BAG_SHARE = 0.30
_HANGER = 34
_PORTS = 18
_LEFT_SHARE = 0.27


@dataclass(frozen=True, slots=True)
class Layer:
    """One ingredient: its volume, its words (name in full and place in the order), its kind."""

    kind: str
    volume: Decimal
    volume_text: str
    words: str


@dataclass(frozen=True, slots=True)
class BagContents:
    """What is drawn: layers in the order in which they go in, and the two parts of the whole."""

    layers: tuple[Layer, ...]
    infuse: Decimal
    infuse_lines: tuple[str, ...]
    overfill: Decimal
    overfill_lines: tuple[str, ...]
    closing: str

    @property
    def total(self) -> Decimal:
        return sum((layer.volume for layer in self.layers), Decimal(0))


@dataclass(frozen=True, slots=True)
class PlacedLayer:
    """A layer's box, its leader as points, and its words as lines under its volume."""

    layer: Layer
    box: Box
    leader: tuple[tuple[int, int], ...]
    label: Box
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlacedBracket:
    """A bracket at the left: what it spans, and the words beside it, the volume first."""

    span: Box
    lines: tuple[str, ...]
    text: Box


@dataclass(frozen=True, slots=True)
class BagDrawing:
    """The whole drawing. `overfill` is the hatched part at the bottom."""

    body: Box
    fluid: Box
    layers: tuple[PlacedLayer, ...]
    overfill: Box
    infuse_bracket: PlacedBracket
    overfill_bracket: PlacedBracket


def lay_out_bag(contents: BagContents, *, width: int, height: int, measure: Measure) -> BagDrawing:
    """Place the drawing in `width` × `height`."""
    bag_width = min(int(width * _BAG_SHARE), 190)
    left = max(int(width * _LEFT_SHARE), _bracket_room(contents, measure))
    body = Box(left, _HANGER, bag_width, height - _HANGER - _PORTS)
    air = max(24, body.height // 14)
    fluid = Box(left + 4, body.top + air, bag_width - 8, body.height - air - 4)
    boxes = _layer_boxes(contents, fluid)
    labels = _labels(contents, boxes, Box(body.right, 0, width - body.right, height), measure)
    overfill_height = _scaled(contents.overfill, contents.total, fluid.height)
    overfill = Box(fluid.left, fluid.bottom - overfill_height, fluid.width, overfill_height)
    infused = Box(left - 20, fluid.top, 10, overfill.top - fluid.top - 2)
    discarded = Box(left - 20, overfill.top + 2, 10, overfill.height - 2)
    brackets = _bracket_texts(contents, infused, discarded, height)
    return BagDrawing(body, fluid, labels, overfill, *brackets)


def _bracket_room(contents: BagContents, measure: Measure) -> int:
    """What the words and the bracket at the left of the bag need."""
    widths = [
        measure(line, SMALL if at else BRACKET_SIZE, not at)
        for lines in (contents.infuse_lines, contents.overfill_lines)
        for at, line in enumerate(lines)
    ]
    return max(widths) + 30


def _scaled(part: Decimal, whole: Decimal, pixels: int) -> int:
    return max(int((part * pixels / whole).to_integral_value()), THINNEST)


def _layer_boxes(contents: BagContents, fluid: Box) -> list[Box]:
    """Heights to scale from the bottom up; the largest layer takes what rounding leaves over."""
    heights = [_scaled(layer.volume, contents.total, fluid.height) for layer in contents.layers]
    largest = max(range(len(heights)), key=lambda at: contents.layers[at].volume)
    heights[largest] += fluid.height - sum(heights)
    boxes, bottom = [], fluid.bottom
    for height in heights:
        boxes.append(Box(fluid.left, bottom - height, fluid.width, height))
        bottom -= height
    return boxes


def _labels(
    contents: BagContents, boxes: Sequence[Box], room: Box, measure: Measure
) -> tuple[PlacedLayer, ...]:
    left = room.left + 32
    lines = [wrapped(layer.words, room.right - left, measure) for layer in contents.layers]
    heights = [_VOLUME_LINE + LINE * len(each) for each in lines]
    middles = [box.top + box.height // 2 for box in boxes]
    tops = spread(
        [middle - _VOLUME_LINE // 2 for middle in middles], heights, first=room.top, last=room.bottom
    )
    placed = []
    for layer, box, middle, top, height, words in zip(
        contents.layers, boxes, middles, tops, heights, lines, strict=True
    ):
        at = top + _VOLUME_LINE // 2
        leader = ((room.left, middle), (left - 14, at), (left - 5, at))
        placed.append(PlacedLayer(layer, box, leader, Box(left, top, room.right - left, height), words))
    return tuple(placed)


def spread(wanted: Sequence[int], heights: Sequence[int], *, first: int, last: int) -> list[int]:
    """Tops near the wanted ones, from the lowest up, none overlapping and none outside the room.

    >>> spread([80, 78, 10], [20, 20, 20], first=0, last=100)
    [80, 52, 10]
    """
    tops: list[int] = []
    floor = last
    for top, height in zip(wanted, heights, strict=True):
        placed = min(top, floor - height)
        tops.append(placed)
        floor = placed - _LABEL_GAP
    ceiling = first
    for at in reversed(range(len(tops))):
        tops[at] = max(tops[at], ceiling)
        ceiling = tops[at] + heights[at] + _LABEL_GAP
    return tops


def wrapped(text: str, room: int, measure: Measure) -> tuple[str, ...]:
    """The text in lines not wider than `room`, broken at spaces only; no-break spaces hold."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer, SMALL, False) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _bracket_texts(
    contents: BagContents, infused: Box, discarded: Box, height: int
) -> tuple[PlacedBracket, PlacedBracket]:
    """Words beside the middle of each bracket; those of the small one keep below those of the large one."""
    room = infused.left - 8
    sizes = [
        _VOLUME_LINE + LINE * (len(lines) - 1) for lines in (contents.infuse_lines, contents.overfill_lines)
    ]
    wanted = [
        span.top + (span.height - size) // 2 for span, size in zip((infused, discarded), sizes, strict=True)
    ]
    low, high = spread([wanted[1], wanted[0]], [sizes[1], sizes[0]], first=0, last=height)
    return (
        PlacedBracket(infused, contents.infuse_lines, Box(0, high, room, sizes[0])),
        PlacedBracket(discarded, contents.overfill_lines, Box(0, low, room, sizes[1])),
    )
