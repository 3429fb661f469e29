"""Products and lots as CSV: UTF-8, commas, one exact header, every line right or nothing of the file.

A spreadsheet takes a column that begins with = + - @ for a formula. Such a column is written with an
apostrophe before it, and so is one that begins with an apostrophe: what is read is what was written.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import TypeVar

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.product import Lot, LotState, Product
from pharmacy_app.domain.stock_rules import Receipt
from pharmacy_app.intake.fields import refuse
from pharmacy_app.intake.stock_fields import (
    read_lot,
    read_product,
    read_receipt,
    texts_of_lot,
    texts_of_product,
)
from pharmacy_app.intake.strict_json import LARGEST_FILE_BYTES, bytes_of, shortened
from pharmacy_app.workflow.stock_files import FileLine, FileRefused, LineRefused

Kept = TypeVar("Kept", Product, Lot)
Read = Callable[[Mapping[str, str], list[InputRefused]], Kept]

PRODUCT_COLUMNS = ("code", "kind", "name", "manufacturer", "material", "dehp", "pore_micron",
                   "low_protein_binding", "sterile", "non_pyrogenic", "built_in_filter", "volume_ml",
                   "concentration_mcg_per_ml", "fill_ml", "has_serial")  # fmt: skip
LOT_COLUMNS = ("code", "lot", "expires_on", "quantity", "received_at", "state", "reason")
TRAINING_PRODUCTS = "training-products.csv"
TRAINING_LOTS = "training-lots.csv"
_TRAINING_COLUMNS = ("code", "lot", "expires_in_days", "quantity", "state", "reason")

_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # the last four are full-width
_APOSTROPHE = "'"


def parse_products(content: bytes) -> tuple[FileLine[Product], ...]:
    """The products in the bytes of a file.

    Raises:
        InputRefused: the file is too large or no UTF-8, or has another header.
        FileRefused: a line is not what it should be, or names a product twice.
    """
    return _parse(content, PRODUCT_COLUMNS, read_product)


def parse_lots(content: bytes) -> tuple[FileLine[Lot], ...]:
    """The lots in the bytes of a file. Raises as `parse_products`."""
    return _parse(content, LOT_COLUMNS, read_lot)


def products_text(products: Iterable[Product]) -> bytes:
    """The products as a file, in the order given."""
    return _text(PRODUCT_COLUMNS, (texts_of_product(each) for each in products))


def lots_text(lots: Iterable[Lot]) -> bytes:
    """The lots as a file, in the order given."""
    return _text(LOT_COLUMNS, (texts_of_lot(each) for each in lots))


def _text(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_guarded(row[column]) for column in columns] for row in rows)
    return written.getvalue().encode("utf-8")


def _guarded(value: str) -> str:
    return f"{_APOSTROPHE}{value}" if value.startswith((*_FORMULA, _APOSTROPHE)) else value


def _unguarded(value: str, field: str) -> str:
    """What stood there before `_guarded`; refused where `_guarded` would have written it otherwise."""
    plain = value.removeprefix(_APOSTROPHE)
    if _guarded(plain) != value:
        raise refuse(field, value, "expected.csv-sign")
    return plain


def _parse(content: bytes, columns: Sequence[str], read: Read[Kept]) -> tuple[FileLine[Kept], ...]:
    rows = _rows(_decoded(content), columns)
    wrong: list[LineRefused] = []
    found: list[FileLine[Kept]] = []
    first_at: dict[str, int] = {}
    for line, row in rows:
        refusals: list[InputRefused] = []
        value = _value(row, columns, read, refusals)
        if value is not None:
            at = first_at.setdefault(value.key, line)
            if at != line:
                refusals.append(refuse(columns[0], row[0], "expected.csv-once", line=str(at)))
            found.append(FileLine(line, value))
        wrong += [LineRefused(line, each.field, each) for each in refusals]
    if wrong:
        raise FileRefused(tuple(wrong))
    return tuple(found)


def _value(
    row: Sequence[str], columns: Sequence[str], read: Read[Kept], refusals: list[InputRefused]
) -> Kept | None:
    """What stands on a line; None where something of it is refused."""
    if len(row) != len(columns):
        refusals.append(
            refuse("", ",".join(row) or "nothing", "expected.csv-columns", count=str(len(columns)))
        )
        return None
    texts: dict[str, str] = {}
    for column, given in zip(columns, row, strict=True):
        try:
            texts[column] = _unguarded(given, column)
        except InputRefused as refusal:
            refusals.append(refusal)
            texts[column] = given
    value = read(texts, refusals)
    return None if refusals else value


def _decoded(content: bytes) -> str:
    """UTF-8, with or without the mark that spreadsheets put before it."""
    if len(content) > LARGEST_FILE_BYTES:
        raise InputRefused("file", f"{len(content)} bytes", "expected.csv-size")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        values = {"byte": str(error.start + 1)}
        raise InputRefused("file", shortened(repr(content[error.start])), "expected.utf-8", values) from None


def _rows(text: str, columns: Sequence[str]) -> list[tuple[int, list[str]]]:
    """The lines after the header with their numbers. What follows a line that cannot be read is not read."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[int, list[str]]] = []
    begun = 0
    try:
        for row in reader:
            rows.append((begun + 1, row))
            begun = reader.line_num
    except csv.Error:
        raise FileRefused((_broken(begun + 1, text),)) from None
    header = ",".join(columns)
    if not rows or rows[0][1] != list(columns):
        given = shortened(",".join(rows[0][1]) if rows else "nothing")
        raise InputRefused("line 1", given, "expected.csv-header", {"header": header})
    return rows[1:]


