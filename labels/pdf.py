"""Draw an arranged label as PDF. The same content, layout and resolution give the same bytes."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from labels.fonts import as_drawn, face
from labels.layout import Layout
from labels.sheet import PlacedSymbol, Shape, Sheet
from labels.symbols import dot_pt

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


def draw(sheet: Sheet, layout: Layout, *, title: str, dpi: int) -> bytes:
    """The label as PDF 1.4, one page of the stock's size, its fonts embedded, without a date."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=(layout.width, layout.height),
        invariant=1,
        initialFontName=face("label", bold=False).name,  # type: ignore[arg-type] # its type is declared wrong
        lang="en-CA",
    )
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setSubject("")
    for shape in sheet.shapes:
        _draw_shape(canvas, shape, layout.height)
    for symbol in sheet.symbols:
        _draw_symbol(canvas, symbol, layout.height, dot_pt(dpi))
    _draw_texts(canvas, sheet, layout.height)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw_shape(canvas: Canvas, shape: Shape, page_height: float) -> None:
    left, bottom = shape.left, page_height - shape.bottom
    wide, high = shape.right - shape.left, shape.bottom - shape.top
    if not shape.line:
        canvas.rect(left, bottom, wide, high, stroke=0, fill=1)
        return
    inset = shape.line / 2
    canvas.setLineWidth(shape.line)
    canvas.rect(left + inset, bottom + inset, wide - shape.line, high - shape.line)


def _draw_symbol(canvas: Canvas, placed: PlacedSymbol, page_height: float, dot: float) -> None:
    """One path in units of dots, so that every edge lies on the printer's grid."""
    from reportlab.pdfgen.pathobject import PDFPathObject

    canvas.saveState()
    canvas.transform(dot, 0, 0, -dot, placed.left * dot, page_height - placed.top * dot)
    path = PDFPathObject([f"{bar.left} {bar.top} {bar.width} {bar.height} re" for bar in placed.symbol.bars])
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


def _draw_texts(canvas: Canvas, sheet: Sheet, page_height: float) -> None:
    white, font = False, ("", 0.0)
    running = canvas.beginText()
    for text in sheet.texts:
        if text.white is not white:
            white = text.white
            running.setFillGray(1 if white else 0)
        wanted = (face(text.part.family, bold=text.part.bold).name, text.size)
        if wanted != font:
            font = wanted
            running.setFont(*font)
        running.setTextOrigin(text.x, page_height - text.baseline)
        running.textOut(as_drawn(text.part.text))
    canvas.drawText(running)
