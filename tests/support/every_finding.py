"""Every finding that the rules can come to, by asking them what brings it: each must have its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from pharmacy_app.domain.beyond_use import check_not_expired, times_of_use
from pharmacy_app.domain.calculation import check_line_volume, check_protocol
from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.ice_score import IceAnswer, IceItem
from pharmacy_app.domain.order import BagWishes, BenzylAlcohol, Hours, Order, PhaseWishes, Weekday
from pharmacy_app.domain.order_rules import check_order
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.domain.quantity import DoseRate, Duration, Volume
from pharmacy_app.domain.supply import check_fill, check_supplies
from pharmacy_app.workflow.ice import IceTaken, open_questions
from pharmacy_app.workflow.order import check_uninterrupted, not_accepted, not_on_file
from pharmacy_app.workflow.plan import make_plan
from pharmacy_app.workflow.reasons import missing_reasons
from pharmacy_app.workflow.worksheet import make_worksheet
from tests.support.course_findings import findings_of_courses
from tests.support.interruption_files import interruption, scenarios
from tests.support.orders import document_starting, order, order_of
from tests.support.protocols import altered, altered_together
from tests.support.rulebooks import NOW, protocol, rulebook
from tests.support.stock_findings import findings_of_stock
from tests.support.supplies import found_in, supplies_document, supplies_document_7_days, supplies_of

Changes = Mapping[str, object]

_EVENT: Changes = {"event": "crs", "grade": 3, "restart_on_infusion_day": 1, "reason": "see chart"}
_FILTER: Changes = {
    "pore_micron": "1.2",
    "low_protein_binding": False,
    "sterile": False,
    "non_pyrogenic": False,
}
_LATE = datetime(2030, 1, 1, tzinfo=UTC)


def every_finding() -> Iterator[Finding]:
    """All of them, some more than once."""
    yield from _of_orders()
    yield from _beside_others()
    yield from _of_protocols()
    yield from _of_plans()
    yield from _of_wishes()
    yield from _of_interruptions()
    yield from _of_clocks()
    yield from _of_worksheets()
    yield from _of_scores()
    yield from _of_supplies()
    yield from _of_times()
    yield from findings_of_stock()
    yield from findings_of_courses()


def _order(changes: Changes, *, now: datetime = NOW) -> tuple[Finding, ...]:
    return check_order(order(**changes), protocol(), rulebook().site, now=now)


def _of_orders() -> Iterator[Finding]:
    yield from _order({"patient.weight_kg": "44.9", "patient.date_of_birth": "2015-01-01", "cycle": 99})
    yield from _order({"patient.weight_taken_on": "2026-12-01"})
    yield from _order({"patient.weight_taken_on": "2026-01-01", "cycle": 2}, now=_LATE)
    yield from _order({"prescribed": [{"from_day": 1, "to_day": 28, "mcg_per_day": "15"}]})
    for indication in ("consolidation", "mrd-positive", "relapsed-refractory"):
        for cycle in (1, 3):
            yield from _order({"indication": indication, "cycle": cycle})
    for event in ("crs", "neurologic", "other"):
        for grade in (3, 4):
            yield from _order({"dose_modification": {**_EVENT, "event": event, "grade": grade}})
    yield from missing_reasons(_order({}), {})
    yield from (not_accepted("RX-1"), not_on_file("RX-1"))
    stopped = {"stopped_at": "2026-11-27T09:30", "restarted_at": "2026-11-28T10:00", "kind": "plain"}
    yield from check_uninterrupted(order(interruptions=[stopped]))


def _beside_others() -> Iterator[Finding]:
    asked = order(cycle=2, indication="consolidation")
    others: list[Changes] = [
        {"order_number": "RX-1001", "cycle": 3},
        {"order_number": "RX-1", "patient.given_names": "Anna"},
        {"order_number": "RX-2", "patient.record_number": "77"},
        {"order_number": "RX-3", "indication": "consolidation", "start_at": "2026-10-20T14:00"},
    ]
    for other in [*others, {**others[3], "start_at": "2026-11-20T14:00"}]:
        yield from check_order(asked, protocol(), rulebook().site, now=NOW, on_file=[order(**other)])


def _of_protocols() -> Iterator[Finding]:
    for name, value in (
        ("vial.labelled", "35"),
        ("bag.24h.28mcg.drug", "3"),
        ("bag.24h.28mcg.vials", "2"),
        ("bacteriostatic.total", "100"),
        ("preservative-free.room_limit", "48"),
        ("bag.96h.rate", "3"),
        ("dose.tolerance", "6"),
        ("bacteriostatic.steps", "saline-bacteriostatic, drug, stabilizer, saline-preservative-free"),
    ):
        yield from check_protocol(altered(name, value), rulebook().site)


def _plan(asked: Order, of: Protocol | None = None) -> tuple[Finding, ...]:
    return make_plan(asked, replace(rulebook(), protocol=of or protocol()), now=NOW).findings


def _of_plans() -> Iterator[Finding]:
    heavier = altered("benzyl_alcohol.minimum_weight", "80")
    week = [168] * 4
    for by_hand in (None, week):
        yield from _plan(order(**{"bags.sequence_h": by_hand}), heavier)
        for answer in (True, None):
            for name in ("benzyl_alcohol_hypersensitivity", "pregnant", "breastfeeding"):
                yield from _plan(order(**{f"patient.{name}": answer, "bags.sequence_h": by_hand}))
    yield from _plan(order(**{"bags.benzyl_alcohol": "avoid", "bags.sequence_h": week}))
    yield from _plan(order(**{"bags.benzyl_alcohol": "avoid", "bags.durations_h": [168]}))
    yield from _plan(order(**{"bags.sequence_h": [96, 96, 96], "bags.durations_h": [24]}))
    yield from _plan(order(**{"bags.sequence_h": [24] * 28, "time_zone": "America/Vancouver"}))
    yield from _plan(order(**{"bags.sequence_h": week}), altered("bag.durations", "24, 48"))


def _of_wishes() -> Iterator[Finding]:
    """A week cannot be filled with 168 h once a stop has cut it, whatever else is permitted or not."""
    asked = order(bags={"durations_h": [168]})
    cut = replace(asked, interruptions=(interruption("2026-11-26T14:00-05:00", "2026-11-27T14:00-05:00"),))
    week = PhaseWishes(durations_h=(168,))
    avoid = BenzylAlcohol.AVOID
    for wishes in (
        BagWishes(durations_h=(168,), hospital_days=9),
        BagWishes(durations_h=(24, 168), hospital=week, hospital_days=28),
        BagWishes(durations_h=(24, 168), home=week),
        BagWishes(durations_h=(168,), benzyl_alcohol=avoid),
    ):
        yield from _plan(replace(cut, bags=wishes))
    evenings = BagWishes(prepare_days=frozenset({Weekday.MONDAY}), prepare_hours=Hours(time(18), time(20)))
    yield from _plan(replace(cut, bags=evenings))


def _of_interruptions() -> Iterator[Finding]:
    for each in scenarios():
        yield from _plan(each.order)
    by_hand = replace(scenarios()[0].order, bags=BagWishes(sequence_h=(96,) * 7))
    stop = interruption("2026-11-01T00:30-04:00", "2026-11-01T08:00-05:00")
    yield from _plan(replace(by_hand, interruptions=(stop,)))


def _of_clocks() -> Iterator[Finding]:
    for start_at, sequence_h in (
        ("2026-10-26T14:00", [168] * 4),
        ("2027-03-01T02:30", [24] * 28),
        ("2026-10-26T01:30", [24] * 28),
    ):
        yield from _plan(order_of(document_starting(start_at, **{"bags.sequence_h": sequence_h})))
    troll: Changes = {"time_zone": "Antarctica/Troll", "bags.sequence_h": [24] * 28}
    yield from _plan(order_of(document_starting("2026-10-20T14:00", **troll)))
    odd: Changes = {"indication": "consolidation", "bags.sequence_h": [96] * 7}
    yield from _plan(order_of(document_starting("2027-03-06T02:31", **odd)))
    fast = altered_together(
        {"bag.24h.rate": "11.4", "bag.24h.9mcg.drug": "0.733", "bag.24h.28mcg.drug": "2.28"}
    )
    site = replace(rulebook().site, priming_volume=None)
    rules = replace(rulebook(), protocol=fast, site=site)
    asked = order_of(document_starting("2026-10-26T14:00", **{"bags.sequence_h": [24] * 28}))
    yield from make_plan(asked, rules, now=NOW).findings


def _of_worksheets() -> Iterator[Finding]:
    rules = rulebook()
    plan = make_plan(order(**{"bags.sequence_h": [48] * 2 + [24] * 24}), rules, now=NOW)
    strict = replace(plan, protocol=altered("dose.tolerance", "1"))
    yield from make_worksheet(strict, 1, rules.site).findings
    yield from check_fill(None)
    week = protocol().recipe(168, DoseRate(Decimal(28)))
    yield from check_line_volume(week, number=1, infused=Volume(Decimal(109)), priming=Volume(Decimal(3)))


def _of_supplies() -> Iterator[Finding]:
    yield from found_in({})
    yield from found_in(supplies_document_7_days(diluents=[], **{"tubing.built_in_filter": {}, "filter": {}}))
    wrong: dict[str, object] = {"rate_ml_per_h": "2.6", "filter": _FILTER, "diluents": []}
    wrong |= {f"{part}.{name}": value for part in ("bag", "tubing") for name, value in
              (("material", "other"), ("dehp", True))}  # fmt: skip
    flags = ("programmable", "lockable", "visual_alarm", "auditory_alarm", "tubing_compatible")
    wrong |= {f"pump.{flag}": False for flag in flags}
    wrong |= {"pump.elastomeric": True, "pump.rate_step_ml_per_h": "0.5"}
    wrong |= {"access.line": "peripheral", "access.lumens": 1, "access.dedicated_lumen": False}
    yield from found_in(supplies_document(**wrong))
    yield from found_in(supplies_document(filter={}, **{"pump.rate_step_ml_per_h": None}))
    yield from found_in(supplies_document(filter=None))
    right = supplies_of(supplies_document())
    for value in (False, None):
        pump = replace(right.pump, approved=value, keep_open_rate_acceptable=value)
        yield from check_supplies(replace(right, pump=pump, accessories_dehp_free=value), protocol())


def _of_times() -> Iterator[Finding]:
    site = replace(rulebook().site, sterility_room=None)
    for hours, refrigerated, room_time in ((500, True, 0), (1, True, 1), (1, False, 0)):
        hang_at = NOW + timedelta(hours=hours)
        change_at = hang_at + timedelta(hours=96)
        yield from times_of_use(
            prepared_at=NOW, hang_at=hang_at, change_at=change_at, duration_h=96, protocol=protocol(),
            site=site, refrigerated=refrigerated, room_time=Duration(Decimal(room_time)),
        ).findings  # fmt: skip
    yield from check_not_expired(expires=NOW, now=NOW)


def _of_scores() -> Iterator[Finding]:
    whole = {points: tuple(IceAnswer(item, points > 0) for item in IceItem) for points in (0, 10)}
    yield from open_questions(IceTaken((), None, None))
    yield from open_questions(IceTaken(whole[0], None, None))
    yield from open_questions(IceTaken(whole[10], True, None))
