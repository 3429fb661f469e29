"""CSV that a spreadsheet shows as it stands: no cell of it becomes a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

# The first character that makes a spreadsheet take a cell for a formula; the last four are full-width.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_APOSTROPHE = "'"


def csv_bytes(rows: Iterable[Iterable[str]]) -> bytes:
    """Rows as CSV in UTF-8, with commas and lines that end as RFC 4180 asks."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8")


def safe(cell: str) -> str:
    """The cell, with an apostrophe before what would be a formula, and before an apostrophe.

    >>> safe("=1+1"), safe("'a"), safe("order RX-1")
    ("'=1+1", "''a", 'order RX-1')
    """
    return _APOSTROPHE + cell if cell.startswith((*_FORMULA, _APOSTROPHE)) else cell
