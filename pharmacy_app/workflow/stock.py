"""The catalogue and the stock: products kept, lots received, kept apart and recalled (REQ-SUP-008).

Each command is one transaction, in which fact and entry go together. A refusal is an entry too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pharmacy_app.domain.clock import date_text
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.person import Actor, Permission
from pharmacy_app.domain.product import Lot, LotMove, Product, lot_key
from pharmacy_app.domain.product_check import check_product
from pharmacy_app.domain.shelf import RunningOut, ShelfLot, expiring, running_out, shelf
from pharmacy_app.domain.site import Site
from pharmacy_app.domain.stock_rules import (
    Receipt,
    check_kept_product,
    check_move,
    check_reason,
    check_receipt,
    moved,
    received,
    unknown_lot,
)
from pharmacy_app.workflow.cold_storage_on_file import all_outside
from pharmacy_app.workflow.record import entry, keep
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.unit_of_work import UnitOfWork

_MOVES = {
    LotMove.QUARANTINE: ("lot-quarantined", Permission.QUARANTINE),
    LotMove.RELEASE: ("lot-released-from-quarantine", Permission.RECALL),
    LotMove.RECALL: ("lot-recalled", Permission.RECALL),
}


@dataclass(frozen=True, slots=True)
class KnownProduct:
    """A product of the catalogue, and why it may be in no bag; nothing found: it may."""

    product: Product
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class StockView:
    """The catalogue and the shelf at one moment. `today` is the site's date, `zone` its time zone.

    `products` are sorted by code, `shelf` by expiry. `expiring` and `running_out` say what needs a person.
    """

    today: date
    zone: ZoneInfo
    products: tuple[KnownProduct, ...]
    shelf: tuple[ShelfLot, ...]
    expiring: tuple[ShelfLot, ...]
    running_out: tuple[RunningOut, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """Who keeps something now, and the rules of the site."""

    actor: Actor
    at: datetime
    site: Site

    @property
    def today(self) -> date:
        """The date at the site."""
        return self.at.astimezone(ZoneInfo(self.site.time_zone)).date()


def act_of(station: Station, permission: Permission) -> Act:
    """Who gives the command, if it is permitted, and when."""
    return Act(station.permitted(permission), station.now(), station.rulebook().site)


def keep_product(product: Product, station: Station) -> None:
    """Keep a product, or what is new about it; the same product twice is kept once.

    Raises:
        RulesRefused: a rule stops it; the refusal is recorded.
    """
    act = act_of(station, Permission.KEEP_CATALOGUE)
    with station.open_unit_of_work() as work:
        former = work.products.latest(product.code)
        if former == product:
            return
        found = check_kept_product(product, former, used=units_of_product(product.code, work))
        refuse(found, "product-refused", f"product {product.code}", act=act, work=work)
        add_product(product, act=act, work=work)
        work.commit()


def units_of_product(code: str, work: UnitOfWork) -> int:
    """How many units of any of its lots went into bags."""
    return sum(count for key, count in work.bag_events.units_used().items() if key.startswith(f"{code}\n"))


def add_product(
    product: Product, *, act: Act, work: UnitOfWork, told: Iterable[tuple[str, str]] = ()
) -> None:
    """The product with its entry."""
    named = (("kind", product.kind.value), ("name", product.name), *told)
    keep(work, work.products, product, act="product-kept", thing=f"product {product.code}",
         actor=act.actor, at=act.at, site=act.site, told=named)  # fmt: skip


def add_lot(lot: Lot, name: str, *, act: Act, work: UnitOfWork, told: Iterable[tuple[str, str]] = ()) -> None:
    """The lot with its entry, called `name`."""
    expires = ("expires", date_text(lot.expires_on))
    keep(work, work.lots, lot, act=name, thing=thing_of(lot.code, lot.lot), actor=act.actor, at=act.at,
         site=act.site, told=(expires, *told))  # fmt: skip


def thing_of(code: str, lot: str) -> str:
    """What the record calls a lot."""
    return f"lot {lot} of product {code}"


def refuse(found: Iterable[Finding], name: str, thing: str, *, act: Act, work: UnitOfWork) -> None:
    """Where there are findings: records the refusal, and raises it.

    Raises:
        RulesRefused: there are findings.
    """
    findings = tuple(found)
    if not findings:
        return
    codes = ", ".join(sorted({each.code for each in findings}))
    work.audit.add(
        entry(name, actor=act.actor, thing=thing, at=act.at, site=act.site, facts=(("findings", codes),))
    )
    work.commit()
    raise RulesRefused(findings)


def receive(receipt: Receipt, station: Station) -> Lot:
    """Add units to the stock: a new lot, or more of one on file; the lot as it stands then.

    Raises:
        RulesRefused: a rule stops it; the refusal is recorded.
    """
    act = act_of(station, Permission.RECEIVE_STOCK)
    with station.open_unit_of_work() as work:
        former = work.lots.latest(receipt.key)
        found = check_receipt(receipt, work.products.latest(receipt.code), former, today=act.today)
        refuse(found, "stock-refused", thing_of(receipt.code, receipt.lot), act=act, work=work)
        lot = received(receipt, former, at=act.at)
        add_lot(lot, "stock-received", act=act, work=work, told=(("units", str(receipt.quantity)),))
        work.commit()
    return lot


def move_lot(move: LotMove, lot: str, reason: str, *, code: str, station: Station) -> tuple[str, ...]:
    """Quarantine a lot of the product with this code, release it from there, or recall it for good.

    Returns the serials of the bags for which a unit of it was scanned (REQ-SUP-010).

    Raises:
        RulesRefused: a rule stops it; the refusal is recorded.
    """
    name, permission = _MOVES[move]
    act = act_of(station, permission)
    thing = thing_of(code, lot)
    with station.open_unit_of_work() as work:
        product, former = work.products.latest(code), work.lots.latest(lot_key(code, lot))
        if product is None or former is None:
            refuse(unknown_lot(lot), f"{name}-refused", thing, act=act, work=work)
            raise AssertionError("refused above")
        found = (*check_reason(reason), *check_move(move, product, former))
        refuse(found, f"{name}-refused", thing, act=act, work=work)
        serials = work.bag_events.with_lot(code, lot)
        told = (("reason", reason), ("bags", ", ".join(serials)))
        add_lot(moved(move, former, reason), name, act=act, work=work, told=told)
        work.commit()
    return serials


def look(station: Station) -> StockView:
    """The catalogue and the shelf as they are on file now."""
    rules, now = station.rulebook(), station.now()
    zone = ZoneInfo(rules.site.time_zone)
    today = now.astimezone(zone).date()
    with station.open_unit_of_work(reading=True) as work:
        products, lots, used = work.products.all(), work.lots.all(), work.bag_events.units_used()
        outside = all_outside(work, site=rules.site, at=now)
    stand = shelf(products, lots, used, outside=outside, protocol=rules.protocol, today=today)
    return StockView(
        today=today,
        zone=zone,
        products=tuple(KnownProduct(each, check_product(each, rules.protocol)) for each in products),
        shelf=stand,
        expiring=expiring(stand, today=today, within_days=rules.site.expires_soon_days),
        running_out=running_out(stand, products, low_vials=rules.site.low_vials),
    )
