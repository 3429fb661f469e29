"""Draws a plan on one page, Letter or A4 on its side: whose it is, the weeks, what it costs, every bag.

Everything is tried from the largest type down until it fits. What does not fit in the smallest is named, and
nothing is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from labels.fonts import cannot_draw, face
from labels.page import BLACK, LEADING, Page
from labels.plan_bars import LARGEST_ROW, LEAST_ROW, bar_height, draw_bar, draw_weeks
from labels.plan_heading import draw_heading
from labels.plan_table import SIZES, Table, table_of
from labels.plan_weeks import Weeks, weeks_of
from labels.plan_words import PlanWords
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.workflow.plan_paper import PaperSize, PlanPaper
from pharmacy_app.workflow.ports import Phrases, RenderedDocument

SIZES_PT = {PaperSize.LETTER: (792.0, 612.0), PaperSize.A4: (841.89, 595.28)}
MARGIN, _TOP = 28.0, 20.0
_SIDE = 176.0
_GUTTER = 10.0
_FOOT = 6.5
_SIDE_SIZES = (8, 7.5, 7, 6.5, 6)
_NOTE_SIZES = (7.5, 7, 6.5, 6.25, 6)
_NOTE_COLUMNS = 3
_SWATCH = 16.0


class PdfPlanRenderer:
    """Plans as PDF, one page each."""

    def __init__(self, words: Phrases) -> None:
        self._words = words

    def draw(self, paper: PlanPaper, *, size: PaperSize) -> RenderedDocument:
        """The plan as PDF, the same bytes for the same plan; a stop for each text that has no room."""
        from reportlab.pdfgen.canvas import Canvas

        buffer, (wide, high) = BytesIO(), SIZES_PT[size]
        canvas = Canvas(
            buffer,
            pagesize=(wide, high),
            invariant=1,
            initialFontName=face("label", bold=False).name,  # type: ignore[arg-type] # declared wrong
            lang="en-CA",
        )
        words = PlanWords(paper, self._words)
        canvas.setTitle(words.title())
        canvas.setAuthor("")
        canvas.setSubject("")
        page = Page(canvas, width_pt=wide, height_pt=high)
        stops = tuple(_Sheet(page, words).draw())
        if not stops:
            canvas.save()
        return RenderedDocument(b"" if stops else buffer.getvalue(), stops)


@dataclass(frozen=True, slots=True)
class _Notes:
    """The reminders in one size, broken into lines; columns are filled one after another."""

    size: float
    columns: tuple[tuple[str, ...], ...]

    @property
    def high(self) -> float:
        lines = max((len(each) for each in self.columns), default=0)
        return lines * self.size * LEADING + 14


class _Sheet:
    """One page, from the marks at the top to the protocol at the foot."""

    def __init__(self, page: Page, words: PlanWords) -> None:
        self._page, self._words = page, words
        self._right = page.width - MARGIN
        self._wide = page.width - 2 * MARGIN
        self._bottom = page.height - _TOP - _FOOT * LEADING - 3

    def draw(self) -> Iterator[Finding]:
        """Draws it; yields why it cannot be used."""
        page, weeks = self._page, weeks_of(self._words)
        top = draw_heading(page, self._words, x=MARGIN, y=_TOP, right=self._right)
        fitting = self._fitting(weeks, top)
        if fitting is None:
            yield _no_room(self._words.say("parts"))
        else:
            self._body(weeks, *fitting, top=top)
        self._footer()
        yield from (_cannot_draw(text) for text in dict.fromkeys(page.undrawable))
        yield from (_no_room(text) for text in dict.fromkeys(page.homeless))
        for text, other in dict.fromkeys(page.overlapping):
            yield _stop("plan-paper.cannot-draw-beside", text=text, other=other)
        page.next()

    def _fitting(self, weeks: Weeks, top: float) -> tuple[Table, _Notes, float] | None:
        """The largest table and reminders that leave the weeks room enough; the height of a week."""
        free = self._bottom - top - _GUTTER
        for size in SIZES:
            table = table_of(self._page, self._words, size=size, room=self._wide)
            for note_size in _NOTE_SIZES:
                notes = self._notes(note_size)
                if table is None or note_size > size:
                    continue
                left = (free - table.high - notes.high) / weeks.rows
                side = self._side_high(_SIDE_SIZES[-1]) if left >= LEAST_ROW else 0
                if left >= LEAST_ROW and side <= left * weeks.rows:
                    return table, notes, min(left, LARGEST_ROW)
        return None

    def _body(self, weeks: Weeks, table: Table, notes: _Notes, row_high: float, *, top: float) -> None:
        left_wide = self._wide - _SIDE - _GUTTER
        draw_weeks(self._page, weeks, x=MARGIN, y=top, wide=left_wide, row_high=row_high)
        high = self._bottom - top - _GUTTER - table.high - notes.high
        fitting = [size for size in _SIDE_SIZES if self._side_high(size) <= high]
        side_end = self._side(x=self._right - _SIDE, y=top, size=fitting[0])
        y = max(top + weeks.rows * row_high, side_end) + _GUTTER / 2
        y = table.draw(self._page, x=MARGIN, y=y)
        self._reminders(notes, y=y + _GUTTER / 2)

    def _side_high(self, size: float) -> float:
        step = size * LEADING
        told = [self._page.broken(each, room=_SIDE, size=size) for each in self._words.below_totals()]
        pairs, legend = len(self._words.totals()), len(self._words.legend())
        return step * (pairs + sum(len(each) for each in told) + (legend + 1) // 2) + 8

    def _side(self, *, x: float, y: float, size: float) -> float:
        """What the plan costs, what is told of interruptions, and what the drawing means."""
        page, step = self._page, size * LEADING
        y += size
        for caption, value in self._words.totals():
            page.text(caption, x=x, y=y, size=size, room=_SIDE)
            page.text(value, x=self._right, y=y, size=size, bold=True, align="right", room=_SIDE)
            y += step
        for text in self._words.below_totals():
            y = page.paragraph(text, x=x, y=y + 1, room=_SIDE, size=size)
        y += 3
        for number, (name, text) in enumerate(self._words.legend()):
            left = x + (number % 2) * _SIDE / 2
            self._swatch(name, x=left, y=y - bar_height(size) + 1, high=bar_height(size))
            page.text(text, x=left + _SWATCH + 3, y=y, size=size, room=_SIDE / 2 - _SWATCH - 4)
            y += step * (number % 2)
        return y + (step if len(self._words.legend()) % 2 else 0) - size

    def _swatch(self, name: str, *, x: float, y: float, high: float) -> None:
        page = self._page
        match name:
            case "wall":
                page.box(x=x + _SWATCH / 2 - 1.5, y=y - 1, wide=3, high=high + 2, line=0, fill=BLACK)
            case "hospital":
                page.box(x=x, y=y + high / 2, wide=_SWATCH, high=1.6, line=0, fill=BLACK)
            case "new-set":
                page.disc(x=x + _SWATCH / 2, y=y + high / 2, radius=2.6)
            case _:
                double = name == "bacteriostatic"
                kind = "full" if double else name
                draw_bar(page, kind, x=x, y=y, wide=_SWATCH, high=high, double=double)

    def _notes(self, size: float) -> _Notes:
        room = (self._wide - (_NOTE_COLUMNS - 1) * _GUTTER) / _NOTE_COLUMNS
        texts = [self._page.broken(f"– {each}", room=room, size=size) for each in self._words.reminders()]
        return _Notes(size, _columns(texts))

    def _reminders(self, notes: _Notes, *, y: float) -> None:
        page, wide = self._page, (self._wide - (_NOTE_COLUMNS - 1) * _GUTTER) / _NOTE_COLUMNS
        page.text(self._words.say("reminders"), x=MARGIN, y=y + 6, size=7.5, bold=True, room=self._wide)
        for number, lines in enumerate(notes.columns):
            x = MARGIN + number * (wide + _GUTTER)
            for line, text in enumerate(lines, start=1):
                page.text(text, x=x, y=y + 7 + line * notes.size * LEADING, size=notes.size, room=wide)

    def _footer(self) -> None:
        y = self._page.height - _TOP
        self._page.rule(x=MARGIN, y=y - _FOOT - 2, to_x=self._right)
        self._page.text(self._words.footer(), x=MARGIN, y=y, size=_FOOT, room=self._wide)


def _columns(texts: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    """The lines in so many columns that no text is parted; as low as that allows."""
    for high in range(max((len(each) for each in texts), default=0), sum(map(len, texts)) + 1):
        columns: list[list[str]] = [[]]
        for each in texts:
            if columns[-1] and len(columns[-1]) + len(each) > high:
                columns.append([])
            columns[-1] += each
        if len(columns) <= _NOTE_COLUMNS:
            return tuple(tuple(each) for each in columns)
    return ()


def _no_room(text: str) -> Finding:
    return _stop("plan-paper.cannot-draw-outside", text=text)


def _cannot_draw(text: str) -> Finding:
    lacking = ", ".join(f"“{each}” (U+{ord(each):04X})" for each in cannot_draw(text, "second"))
    return finding(
        "label-stop.cannot-draw", Severity.STOP, "REQ-LBL-003", Mark.DERIVED, characters=lacking, text=text
    )


def _stop(code: str, **values: str) -> Finding:
    return finding(code, Severity.STOP, "REQ-LBL-003", Mark.DERIVED, **values)
