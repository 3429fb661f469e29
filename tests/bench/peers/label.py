"""A bare reportlab canvas that draws what stands on our labels: `label.py DRAWINGS.json FONTS`.

It has strings, places, fonts, sizes and rectangles given; it need not compose, fit, arrange or encode. Two
styles: `plain` as the canvas is mostly used, a call for each string and each rectangle; `terse`, with a path
for each code and a text object for all strings. Answers a line by a line: `plain N`, `terse N` by
milliseconds, `pdf-plain N`, `pdf-terse N` by the file in base64.
"""

import base64
import json
import sys
import time
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas


def draw_plain(canvas: Canvas, items: list[dict[str, Any]]) -> None:
    """A call for each thing."""
    for item in items:
        if "text" in item:
            canvas.setFillGray(item["grey"])
            canvas.setFont(item["font"], item["size"])
            canvas.drawString(item["x"], item["y"], item["text"])
            continue
        canvas.saveState()
        canvas.transform(*item["matrix"])
        canvas.setLineWidth(item["line"] or 1)
        for left, bottom, width, height in item["rectangles"]:
            canvas.rect(left, bottom, width, height, stroke=item["line"] > 0, fill=not item["line"])
        canvas.restoreState()


def draw_terse(canvas: Canvas, items: list[dict[str, Any]]) -> None:
    """As few calls as can be."""
    text = canvas.beginText()
    grey = 0
    for item in items:
        if "text" in item:
            if item["grey"] != grey:
                grey = item["grey"]
                text.setFillGray(grey)
            text.setFont(item["font"], item["size"])
            text.setTextOrigin(item["x"], item["y"])
            text.textOut(item["text"])
            continue
        path = canvas.beginPath()
        for left, bottom, width, height in item["rectangles"]:
            path.rect(left, bottom, width, height)
        canvas.saveState()
        canvas.transform(*item["matrix"])
        canvas.setLineWidth(item["line"] or 1)
        canvas.drawPath(path, stroke=item["line"] > 0, fill=not item["line"])
        canvas.restoreState()
    canvas.drawText(text)


STYLES = {"plain": draw_plain, "terse": draw_terse}


def pdf_of(drawing: dict[str, Any], style: str) -> bytes:
    """One label."""
    first = next(item["font"] for item in drawing["items"] if "text" in item)
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=drawing["page"], invariant=1, initialFontName=first, lang="en-CA")
    canvas.setTitle(drawing["title"])
    canvas.setAuthor("")
    canvas.setSubject("")
    STYLES[style](canvas, drawing["items"])
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def answer(deed: str, drawing: dict[str, Any]) -> str:
    """One line for one line."""
    if deed not in STYLES:
        return base64.b64encode(pdf_of(drawing, deed.removeprefix("pdf-"))).decode("ascii")
    started = time.process_time_ns()
    pdf_of(drawing, deed)
    return f"{(time.process_time_ns() - started) / 1e6}"


def main(drawings_file: str, fonts: str) -> None:
    """Answer until the input ends."""
    drawings = json.loads(Path(drawings_file).read_text(encoding="utf-8"))
    for name in sorted({item["font"] for drawing in drawings for item in drawing["items"] if "text" in item}):
        pdfmetrics.registerFont(TTFont(name, str(Path(fonts) / f"{name}.ttf")))
    for line in sys.stdin:
        deed, number = line.split()
        sys.stdout.write(answer(deed, drawings[int(number)]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
