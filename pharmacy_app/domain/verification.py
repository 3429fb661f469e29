"""The independent check and the release: every rule that must hold, all findings at once.

Nothing is released alone: who had a hand in the preparation never verifies it, and the verifier's own figures
are typed before the technician's are shown (REQ-VER-002 to -006).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from pharmacy_app.domain.bag import BagMove, check_move
from pharmacy_app.domain.bag_event import Measured, OwnFigures, ProductScanned, Waste
from pharmacy_app.domain.bag_on_file import Bag
from pharmacy_app.domain.beyond_use import BeyondUse, check_not_expired, times_of_use
from pharmacy_app.domain.clock import CLOCKS_APART
from pharmacy_app.domain.cold_storage import Outside, TimeOutside, outside_of_lots
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.measuring import RecordedDose, check_recorded_dose, recorded_dose
from pharmacy_app.domain.order import Patient
from pharmacy_app.domain.plan_record import BagRecord
from pharmacy_app.domain.preparation import DRUG
from pharmacy_app.domain.product import Lot, LotState, lot_key
from pharmacy_app.domain.protocol import Protocol, Recipe
from pharmacy_app.domain.quantity import Duration, Weight
from pharmacy_app.domain.site import Site
from pharmacy_app.domain.vial_clock import check_drawn_in_time


@dataclass(frozen=True, slots=True)
class PlanInForce:
    """What the newest plan of the order says of this bag; `bag` None: it has no such bag any more."""

    revision: int
    digest: str
    bag: BagRecord | None
    started_before_it_was_entered: bool


@dataclass(frozen=True, slots=True)
class ReleaseCheck:
    """Everything about a release at one moment. `times` and `dose` are None where nothing was mixed."""

    findings: tuple[Finding, ...]
    times: BeyondUse | None
    dose: RecordedDose | None


def check_own_figures(own: OwnFigures | None, bag: Bag, recipe: Recipe) -> tuple[Finding, ...]:
    """The verifier's own drug and total volume against the calculated ones (REQ-VER-003)."""
    if own is None:
        return (_stop("verify.own-figures-missing", "REQ-VER-003"),)
    found = []
    drug = bag.measured_at(DRUG)
    pairs = (("drug", own.drug, recipe.drug, drug), ("total", own.total, recipe.bag_volume, bag.content))
    for name, typed, calculated, measured in pairs:
        if typed != calculated:
            values = {"typed": typed.number, "calculated": calculated.number}
            values["measured"] = "nothing" if measured is None else measured.number
            found.append(_stop(f"verify.{name}-differs", "REQ-VER-003", **values))
    return tuple(found)


def check_verifier(bag: Bag, person: str) -> tuple[Finding, ...]:
    """Who prepared a bag never verifies it (REQ-VER-002)."""
    if person in bag.prepared_by:
        return (_stop("verify.own-preparation", "REQ-VER-002"),)
    if person in bag.second_readers:
        return (_stop("verify.read-a-code", "REQ-VER-002"),)
    return ()


def check_release(
    bag: Bag,
    recipe: Recipe,
    plan: PlanInForce,
    *,
    person: str,
    protocol: Protocol,
    site: Site,
    now: datetime,
) -> ReleaseCheck:
    """Every rule about bag and verifier (account name). Lots, weight and protocol are asked beside it."""
    found = [*check_move(bag.state, BagMove.RELEASE), *check_verifier(bag, person)]
    found.extend(check_own_figures(bag.own_figures_of(person), bag, recipe))
    found.extend(check_plan(bag, plan))
    drug, mixed_at = bag.measured_at(DRUG), bag.mixed_at
    dose: RecordedDose | None = None
    times: BeyondUse | None = None
    if drug is None or mixed_at is None:
        found.append(_stop("verify.nothing-measured", "REQ-VER-003"))
    else:
        dose = recorded_dose(recipe, protocol, drug=drug, total=bag.content)
        found.extend(check_recorded_dose(dose, site))
        zone = ZoneInfo(site.time_zone)
        found.extend(_check_clock(bag, mixed_at, zone=zone, now=now))
        found.extend(check_drawn_in_time(bag, protocol, zone=zone))
        if plan.bag is not None:
            times = times_of(plan.bag, prepared_at=mixed_at, protocol=protocol, site=site)
            found.extend(times.findings)
            found.extend(check_in_time(times, now))
    return ReleaseCheck(tuple(found), times, dose)


def _check_clock(bag: Bag, mixed_at: datetime, *, zone: ZoneInfo, now: datetime) -> Iterator[Finding]:
    """Every limit is reckoned from the mixing: a clock that was ahead then would make the bag last longer."""
    (first, *_) = (each.number for each in bag.events if isinstance(each.what, Measured))
    after = min(now, *(each.at for each in bag.events if each.number >= first))
    if mixed_at > after + CLOCKS_APART:
        mixed, later = (f"{each.astimezone(zone):%Y-%m-%d %H:%M}" for each in (mixed_at, after))
        yield _stop("verify.mixed-later", "REQ-BUD-004", mixed=mixed, later=later)


