"""The dialogs of the Supplies page, and its files in and out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QFileDialog, QWidget

from pharmacy_app.workflow.cold_storage import Handled
from ui.page import Noun, PageContext
from ui.supplies.answers import give_out, keep_product, remarks_of, take_in, write_codes
from ui.supplies.cold import OUT, moment_text
from ui.supplies.product_dialog import ProductDialog
from ui.supplies.reason_dialog import ReasonDialog
from ui.supplies.refused_dialog import RefusedDialog
from ui.supplies.view import Shelf, SupplyRow

if TYPE_CHECKING:
    from pharmacy_app.domain.cold_storage import TimeOutside
    from pharmacy_app.domain.errors import PharmacyError
    from pharmacy_app.workflow.stock_files import Imported

CHANGED = frozenset({Noun.STOCK})
_CSV = "CSV (*.csv)"
_PDF = "PDF (*.pdf)"


class SuppliesActs:
    """`say` tells the page what became of an act. `dialog` is the one that is open, or was last."""

    def __init__(self, page: QWidget, context: PageContext, *, say: Callable[[str], None]) -> None:
        self._page = page
        self._desk, self._gateway, self._words = context.desk, context.gateway, context.words
        self._say = say
        self.dialog: ReasonDialog | ProductDialog | RefusedDialog | None = None
        self.ask_file: Callable[[str], Path | None] = self._ask_file
        self.ask_place: Callable[[str, str], Path | None] = self._ask_place

    def open_reason(self, act: str, row: SupplyRow) -> None:
        """Ask for the reason to quarantine, release, recall, take out or put back this lot."""
        dialog = ReasonDialog(self._page.window(), self._words, act=act, row=row)
        dialog.given.connect(partial(self._move if dialog.time is None else self._handle, dialog))
        self._open(dialog)

    def _move(self, dialog: ReasonDialog, reason: str) -> None:
        stock = self._desk.stock
        moves = {
            "quarantine": stock.quarantine,
            "release": stock.release_from_quarantine,
            "recall": stock.recall,
        }
        row = dialog.row

        def done(serials: tuple[str, ...]) -> None:
            dialog.accept()
            bags = len(serials)
            self._say(self._words(f"ui.supplies.{dialog.act_name}.done", lot=row.lot, bags=str(bags)))

        self._gateway.change(
            partial(moves[dialog.act_name], row.product.code, row.lot, reason),
            nouns=CHANGED,
            done=done,
            refused=lambda error: dialog.show_remarks(remarks_of(error, self._words)),
        )

    def _handle(self, dialog: ReasonDialog, reason: str) -> None:
        stock, row = self._desk.stock, dialog.row
        time = "" if dialog.time is None else dialog.time.text
        zone = ZoneInfo(self._desk.site.time_zone)

        def done(stay: TimeOutside) -> None:
            dialog.accept()
            since = moment_text(stay.back_at or stay.out_at, zone)
            self._say(self._words(f"ui.supplies.{dialog.act_name}.done", lot=row.lot, since=since))

        self._gateway.change(
            partial(
                stock.take_out if dialog.act_name == OUT else stock.put_back,
                Handled(row.product.code, row.lot, time, reason),
            ),
            nouns=CHANGED,
            done=done,
            refused=lambda error: dialog.show_remarks(remarks_of(error, self._words)),
        )

    def open_product(self, texts: Mapping[str, str] | None) -> None:
        """Make a new product, or change the one with these texts."""
        dialog = ProductDialog(self._page.window(), self._words, texts=texts)
        dialog.saved.connect(partial(self._keep, dialog))
        self._open(dialog)

    def _keep(self, dialog: ProductDialog, texts: dict[str, str]) -> None:
        def done(_nothing: None) -> None:
            dialog.accept()
            self._say(self._words("ui.supplies.product-kept", name=texts["name"]))

        self._gateway.change(
            partial(keep_product, self._desk, texts),
            nouns=CHANGED,
            done=done,
            refused=lambda error: dialog.show_remarks(remarks_of(error, self._words)),
        )

    def take_in(self, shelf: Shelf) -> None:
        """Take in a file of lots or products, whole or not at all."""
        path = self.ask_file(self._words(f"ui.supplies.import.{shelf.value}"))
        if path is not None:
            self._gateway.change(
                partial(take_in, self._desk, shelf, path),
                nouns=CHANGED,
                done=self._taken_in,
                refused=partial(self._not_taken_in, path),
            )

    def _taken_in(self, imported: Imported) -> None:
        values = {"kept": str(imported.kept), "unchanged": str(imported.unchanged)}
        self._say(self._words("ui.supplies.imported", **values))

    def _not_taken_in(self, path: Path, error: PharmacyError) -> None:
        remarks = remarks_of(error, self._words)
        self._open(RefusedDialog(self._page.window(), self._words, file=path.name, remarks=remarks))

    def give_out(self, shelf: Shelf) -> None:
        """Write every lot or product into a file."""
        path = self.ask_place(self._words(f"ui.supplies.export.{shelf.value}"), f"{shelf.value}.csv")
        if path is not None:
            self._gateway.change(
                partial(give_out, self._desk, shelf, path),
                nouns=frozenset(),
                done=lambda written: self._say(self._words("ui.supplies.exported", path=str(written))),
            )

    def give_out_codes(self) -> None:
        """Write the codes of the training products into a PDF, to be printed and scanned."""
        path = self.ask_place(self._words("ui.supplies.codes"), "training-codes.pdf")
        if path is not None:
            self._gateway.change(
                partial(write_codes, self._desk, path),
                nouns=frozenset(),
                done=lambda written: self._say(self._words("ui.supplies.exported", path=str(written))),
                refused=lambda error: self._say(remarks_of(error, self._words)[0].sentence),
            )

    def _open(self, dialog: ReasonDialog | ProductDialog | RefusedDialog) -> None:
        self.dialog = dialog
        dialog.open()

    def _ask_file(self, title: str) -> Path | None:
        path, _kind = QFileDialog.getOpenFileName(self._page, title, str(Path.home()), _CSV)
        return Path(path) if path else None

    def _ask_place(self, title: str, name: str) -> Path | None:
        kind = _PDF if name.endswith(".pdf") else _CSV
        path, _kind = QFileDialog.getSaveFileName(self._page, title, str(Path.home() / name), kind)
        return Path(path) if path else None
