"""A scan at the bench: told apart, checked beside catalogue, lots and what was used before, and kept."""

from __future__ import annotations

from datetime import date

from pharmacy_app.domain.bag_event import ByHand, ProductScanned, TagScanned
from pharmacy_app.domain.cold_storage import Outside, check_outside
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.finding import Finding, has_stop, stops_first
from pharmacy_app.domain.preparation_scan import Unit, check_fit, check_tag, check_unit
from pharmacy_app.domain.product import Product, ProductKind, lot_key
from pharmacy_app.domain.product_check import check_lot
from pharmacy_app.domain.scan import BagScan, ProductScan, Scan, TextScan
from pharmacy_app.domain.vial_clock import check_vials_age
from pharmacy_app.workflow.bench_turn import Turn
from pharmacy_app.workflow.cold_storage_on_file import outside_of


class ScanStopped(RulesRefused):
    """A stop at the bench. `product` is what was scanned, None: nothing of the catalogue."""

    def __init__(
        self, findings: tuple[Finding, ...], scanned: ProductScan | None, product: Product | None
    ) -> None:
        super().__init__(findings)
        self.scanned = scanned
        self.product = product


def keep_scan(now: Turn, scan: Scan, *, by_hand: ByHand | None) -> Turn:
    """Keep what was scanned; the turn as it is then. Raises ScanStopped, recorded."""
    match scan:
        case BagScan():
            return _keep_tag(now, scan, by_hand)
        case ProductScan():
            return _keep_unit(now, scan, by_hand)
        case TextScan():
            return _keep_unit(now, ProductScan(scan.text, "", None, ""), by_hand)


def _keep_tag(now: Turn, scan: BagScan, by_hand: ByHand | None) -> Turn:
    found = check_tag(scan, now.bag, now.progress)
    told = (*_at_step(now), *_typed(by_hand))
    if has_stop(found):
        scanned = ("scanned", f"{scan.serial}{scan.print_number:02}")
        now.refuse(ScanStopped(found, None, None), act="scan-stopped", told=(scanned, *told))
    if found or now.progress.step is None:
        return now  # the tag once more: nothing to keep
    return now.keep(TagScanned(now.progress.step.code, by_hand), told=told)


def _keep_unit(now: Turn, scan: ProductScan, by_hand: ByHand | None) -> Turn:
    product = now.work.products.latest(scan.code)
    lot = now.work.lots.latest(lot_key(scan.code, scan.lot)) if scan.lot else None
    used = now.work.bag_events.units_used().get(lot_key(scan.code, scan.lot), 0)
    today = now.now.astimezone(now.zone).date()
    found = [*check_lot(product, lot, scanned=scan, used=used, today=today)]
    unit = Unit(scan.code, scan.unit_serial)
    was = outside_of(now.work, scan.code, scan.lot, site=now.rules.site, at=now.now)
    if product is not None:
        found = [*check_unit(unit, product, now.bag, now.progress, used_for=_other_bag(now, unit)), *found]
        found += check_fit(product, now.recipe, now.rules.protocol)
        found += check_outside(product, scan.lot, was)
        found = [*_vials_age(now, product), *found]
    told = (*_scanned(scan), *_at_step(now), *_typed(by_hand))
    if has_stop(found):
        now.refuse(ScanStopped(stops_first(found), scan, product), act="scan-stopped", told=told)
    if product is None or lot is None or now.progress.step is None:
        raise AssertionError("a unit without product, lot or step passed its checks")
    step = now.progress.step.code
    what = ProductScanned(step, product.kind, scan.code, scan.lot, lot.expires_on, scan.unit_serial, by_hand)
    return now.keep(what, told=(*told, *_outside(was)))


def _vials_age(now: Turn, product: Product) -> tuple[Finding, ...]:
    """The first vial's clock governs: once it has run out, another vial is opened for nothing."""
    if product.kind is not ProductKind.DRUG_VIAL:
        return ()
    return check_vials_age(now.bag, now.rules.protocol, now=now.now, zone=now.zone)


def _other_bag(now: Turn, unit: Unit) -> str:
    """The other bag for which the unit was scanned before, by its serial; empty: there is none."""
    bags = now.work.bag_events.with_unit(unit.code, unit.serial) if unit.serial else ()
    return next((serial for serial in bags if serial != now.bag.serial), "")


def _at_step(now: Turn) -> tuple[tuple[str, str], ...]:
    return (("step", now.progress.step.code),) if now.progress.step is not None else ()


def _scanned(scan: ProductScan) -> tuple[tuple[str, str], ...]:
    return (
        ("code", scan.code),
        ("lot", scan.lot),
        ("expires", _day(scan.expires_on)),
        ("unit", scan.unit_serial),
    )


def _outside(was: Outside | None) -> tuple[tuple[str, str], ...]:
    return () if was is None else (("outside the refrigerator", was.spent_text),)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _typed(by_hand: ByHand | None) -> tuple[tuple[str, str], ...]:
    if by_hand is None:
        return ()
    return ("typed because", by_hand.reason), ("second person", by_hand.second_person)
