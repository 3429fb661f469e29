"""The rules of an order as the form shows them, without a window."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pharmacy_app.domain.finding import Severity
from pharmacy_app.wording import Catalogue
from pharmacy_app.workflow.desk import Desk
from tests.ui.desks import ORDER, keep, order_document
from tests.ui.order.benches import Bench, bench_on, why_not
from tests.ui.order.drafts import typed
from ui.order.draft import DoseLine


@pytest.fixture
def bench(desk: Desk, words: Catalogue) -> Bench:
    made = bench_on(desk, words)
    made.presenter.new_order()
    return made


@pytest.mark.req("REQ-ORD-009")
def test_every_change_time_that_follows_from_the_start_is_shown(bench: Bench) -> None:
    wishes = replace(typed(), durations_h=("24", "48", "72", "96"))
    bench.type(wishes)
    # 23 November 2026 is a Monday: by hand, 8 bags with no change on a weekend.
    assert bench.form.asked.changes_title == "7 bag changes at 14:00"
    assert len(bench.form.asked.changes) == 8
    assert bench.form.asked.changes[-1] == "end Mon DEC-21"
    assert "Mon NOV-30" in bench.form.asked.changes  # the wall: day 8
    assert not any(each.startswith(("Sat", "Sun")) for each in bench.form.asked.changes)


@pytest.mark.req("REQ-ORD-009")
def test_a_change_at_another_clock_time_carries_its_own(bench: Bench) -> None:
    draft = typed().with_text("patient.weight_taken_on", "2026-10-16").with_choice("bags.holidays", "")
    bench.type(replace(draft, start_day="2026-10-19", durations_h=("24", "48", "72", "96")))
    # Toronto's clock goes back on 2026-11-01: the 96 h bag hung on Friday is changed at its limit.
    assert bench.form.asked.changes == (
        "Fri OCT-23",
        "Mon OCT-26",
        "Fri OCT-30",
        "Tue NOV-03 13:00",
        "Fri NOV-06",
        "Mon NOV-09",  # 72 h thrice, so that the set stays; 96, 96, 48 h would need one more line change
        "Thu NOV-12",
        "end Mon NOV-16",
    )


@pytest.mark.req("REQ-ORD-003")
@pytest.mark.parametrize("whole", [True, False])
def test_under_45_kg_no_figure_is_shown(bench: Bench, *, whole: bool) -> None:
    draft = typed().with_text("patient.weight_kg", "44.9")
    bench.type(draft if whole else draft.with_text("prescriber", ""))
    asked = bench.form.asked
    assert asked.why_empty == (
        "44.9 kg. This program covers patients of 45 kg and more. Refer to the Product Monograph."
    )
    assert (asked.doses, asked.changes, asked.reminders) == ((), (), ())
    assert not bench.form.may_save
    everything = " ".join(remark.sentence for remarks in bench.form.remarks.values() for remark in remarks)
    assert not any(unit in everything for unit in ("mcg", "mL", "mg"))


@pytest.mark.req("REQ-ORD-003", "REQ-ORD-006")
def test_from_45_kg_on_the_doses_are_shown(bench: Bench) -> None:
    bench.type(typed().with_text("patient.weight_kg", "45.0"))
    assert bench.form.asked.doses == (("Days 1–7", "9 mcg/day"), ("Days 8–28", "28 mcg/day"))


@pytest.mark.parametrize("name", ["patient.weight_kg", "patient.date_of_birth", "time_zone"])
def test_no_dose_is_shown_while_something_it_rests_on_is_missing(bench: Bench, name: str) -> None:
    bench.type(typed().with_text(name, ""))
    assert bench.form.asked.doses == ()


def test_doses_stay_while_only_the_prescriber_is_missing(bench: Bench) -> None:
    bench.type(typed().with_text("prescriber", ""))
    assert bench.form.asked.doses == (("Days 1–7", "9 mcg/day"), ("Days 8–28", "28 mcg/day"))


@pytest.mark.req("REQ-ORD-004")
def test_cycles_that_the_indication_lacks_are_struck_out_and_refused(bench: Bench) -> None:
    draft = typed().with_choice("indication", "consolidation").with_choice("cycle", "5")
    bench.type(draft.with_text("prescriber", ""))
    assert bench.form.struck_cycles == {"5", "6", "7", "8", "9"}
    assert bench.sentences("cycle") == ["Cycle 5 does not exist for this indication. Its last cycle is 4."]


@pytest.mark.req("REQ-ORD-011")
def test_a_patient_of_17_is_refused_at_the_birth_date(bench: Bench) -> None:
    bench.type(typed().with_text("patient.date_of_birth", "2008-11-24"))
    assert len(bench.sentences("patient.date_of_birth")) == 1
    assert bench.form.asked.refused


@pytest.mark.req("REQ-ORD-005")
def test_a_prescribed_dose_that_differs_stops(bench: Bench) -> None:
    bench.type(replace(typed(), doses=(DoseLine("1", "28", "28"), DoseLine())))
    (sentence,) = bench.sentences("prescribed")
    assert sentence.startswith("Prescribed: days 1 to 28: 28 mcg/day.")
    assert not bench.form.may_save


@pytest.mark.req("REQ-ORD-005")
def test_the_form_requires_the_prescribed_dose(bench: Bench) -> None:
    bench.type(replace(typed(), doses=(DoseLine(), DoseLine())))
    assert bench.sentences("prescribed") == ["Not answered."]
    assert not bench.form.may_save


@pytest.mark.req("REQ-ORD-006")
def test_an_old_weight_waits_for_a_reason_that_is_kept(bench: Bench, desk: Desk) -> None:
    bench.type(typed().with_text("patient.weight_taken_on", "2026-11-12"))
    assert (bench.form.reasons, bench.form.next_reason) == (1, "patient.weight_taken_on")
    assert not bench.form.may_save
    bench.presenter.give_reason("order.weight-old", "   ")
    assert not bench.form.may_save
    bench.presenter.give_reason("order.weight-old", "Scale was out of order")
    assert why_not(bench) == ""
    bench.presenter.save()
    (stored,) = desk.orders()
    assert stored.reasons == (("order.weight-old", "Scale was out of order"),)


@pytest.mark.req("REQ-ORD-007")
def test_a_second_course_at_the_same_time_is_stopped(desk: Desk, words: Catalogue) -> None:
    keep(desk, ORDER)
    bench = bench_on(desk, words)
    bench.presenter.new_order()
    bench.type(typed().with_text("order_number", "RX-1002"))
    (sentence,) = bench.sentences("start_at")
    assert "RX-1001" in sentence
    assert not bench.form.may_save


@pytest.mark.req("REQ-ORD-007")
def test_a_look_alike_on_file_is_noted_and_does_not_stop(desk: Desk, words: Catalogue) -> None:
    keep(desk, order_document(order_number="RX-9", patient__record_number="77", patient__given_names="Annie"))
    bench = bench_on(desk, words)
    bench.presenter.new_order()
    bench.type(typed())
    (remark,) = bench.form.remarks["patient.family_name"]
    assert remark.severity is Severity.NOTE
    assert remark.sentence.startswith("NAME ALERT")
    assert bench.form.may_save


def test_a_plan_that_cannot_be_made_stops_the_saving(bench: Bench) -> None:
    bench.type(replace(typed(), durations_h=("168",)).with_choice("bags.benzyl_alcohol", "avoid"))
    assert bench.sentences("bags.durations_h") != []
    assert not bench.form.may_save


def test_no_duration_at_all_is_refused(bench: Bench) -> None:
    bench.type(replace(typed(), durations_h=()))
    assert len(bench.sentences("bags.durations_h")) == 1


def test_unknown_pregnancy_is_an_answer_that_asks_for_a_reason(bench: Bench) -> None:
    bench.type(typed().with_choice("patient.pregnant", "unknown"))
    severities = {each.severity for each in bench.form.remarks["patient.pregnant"]}
    assert Severity.STOP not in severities
    assert Severity.REASON in severities
