"""Questions and changes of the Supplies page, as they run off the window's thread. Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pharmacy_app.domain.errors import InputRefused, PharmacyError, RulesRefused
from pharmacy_app.domain.finding import Severity
from pharmacy_app.files import write_whole
from pharmacy_app.workflow.stock_files import FileRefused, LineRefused
from ui.remarks import Remark, remark_of_finding, remark_of_refusal
from ui.supplies.view import Shelf

if TYPE_CHECKING:
    from pharmacy_app.domain.person import Actor
    from pharmacy_app.domain.product import Lot
    from pharmacy_app.workflow.desk import Desk
    from pharmacy_app.workflow.stock import StockView
    from pharmacy_app.workflow.stock_files import Imported
    from ui.words import Words


class FieldsRefused(PharmacyError):
    """What was typed cannot be read; nothing was kept."""

    def __init__(self, refusals: tuple[InputRefused, ...]) -> None:
        super().__init__("refusal.fields")
        self.refusals = refusals


def look(desk: Desk) -> tuple[StockView, Actor | None]:
    """What is on file, and who works here."""
    return desk.stock.look(), desk.station.seat.actor


def receive(desk: Desk, texts: Mapping[str, str]) -> tuple[Lot, int]:
    """Receive what was typed or scanned; the lot, and how many units were added.

    Raises:
        FieldsRefused: a field cannot be read.
        RulesRefused: a rule stops it.
    """
    receipt = desk.stock.read_receipt(texts)
    if isinstance(receipt, tuple):
        raise FieldsRefused(receipt)
    return desk.stock.receive(receipt), receipt.quantity


def keep_product(desk: Desk, texts: Mapping[str, str]) -> None:
    """Keep the product that was typed. Raises as `receive`."""
    product = desk.stock.read_product(texts)
    if isinstance(product, tuple):
        raise FieldsRefused(product)
    desk.stock.keep_product(product)


def take_in(desk: Desk, shelf: Shelf, path: Path) -> Imported:
    """Keep every lot or product of a file, or nothing of it."""
    return desk.stock.import_lots(path) if shelf is Shelf.LOTS else desk.stock.import_products(path)


def give_out(desk: Desk, shelf: Shelf, path: Path) -> Path:
    """Write every lot or product into a file."""
    content = desk.stock.lots_text() if shelf is Shelf.LOTS else desk.stock.products_text()
    write_whole(path, content)
    return path


def write_codes(desk: Desk, path: Path) -> Path:
    """Write the codes of the training products into a PDF. Raises RulesRefused outside training."""
    write_whole(path, desk.training_codes())
    return path


def remarks_of(error: PharmacyError, words: Words) -> tuple[Remark, ...]:
    """A refusal in words, everything that is wrong at once.

    Raises:
        TypeError: it is none of the refusals above.
    """
    match error:
        case RulesRefused(findings=findings):
            return tuple(remark_of_finding(each, words) for each in findings)
        case FieldsRefused(refusals=refusals):
            return tuple(remark_of_refusal(each, words) for each in refusals)
        case FileRefused(lines=lines):
            return tuple(_remark_of_line(each, words) for each in lines)
        case InputRefused():
            return (remark_of_refusal(error, words),)
        case _:
            raise TypeError(f"no refusal of supplies: {error!r}")


def _remark_of_line(line: LineRefused, words: Words) -> Remark:
    no = line.no
    inner = remark_of_refusal(no, words) if isinstance(no, InputRefused) else remark_of_finding(no, words)
    code = "ui.supplies.refused.field" if line.field else "ui.supplies.refused.line"
    values = {"field": line.field} if line.field else {}
    lead = words(code, line=str(line.line), **values)
    return Remark(inner.code, Severity.STOP, lead, inner.sentence, rule=inner.rule)
