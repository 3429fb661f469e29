"""A finding that rests on a figure has the figure's mark, whatever protocol file is in use."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta

import pytest

from pharmacy_app.domain.beyond_use import storage_limits, times_of_use
from pharmacy_app.domain.calculation import check_protocol
from pharmacy_app.domain.finding import Finding, Mark
from pharmacy_app.domain.order_rules import check_order
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.domain.supply import check_supplies
from pharmacy_app.intake.supplies_json import read_supplies
from pharmacy_app.workflow.plan import make_plan
from pharmacy_app.workflow.worksheet import make_worksheet
from tests.support.orders import order
from tests.support.protocols import altered
from tests.support.rulebooks import NOW, protocol, rulebook
from tests.support.supplies import supplies_document, supplies_document_7_days

Ask = Callable[[Protocol], Iterable[Finding]]

EVENT = {"event": "neurologic", "grade": 3, "restart_on_infusion_day": 1, "reason": "see chart"}
WRONG_DOSES = [{"from_day": 1, "to_day": 28, "mcg_per_day": "15"}]
RELAPSED = "course.relapsed-refractory"


def marked(of: Protocol, name: str, mark: Mark) -> Protocol:
    """The protocol with another mark for one figure."""
    figure = dataclasses.replace(of.figure(name), mark=mark)
    return dataclasses.replace(of, figures={**of.figures, name: figure})


def of_order(**changes: object) -> Ask:
    return lambda of: check_order(order(**changes), of, rulebook().site, now=NOW)


def of_plan(**changes: object) -> Ask:
    return lambda of: (
        make_plan(order(**changes), dataclasses.replace(rulebook(), protocol=of), now=NOW).findings
    )


def of_supplies(document: Mapping[str, object]) -> Ask:
    return lambda of: check_supplies(read_supplies(document, of, []), of)


def of_worksheet(of: Protocol) -> Iterable[Finding]:
    plan = make_plan(order(**{"bags.sequence_h": [48] * 2 + [24] * 24}), rulebook(), now=NOW)
    return make_worksheet(dataclasses.replace(plan, protocol=of), 1, rulebook().site).findings


def of_protocol(of: Protocol) -> Iterable[Finding]:
    return check_protocol(of, rulebook().site)


def of_times(hours_before: int) -> Ask:
    """A 96 h bag prepared so long before it hangs and planned to hang 97 h."""
    return lambda of: times_of_use(
        prepared_at=NOW, hang_at=NOW + timedelta(hours=hours_before),
        change_at=NOW + timedelta(hours=hours_before + 97), duration_h=96, protocol=of,
        site=dataclasses.replace(rulebook().site, sterility_refrigerated=None),
    ).findings  # fmt: skip


CASES: list[tuple[str, str, Ask]] = [
    ("patient.minimum_weight", "order.weight", of_order(**{"patient.weight_kg": "44.9"})),
    ("patient.minimum_age", "order.age", of_order(**{"patient.date_of_birth": "2015-01-01"})),
    (f"{RELAPSED}.cycles", "order.cycle", of_order(cycle=10)),
    ("dose.low", "order.dose-unknown", of_order(prescribed=WRONG_DOSES)),
    ("dose.full", "order.prescribed-differs", of_order(prescribed=WRONG_DOSES)),
    ("restart.low_dose_days", "modification.restart", of_order(dose_modification=EVENT)),
    (
        "restart.neurologic.taper",
        "modification.neurologic-premedication",
        of_order(dose_modification=EVENT),
    ),
    (f"{RELAPSED}.premedication.dexamethasone", "reminder.premedication.relapsed-refractory", of_order()),
    (f"{RELAPSED}.hospital_days.cycle_1", "reminder.hospital", of_order()),
    (f"{RELAPSED}.supervised_from_cycle", "reminder.supervision", of_order(cycle=3)),
    ("prephase.blood_blasts", "reminder.prephase", of_order()),
    ("tumour_lysis.watch_hours", "reminder.tumour-lysis", of_order()),
    ("cycle.infusion_days", "plan.not-all-days", of_plan(**{"bags.sequence_h": [168]})),
    ("bag.durations", "supply.duration-not-known", of_supplies(supplies_document(duration_h=None))),
    ("bag.durations", "supply.rate-not-known", of_supplies(supplies_document(rate_ml_per_h=None))),
    ("bag.96h.rate", "supply.rate-differs", of_supplies(supplies_document(rate_ml_per_h="2.6"))),
    (
        "supply.dehp_free_materials",
        "supply.bag-material",
        of_supplies(supplies_document(**{"bag.material": "other"})),
    ),
    (
        "supply.dehp_free_materials",
        "supply.tubing-material-not-known",
        of_supplies(supplies_document(**{"tubing.material": None})),
    ),
    ("supply.dehp_free_materials", "supply.bag-dehp", of_supplies(supplies_document(**{"bag.dehp": True}))),
    ("filter.pore_sizes", "supply.pore", of_supplies(supplies_document(**{"filter.pore_micron": "1.2"}))),
    (
        "filter.pore_sizes",
        "supply.pore-not-known",
        of_supplies(supplies_document(**{"filter.pore_micron": None})),
    ),
    ("bag.96h.filter", "supply.filter-missing", of_supplies(supplies_document(filter=None))),
    ("bag.168h.filter", "supply.filter-forbidden", of_supplies(supplies_document_7_days(filter={}))),
    ("bag.96h.diluent", "supply.diluents-preservative-free", of_supplies(supplies_document(diluents=[]))),
    ("bag.168h.diluent", "supply.diluents-not-known", of_supplies(supplies_document_7_days(diluents=None))),
    ("vial.room_limit", "mix.reconstitution", of_worksheet),
    ("preservative-free.room_limit", "beyond-use.expires-before-change", of_times(1)),
    ("preservative-free.refrigerated_limit", "beyond-use.start-by-before-hanging", of_times(300)),
]


@pytest.mark.req("REQ-PRO-001")
@pytest.mark.parametrize(("name", "code", "ask"), CASES, ids=[f"{code} {name}" for name, code, _ in CASES])
def test_a_finding_has_the_mark_of_the_figure_it_rests_on(name: str, code: str, ask: Ask) -> None:
    shipped = {each.source for each in ask(protocol()) if each.code == code}
    other = {each.source for each in ask(marked(protocol(), name, Mark.SITE)) if each.code == code}
    assert len(shipped) == 1
    assert Mark.SITE not in shipped
    assert other == {Mark.SITE}


DISAGREEING: list[tuple[str, str, str, str]] = [
    ("vial.labelled", "35", "vial.concentration", "protocol.vial"),
    ("bag.24h.28mcg.drug", "2.67", "dose.tolerance", "protocol.dose"),
    ("bag.24h.28mcg.vials", "2", "vial.withdrawable", "protocol.vials"),
    ("bacteriostatic.total", "111", "bacteriostatic.total", "protocol.total"),
    ("preservative-free.room_limit", "48", "preservative-free.room_limit", "protocol.room-limit"),
    (
        "preservative-free.steps",
        "saline-preservative-free, drug, stabilizer",
        "preservative-free.steps",
        "protocol.steps-order",
    ),
    ("dose.tolerance", "50", "dose.tolerance", "protocol.tolerance"),
]


@pytest.mark.req("REQ-PRO-001")
@pytest.mark.parametrize(("name", "value", "rests_on", "code"), DISAGREEING)
def test_a_stop_about_the_file_has_the_mark_of_the_limiting_figure(
    name: str, value: str, rests_on: str, code: str
) -> None:
    file = marked(altered(name, value), rests_on, Mark.SITE)
    found = [each for each in of_protocol(file) if each.code == code]
    assert found
    assert {each.source for each in found} == {Mark.SITE}


@pytest.mark.req("REQ-PRO-001")
@pytest.mark.parametrize("by_hand", [None, [168] * 4])
def test_the_weight_for_benzyl_alcohol_has_its_figures_mark(by_hand: list[int] | None) -> None:
    file = marked(altered("benzyl_alcohol.minimum_weight", "80"), "benzyl_alcohol.minimum_weight", Mark.SITE)
    ask = of_plan(**{"bags.sequence_h": by_hand})
    (found,) = [each for each in ask(file) if each.code.endswith(".weight")]
    assert found.source is Mark.SITE


@pytest.mark.req("REQ-PRO-001", "REQ-BUD-002")
def test_a_storage_limit_has_its_figures_mark() -> None:
    for name, refrigerated in (("refrigerated_limit", True), ("room_limit", False)):
        file = marked(protocol(), f"preservative-free.{name}", Mark.PUBLISHED)
        limits, _ = storage_limits(
            duration_h=96, protocol=file, site=rulebook().site, refrigerated=refrigerated
        )
        assert [each.source for each in limits] == [Mark.PUBLISHED, Mark.SITE]


@pytest.mark.req("REQ-PRO-001")
def test_of_several_figures_the_least_sure_mark_is_told() -> None:
    file = marked(protocol(), "dose.low", Mark.RECALLED)
    assert file.mark("dose.low", "dose.full") is Mark.RECALLED
    assert file.mark("dose.full", "dose.low") is Mark.RECALLED
    assert file.mark("dose.full") is Mark.QUOTED
