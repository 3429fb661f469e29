"""What can be measured from a finished document: its text, run by run, with sizes.

Measuring only. Whether it is right is for the domain's rules to say.
"""

from __future__ import annotations

import ctypes
from decimal import Decimal
from typing import Any

from pharmacy_app.domain.label import DrawnText
from pharmacy_app.domain.quantity import plain

_HUNDREDTH = Decimal("0.01")


def texts(page: Any) -> tuple[DrawnText, ...]:
    """Every run of text of a page, in the document's order, as a reader finds it."""
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()
    try:
        return tuple(
            DrawnText(_text(each.raw, textpage.raw), _size(each.raw))
            for each in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT,))
        )
    finally:
        textpage.close()


def _text(run: Any, textpage: Any) -> str:
    import pypdfium2.raw as pdfium

    length = pdfium.FPDFTextObj_GetText(run, textpage, None, 0)
    buffer = ctypes.create_string_buffer(length * 2)
    pdfium.FPDFTextObj_GetText(run, textpage, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw[: length * 2].decode("utf-16-le").rstrip("\x00")


def _size(run: Any) -> str:
    """In points; the matrix of a run is never scaled here."""
    import pypdfium2.raw as pdfium

    size = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(run, size)
    return plain(Decimal(size.value).quantize(_HUNDREDTH))
