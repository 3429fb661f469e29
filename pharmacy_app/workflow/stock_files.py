"""The catalogue and the lots as files: given out whole, taken in whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Generic, TypeVar
from typing import Protocol as Port

from pharmacy_app.domain.errors import InputRefused, PharmacyError
from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.person import Permission
from pharmacy_app.domain.product import Lot, Product
from pharmacy_app.domain.stock_rules import Receipt, check_kept_lot, check_kept_product
from pharmacy_app.workflow.record import entry
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.stock import Act, act_of, add_lot, add_product, units_of_product
from pharmacy_app.workflow.unit_of_work import UnitOfWork

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class LineRefused:
    """What is wrong with one line, counted from 1 as an editor counts; `field` is its column."""

    line: int
    field: str
    no: InputRefused | Finding


class FileRefused(PharmacyError):
    """A file of which nothing was kept, with everything that is wrong with it."""

    def __init__(self, lines: tuple[LineRefused, ...]) -> None:
        super().__init__("refusal.file", {"lines": str(len({each.line for each in lines}))})
        self.lines = lines


@dataclass(frozen=True, slots=True)
class FileLine(Generic[Kept]):
    """One thing of a file, and the line on which it stands."""

    line: int
    value: Kept


@dataclass(frozen=True, slots=True)
class Imported:
    """How many things were kept, and how many were on file already, just as the file has them."""

    kept: int
    unchanged: int


class StockFiles(Port):
    """Reads and writes products and lots.

    A file is refused with FileRefused, or with InputRefused where it cannot be read at all.
    """

    def read_products(self, path: Path) -> tuple[FileLine[Product], ...]: ...
    def read_lots(self, path: Path) -> tuple[FileLine[Lot], ...]: ...
    def products_text(self, products: Iterable[Product]) -> bytes: ...
    def lots_text(self, lots: Iterable[Lot]) -> bytes: ...

    def product(self, texts: Mapping[str, str]) -> Product | tuple[InputRefused, ...]:
        """The product whose fields were typed, or every field that is refused."""
        ...

    def texts_of(self, product: Product) -> Mapping[str, str]:
        """The fields of a product as they are typed."""
        ...

    def receipt(self, texts: Mapping[str, str]) -> Receipt | tuple[InputRefused, ...]:
        """What was received, as typed, or every field that is refused."""
        ...

    def training_products(self) -> tuple[Product, ...]:
        """The training pharmacy's catalogue."""
        ...

    def training_lots(self, *, today: date, at: datetime) -> tuple[Lot, ...]:
        """The training pharmacy's lots, received at this moment; their expiry is counted from today."""
        ...


def import_products(path: Path, files: StockFiles, station: Station) -> Imported:
    """Keep every product of a file, or nothing of it.

    Raises:
        FileRefused, InputRefused: the file is not what it should be.
        RulesRefused: this person may not.
    """
    act = act_of(station, Permission.KEEP_CATALOGUE)

    def check(product: Product, work: UnitOfWork) -> Iterable[Finding]:
        former = work.products.latest(product.code)
        return check_kept_product(product, former, used=units_of_product(product.code, work))

    def add(product: Product, work: UnitOfWork, told: Iterable[tuple[str, str]]) -> bool:
        if work.products.latest(product.code) == product:
            return False
        add_product(product, act=act, work=work, told=told)
        return True

    return _import(Importing(path.name, act, station), lambda: files.read_products(path), check, add)


def import_lots(path: Path, files: StockFiles, station: Station) -> Imported:
    """Keep every lot of a file that is not on file yet, or nothing of it. Raises as `import_products`."""
    act = act_of(station, Permission.RECEIVE_STOCK)

    def check(lot: Lot, work: UnitOfWork) -> Iterable[Finding]:
        product, former = work.products.latest(lot.code), work.lots.latest(lot.key)
        return check_kept_lot(lot, product, former, now=act.at)

    def add(lot: Lot, work: UnitOfWork, told: Iterable[tuple[str, str]]) -> bool:
        if work.lots.latest(lot.key) is not None:
            return False
        units = ("units", str(lot.quantity))
        add_lot(lot, "stock-received", act=act, work=work, told=(units, *told))
        return True

    return _import(Importing(path.name, act, station), lambda: files.read_lots(path), check, add)


@dataclass(frozen=True, slots=True)
class Importing:
    """Which file is taken in, by whom, where."""

    file: str
    act: Act
    station: Station


def _import(
    importing: Importing,
    read: Callable[[], tuple[FileLine[Kept], ...]],
    check: Callable[[Kept, UnitOfWork], Iterable[Finding]],
    add: Callable[[Kept, UnitOfWork, Iterable[tuple[str, str]]], bool],
) -> Imported:
    try:
        lines = read()
    except (FileRefused, InputRefused) as no:
        with importing.station.open_unit_of_work() as work:
            _record_refusal(no, importing, work)
        raise
    with importing.station.open_unit_of_work() as work:
        wrong = tuple(
            LineRefused(each.line, found.field, found) for each in lines for found in check(each.value, work)
        )
        if wrong:
            refusal = FileRefused(wrong)
            _record_refusal(refusal, importing, work)
            raise refusal
        kept = sum(add(each.value, work, _told(importing, each.line)) for each in lines)
        work.commit()
    return Imported(kept, len(lines) - kept)


def _told(importing: Importing, line: int) -> tuple[tuple[str, str], ...]:
    return ("file", importing.file), ("line", str(line))


def _record_refusal(no: PharmacyError, importing: Importing, work: UnitOfWork) -> None:
    lines = no.lines if isinstance(no, FileRefused) else ()
    numbers = ", ".join(str(line) for line in sorted({each.line for each in lines}))
    act = importing.act
    facts = (("lines", numbers),)
    thing = f"file {importing.file}"
    work.audit.add(
        entry("import-refused", actor=act.actor, thing=thing, at=act.at, site=act.site, facts=facts)
    )
    work.commit()
