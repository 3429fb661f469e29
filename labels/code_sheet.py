"""Draws codes on US Letter, three beside each other, as large as a scanner on a table likes them."""

from __future__ import annotations

from io import BytesIO

from labels.fonts import face
from labels.page import BLACK, LEADING, WHITE, Page
from labels.record_pdf import drawable
from labels.symbols import datamatrix, dot_pt
from pharmacy_app.workflow.training_codes import CodeCell, CodeSheet

LETTER = (612, 792)
LEFT, RIGHT, TOP, BOTTOM = 36, 576, 28, 752
_COLUMNS = 3
_WIDTH = (RIGHT - LEFT) / _COLUMNS
_HEIGHT = 78
_DPI = 300
_HEAD, _BODY = 7.5, 7.5
_LINES_OF_HEAD = 4
_TITLE, _NOTE = 14, 9
_FIRST_TOP = TOP + 66


class PdfCodeSheetRenderer:
    """Sheets of codes as PDF. The codes' modules are whole dots of a printer of 300 dpi."""

    def draw(self, sheet: CodeSheet) -> bytes:
        """The same sheet gives the same bytes."""
        from reportlab.pdfgen.canvas import Canvas

        buffer = BytesIO()
        canvas = Canvas(
            buffer,
            pagesize=LETTER,
            invariant=1,
            initialFontName=face("label", bold=False).name,  # type: ignore[arg-type] # declared wrong
            lang="en-CA",
        )
        canvas.setTitle(sheet.title)
        canvas.setAuthor("")
        canvas.setSubject("")
        page = Page(canvas, width_pt=LETTER[0], height_pt=LETTER[1])
        a_page = int((BOTTOM - _FIRST_TOP) // _HEIGHT) * _COLUMNS
        for start in range(0, max(len(sheet.cells), 1), a_page):
            if start:
                page.next()
            _draw_head(page, sheet)
            for place, cell in enumerate(sheet.cells[start : start + a_page]):
                row, column = divmod(place, _COLUMNS)
                _draw_cell(page, cell, x=LEFT + column * _WIDTH, y=_FIRST_TOP + row * _HEIGHT)
        canvas.save()
        return buffer.getvalue()


def _draw_head(page: Page, sheet: CodeSheet) -> None:
    page.box(x=LEFT, y=TOP, wide=RIGHT - LEFT, high=16, line=0, fill=BLACK)
    page.text(sheet.mark, x=LEFT + 6, y=TOP + 12, size=10, bold=True, grey=WHITE)
    page.text(sheet.title, x=LEFT, y=TOP + 34, size=_TITLE, bold=True)
    page.paragraph(sheet.note, x=LEFT, y=TOP + 48, room=RIGHT - LEFT, size=_NOTE)


def _draw_cell(page: Page, cell: CodeCell, *, x: float, y: float) -> None:
    page.rule(x=x, y=y, to_x=x + _WIDTH - 8, line=0.4)
    symbol, dot = datamatrix(cell.elements, dpi=_DPI), dot_pt(_DPI)
    for bar in symbol.bars:
        page.box(
            x=x + bar.left * dot,
            y=y + 8 + bar.top * dot,
            wide=bar.width * dot,
            high=bar.height * dot,
            line=0,
            fill=BLACK,
        )
    text_x = x + symbol.width * dot + 6
    room = x + _WIDTH - 10 - text_x
    lines = page.broken(drawable(cell.head), room=room, size=_HEAD, bold=True)[:_LINES_OF_HEAD]
    at = y + 8 + _HEAD
    for line in lines:
        page.text(line, x=text_x, y=at, size=_HEAD, bold=True)
        at += _HEAD * LEADING
    for text in cell.lines:
        page.text(drawable(text), x=text_x, y=at, size=_BODY)
        at += _BODY * LEADING
