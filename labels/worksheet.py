"""Draws worksheets as PDF on US Letter: what a technician reads and fills in at the bench. No label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO

from labels.fonts import cannot_draw, face
from labels.page import BLACK, LEADING, WHITE, Page
from labels.worksheet_bag import draw_bag
from labels.worksheet_parts import (
    BODY,
    COLUMN_2,
    HALF,
    LEFT,
    RIGHT,
    SMALL,
    draw_blank,
    draw_pairs,
    draw_rows,
    draw_title,
)
from labels.worksheet_words import Step, WorksheetWords
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.workflow.ports import Phrases, RenderedDocument
from pharmacy_app.workflow.worksheet import Worksheet

LETTER = (612, 792)
_TOP, _BOTTOM = 24, 758
_LOWEST_FINDING = _BOTTOM - 17
_FINDING_SIZES = (8, 7.5, 7, 6.5)
_BETWEEN = 0.3
_LEAST_FOR_FINDINGS = 40


class PdfWorksheetRenderer:
    """Worksheets as PDF: one Letter page, a second one only for findings that do not fit on it."""

    def __init__(self, words: Phrases) -> None:
        self._words = words

    def draw(self, worksheet: Worksheet) -> RenderedDocument:
        """The worksheet as PDF, the same bytes for the same worksheet; a stop for what cannot be drawn."""
        from reportlab.pdfgen.canvas import Canvas

        buffer = BytesIO()
        canvas = Canvas(
            buffer,
            pagesize=LETTER,
            invariant=1,
            initialFontName=face("label", bold=False).name,  # type: ignore[arg-type] # declared wrong
            lang="en-CA",
        )
        words = WorksheetWords(worksheet, self._words)
        canvas.setTitle(words.marks()[1])
        canvas.setAuthor("")
        canvas.setSubject("")
        page = Page(canvas, width_pt=LETTER[0], height_pt=LETTER[1])
        _draw(page, words)
        canvas.save()
        stops = tuple(_stops(page))
        return RenderedDocument(b"" if stops else buffer.getvalue(), stops)


def _stops(page: Page) -> Iterator[Finding]:
    """Why this paper is not used: what no font can draw, what has no room, what lies on something else."""
    yield from (_cannot_draw(text) for text in dict.fromkeys(page.undrawable))
    for text in dict.fromkeys(page.homeless):
        yield _no_room("worksheet.cannot-draw-outside", text=text)
    for text, other in dict.fromkeys(page.overlapping):
        yield _no_room("worksheet.cannot-draw-beside", text=text, other=other)


def _no_room(code: str, **values: str) -> Finding:
    return finding(code, Severity.STOP, "REQ-LBL-003", Mark.DERIVED, **values)


def _cannot_draw(text: str) -> Finding:
    return finding(
        "label-stop.cannot-draw",
        Severity.STOP,
        "REQ-LBL-003",
        Mark.DERIVED,
        characters=", ".join(f"“{each}” (U+{ord(each):04X})" for each in cannot_draw(text, "second")),
        text=text,
    )


def _draw(page: Page, words: WorksheetWords) -> None:
    y = _heading(page, words)
    y = _figures(page, words, y=y)
    left = _storage(page, words, y=_contents(page, words, y=y) + 4)
    y = max(left, _steps(page, words, y=y))
    y = _two_ways(page, words, y=y + 6)
    y = _three_answers(page, words, y=y + 6)
    _signatures(page, words)
    _findings(page, words, y=y + 6)


def _heading(page: Page, words: WorksheetWords) -> float:
    """The marks on black, whose bag it is, and which."""
    training, no_label = words.marks()
    page.box(x=LEFT, y=_TOP, wide=RIGHT - LEFT, high=18, line=0, fill=BLACK)
    page.text(training, x=LEFT + 6, y=_TOP + 13, size=11, bold=True, grey=WHITE)
    page.text(no_label, x=RIGHT - 6, y=_TOP + 13, size=11, bold=True, align="right", grey=WHITE)
    y = _TOP + 38.0
    page.text(words.bag(), x=RIGHT, y=y, size=18, bold=True, align="right")
    y = page.paragraph(words.name(), x=LEFT, y=y, room=RIGHT - LEFT - 110, size=18, bold=True) - 7
    x = float(LEFT)
    for caption, value in words.facts():
        wide = page.measure(caption, size=BODY) + 3 + page.measure(value, size=BODY, bold=True)
        if x > LEFT and x + wide > RIGHT:
            x, y = LEFT, y + BODY * LEADING
        end = page.text(caption, x=x, y=y, size=BODY) if caption else x - 3
        x = page.text(value, x=end + 3, y=y, size=BODY, bold=True) + 14
    page.rule(x=LEFT, y=y + 6, to_x=RIGHT, line=1)
    return y + 14


def _figures(page: Page, words: WorksheetWords, *, y: float) -> float:
    """Boxes with the large figures, the drug volume the largest."""
    figures = words.figures()
    widths = (138, 106, 84, 90, 122)
    x = float(LEFT)
    for number, (each, wide) in enumerate(zip(figures, widths, strict=True)):
        page.box(x=x, y=y, wide=wide, high=65, line=1.6 if number == 0 else 0.7)
        room = wide - 10
        page.text(each.caption, x=x + 6, y=y + 11, size=SMALL, room=room)
        size = 28 if number == 0 else 16
        page.text(each.value, x=x + 6, y=y + 36, size=size, bold=True, room=room)
        page.paragraph(each.below, x=x + 6, y=y + 51, room=room, size=SMALL)
        x += wide
    return y + 71


def _contents(page: Page, words: WorksheetWords, *, y: float) -> float:
    """The drawn bag, in the left column."""
    top = draw_title(page, words.say("contents"), x=LEFT, y=y, right=LEFT + HALF, beside=words.total())
    draw_bag(page, words.drawing(), x=LEFT, y=top, room=HALF, high=190)
    page.text(words.say("to-scale"), x=LEFT, y=top + 200, size=7)
    return top + 204


def _steps(page: Page, words: WorksheetWords, *, y: float) -> float:
    """The steps with boxes to tick and lines to write on, in the right column."""
    y = draw_title(page, words.say("steps"), x=COLUMN_2, y=y, right=RIGHT)
    for number, step in enumerate(words.steps(), start=1):
        y = _step(page, words, step, number=number, y=y)
    return y


def _step(page: Page, words: WorksheetWords, step: Step, *, number: int, y: float) -> float:
    page.box(x=COLUMN_2, y=y + 2, wide=9, high=9, line=0.9)
    page.text(str(number), x=COLUMN_2 + 14, y=y + 10, size=BODY, bold=True)
    x = COLUMN_2 + 26
    y = page.paragraph(step.text, x=x, y=y + 10, room=RIGHT - x, size=BODY, bold=step.strong)
    if step.measured:
        draw_blank(page, words.say("measured"), x=x, y=y + 2, to_x=x + 128, unit="mL")
        draw_blank(page, words.say("initials"), x=x + 140, y=y + 2, to_x=RIGHT)
        y += 11
    return y - 6


def _two_ways(page: Page, words: WorksheetWords, *, y: float) -> float:
    """Both ways to the dose beside each other, and whether they agree."""
    y = draw_title(page, words.say("two-ways"), x=LEFT, y=y, right=RIGHT)
    page.text(words.verdict(), x=RIGHT, y=y - 7, size=BODY, bold=True, align="right")
    lower = y
    for x, title, rows in (
        (LEFT, words.say("table"), words.table_way()),
        (COLUMN_2, words.say("principles"), words.principles_way()),
    ):
        lower = max(lower, draw_rows(page, title, rows, x=x, y=y))
    return page.paragraph(words.exact_drug(), x=LEFT, y=lower + 10, room=RIGHT - LEFT, size=SMALL) - 6


def _three_answers(page: Page, words: WorksheetWords, *, y: float) -> float:
    """How the fill is reached, filter and set, planned times: three columns."""
    fill = _fill(page, words, x=LEFT, y=y, right=LEFT + 148)
    line = _line(page, words, x=LEFT + 162, y=y, right=LEFT + 350)
    times = _times(page, words, x=LEFT + 364, y=y, right=RIGHT)
    return max(fill, line, times)


def _fill(page: Page, words: WorksheetWords, *, x: float, y: float, right: float) -> float:
    question, pumped, known = words.fill()
    y = draw_title(page, question, x=x, y=y, right=right)
    for number, answer in enumerate((pumped, known)):
        page.box(x=x, y=y + 3 + 15 * number, wide=9, high=9, line=0.9)
        page.text(answer, x=x + 14, y=y + 11 + 15 * number, size=BODY)
    start = x + 18 + page.measure(known, size=BODY)
    draw_blank(page, "", x=start, y=y + 26, to_x=right, unit="mL")
    return page.paragraph(words.say("fill-printed"), x=x, y=y + 40, room=right - x, size=SMALL) - 4


def _line(page: Page, words: WorksheetWords, *, x: float, y: float, right: float) -> float:
    y = draw_title(page, words.say("line"), x=x, y=y, right=right) + 9
    for text in words.line():
        y = page.paragraph(text, x=x, y=y, room=right - x, size=SMALL)
    return y - 4


def _times(page: Page, words: WorksheetWords, *, x: float, y: float, right: float) -> float:
    y = draw_title(page, words.say("times"), x=x, y=y, right=right) + 9
    return draw_pairs(page, words.times(), x=x, y=y, right=right) - 4


def _storage(page: Page, words: WorksheetWords, *, y: float) -> float:
    """How the bag is kept and for how long, below the drawn bag."""
    right = LEFT + HALF
    y = draw_title(page, words.say("storage-title"), x=LEFT, y=y, right=right) + 9
    y = page.paragraph(words.storage(), x=LEFT, y=y, room=HALF, size=SMALL)
    return draw_pairs(page, words.limits(), x=LEFT, y=y, right=right) - 4


def _signatures(page: Page, words: WorksheetWords) -> None:
    for code, x, to_x in (("prepared", LEFT, LEFT + HALF), ("checked", COLUMN_2, RIGHT)):
        draw_blank(page, words.say(code), x=x, y=_BOTTOM - 2, to_x=to_x)


def _footer(page: Page, words: WorksheetWords, *, number: int, more: bool) -> None:
    page.rule(x=LEFT, y=_BOTTOM + 8, to_x=RIGHT)
    page.text(words.footer(page=number, more=more), x=LEFT, y=_BOTTOM + 18, size=7.5)


def _findings(page: Page, words: WorksheetWords, *, y: float) -> None:
    """Every finding and reminder in two columns: on this page if they fit, else going on on the next."""
    texts = [f"{severity}. {sentence} {rule}" for severity, sentence, rule in words.findings()]
    fitting = [size for size in _FINDING_SIZES if _fit(page, texts, size=size, y=y)]
    size = fitting[0] if fitting else _FINDING_SIZES[0]
    waiting = [page.broken(text, room=HALF, size=size) for text in texts]
    number = 1
    while True:
        if number > 1 or y + _LEAST_FOR_FINDINGS <= _LOWEST_FINDING:
            y = draw_title(page, words.say("findings"), x=LEFT, y=y, right=RIGHT)
            for x in (LEFT, COLUMN_2):
                waiting = _column(page, waiting, x=x, y=y, size=size)
        _footer(page, words, number=number, more=bool(waiting))
        page.next()
        if not waiting:
            return
        number += 1
        y = _heading(page, words)


def _fit(page: Page, texts: Sequence[str], *, size: float, y: float) -> bool:
    """Whether all of them fit below a title at `y`, in two columns."""
    waiting = [page.broken(text, room=HALF, size=size) for text in texts]
    for _column_number in range(2):
        waiting = waiting[_count_in(waiting, y=y + 17, size=size) :]
    return not waiting


def _count_in(findings: Sequence[Sequence[str]], *, y: float, size: float) -> int:
    """How many findings a column from `y` down holds; none is parted."""
    for number, lines in enumerate(findings):
        y += size * (_BETWEEN + LEADING * len(lines))
        if y > _LOWEST_FINDING:
            return number
    return len(findings)


def _column(page: Page, waiting: list[list[str]], *, x: float, y: float, size: float) -> list[list[str]]:
    """Draw findings down to the foot of the page; what is left of them."""
    count = _count_in(waiting, y=y, size=size)
    for lines in waiting[:count]:
        y += _BETWEEN * size
        for line in lines:
            y += size * LEADING
            page.text(line, x=x, y=y, size=size, room=HALF)
    return waiting[count:]
