"""One bag's worksheet: what goes in, both ways to the dose, limits and findings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.finding import has_stop
from pharmacy_app.domain.plan import Plan
from pharmacy_app.wording import load
from pharmacy_app.workflow.plan import make_plan
from pharmacy_app.workflow.worksheet import Worksheet, make_worksheet
from tests.support.orders import order, order_document
from tests.support.protocols import altered
from tests.support.rulebooks import NOW, plan_of, rulebook

WORDS = load()
EVERY_ROW = [24, 48, 96, 24, 48, 72, 96, 168, 96]  # days 1 to 7 at 9, then 28 mcg/day


def by_hand(*sequence_h: int, **changes: object) -> Plan:
    return plan_of(order_document(**{"bags.sequence_h": list(sequence_h), **changes}))


def sheet(plan: Plan, number: int) -> Worksheet:
    return make_worksheet(plan, number, rulebook().site)


def codes(worksheet: Worksheet) -> list[str]:
    return [each.code for each in worksheet.findings]


@pytest.mark.req("REQ-MIX-002", "REQ-MIX-007")
def test_a_96_h_bag_at_28_mcg_per_day_is_saline_stabilizer_drug() -> None:
    found = sheet(by_hand(*EVERY_ROW), 7)
    assert [(each.kind.value, each.volume.text) for each in found.ingredients] == [
        ("saline-preservative-free", "270 mL"),
        ("stabilizer", "5.5 mL"),
        ("drug", "10.7 mL"),
    ]
    assert found.bag.recipe.vials == 4
    assert found.bag.bag_volume.text == "286.2 mL"


@pytest.mark.req("REQ-MIX-003", "REQ-MIX-007")
def test_a_7_day_bag_has_the_preservative_free_fill_last() -> None:
    found = sheet(by_hand(*EVERY_ROW), 8)
    assert [(each.kind.value, each.volume.text) for each in found.ingredients] == [
        ("saline-bacteriostatic", "90 mL"),
        ("stabilizer", "2.2 mL"),
        ("drug", "16.8 mL"),
        ("saline-preservative-free", "1 mL"),
    ]
    assert found.bag.recipe.vials == 6


@pytest.mark.req("REQ-MIX-004")
def test_the_working_is_written_step_by_step() -> None:
    found = sheet(by_hand(*EVERY_ROW), 7)
    assert [(each.left, each.right) for each in found.working] == [
        ("10.7 mL × 12.5 mcg/mL", "133.75 mcg"),
        ("÷ 286.2 mL", "0.4673 mcg/mL"),
        ("× 2.5 mL/h × 24 h", "28.04 mcg/day"),
    ]
    check = found.dose_check
    assert (check.table_drug.number, str(check.limit_percent)) == ("10.7", "2.5")
    assert str(round(check.first_principles_drug.value, 2)) == "10.68"
    assert str(round(check.deviation_percent, 2)) == "0.14"
    assert check.agrees


@pytest.mark.req("REQ-MIX-004")
def test_the_working_of_a_7_day_bag() -> None:
    found = sheet(by_hand(*EVERY_ROW), 8)
    assert [(each.left, each.right) for each in found.working] == [
        ("16.8 mL × 12.5 mcg/mL", "210 mcg"),
        ("÷ 110 mL", "1.9091 mcg/mL"),
        ("× 0.6 mL/h × 24 h", "27.49 mcg/day"),
    ]


@pytest.mark.req("REQ-MIX-005")
def test_the_worksheet_asks_how_the_first_saline_is_reached() -> None:
    plan = by_hand(*EVERY_ROW)
    for number, fill in ((7, "270"), (8, "90")):
        (asked,) = [each for each in sheet(plan, number).findings if each.code == "mix.fill-asked"]
        assert dict(asked.values) == {"fill": fill}
        assert f"Record how the {fill} mL of saline are reached" in WORDS.finding(asked)


@pytest.mark.req("REQ-MIX-001", "REQ-MIX-007")
def test_the_worksheet_says_what_a_vial_gives_how_long_it_lasts_and_how_the_set_is_primed() -> None:
    found = {each.code: WORDS.finding(each) for each in sheet(by_hand(*EVERY_ROW), 1).findings}
    assert found["mix.reconstitution"] == (
        "Each vial: 3 mL of preservative-free sterile water give 3.08 mL of 12.5 mcg/mL, of which 2.8 mL "
        "can be drawn up. Reconstituted it lasts 24 h at 2–8 °C or 4 h at room temperature."
    )
    assert found["mix.prime-with-solution"] == "Prime the set with the finished solution, not with saline."


@pytest.mark.req("REQ-ORD-008", "REQ-PRO-004")
def test_the_plans_findings_and_reminders_travel_with_the_worksheet() -> None:
    plan = by_hand(*EVERY_ROW)
    assert plan.findings
    assert set(plan.findings) <= set(sheet(plan, 3).findings)
    assert "site.training-figures" in codes(sheet(plan, 3))
    assert "reminder.cns-prophylaxis" in codes(sheet(plan, 3))


@pytest.mark.req("REQ-BUD-002", "REQ-BUD-003")
def test_the_limits_before_hanging_stand_on_the_worksheet() -> None:
    plan = by_hand(*EVERY_ROW)
    assert [(each.code, each.limit.text) for each in sheet(plan, 7).limits] == [
        ("limit.stability-refrigerated", "240 h"),
        ("limit.sterility-refrigerated", "240 h"),
    ]
    assert sheet(plan, 8).limits[0].limit.text == "336 h"
    assert [sheet(plan, number).straight_from_refrigerator for number in range(1, 10)] == [
        False, False, True, False, False, False, True, True, True,
    ]  # fmt: skip


@pytest.mark.req("REQ-BUD-003")
def test_a_sterility_limit_that_is_not_set_is_a_note_and_never_stops_a_worksheet() -> None:
    site = replace(rulebook().site, sterility_refrigerated=None)
    found = make_worksheet(by_hand(*EVERY_ROW), 7, site)
    assert not has_stop(found.findings)
    (missing,) = [each for each in found.findings if each.code == "beyond-use.sterility-not-set"]
    assert missing.severity.value == "note"
    assert [each.code for each in found.limits] == ["limit.stability-refrigerated"]


@pytest.mark.req("REQ-ORD-013")
def test_the_pharmacys_times_stand_beside_where_the_infusion_runs_in_another_zone() -> None:
    here = sheet(plan_of(order_document()), 1)
    assert here.pharmacy_times is None
    there = sheet(plan_of(order_document(time_zone="America/Vancouver")), 1)
    assert there.pharmacy_times is not None
    hang, change = there.pharmacy_times
    # 14:00 in Vancouver, which stays at UTC-7, is 16:00 in Toronto
    assert there.bag.start_at.isoformat() == "2026-11-23T14:00:00-07:00"
    assert hang.isoformat() == "2026-11-23T16:00:00-05:00"
    assert (hang, change) == (there.bag.start_at, there.bag.change_at)
    assert "plan.two-zones" in codes(there)


@pytest.mark.parametrize("number", [0, -1, 10, 999])
def test_a_bag_that_the_plan_does_not_have_is_refused(number: int) -> None:
    with pytest.raises(InputRefused) as refused:
        sheet(by_hand(*EVERY_ROW), number)
    assert (refused.value.field, refused.value.given) == ("--bag", str(number))
    assert refused.value.values == {"last": "9"}


@pytest.mark.req("REQ-MIX-004")
def test_a_row_whose_two_ways_differ_stops_its_plan() -> None:
    rules = replace(rulebook(), protocol=altered("bag.96h.28mcg.drug", "11.2"))
    plan = make_plan(order(), rules, now=NOW)
    assert plan.bags == ()
    (stop,) = [WORDS.finding(each) for each in plan.findings if each.code == "protocol.dose"]
    # 11.2 × 12.5 ÷ 286.7 × 60 = 29.30, 4.64 % more
    assert stop == (
        "96 h bag at 28 mcg/day: the table's drug volume gives 29.3 mcg/day, 4.64 % off. The limit is 2.5 %."
    )


@pytest.mark.req("REQ-MIX-004")
def test_a_bag_whose_two_ways_differ_stops_its_worksheet() -> None:
    plan = by_hand(*EVERY_ROW)
    stricter = replace(plan, protocol=altered("dose.tolerance", "2"))
    found = sheet(stricter, 2)  # 48 h at 9 mcg/day: 2.21 % too much
    (stop,) = [each for each in found.findings if each.severity.value == "stop"]
    assert stop.code == "mix.ways-differ"
    assert WORDS.finding(stop) == "Bag 2: the two ways to the dose differ by 2.21 %. Allowed: 2 %."
    assert found.findings[0] is stop, "stops come first"


@pytest.mark.req("REQ-MIX-006")
def test_unknown_priming_stops_a_plan_with_7_day_bags_and_asks_a_reason_without() -> None:
    rules = rulebook()
    unknown = replace(rules, site=replace(rules.site, priming_volume=None))
    seven = make_plan(order(), unknown, now=NOW)
    assert [each.severity.value for each in seven.findings if each.code == "mix.priming-not-known"] == [
        "stop"
    ] * 4
    shorter = make_plan(order(**{"bags.durations_h": [96, 72]}), unknown, now=NOW)
    asked = {each.severity.value for each in shorter.findings if each.code == "mix.priming-not-known"}
    assert (asked, shorter.refused) == ({"reason"}, False)


def test_the_worksheet_of_a_start_in_the_past_still_stands() -> None:
    late = plan_of(order_document(), now=datetime(2027, 1, 1, tzinfo=UTC))
    assert "order.start-past" in codes(sheet(late, 1))
    assert not has_stop(sheet(late, 1).findings)