def times_of(planned: BagRecord, *, prepared_at: datetime, protocol: Protocol, site: Site) -> BeyondUse:
    """The bag's four times from when its first ingredient went in; it goes into the refrigerator."""
    return times_of_use(
        prepared_at=prepared_at,
        hang_at=planned.start_at,
        change_at=planned.change_at,
        duration_h=planned.duration_h,
        protocol=protocol,
        site=site,
    )


def check_in_time(times: BeyondUse, now: datetime) -> tuple[Finding, ...]:
    """What can no longer be hung is as good as expired (REQ-BUD-005)."""
    return check_not_expired(expires=min(times.expires, times.start_by), now=now)


def check_plan(bag: Bag, plan: PlanInForce) -> tuple[Finding, ...]:
    """The bag was made for the plan that is in force now (REQ-PLN-009, REQ-ORD-014)."""
    found = []
    if (bag.started.plan_revision, bag.started.plan_digest) != (plan.revision, plan.digest):
        values = {"made_for": str(bag.started.plan_revision), "in_force": str(plan.revision)}
        found.append(_stop("verify.plan-not-in-force", "REQ-PLN-009", **values))
    if plan.bag is None:
        found.append(_stop("verify.bag-not-planned", "REQ-PLN-009"))
    if plan.started_before_it_was_entered:
        found.append(_stop("verify.start-past", "REQ-ORD-014"))
    return tuple(found)


def check_protocol_of(bag: Bag, protocol: Protocol) -> tuple[Finding, ...]:
    """A bag prepared under another digest is stopped; training work stays so (REQ-PRO-002, -006)."""
    if bag.started.protocol_digest == protocol.digest:
        return ()
    if protocol.commissioned and not bag.started.commissioned:
        return (_stop("verify.made-in-training", "REQ-PRO-006"),)
    return (_stop("verify.protocol-changed", "REQ-PRO-002"),)


def check_lots(lots: Iterable[Lot]) -> tuple[Finding, ...]:
    """No lot in the bag has been recalled or quarantined since it was scanned (REQ-SUP-008)."""
    codes = {LotState.QUARANTINED: "verify.lot-quarantined", LotState.RECALLED: "verify.lot-recalled"}
    return tuple(
        _stop(codes[each.state], "REQ-SUP-008", lot=each.lot, reason=each.reason)
        for each in lots
        if each.state is not LotState.AVAILABLE
    )


def check_kept_cold(bag: Bag, stays: Iterable[TimeOutside], *, limit: Duration | None) -> tuple[Finding, ...]:
    """No lot of vials or stabilizer in it had been outside too long when it was scanned (REQ-BUD-007).

    `stays` are those of its lots of the kit, as they are on file now: one that was recorded afterwards is not
    missed. Of several units of a lot the last one counts.
    """
    scanned = ((each.what, each.at) for each in bag.events if isinstance(each.what, ProductScanned))
    last = {lot_key(unit.code, unit.lot): (unit.lot, at) for unit, at in scanned}
    of_lots = tuple(stays)
    return tuple(
        _outside(lot, was)
        for key, (lot, at) in last.items()
        if (was := outside_of_lots(of_lots, limit=limit, at=at).get(key)) is not None and was.is_over
    )


def _outside(lot: str, was: Outside) -> Finding:
    values = {"lot": lot, "outside": was.spent_text}
    if was.limit is None:
        return finding("verify.outside-no-limit", Severity.STOP, "REQ-BUD-007", Mark.SITE, **values)
    values["limit"] = was.limit.number
    return finding("verify.outside-too-long", Severity.STOP, "REQ-BUD-007", Mark.SITE, **values)


def check_weight(patient: Patient, later: Sequence[Weight], protocol: Protocol) -> tuple[Finding, ...]:
    """The newest weight on file covers the patient; otherwise no unreleased bag goes on (REQ-ORD-012)."""
    weight = later[-1] if later else patient.weight
    if weight >= protocol.minimum_weight:
        return ()
    values = {"weight": weight.number, "minimum": protocol.minimum_weight.number}
    return (_stop("verify.weight-below", "REQ-ORD-012", **values),)


def waste_of(bag: Bag, protocol: Protocol, *, vials: int | None = None) -> Waste:
    """What is thrown away with a bag: its vials, or as many as somebody says were opened (REQ-VER-004)."""
    opened = len(bag.vials) if vials is None else vials
    drug = protocol.vial_concentration.times_volume(protocol.vial_withdrawable).times(opened)
    return Waste(drug=drug, volume=bag.content, vials=opened)


def _stop(code: str, rule: str, **values: str) -> Finding:
    return finding(code, Severity.STOP, rule, Mark.DERIVED, **values)
