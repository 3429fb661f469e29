"""From a lot on file to its bags, whose they are and where they are now (REQ-SUP-010).

The bags are found by their scans and typed codes, not by looking through all bags.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.product import Lot, Product
from pharmacy_app.domain.recall import BagOwner, RecalledBag, by_urgency
from pharmacy_app.workflow.bag_on_file import read_bag

if TYPE_CHECKING:
    from pharmacy_app.domain.bag_on_file import Bag
    from pharmacy_app.workflow.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class FoundLot:
    """A lot of the number that was asked for."""

    product: Product
    lot: Lot


@dataclass(frozen=True, slots=True)
class Recall:
    """The bags that hold the lot, the most urgent first. `lots`: one for each product with that number."""

    lot: str
    lots: tuple[FoundLot, ...]
    bags: tuple[RecalledBag, ...]

    @property
    def hung(self) -> int:
        """How many of them hang at a patient now."""
        return sum(each.bag.state is BagState.HUNG for each in self.bags)


def recall(lot: str, code: str, work: UnitOfWork) -> Recall:
    """The bags that hold the lot; with an empty code, of every product.

    Raises:
        InputRefused: no lot of that number, and of that product, is on file.
    """
    lots = tuple(_lots(lot, code, work))
    if not lots:
        raise InputRefused("lot", lot, "expected.lot-on-file")
    wanted = {(each.lot.code, each.lot.lot) for each in lots}
    serials = sorted({serial for key in wanted for serial in work.bag_events.with_lot(*key)})
    owners = _Owners(work)
    bags = (_recalled(read_bag(work, serial), wanted, owners) for serial in serials)
    return Recall(lot, lots, by_urgency(bags))


def _recalled(bag: Bag, wanted: set[tuple[str, str]], owners: _Owners) -> RecalledBag:
    units = sum((each.code, each.lot) in wanted for each in bag.units)
    return RecalledBag(bag, owners.of(bag.started.order_number), units)


def _lots(lot: str, code: str, work: UnitOfWork) -> Iterator[FoundLot]:
    for each in work.lots.all():
        if each.lot == lot and code in {"", each.code}:
            product = work.products.latest(each.code)
            if product is None:
                raise LookupError(f"lot {lot} has no product")  # the commands that keep lots forbid it
            yield FoundLot(product, each)


class _Owners:
    """Whose bags they are; each order is read once."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._known: dict[str, BagOwner] = {}

    def of(self, order_number: str) -> BagOwner:
        if order_number not in self._known:
            self._known[order_number] = self._read(order_number)
        return self._known[order_number]

    def _read(self, order_number: str) -> BagOwner:
        stored = self._work.orders.with_number(order_number)
        plan = self._work.plans.latest(order_number)
        if stored is None or plan is None:
            raise LookupError(f"{order_number} has bags, but no order or no plan")  # the record forbids it
        order = stored.order
        return BagOwner(
            patient_name=order.patient.display_name,
            record_number=order.patient.record_number,
            order_number=order_number,
            destination=order.destination,
            bags=len(plan.content.bags),
        )
