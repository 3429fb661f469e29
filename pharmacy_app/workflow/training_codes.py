"""The codes of the training shelf on paper: a trainee scans them in place of packages (REQ-SUP-009)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol as Port
from zoneinfo import ZoneInfo

from pharmacy_app.domain.clock import date_text
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.product import Lot, LotState, Product
from pharmacy_app.domain.product_check import is_expired
from pharmacy_app.domain.stock_rules import check_training
from pharmacy_app.workflow.ports import Phrases
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.stock_files import StockFiles

UNITS = 12  # vials with a code of their own, of each good lot: two large bags' worth
UNITS_TO_BE_STOPPED = 2  # of a lot that is expired, recalled or in quarantine


@dataclass(frozen=True, slots=True)
class CodeCell:
    """One code and what stands beside it. `elements` is its GS1 content, identifiers in brackets."""

    elements: str
    head: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodeSheet:
    """The sheet in words; `mark` stands on each page."""

    mark: str
    title: str
    note: str
    cells: tuple[CodeCell, ...]


class CodeSheetRenderer(Port):
    """Draws codes on paper."""

    def draw(self, sheet: CodeSheet) -> bytes:
        """The sheet as PDF; the same sheet gives the same bytes."""
        ...


def training_codes(files: StockFiles, words: Phrases, station: Station) -> CodeSheet:
    """A code for each training lot on file; where codes tell units apart, one for each of some units.

    Raises:
        RulesRefused: the installation is not for training.
    """
    site = station.rulebook().site
    if found := check_training(training=site.training):
        raise RulesRefused(found)
    training = {each.code for each in files.training_products()}
    with station.open_unit_of_work(reading=True) as work:
        products = {each.code: each for each in work.products.all() if each.code in training}
        lots = [each for each in work.lots.all() if each.code in products]
    today = station.now().astimezone(ZoneInfo(site.time_zone)).date()
    lots.sort(key=lambda each: (each.code, not _good(each, today), each.expires_on, each.lot))
    return CodeSheet(
        mark=words("label.training"),
        title=words("training.codes.title"),
        note=words("training.codes.note", printed=date_text(today)),
        cells=tuple(cell for lot in lots for cell in _cells(products[lot.code], lot, words, today)),
    )


def _good(lot: Lot, today: date) -> bool:
    return lot.state is LotState.AVAILABLE and not is_expired(lot, today)


def _cells(product: Product, lot: Lot, words: Phrases, today: date) -> Iterator[CodeCell]:
    known = (
        words("training.codes.lot", lot=lot.lot),
        words("training.codes.expires", expires=date_text(lot.expires_on)),
    )
    elements = f"(01){product.code}(17){lot.expires_on:%y%m%d}(10){lot.lot}"
    if not product.has_serial:
        yield CodeCell(elements, product.name, known)
        return
    units = UNITS if _good(lot, today) else UNITS_TO_BE_STOPPED
    for number in range(1, min(units, lot.quantity) + 1):
        unit = f"{lot.lot}-{number:02}"
        yield CodeCell(
            f"{elements}(21){unit}", product.name, (*known, words("training.codes.unit", unit=unit))
        )
