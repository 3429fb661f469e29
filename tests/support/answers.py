"""What the program answers under a protocol, its own name left out: for telling two protocols apart."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from pharmacy_app.cli.documents import plan_document
from pharmacy_app.cli.worksheet import worksheet_document
from pharmacy_app.domain.beyond_use import times_of_use
from pharmacy_app.domain.calculation import check_protocol
from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.label_content import compose, specimen
from pharmacy_app.domain.order import Interruption, Order
from pharmacy_app.domain.order_rules import check_order
from pharmacy_app.domain.plan import Plan
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.domain.supply import check_supplies
from pharmacy_app.intake.supplies_json import read_supplies
from pharmacy_app.wording import load
from pharmacy_app.workflow.plan import make_plan
from pharmacy_app.workflow.rulebook import Rulebook
from pharmacy_app.workflow.worksheet import make_worksheet
from tests.support.interruption_files import interrupted, interruption
from tests.support.orders import order, order_document
from tests.support.rulebooks import NOW, rulebook
from tests.support.supplies import supplies_document, supplies_document_7_days

WORDS = load()
ZONE = ZoneInfo("America/Toronto")  # the training pharmacy's

_RESTART = {"event": "crs", "grade": 3, "restart_on_infusion_day": 1, "reason": "CRS grade 3"}

ORDERS: Mapping[str, Mapping[str, object]] = {
    "relapsed 1": {},
    "relapsed 1, short bags": {"bags.sequence_h": [24, 48, 96, 24, 48, 72, 96, 168, 96]},
    "relapsed 1, 72 h bags": {"bags.sequence_h": [72, 96, 168, 168, 168]},
    "relapsed 2": {"cycle": 2},
    "relapsed 3": {"cycle": 3},
    "relapsed 9": {"cycle": 9},
    "relapsed 10": {"cycle": 10},
    "45 kg": {"patient.weight_kg": "45.0"},
    "18 years": {"patient.date_of_birth": "2008-11-23"},
    "consolidation 1": {"indication": "consolidation"},
    "consolidation 2, restart": {"indication": "consolidation", "cycle": 2, "dose_modification": _RESTART},
    "consolidation 2, neurologic": {
        "indication": "consolidation",
        "cycle": 2,
        "dose_modification": {**_RESTART, "event": "neurologic"},
    },
    "consolidation 3": {"indication": "consolidation", "cycle": 3},
    "consolidation 4": {"indication": "consolidation", "cycle": 4},
    "consolidation 5": {"indication": "consolidation", "cycle": 5},
    "mrd 1": {"indication": "mrd-positive"},
    "mrd 2": {"indication": "mrd-positive", "cycle": 2},
    "mrd 3": {"indication": "mrd-positive", "cycle": 3},
    "mrd 4": {"indication": "mrd-positive", "cycle": 4},
    "mrd 5": {"indication": "mrd-positive", "cycle": 5},
}

STOPS: Mapping[str, Interruption] = {
    "stopped for a day": interruption("2026-12-10T14:00-05:00", "2026-12-11T14:00-05:00"),
    "stopped after grade 3": interruption("2026-12-01T14:00-05:00", "2026-12-05T14:00-05:00", "grade-3"),
    "stopped for 8 days": interruption("2026-12-01T14:00-05:00", "2026-12-09T14:00-05:00"),
    "8 days after grade 3": interruption("2026-12-01T14:00-05:00", "2026-12-09T14:00-05:00", "grade-3"),
}

FOLLOWING: Mapping[str, tuple[str, int, int]] = {
    "consolidation 2 after 42 days": ("consolidation", 2, 42),
    "mrd 2 after 42 days": ("mrd-positive", 2, 42),
    "relapsed 2 after 42 days": ("relapsed-refractory", 2, 42),
    "relapsed 6 after 42 days": ("relapsed-refractory", 6, 42),
    "relapsed 7 after 42 days": ("relapsed-refractory", 7, 42),
    "relapsed 7 after 84 days": ("relapsed-refractory", 7, 84),
}

RATES: Mapping[int, str] = {24: "10", 48: "5", 72: "3.3", 96: "2.5", 168: "0.6"}


def answers(protocol: Protocol) -> dict[str, object]:
    """Every answer by its question; raises InputRefused where the protocol is refused only when used."""
    site = rulebook().site
    found: dict[str, object] = {"protocol": _sentences(check_protocol(protocol, site))}
    for name, changes in ORDERS.items():
        found[name] = list(_about_order(order(**changes), protocol))
    for name, stop in STOPS.items():
        found[name] = _sentences(_plan(interrupted(order_document(), stop), protocol).findings)
    for name, (indication, cycle, days) in FOLLOWING.items():
        later = order(indication=indication, cycle=cycle)
        start_at = later.start_at - timedelta(days=days)
        earlier = dataclasses.replace(later, order_number="RX-1000", cycle=cycle - 1, start_at=start_at)
        found[name] = _sentences(check_order(later, protocol, site, now=NOW, on_file=[earlier]))
    for duration_h in protocol.durations_h:
        found[f"{duration_h} h"] = _about_supplies(duration_h, protocol), _about_times(duration_h, protocol)
    return found


def _sentences(findings: Iterable[Finding]) -> list[str]:
    return [f"{each.severity.value}: {WORDS.finding(each)}" for each in findings]


def _plan(asked: Order, protocol: Protocol) -> Plan:
    return make_plan(asked, dataclasses.replace(rulebook(), protocol=protocol), now=NOW)


def _about_order(asked: Order, protocol: Protocol) -> Iterator[object]:
    rules = dataclasses.replace(rulebook(), protocol=protocol)
    plan = _plan(asked, protocol)
    yield _without_protocol(plan_document(plan, (), zone=ZONE, words=WORDS))
    for bag in plan.bags:
        yield _about_bag(plan, bag.number, rules)


def _about_bag(plan: Plan, number: int, rules: Rulebook) -> object:
    worksheet = make_worksheet(plan, number, rules.site)
    working = [(each.left, each.right) for each in worksheet.working]
    limits = [(each.code, each.limit.number) for each in worksheet.limits]
    occasion = specimen(worksheet.bag, WORDS, training=True)
    label = compose(plan, worksheet.bag, site=rules.site, words=WORDS, occasion=occasion)
    nameless = dataclasses.replace(label, protocol="", datamatrix="")
    sheet = _without_protocol(worksheet_document(worksheet, zone=ZONE, words=WORDS))
    return sheet, working, limits, worksheet.straight_from_refrigerator, nameless


def _without_protocol(document: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in document.items() if name != "protocol"}


def _about_supplies(duration_h: int, protocol: Protocol) -> list[list[str]]:
    """Nothing in the supplies is wrong; then another material, another pore, and no diluent."""
    base = supplies_document_7_days if duration_h == 168 else supplies_document
    right = {"duration_h": duration_h, "rate_ml_per_h": RATES[duration_h]}
    changes: list[dict[str, object]] = [{}, {"bag.material": "EVA"}, {"diluents": []}]
    if duration_h != 168:
        changes += [{"filter.pore_micron": "0.2"}]
    return [_sentences(_check(base(**right, **each), protocol)) for each in changes]


def _check(document: Mapping[str, object], protocol: Protocol) -> tuple[Finding, ...]:
    refusals: list[InputRefused] = []
    supplies = read_supplies(document, protocol, refusals)
    assert refusals == []
    return check_supplies(supplies, protocol)


def _about_times(duration_h: int, protocol: Protocol) -> list[object]:
    """The times of a bag made a day before hanging: in the refrigerator, and never in it."""
    hang_at = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
    times: list[object] = []
    for refrigerated in (True, False):
        use = times_of_use(
            prepared_at=hang_at - timedelta(days=1),
            hang_at=hang_at,
            change_at=hang_at + timedelta(hours=duration_h),
            duration_h=duration_h,
            protocol=protocol,
            site=rulebook().site,
            refrigerated=refrigerated,
        )
        times.append((use.start_by, use.expires, use.limiting, _sentences(use.findings)))
    return times
