"""The words on one bar: which form of each fits, and where it stands.

A text is never cut and never smaller than 14 px. Of its forms the longest that fits is taken; what is told
elsewhere too (diluent, amounts, new set) is left out where no form of it fits. A bar that has no room even
for its number has no words: its card and its hint have them.
"""

from __future__ import annotations

from collections.abc import Iterable

from ui.boxes import ICON, LINE, SMALL, Box, Measure, PlacedText, fitting
from ui.plan.cycle import BarPiece

_WIDE_PAD = 11
_NARROW_PAD = 5
_ROOMY = 140
_ROOMY_HEIGHT = 70
_DENSE_LINE = 16
OUTER_LINE = 2
INNER_LINE_AT = 3
INNER_LINE = 1
_CLEAR = 1


def border(*, double: bool) -> int:
    """How far a bar's border reaches into it."""
    return INNER_LINE_AT + INNER_LINE if double else OUTER_LINE


class BarTexts:
    """Fills the lines of one bar: heading, dose, times, and below them the amounts where there is room."""

    def __init__(self, piece: BarPiece, box: Box, measure: Measure) -> None:
        self._piece, self._box, self._measure = piece, box, measure
        self._wide = piece.wide
        self._edges = 2 * (border(double=piece.bacteriostatic) + _CLEAR)
        roomy = self._wide or box.width >= _ROOMY or piece.bacteriostatic
        pad = _WIDE_PAD if roomy else _NARROW_PAD
        self._left, self._right = box.left + pad, box.right - pad
        self._line = LINE if box.height >= _ROOMY_HEIGHT else _DENSE_LINE
        self._most = max(box.height - self._edges, 0) // _DENSE_LINE
        self._lines: list[list[PlacedText]] = []
        self._says_times = False

    def place(self) -> list[PlacedText]:
        piece, room = self._piece, self._right - self._left
        heading = fitting(piece.heading, room, SMALL, self._measure, bold=True)
        if heading is None or not self._most:
            return self._void_alone()
        times = fitting(piece.times, room, SMALL, self._measure)
        below = [piece.dose] if self._measure(piece.dose, SMALL, True) <= room else []
        dose_size, dose_line = self._dose_size(room)
        heights = [self._line, *([dose_line] if below else []), *([self._line] if times else [])]
        if len(heights) == 1 and self._must_say_state:
            heights.append(self._line)
        heights = heights[: self._most]
        amounts = (
            fitting(piece.amounts, room, SMALL, self._measure) if self._has_room_below(heights) else None
        )
        if amounts:
            heights.append(self._line)
        tops = self._tops(heights)
        self._lines = [[self._text(heading, tops[0], bold=True)]]
        if below and len(heights) > 1:
            self._lines.append([self._text(piece.dose, tops[1], size=dose_size, line=dose_line, bold=True)])
        if amounts:
            self._lines.append([self._text(amounts, tops[len(self._lines)])])
        self._says_times = times is not None and len(self._lines) < len(heights)
        if times and self._says_times:
            self._lines.append([self._text(times, tops[len(self._lines)])])
        self._at_the_right(tops)
        return [text for line in self._lines for text in line]

    def _void_alone(self) -> list[PlacedText]:
        """A stopped bag too narrow for its number still says that it is void, where that fits."""
        piece, room = self._piece, self._box.width - self._edges
        form = fitting(piece.state, room, SMALL, self._measure, bold=True) if piece.void else None
        if form is None or self._box.height < self._line + self._edges:
            return []
        left = self._box.left + (self._box.width - self._measure(form, SMALL, True)) // 2
        top = self._box.top + (self._box.height - self._line) // 2
        return [PlacedText(form, Box(left, top, self._measure(form, SMALL, True), self._line), bold=True)]

    def _has_room_below(self, heights: list[int]) -> bool:
        return self._most > 2 and self._box.height >= sum(heights) + LINE + max(14, self._edges)

    def _dose_size(self, room: int) -> tuple[int, int]:
        """The dose is the biggest word of a bar; 17 px in a narrow one."""
        sizes = ((24, 28), (20, 24)) if self._wide else ()
        others = min(self._most - 1, 2)
        for size, line in (*sizes, (17, 21), (16, 20), (15, 19)):
            low_enough = self._box.height >= others * self._line + line + self._edges
            if low_enough and self._measure(self._piece.dose, size, True) <= room:
                return size, line
        return SMALL, self._line

    def _tops(self, heights: list[int]) -> list[int]:
        free = max(self._box.height - sum(heights), 0)
        step = min(max(free - self._edges, 0) // (len(heights) + 1), 8)
        top = self._box.top + (free - step * (len(heights) - 1)) // 2
        tops = []
        for height in heights:
            tops.append(top)
            top += height + step
        return tops

    def _text(
        self, text: str, top: int, *, size: int = SMALL, line: int = 0, bold: bool = False
    ) -> PlacedText:
        width = self._measure(text, size, bold)
        return PlacedText(text, Box(self._left, top, width, line or self._line), size=size, bold=bold)

    def _at_the_right(self, tops: list[int]) -> None:
        """State, clock mark and diluent stand at the right, each in the first line that has room."""
        piece = self._piece
        last, lines = len(self._lines) - 1, range(len(self._lines))
        if piece.mark or piece.state:
            self._put_state(tops)
        if len(self._lines) == 1:
            self._put(piece.dose, (0,), tops, bold=True)
        if piece.bacteriostatic and not self._says_times:
            self._put(piece.diluent, lines, tops, bold=True)
        if not self._says_times:
            any(self._put(form, lines, tops) for form in piece.times)
        if piece.clock and not any(
            self._put(form, (last, 1, 0), tops, bold=True, icon=piece.clock_mark) for form in piece.clock
        ):
            self._say_clock_alone(tops[last])
        if not piece.bacteriostatic or self._says_times:
            self._put(piece.diluent, lines, tops, bold=piece.bacteriostatic)
        if piece.new_set:
            self._beside_heading(piece.new_set)

    def _put_state(self, tops: list[int]) -> None:
        """The state in words behind its shape; where no words fit, the shape beside the heading."""
        piece, lines = self._piece, range(len(self._lines))
        if any(self._put(form, lines, tops, bold=True, icon=piece.mark) for form in piece.state):
            return
        if self._state_alone(tops) or self._put("", lines, tops, bold=True, icon=piece.mark):
            return
        self._lines[0] = [self._text(piece.heading[-1], tops[0], bold=True)]
        self._put("", lines, tops, icon=piece.mark)

    @property
    def _must_say_state(self) -> bool:
        """Whether the bag was stopped, is the first after a restart, or waits for an answer."""
        return bool(self._piece.state) and (self._piece.void or self._piece.mark in ("", "unknown"))

    def _state_alone(self, tops: list[int]) -> bool:
        """What a narrow bar must say stands below its number, or in place of its end."""
        piece, room = self._piece, self._box.right - self._edges // 2 - self._left
        if not self._must_say_state or (len(tops) == 1 and not piece.void):
            return False
        for mark in (piece.mark, ""):
            icon = ICON + 4 if mark else 0
            form = fitting(piece.state, room - icon, SMALL, self._measure, bold=True)
            if form is not None:
                width = self._measure(form, SMALL, True) + icon
                place = Box(self._left, tops[-1], width, self._line)
                self._lines[len(tops) - 1 :] = [[PlacedText(form, place, bold=True, icon=mark)]]
                self._says_times = False
                return True
        return False

    def _say_clock_alone(self, top: int) -> None:
        """In a bar with no room beside it, what the clock does to the bag stands in place of its end."""
        if not self._says_times:
            return
        text = self._piece.clock[-1]
        width = self._measure(text, SMALL, True) + (ICON + 4 if self._piece.clock_mark else 0)
        if self._left + width <= self._box.right - self._edges // 2:
            box = Box(self._left, top, width, self._line)
            self._lines[-1] = [PlacedText(text, box, bold=True, icon=self._piece.clock_mark)]

    def _beside_heading(self, text: str) -> None:
        heading, *others = self._lines[0]
        width = self._measure(text, SMALL, False)
        left = heading.box.right + self._measure(" ", SMALL, False)
        if left + width + 8 <= min((each.box.left for each in others), default=self._right + 8):
            self._lines[0].append(PlacedText(text, Box(left, heading.box.top, width, self._line)))

    def _put(
        self, text: str, lines: Iterable[int], tops: list[int], *, bold: bool = False, icon: str = ""
    ) -> bool:
        if not text and not icon:
            return False
        width = self._measure(text, SMALL, bold) + (ICON + (4 if text else 0) if icon else 0)
        for number in lines:
            placed = self._lines[number] if number < len(self._lines) else None
            if placed is None:
                continue
            right = min((each.box.left for each in placed[1:]), default=self._right + 10) - 10
            if placed[0].box.right + 8 + width <= right:
                line = placed[0].box.height
                box = Box(right - width, tops[number] + (line - self._line) // 2, width, self._line)
                placed.append(PlacedText(text, box, bold=bold, icon=icon))
                return True
        return False
