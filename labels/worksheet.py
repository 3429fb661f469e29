"""Draws worksheets as PDF on US Letter: what a technician reads and fills in at the bench. No label."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from labels.fonts import cannot_draw, face
from labels.page import BLACK, LEADING, WHITE, Page
from labels.worksheet_bag import draw_bag
from labels.worksheet_words import Step, WorksheetWords
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.workflow.ports import Phrases, RenderedDocument
from pharmacy_app.workflow.worksheet import Worksheet

LETTER = (612, 792)
_LEFT, _RIGHT = 36, 576
_TOP, _BOTTOM = 24, 758
_GUTTER = 16
_HALF = (_RIGHT - _LEFT - _GUTTER) / 2
_COLUMN_2 = _LEFT + _HALF + _GUTTER
_SMALL = 8
_BODY = 9
_FINDING_SIZES = (8, 7.5, 7, 6.5)
_BETWEEN = 0.3


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
        if page.undrawable:
            return RenderedDocument(b"", tuple(_cannot_draw(text) for text in dict.fromkeys(page.undrawable)))
        return RenderedDocument(buffer.getvalue(), ())


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
    y = max(_contents(page, words, y=y), _steps(page, words, y=y))
    y = _two_ways(page, words, y=y + 6)
    y = _three_answers(page, words, y=y + 6)
    _signatures(page, words)
    _findings(page, words, y=y + 6)


def _heading(page: Page, words: WorksheetWords) -> float:
    """The marks on black, whose bag it is, and which."""
    training, no_label = words.marks()
    page.box(x=_LEFT, y=_TOP, wide=_RIGHT - _LEFT, high=18, line=0, fill=BLACK)
    page.text(training, x=_LEFT + 6, y=_TOP + 13, size=11, bold=True, grey=WHITE)
    page.text(no_label, x=_RIGHT - 6, y=_TOP + 13, size=11, bold=True, align="right", grey=WHITE)
    y = _TOP + 38.0
    page.text(words.bag(), x=_RIGHT, y=y, size=18, bold=True, align="right")
    y = page.paragraph(words.name(), x=_LEFT, y=y, room=_RIGHT - _LEFT - 110, size=18, bold=True) - 7
    x = float(_LEFT)
    for caption, value in words.facts():
        wide = page.measure(caption, size=_BODY) + 3 + page.measure(value, size=_BODY, bold=True)
        if x > _LEFT and x + wide > _RIGHT:
            x, y = _LEFT, y + _BODY * LEADING
        end = page.text(caption, x=x, y=y, size=_BODY) if caption else x - 3
        x = page.text(value, x=end + 3, y=y, size=_BODY, bold=True) + 14
    page.rule(x=_LEFT, y=y + 6, to_x=_RIGHT, line=1)
    return y + 14


def _figures(page: Page, words: WorksheetWords, *, y: float) -> float:
    """Boxes with the large figures, the drug volume the largest."""
    figures = words.figures()
    widths = (152, 118, 94, 94, 82)
    x = float(_LEFT)
    for number, (each, wide) in enumerate(zip(figures, widths, strict=True)):
        page.box(x=x, y=y, wide=wide, high=53, line=1.6 if number == 0 else 0.7)
        page.text(each.caption, x=x + 6, y=y + 11, size=_SMALL)
        size = 28 if number == 0 else 16
        page.text(each.value, x=x + 6, y=y + 34, size=size, bold=True)
        page.text(each.below, x=x + 6, y=y + 49, size=_SMALL)
        x += wide
    return y + 59


def _title(page: Page, title: str, *, x: float, y: float, right: float, beside: str = "") -> float:
    page.text(title, x=x, y=y + 10, size=11, bold=True)
    page.text(beside, x=right, y=y + 10, size=_BODY, align="right")
    page.rule(x=x, y=y + 14, to_x=right)
    return y + 17


def _contents(page: Page, words: WorksheetWords, *, y: float) -> float:
    """The drawn bag, in the left column."""
    top = _title(page, words.say("contents"), x=_LEFT, y=y, right=_LEFT + _HALF, beside=words.total())
    draw_bag(page, words.drawing(), x=_LEFT, y=top, room=_HALF, high=190)
    page.text(words.say("to-scale"), x=_LEFT, y=top + 200, size=7)
    return top + 204


def _steps(page: Page, words: WorksheetWords, *, y: float) -> float:
    """The steps with boxes to tick and lines to write on, in the right column."""
    y = _title(page, words.say("steps"), x=_COLUMN_2, y=y, right=_RIGHT)
    for number, step in enumerate(words.steps(), start=1):
        y = _step(page, words, step, number=number, y=y)
    return y


def _step(page: Page, words: WorksheetWords, step: Step, *, number: int, y: float) -> float:
    page.box(x=_COLUMN_2, y=y + 2, wide=9, high=9, line=0.9)
    page.text(str(number), x=_COLUMN_2 + 14, y=y + 10, size=_BODY, bold=True)
    x = _COLUMN_2 + 26
    y = page.paragraph(step.text, x=x, y=y + 10, room=_RIGHT - x, size=_BODY)
    if step.measured:
        _blank(page, words.say("measured"), x=x, y=y + 2, to_x=x + 128, unit="mL")
        _blank(page, words.say("initials"), x=x + 140, y=y + 2, to_x=_RIGHT)
        y += 11
    return y - 6


def _blank(page: Page, caption: str, *, x: float, y: float, to_x: float, unit: str = "") -> None:
    """A caption and a line to write on."""
    start = page.text(caption, x=x, y=y, size=_SMALL) + 4
    end = to_x - (page.measure(unit, size=_SMALL) + 3 if unit else 0)
    page.rule(x=start, y=y + 1, to_x=end)
    page.text(unit, x=to_x, y=y, size=_SMALL, align="right")


def _two_ways(page: Page, words: WorksheetWords, *, y: float) -> float:
    """Both ways to the dose beside each other, and whether they agree."""
    y = _title(page, words.say("two-ways"), x=_LEFT, y=y, right=_RIGHT, beside="")
    page.text(words.verdict(), x=_RIGHT, y=y - 7, size=_BODY, bold=True, align="right")
    lower = y
    for x, title, rows in (
        (_LEFT, words.say("table"), words.table_way()),
        (_COLUMN_2, words.say("principles"), words.principles_way()),
    ):
        lower = max(lower, _rows(page, title, rows, x=x, y=y))
    return lower


def _rows(page: Page, title: str, rows: Sequence[tuple[str, str]], *, x: float, y: float) -> float:
    """A title, then each caption with its value at the right."""
    page.text(title, x=x, y=y + 9, size=_SMALL, bold=True)
    y += 21
    for caption, value in rows:
        page.text(caption, x=x, y=y, size=_BODY)
        page.text(value, x=x + _HALF, y=y, size=_BODY, bold=True, align="right")
        y += 11.5
    return y - 6


def _three_answers(page: Page, words: WorksheetWords, *, y: float) -> float:
    """How the fill is reached, filter and set, planned times: three columns."""
    fill = _fill(page, words, x=_LEFT, y=y, right=_LEFT + 148)
    line = _line(page, words, x=_LEFT + 162, y=y, right=_LEFT + 350)
    times = _times(page, words, x=_LEFT + 364, y=y, right=_RIGHT)
    return max(fill, line, times)


def _fill(page: Page, words: WorksheetWords, *, x: float, y: float, right: float) -> float:
    question, pumped, known = words.fill()
    y = _title(page, question, x=x, y=y, right=right)
    for number, answer in enumerate((pumped, known)):
        page.box(x=x, y=y + 3 + 15 * number, wide=9, high=9, line=0.9)
        page.text(answer, x=x + 14, y=y + 11 + 15 * number, size=_BODY)
    start = x + 18 + page.measure(known, size=_BODY)
    _blank(page, "", x=start, y=y + 26, to_x=right, unit="mL")
    return y + 34


def _line(page: Page, words: WorksheetWords, *, x: float, y: float, right: float) -> float:
    y = _title(page, words.say("line"), x=x, y=y, right=right) + 9
    for text in words.line():
        y = page.paragraph(text, x=x, y=y, room=right - x, size=_SMALL)
    return y - 4


def _times(page: Page, words: WorksheetWords, *, x: float, y: float, right: float) -> float:
    y = _title(page, words.say("times"), x=x, y=y, right=right) + 9
    for caption, value in words.times():
        page.text(caption, x=x, y=y, size=_SMALL)
        page.text(value, x=right, y=y, size=_SMALL, bold=True, align="right")
        y += _SMALL * LEADING
    return y - 4


def _signatures(page: Page, words: WorksheetWords) -> None:
    for code, x, to_x in (("prepared", _LEFT, _LEFT + _HALF), ("checked", _COLUMN_2, _RIGHT)):
        _blank(page, words.say(code), x=x, y=_BOTTOM - 2, to_x=to_x)


def _footer(page: Page, words: WorksheetWords, *, number: int) -> None:
    page.rule(x=_LEFT, y=_BOTTOM + 8, to_x=_RIGHT)
    page.text(words.footer(page=number), x=_LEFT, y=_BOTTOM + 18, size=7.5)


def _findings(page: Page, words: WorksheetWords, *, y: float) -> None:
    """Every finding and reminder in two columns: on this page if they fit, else going on on the next."""
    texts = [f"{severity}. {sentence} {rule}" for severity, sentence, rule in words.findings()]
    room = _BOTTOM - 17 - (y + 17)
    fitting = [size for size in _FINDING_SIZES if _high(page, texts, size=size) <= 2 * room - size]
    size = fitting[0] if fitting else _FINDING_SIZES[-1]
    waiting = _lines(page, texts, size=size)
    number = 1
    while True:
        y = _title(page, words.say("findings"), x=_LEFT, y=y, right=_RIGHT)
        for x in (_LEFT, _COLUMN_2):
            waiting = _column(page, waiting, x=x, y=y, size=size)
        _footer(page, words, number=number)
        page.next()
        if not waiting:
            return
        number += 1
        y = _heading(page, words)


def _lines(page: Page, texts: Sequence[str], *, size: float) -> list[tuple[str, float]]:
    """Lines with the space above each: a little where a finding begins."""
    return [
        (line, _BETWEEN * size if number == 0 else 0.0)
        for text in texts
        for number, line in enumerate(page.broken(text, room=_HALF, size=size))
    ]


def _high(page: Page, texts: Sequence[str], *, size: float) -> float:
    return sum(space + size * LEADING for _, space in _lines(page, texts, size=size))


def _column(
    page: Page, waiting: list[tuple[str, float]], *, x: float, y: float, size: float
) -> list[tuple[str, float]]:
    """Draw lines down to the foot of the page; what is left of them."""
    for number, (line, space) in enumerate(waiting):
        y += space + size * LEADING
        if y > _BOTTOM - 17:
            return waiting[number:]
        page.text(line, x=x, y=y, size=size)
    return []
