"""Read a finished label again: both codes from its picture, its text from the document."""

from __future__ import annotations

import math
from typing import Any

from labels import lint
from labels.symbols import POINTS_PER_INCH, dots_per_inch
from pharmacy_app.domain.label import ReadBack
from pharmacy_app.workflow.ports import Picture

_BLACK_OR_WHITE = bytes(0 if grey < 128 else 255 for grey in range(256))


def read_back(pdf: bytes, *, dpi: int) -> ReadBack:
    """What an eye and a scanner find on the first page, as the printer draws it."""
    document = _open(pdf)
    try:
        page = document[0]
        codes = _codes(_picture(page, dpi))
        texts = lint.texts(page)
    finally:
        document.close()
    return ReadBack(
        code128=codes.get("]C0"),
        datamatrix=codes.get("]d2"),
        symbologies=tuple(sorted(codes)),
        texts=texts,
    )


def picture(pdf: bytes, *, dpi: int) -> Picture:
    """The first page as whole dots of the printer, black on white."""
    document = _open(pdf)
    try:
        return _picture(document[0], dpi)
    finally:
        document.close()


def _open(pdf: bytes) -> Any:
    import pypdfium2

    return pypdfium2.PdfDocument(pdf)


def _picture(page: Any, dpi: int) -> Picture:
    """Drawn at exactly the printer's resolution: the page is not stretched to a whole number of dots."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    scale = float(dots_per_inch(dpi) / POINTS_PER_INCH)
    wide, high = (math.ceil(side * scale - 0.001) for side in page.get_size())
    bitmap = pypdfium2.PdfBitmap.new_native(wide, high, pdfium.FPDFBitmap_Gray)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, wide, high)
    matrix = pdfium.FS_MATRIX(scale, 0, 0, scale, 0, 0)
    clip = pdfium.FS_RECTF(0, 0, wide, high)
    pdfium.FPDF_RenderPageBitmapWithMatrix(bitmap.raw, page.raw, matrix, clip, pdfium.FPDF_GRAYSCALE)
    rows = bytes(bitmap.buffer)
    if bitmap.stride != wide:
        rows = b"".join(rows[start : start + wide] for start in range(0, len(rows), bitmap.stride))
    bitmap.close()
    return Picture(wide, high, rows.translate(_BLACK_OR_WHITE))


def _codes(found_on: Picture) -> dict[str, str]:
    """The two kinds of code, by symbology identifier. Two of one kind: neither is believed."""
    import zxingcpp

    formats = zxingcpp.BarcodeFormats((zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.DataMatrix))
    image = memoryview(found_on.data).cast("B", shape=(found_on.height, found_on.width))
    found = zxingcpp.read_barcodes(image, formats=formats, try_rotate=False, try_invert=False)
    codes: dict[str, str] = {}
    for each in found:
        identifier = each.symbology_identifier
        if identifier in codes:
            return {}
        codes[identifier] = each.bytes.decode("latin-1")
    return codes
