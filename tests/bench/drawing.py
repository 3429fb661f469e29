"""What stands on a finished label: taken out of its PDF, so that a peer can draw the same.

`label.py` compares what the peer then drew, and how it looks, so that nothing can be left out here.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pdfminer.pdfdevice import PDFDevice
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.utils import apply_matrix_pt, decode_text, mult_matrix

Item = dict[str, Any]


def drawing_of(pdf: bytes) -> dict[str, Any]:
    """The first page: `page` (width, height), `title`, and the `items` in the order in which they are drawn.

    Lengths in points. An item is a string (`text`, `font`, `size`, `grey`, `x`, `y`) or a path of rectangles
    (`rectangles` of left, bottom, width, height in the units of `matrix`; `line`: its width, 0 when filled).
    """
    document = PDFDocument(PDFParser(BytesIO(pdf)))
    page = next(PDFPage.create_pages(document))
    resources = PDFResourceManager()
    device = _Device(resources)
    PDFPageInterpreter(resources, device).process_page(page)
    _, _, width, height = page.mediabox
    return {"page": (width, height), "title": decode_text(document.info[0]["Title"]), "items": device.items}


def things(drawing: dict[str, Any]) -> list[tuple[object, ...]]:
    """Each string and each rectangle, to a thousandth of a point, whatever path or call it belongs to."""
    found: list[tuple[object, ...]] = []
    for item in drawing["items"]:
        if "text" in item:
            found.append(
                (item["text"], item["font"], *(round(item[key], 3) for key in ("size", "grey", "x", "y")))
            )
            continue
        for left, bottom, width, height in item["rectangles"]:
            corners = ((left, bottom), (left + width, bottom + height))
            ends = (apply_matrix_pt(item["matrix"], corner) for corner in corners)
            found.append((item["line"], *(round(number, 3) for end in ends for number in end)))
    return sorted(found, key=repr)


class _Device(PDFDevice):
    """Keeps what pdfminer finds."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.items: list[Item] = []

    def render_string(
        self, textstate: PDFTextState, seq: Any, ncs: Any, graphicstate: PDFGraphicState
    ) -> None:
        """One string."""
        assert textstate.font is not None
        assert self.ctm is not None
        codes = (code for piece in seq if isinstance(piece, bytes) for code in textstate.font.decode(piece))
        text = "".join(textstate.font.to_unichr(code) for code in codes)
        x, y = apply_matrix_pt(mult_matrix(textstate.matrix, self.ctm), textstate.linematrix)
        font = str(textstate.font.fontname).partition("+")[2]
        grey = graphicstate.ncolor
        self.items.append(
            {"text": text, "font": font, "size": textstate.fontsize, "grey": grey, "x": x, "y": y}
        )

    def paint_path(
        self, graphicstate: PDFGraphicState, stroke: bool, fill: bool, evenodd: bool, path: Any
    ) -> None:
        """One path; a rectangle is a move, three lines and a close."""
        rectangles = []
        for start in range(0, len(path), 5):
            corners = [step[1:] for step in path[start : start + 4]]
            assert [step[0] for step in path[start : start + 5]] == ["m", "l", "l", "l", "h"]
            (left, bottom), (right, top) = corners[0], corners[2]
            rectangles.append((left, bottom, right - left, top - bottom))
        line = graphicstate.linewidth if stroke else 0
        assert stroke is not fill
        self.items.append({"rectangles": rectangles, "matrix": self.ctm, "line": line})
