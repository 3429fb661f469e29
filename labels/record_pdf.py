"""Draws a list as PDF on US Letter: the record to be read, or the bags of a recalled lot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import takewhile

from labels.fonts import cannot_draw, face
from labels.page import BLACK, GREY, LEADING, WHITE, Page
from pharmacy_app.workflow.listing import Listing, ListingItem

LETTER = (612, 792)
LEFT, RIGHT = 36, 576
TOP, BOTTOM = 28, 748
_HEAD, _BODY, _SMALL = 9.5, 8.5, 6.5
_TITLE = 16
_BETWEEN = 7
_CAPTIONS = 120
_LEAST_FOR_HEAD = 0.6  # of the width, however long what stands beside it


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of an item; `beside` stands at its right end."""

    text: str
    size: float
    bold: bool = False
    grey: float = BLACK
    beside: str = ""

    @property
    def height(self) -> float:
        return self.size * LEADING


class PdfListingRenderer:
    """Lists as PDF, on as many pages as they take; each item whole on one page where it fits on one."""

    def draw(self, listing: Listing) -> bytes:
        """The same list gives the same bytes."""
        from reportlab.pdfgen.canvas import Canvas

        buffer = BytesIO()
        canvas = Canvas(
            buffer,
            pagesize=LETTER,
            invariant=1,
            initialFontName=face("label", bold=False).name,  # type: ignore[arg-type] # declared wrong
            lang="en-CA",
        )
        canvas.setTitle(drawable(listing.title))
        canvas.setAuthor("")
        canvas.setSubject("")
        _Paper(Page(canvas, width_pt=LETTER[0], height_pt=LETTER[1]), listing).draw()
        canvas.save()
        return buffer.getvalue()


def drawable(text: str) -> str:
    """The text, each character that no font can draw as its number, such as `<U+1240D>`."""
    if not cannot_draw(text, "label") or not cannot_draw(text, "second"):
        return text
    lacking = cannot_draw(text, "second")
    return "".join(f"<U+{ord(each):04X}>" if each in lacking else each for each in text)


class _Paper:
    """The pages of one list, and how far down the one in hand is written on."""

    def __init__(self, page: Page, listing: Listing) -> None:
        self._page = page
        self._listing = listing
        self._number = 1
        self._y = float(TOP)

    def draw(self) -> None:
        """All of it."""
        self._begin()
        self._facts()
        for item in self._listing.items:
            self._item(item)
        self._end()

    def _begin(self) -> None:
        self._y = float(TOP)
        if self._listing.mark:
            self._page.box(x=LEFT, y=self._y, wide=RIGHT - LEFT, high=16, line=0, fill=BLACK)
            self._page.text(self._listing.mark, x=LEFT + 6, y=self._y + 12, size=10, bold=True, grey=WHITE)
            self._y += 20
        if self._number == 1:
            for line in self._broken(self._listing.title, size=_TITLE, bold=True):
                self._write(line)
        self._page.rule(x=LEFT, y=self._y + 3, to_x=RIGHT)
        self._y += 6

    def _end(self) -> None:
        self._page.rule(x=LEFT, y=BOTTOM + 8, to_x=RIGHT)
        title = self._broken(self._listing.title, size=7.5, room=(RIGHT - LEFT) * 0.75)[0]
        self._page.text(title.text, x=LEFT, y=BOTTOM + 18, size=7.5)
        number = f"{self._listing.page} {self._number}"
        self._page.text(number, x=RIGHT, y=BOTTOM + 18, size=7.5, align="right")
        self._page.next()
        self._number += 1

    def _facts(self) -> None:
        for caption, value in self._listing.facts:
            captions = self._broken(caption, size=_BODY, room=_CAPTIONS - 8)
            values = self._broken(value, size=_BODY, room=RIGHT - LEFT - _CAPTIONS, bold=True)
            for number in range(max(len(captions), len(values))):
                self._room(_BODY * LEADING)
                y = self._y + _BODY
                if number < len(captions):
                    self._page.text(captions[number].text, x=LEFT, y=y, size=_BODY)
                if number < len(values):
                    self._page.text(values[number].text, x=LEFT + _CAPTIONS, y=y, size=_BODY, bold=True)
                self._y += _BODY * LEADING
        self._page.rule(x=LEFT, y=self._y + 5, to_x=RIGHT, line=1)
        self._y += 8

    def _item(self, item: ListingItem) -> None:
        lines = list(self._lines(item))
        height = sum(line.height for line in lines) + _BETWEEN
        if height <= BOTTOM - TOP - 40:
            self._room(height)
        self._y += _BETWEEN
        for line in lines:
            self._room(line.height)
            self._write(line)

    def _lines(self, item: ListingItem) -> Iterator[_Line]:
        beside = drawable(item.beside)
        room = RIGHT - LEFT - self._page.measure(beside, size=_BODY) - 12
        least = (RIGHT - LEFT) * _LEAST_FOR_HEAD
        heads = self._broken(item.head, size=_HEAD, bold=True, room=max(room, least))
        if room >= least:
            yield _Line(heads[0].text, _HEAD, bold=True, beside=beside)
            yield from heads[1:]
        else:
            yield from heads
            yield from self._broken(item.beside, size=_BODY)
        for text in item.lines:
            if text:
                yield from self._broken(text, size=_BODY)
        for text in item.small:
            yield from self._broken(text, size=_SMALL, grey=GREY)

    def _write(self, line: _Line) -> None:
        y = self._y + line.size
        self._page.text(line.text, x=LEFT, y=y, size=line.size, bold=line.bold, grey=line.grey)
        if line.beside:
            self._page.text(line.beside, x=RIGHT, y=y, size=_BODY, align="right")
        self._y += line.height

    def _room(self, height: float) -> None:
        """A new page where this height is not left."""
        if self._y + height > BOTTOM:
            self._end()
            self._begin()

    def _broken(
        self, text: str, *, size: float, room: float = RIGHT - LEFT, bold: bool = False, grey: float = BLACK
    ) -> list[_Line]:
        """Lines of at most this width, broken at spaces; a longer word is broken within."""
        found: list[_Line] = []
        for line in self._page.broken(drawable(text), room=room, size=size, bold=bold):
            found += [
                _Line(piece, size, bold, grey) for piece in self._pieces(line, size, bold=bold, room=room)
            ]
        return found

    def _pieces(self, line: str, size: float, *, bold: bool, room: float) -> Iterator[str]:
        while self._page.measure(line, size=size, bold=bold) > room:
            widths = (self._page.measure(line[:count], size=size, bold=bold) for count in range(2, len(line)))
            fitting = 1 + sum(1 for _ in takewhile(lambda width: width <= room, widths))
            yield line[:fitting]
            line = line[fitting:]
        yield line