def _broken(line: int, text: str) -> LineRefused:
    given = text.splitlines()[line - 1 : line]
    return LineRefused(line, "", refuse("", "".join(given) or "nothing", "expected.csv-line"))


class CatalogueCsv:
    """The workflow's port `StockFiles`, as CSV."""

    def read_products(self, path: Path) -> tuple[FileLine[Product], ...]:
        """The products in a file. Raises as `parse_products`, and where the file may not be read."""
        return parse_products(bytes_of(path, field="file"))

    def read_lots(self, path: Path) -> tuple[FileLine[Lot], ...]:
        """The lots in a file. Raises as `read_products`."""
        return parse_lots(bytes_of(path, field="file"))

    def products_text(self, products: Iterable[Product]) -> bytes:
        """The products as a file."""
        return products_text(products)

    def lots_text(self, lots: Iterable[Lot]) -> bytes:
        """The lots as a file."""
        return lots_text(lots)

    def product(self, texts: Mapping[str, str]) -> Product | tuple[InputRefused, ...]:
        """The product whose fields were typed, or every field that is refused."""
        refusals: list[InputRefused] = []
        product = read_product(texts, refusals)
        return tuple(refusals) or product

    def texts_of(self, product: Product) -> Mapping[str, str]:
        """The fields of a product as they are typed."""
        return texts_of_product(product)

    def receipt(self, texts: Mapping[str, str]) -> Receipt | tuple[InputRefused, ...]:
        """What was received, as typed, or every field that is refused."""
        refusals: list[InputRefused] = []
        receipt = read_receipt(texts, refusals)
        return tuple(refusals) or receipt

    def training_products(self) -> tuple[Product, ...]:
        """The training pharmacy's catalogue."""
        return tuple(each.value for each in parse_products(_shipped(TRAINING_PRODUCTS)))

    def training_lots(self, *, today: date, at: datetime) -> tuple[Lot, ...]:
        """The training pharmacy's lots, received at this moment; their expiry is counted from today."""
        rows = _rows(_decoded(_shipped(TRAINING_LOTS)), _TRAINING_COLUMNS)
        return tuple(_training_lot(row, today=today, at=at) for _, row in rows)


def _shipped(name: str) -> bytes:
    return resources.files("pharmacy_app.protocols").joinpath(name).read_bytes()


def _training_lot(row: Sequence[str], *, today: date, at: datetime) -> Lot:
    code, lot, expires_in_days, quantity, state, reason = row
    return Lot(
        code=code,
        lot=lot,
        expires_on=today + timedelta(days=int(expires_in_days)),
        quantity=int(quantity),
        received_at=at,
        state=LotState(state),
        reason=reason,
    )
