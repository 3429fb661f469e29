"""The stock as the window reaches it: every command and question about products and lots at one station."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pharmacy_app.domain.cold_storage import TimeOutside
from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.product import Lot, LotMove, Product, ProductKind
from pharmacy_app.domain.shelf import ShelfLot, first_to_expire
from pharmacy_app.domain.stock_rules import Receipt
from pharmacy_app.workflow.cold_storage import Handled, put_back, take_out
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.stock import StockView, keep_product, look, move_lot, receive
from pharmacy_app.workflow.stock_files import Imported, StockFiles, import_lots, import_products
from pharmacy_app.workflow.stock_training import start_training_stock


@dataclass(frozen=True, slots=True)
class Stock:
    """Each method that keeps something is one transaction; its refusals are those of `workflow.stock`."""

    station: Station
    files: StockFiles

    def look(self) -> StockView:
        """The catalogue and the shelf as they are on file now."""
        return look(self.station)

    def products(self) -> tuple[Product, ...]:
        """The catalogue, sorted by code."""
        with self.station.open_unit_of_work(reading=True) as work:
            return work.products.all()

    def product(self, code: str) -> Product | None:
        """The product with this code."""
        with self.station.open_unit_of_work(reading=True) as work:
            return work.products.latest(code)

    def lots(self) -> tuple[Lot, ...]:
        """Every lot on file, sorted by code and lot number."""
        with self.station.open_unit_of_work(reading=True) as work:
            return work.lots.all()

    def on_hand(self, code: str) -> int:
        """How many units of a product are there: received less used, whatever their lots' state."""
        return sum(each.on_hand for each in self.look().shelf if each.product.code == code)

    def first_to_expire(self, kind: ProductKind) -> ShelfLot | None:
        """The lot to be taken next; None where no unit of the kind may be taken."""
        return first_to_expire(self.look().shelf, kind)

    def keep_product(self, product: Product) -> None:
        """Keep a product, or what is new about it."""
        keep_product(product, self.station)

    def receive(self, receipt: Receipt) -> Lot:
        """Add units to the stock."""
        return receive(receipt, self.station)

    def quarantine(self, code: str, lot: str, reason: str) -> tuple[str, ...]:
        """Keep a lot apart; the serials of the bags it went into."""
        return move_lot(LotMove.QUARANTINE, lot, reason, code=code, station=self.station)

    def release_from_quarantine(self, code: str, lot: str, reason: str) -> tuple[str, ...]:
        """A pharmacist lets a lot be used again; the serials of the bags it went into."""
        return move_lot(LotMove.RELEASE, lot, reason, code=code, station=self.station)

    def recall(self, code: str, lot: str, reason: str) -> tuple[str, ...]:
        """Stop a lot for good; the serials of the bags it went into."""
        return move_lot(LotMove.RECALL, lot, reason, code=code, station=self.station)

    def take_out(self, handled: Handled) -> TimeOutside:
        """A lot of the kit was taken out of the refrigerator."""
        return take_out(handled, self.station)

    def put_back(self, handled: Handled) -> TimeOutside:
        """A lot of the kit was put back into the refrigerator."""
        return put_back(handled, self.station)

    def read_product(self, texts: Mapping[str, str]) -> Product | tuple[InputRefused, ...]:
        """The product whose fields were typed, or every field that is refused."""
        return self.files.product(texts)

    def texts_of(self, product: Product) -> Mapping[str, str]:
        """The fields of a product as they are typed."""
        return self.files.texts_of(product)

    def read_receipt(self, texts: Mapping[str, str]) -> Receipt | tuple[InputRefused, ...]:
        """What was received, as typed, or every field that is refused."""
        return self.files.receipt(texts)

    def import_products(self, path: Path) -> Imported:
        """Keep every product of a file, or nothing of it."""
        return import_products(path, self.files, self.station)

    def import_lots(self, path: Path) -> Imported:
        """Keep every new lot of a file, or nothing of it."""
        return import_lots(path, self.files, self.station)

    def products_text(self) -> bytes:
        """The catalogue as a file."""
        return self.files.products_text(self.products())

    def lots_text(self) -> bytes:
        """Every lot as a file."""
        return self.files.lots_text(self.lots())

    def start_training(self) -> None:
        """Keep the training pharmacy's products and lots that are not on file yet."""
        start_training_stock(self.files, self.station)
