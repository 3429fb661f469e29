"""What the rules say of an order before any bag is planned."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from pharmacy_app.domain.order_rules import age_in_years, check_order
from pharmacy_app.wording import load
from tests.support.orders import order, order_document
from tests.support.rulebooks import NOW, plan_of, protocol, rulebook

PREMEDICATION = ("modification.neurologic-premedication", "note")
RESTART = {"event": "neurologic", "grade": 3, "restart_on_infusion_day": 1, "reason": "seizure, resolved"}


def found(**changes: object) -> list[tuple[str, str]]:
    """Code and severity of every finding but the reminders."""
    return found_at(NOW, changes)


def found_at(now: datetime, changes: Mapping[str, object]) -> list[tuple[str, str]]:
    findings = check_order(order(**changes), protocol(), rulebook().site, now=now)
    return [(each.code, each.severity.value) for each in findings if not each.code.startswith("reminder.")]


def doses(*runs: tuple[int, int, str]) -> list[dict[str, object]]:
    return [{"from_day": first, "to_day": last, "mcg_per_day": dose} for first, last, dose in runs]


RIGHT = doses((1, 7, "9"), (8, 28, "28"))
FULL = doses((1, 28, "28"))


@pytest.mark.req("REQ-ORD-001", "REQ-ORD-005")
def test_the_order_of_the_promise_asks_only_what_was_prescribed() -> None:
    assert found() == [("order.prescribed-missing", "reason")]
    assert found(prescribed=RIGHT) == []


@pytest.mark.req("REQ-ORD-003", "REQ-ORD-006")
@pytest.mark.parametrize(
    ("weight", "refused"), [("44.9", True), ("44.9999", True), ("45", False), ("45.0", False)]
)
def test_45_kg_is_in_and_44_9_kg_is_out(weight: str, refused: bool) -> None:
    codes = [("order.weight", "stop")] if refused else []
    assert found(prescribed=RIGHT, **{"patient.weight_kg": weight}) == codes
    assert (plan_of(order_document(**{"patient.weight_kg": weight})).bags == ()) is refused


@pytest.mark.req("REQ-ORD-003")
def test_below_45_kg_the_answer_names_weight_and_limit_and_no_dose_volume_rate_or_time() -> None:
    plan = plan_of(
        order_document(
            prescribed=doses((1, 28, "56")),
            dose_modification={**RESTART, "grade": 4},
            **{"patient.weight_kg": "44.9", "patient.weight_taken_on": "2026-01-01", "cycle": 2},
            start_at="2026-01-05T14:00",
        )
    )
    sentences = [load().finding(each) for each in plan.findings]
    assert sentences == [
        "44.9 kg. This program covers patients of 45 kg and more. Refer to the Product Monograph."
    ]
    assert re.findall(r"mcg|mL|mg|\bh\b|[0-9]:[0-9]|day", " ".join(sentences)) == []
    assert (plan.bags, plan.totals, plan.doses) == ((), None, ())


@pytest.mark.req("REQ-ORD-003")
def test_a_light_patient_of_another_cycle_gets_no_dose_either() -> None:
    for cycle in (1, 2, 99):
        for finding in plan_of(order_document(cycle=cycle, **{"patient.weight_kg": "20"})).findings:
            assert re.findall(r"mcg|mL|mg|\bh\b", load().finding(finding)) == []


@pytest.mark.req("REQ-ORD-011")
@pytest.mark.parametrize(
    ("born", "refused"),
    [
        ("2008-11-24", True),  # 17 years and 364 days on 2026-11-23
        ("2008-11-23", False),  # the 18th birthday
        ("2008-11-22", False),
        ("2026-11-23", True),
        ("2027-01-01", True),
    ],
)
def test_a_patient_is_18_from_the_18th_birthday_on(born: str, refused: bool) -> None:
    codes = [("order.age", "stop")] if refused else []
    assert found(prescribed=RIGHT, **{"patient.date_of_birth": born}) == codes


@pytest.mark.req("REQ-ORD-011")
@pytest.mark.parametrize(("start", "refused"), [("2026-02-28T14:00", True), ("2026-03-01T00:00", False)])
def test_who_was_born_on_29_february_is_18_on_1_march(start: str, refused: bool) -> None:
    born = {"patient.date_of_birth": "2008-02-29", "patient.weight_taken_on": "2026-02-25"}
    codes = [("order.age", "stop")] if refused else []
    changes = {"prescribed": RIGHT, "start_at": start, **born}
    assert found_at(datetime(2026, 1, 1, tzinfo=UTC), changes) == codes


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        ((2000, 2, 29), (2020, 2, 29), 20),
        ((2000, 2, 29), (2021, 2, 28), 20),
        ((2000, 2, 29), (2021, 3, 1), 21),
        ((2000, 12, 31), (2001, 1, 1), 0),
        ((2000, 1, 1), (2000, 1, 1), 0),
    ],
)
def test_years_are_completed_years(born: tuple[int, int, int], on: tuple[int, int, int], years: int) -> None:
    assert age_in_years(date(*born), date(*on)) == years


@pytest.mark.req("REQ-ORD-003", "REQ-ORD-011", "REQ-ORD-004")
def test_weight_age_and_cycle_are_refused_together() -> None:
    changes: dict[str, object] = {
        "patient.weight_kg": "30",
        "patient.date_of_birth": "2015-01-01",
        "cycle": 10,
    }
    assert found(**changes) == [("order.weight", "stop"), ("order.age", "stop"), ("order.cycle", "stop")]


@pytest.mark.req("REQ-ORD-002", "REQ-ORD-004")
@pytest.mark.parametrize(
    ("indication", "last"), [("consolidation", 4), ("mrd-positive", 4), ("relapsed-refractory", 9)]
)
def test_each_cycle_of_an_indication_is_taken_and_the_next_is_refused(indication: str, last: int) -> None:
    for cycle in range(1, last + 1):
        stops = [each for each in found(indication=indication, cycle=cycle) if each[1] == "stop"]
        assert stops == []
    for cycle in (last + 1, 999_999_999):
        assert ("order.cycle", "stop") in found(indication=indication, cycle=cycle)
        plan = plan_of(order_document(indication=indication, cycle=cycle))
        assert (plan.bags, plan.doses) == ((), ())


@pytest.mark.req("REQ-ORD-004")
def test_a_refused_cycle_names_the_cycle_and_the_last() -> None:
    (refused,) = [each for each in check_order(order(cycle=10), protocol(), rulebook().site, now=NOW)
                  if each.code == "order.cycle"]  # fmt: skip
    assert dict(refused.values) == {"cycle": "10", "last": "9"}


@pytest.mark.req("REQ-ORD-006")
@pytest.mark.parametrize(
    ("taken", "codes"),
    [
        ("2026-11-23", []),
        ("2026-11-16", []),  # 7 days before
        ("2026-11-15", [("order.weight-old", "reason")]),  # 8 days before
        ("2025-11-23", [("order.weight-old", "reason")]),
        ("2026-11-24", [("order.weight-after-start", "stop")]),
    ],
)
def test_a_weight_is_at_most_7_days_old_and_never_from_after_the_start(
    taken: str, codes: list[tuple[str, str]]
) -> None:
    assert found(prescribed=RIGHT, **{"patient.weight_taken_on": taken}) == codes


@pytest.mark.req("REQ-ORD-005")
@pytest.mark.parametrize(
    "prescribed",
    [
        RIGHT,
        doses((1, 3, "9"), (4, 7, "9"), (8, 28, "28")),
        doses((8, 28, "28.0"), (1, 7, "9.0")),
        doses(*((day, day, "9") for day in range(1, 8)), (8, 28, "28")),
    ],
    ids=["equal", "split", "in another order", "day by day"],
)
def test_what_comes_to_the_protocols_doses_is_equal(prescribed: list[dict[str, object]]) -> None:
    assert found(prescribed=prescribed) == []


DIFFERS = ("order.prescribed-differs", "stop")
UNKNOWN = ("order.dose-unknown", "stop")


@pytest.mark.req("REQ-ORD-005")
@pytest.mark.parametrize(
    ("prescribed", "codes"),
    [
        (FULL, [DIFFERS]),
        (doses((1, 28, "9")), [DIFFERS]),
        (doses((1, 6, "9"), (7, 28, "28")), [DIFFERS]),
        (doses((1, 8, "9"), (9, 28, "28")), [DIFFERS]),
        (doses((1, 7, "9"), (9, 28, "28")), [DIFFERS]),
        (doses((1, 7, "9"), (8, 27, "28")), [DIFFERS]),
        (doses((1, 7, "9"), (8, 29, "28")), [DIFFERS]),
        (doses((1, 8, "9"), (8, 28, "28")), [DIFFERS]),
        (doses((1, 7, "9"), (7, 7, "9"), (8, 28, "28")), [DIFFERS]),
        (doses((1, 7, "9"), (8, 28, "15")), [UNKNOWN, DIFFERS]),
        (doses((1, 7, "5"), (8, 28, "15")), [UNKNOWN, UNKNOWN, DIFFERS]),
        (doses((1, 7, "9"), (8, 28, "0")), [UNKNOWN, DIFFERS]),
        (doses((1, 7, "9"), (8, 28, "28.0001")), [UNKNOWN, DIFFERS]),
    ],
)
def test_what_differs_from_the_protocols_doses_stops(
    prescribed: list[dict[str, object]], codes: list[tuple[str, str]]
) -> None:
    assert found(prescribed=prescribed) == codes
    assert plan_of(order_document(prescribed=prescribed)).bags == ()


@pytest.mark.req("REQ-ORD-005")
@pytest.mark.parametrize(
    ("indication", "cycle"),
    [("consolidation", 1), ("mrd-positive", 1), ("relapsed-refractory", 2), ("relapsed-refractory", 6)],
)
def test_9_mcg_per_day_needs_a_recorded_modification_outside_the_first_relapsed_week(
    indication: str, cycle: int
) -> None:
    changes: dict[str, object] = {"indication": indication, "cycle": cycle}
    assert DIFFERS in found(prescribed=RIGHT, **changes)
    assert DIFFERS not in found(prescribed=FULL, **changes)
    assert DIFFERS not in found(prescribed=RIGHT, dose_modification=RESTART, **changes)
    assert DIFFERS in found(prescribed=FULL, dose_modification=RESTART, **changes)


@pytest.mark.req("REQ-ORD-005")
def test_a_difference_shows_both_in_words() -> None:
    findings = check_order(order(prescribed=FULL), protocol(), rulebook().site, now=NOW)
    (differs,) = [load().finding(each) for each in findings]
    assert differs == (
        "Prescribed: days 1 to 28: 28 mcg/day. "
        "The protocol has days 1 to 7: 9 mcg/day; days 8 to 28: 28 mcg/day. Ask the prescriber."
    )


@pytest.mark.req("REQ-MOD-004")
@pytest.mark.parametrize(
    ("event", "grade", "codes"),
    [
        ("crs", 3, [("modification.restart", "note")]),
        ("neurologic", 3, [("modification.restart", "note"), PREMEDICATION]),
        ("other", 3, [("modification.restart", "note")]),
        ("crs", 4, [("modification.grade-4-crs", "stop")]),
        ("neurologic", 4, [("modification.grade-4-neurologic", "stop")]),
        ("other", 4, [("modification.grade-4-other", "reason"), ("modification.restart", "note")]),
    ],
)
def test_a_modification_answers_by_event_and_grade(
    event: str, grade: int, codes: list[tuple[str, str]]
) -> None:
    modification = {**RESTART, "event": event, "grade": grade}
    assert found(prescribed=RIGHT, dose_modification=modification) == codes


@pytest.mark.req("REQ-ORD-014")
@pytest.mark.parametrize(
    ("now", "codes"),
    [
        (datetime(2026, 11, 23, 18, 59, 59, tzinfo=UTC), []),
        (datetime(2026, 11, 23, 19, 0, tzinfo=UTC), []),  # 14:00 in Toronto
        (datetime(2026, 11, 23, 19, 0, 1, tzinfo=UTC), [("order.start-past", "reason")]),
    ],
)
def test_a_start_in_the_past_needs_a_reason_by_the_clock_of_the_place(
    now: datetime, codes: list[tuple[str, str]]
) -> None:
    assert found_at(now, {"prescribed": RIGHT}) == codes


@pytest.mark.req("REQ-ORD-008")
def test_reminders_come_with_an_order_that_nothing_stops_and_only_then() -> None:
    site = rulebook().site
    taken = check_order(order(), protocol(), site, now=NOW)
    assert "reminder.cns-prophylaxis" in {each.code for each in taken}
    stopping: list[dict[str, object]] = [{"patient.weight_kg": "44.9"}, {"cycle": 10}, {"prescribed": FULL}]
    for changes in stopping:
        stopped = check_order(order(**changes), protocol(), site, now=NOW)
        assert not any(each.code.startswith("reminder.") for each in stopped)


def test_every_finding_names_the_field_it_belongs_to() -> None:
    changes: dict[str, object] = {
        "prescribed": doses((1, 28, "15")),
        "cycle": 2,
        "dose_modification": {**RESTART, "event": "crs", "grade": 4},
        "patient.weight_taken_on": "2026-11-01",
    }
    findings = check_order(
        order(**changes), protocol(), rulebook().site, now=datetime(2027, 1, 1, tzinfo=UTC)
    )
    assert {each.code: each.field for each in findings} == {
        "order.weight-old": "patient.weight_taken_on",
        "order.start-past": "start_at",
        "order.earlier-cycle": "cycle",
        "order.dose-unknown": "prescribed",
        "order.prescribed-differs": "prescribed",
        "modification.grade-4-crs": "dose_modification",
    }
