"""What a training pharmacy has before anybody works in it: accounts, a shelf, and example orders."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pharmacy_app.domain.order import Order
from pharmacy_app.domain.plan import Plan
from pharmacy_app.workflow.order import keep_order, orders_on_file
from pharmacy_app.workflow.order_reading import OrderReading
from pharmacy_app.workflow.people_desk import People
from pharmacy_app.workflow.ports import Phrases
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.stock_files import StockFiles
from pharmacy_app.workflow.stock_training import start_training_stock


def start_training(
    station: Station,
    stock_files: StockFiles,
    *,
    words: Phrases,
    examples: Sequence[Mapping[str, object]],
    read: Callable[[Mapping[str, object]], OrderReading],
    plan: Callable[[Order], Plan],
) -> None:
    """Make the training accounts; keep the training stock and the example orders not on file yet.

    The training pharmacist enters them, with their reasons; nobody has accepted them.

    Raises:
        RulesRefused: this is no training installation, or a training account's name is taken.
        StationTrouble: the database does not take it.
    """
    pharmacist = station.acting(People(station).training().pharmacist)
    start_training_stock(stock_files, pharmacist)
    known = {stored.order.order_number for stored in orders_on_file(station.open_unit_of_work)}
    for document in examples:
        order = read(document).order
        if order is not None and order.order_number not in known:
            reasons = {found.code: words("training.reason") for found in plan(order).findings}
            keep_order(order, reasons, pharmacist)
