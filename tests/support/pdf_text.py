"""What a second reader, pdfminer.six, finds in a PDF: runs of text in order, with sizes and boxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTComponent, LTPage
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

_TOUCHING_PT = 0.5


@dataclass(frozen=True, slots=True)
class Box:
    """Points from the lower left corner of the page."""

    left: float
    bottom: float
    right: float
    top: float

    def overlaps(self, other: Box, *, slack: float = 0.05) -> bool:
        """Whether both share more than a hair."""
        return (
            self.left < other.right - slack
            and other.left < self.right - slack
            and self.bottom < other.top - slack
            and other.bottom < self.top - slack
        )


@dataclass(frozen=True, slots=True)
class TextRun:
    """Characters that stand next to each other on one line, in one font and size."""

    text: str
    size: float
    font: str
    box: Box


@dataclass(frozen=True, slots=True)
class ReadPage:
    """One page: its size in points and its runs in the order of the file."""

    width: float
    height: float
    runs: tuple[TextRun, ...]

    @property
    def text(self) -> str:
        """All runs, a space between them."""
        return " ".join(run.text for run in self.runs)


def read_pages(pdf: bytes) -> tuple[ReadPage, ...]:
    """Every page, without the reader's own guesses about lines and columns."""
    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=None)
    interpreter = PDFPageInterpreter(resources, device)
    pages = []
    for each in PDFPage.get_pages(BytesIO(pdf)):
        interpreter.process_page(each)
        page = device.get_result()
        pages.append(ReadPage(page.width, page.height, tuple(_runs(page))))
    return tuple(pages)


def read_page(pdf: bytes) -> ReadPage:
    """The only page."""
    (page,) = read_pages(pdf)
    return page


def _runs(page: LTPage) -> Iterator[TextRun]:
    run: list[LTChar] = []
    for each in _characters(page):
        if run and not _goes_on(run[-1], each):
            yield _run(run)
            run = []
        run.append(each)
    if run:
        yield _run(run)


def _characters(page: LTPage) -> Iterator[LTChar]:
    each: LTComponent
    for each in page:
        if isinstance(each, LTChar):
            yield each


def _goes_on(before: LTChar, after: LTChar) -> bool:
    return (
        before.fontname == after.fontname
        and abs(before.size - after.size) < 0.01
        and abs(before.y0 - after.y0) < 0.01
        and abs(after.x0 - before.x1) < _TOUCHING_PT
    )


def _run(characters: list[LTChar]) -> TextRun:
    box = Box(
        characters[0].x0,
        min(each.y0 for each in characters),
        characters[-1].x1,
        max(each.y1 for each in characters),
    )
    text = "".join(each.get_text() for each in characters)
    font = characters[0].fontname.partition("+")[2]
    return TextRun(text, round(characters[0].size, 3), font, box)
