"""What the calendar for the nurse at home says, and what it does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pharmacy_app.domain.plan import Plan
from pharmacy_app.wording import load
from pharmacy_app.workflow.plan_calendar import CalendarEntry, plan_calendar
from tests.labels.plans import AUTUMN, BAGS_OF_24_H, BAGS_OF_96_H, GRADE_3, STOPPED
from tests.support.plan_calendars import calendar, plan, stored, written
from tests.support.rulebooks import rulebook

TRAINING = "TRAINING – NOT FOR PATIENT USE"
NEW_SET = (
    "New set at this change, primed with this bag. Aspirate the catheter's residue first, per site procedure."
)
COMPARE = (
    "For A. T. RX-1001. Compare name, record number and bag with the label. The label counts, not this entry."
)


def commissioned(found: Plan) -> Plan:
    return replace(found, protocol=replace(found.protocol, commissioned=True))


def entries(*plans: Plan) -> tuple[CalendarEntry, ...]:
    return calendar(*(commissioned(each) for each in plans)).entries


@pytest.mark.req("REQ-MIX-006", "REQ-PLN-011")
def test_an_entry_says_change_time_pump_rate_volume_to_infuse_and_what_is_discarded() -> None:
    third = entries(plan(BAGS_OF_96_H))[2]
    assert third.summary == (
        "Blinatumomab bag 3 of 8 (plan 1): hang, 2.5 mL/h, dose now 28 mcg/day, NEW SET – A. T. RX-1001"
    )
    assert third.description.split("\n") == [
        "CHANGE at 2026-NOV-30 14:00 UTC-05:00, America/Toronto, whatever remains in the bag: hang bag 3.",
        "Take down bag 2 and discard its overfill, 40.4 mL. Do not infuse it.",
        "Pump rate: 2.5 mL/h.",
        "Volume to infuse: 240 mL over 96 h.",
        "Dose: 28 mcg/day.",
        "Change it at 2026-DEC-04 14:00 UTC-05:00.",
        "Overfill to discard at the end of this bag: 46.2 mL.",
        "dose changes to 28 mcg/day with this bag",
        NEW_SET,
        "at the bedside: prime the set with this bag, not with saline",
        "0.2 or 0.22 micron low protein-binding in-line filter",
        "DO NOT FLUSH",
        "Start by and expires: not known here, they stand on the bag's label.",
        COMPARE,
        "Plan 1. Delete the entries of a plan with a smaller number.",
        "Questions: Training Pharmacy, 000 000 0000.",
    ]


def test_a_change_where_nothing_else_changes_says_nothing_of_a_new_set() -> None:
    second = entries(plan(BAGS_OF_24_H))[1]
    assert second.summary == "Blinatumomab bag 2 of 28 (plan 1): hang, 10 mL/h – A. T. RX-1001"
    assert "ew set" not in second.description
    assert "prime" not in second.description


def test_the_start_the_last_bag_and_the_end_say_so() -> None:
    found = entries(plan(BAGS_OF_96_H))
    assert len(found) == 8 + 1
    assert found[0].description.startswith(
        "START at 2026-NOV-23 14:00 UTC-05:00, America/Toronto: hang bag 1.\n"
    )
    assert "LAST BAG – A. T." in found[7].summary
    assert found[8].summary == "Blinatumomab bag 8 of 8 (plan 1): end, take down – A. T. RX-1001"
    assert "END at 2026-DEC-21 14:00 UTC-05:00" in found[8].description
    assert "LAST BAG – stop, do not flush, aspirate first" in found[8].description
    assert "discard its overfill, 38.1 mL" in found[8].description


def test_a_7_day_bag_has_no_filter() -> None:
    assert "NO IN-LINE FILTER" in entries(plan())[0].description


@pytest.mark.req("REQ-PLN-005")
def test_a_bag_that_runs_an_hour_longer_has_the_volume_of_that() -> None:
    assert "Volume to infuse: 240.9 mL over 73 h." in entries(plan(AUTUMN))[4].description


@pytest.mark.req("REQ-INT-003")
def test_after_an_interruption_the_bag_that_hung_is_void_and_its_times_are_what_they_were() -> None:
    found = entries(plan(STOPPED))
    assert "Stopped at 2026-DEC-03 09:20 UTC-05:00." in found[2].description
    assert found[3].description.startswith("RESTART at 2026-DEC-06 17:45 UTC-05:00")
    assert (
        "Bag 3 is VOID since the infusion was stopped. Discard it with what is left." in found[3].description
    )


@pytest.mark.req("REQ-MOD-008")
def test_a_held_bag_is_not_hung_before_the_pharmacy_says_so() -> None:
    (held,) = (each for each in entries(plan(GRADE_3)) if "HELD" in each.summary)
    assert "HELD: do not hang it before the pharmacy says that it is released." in held.description


def test_no_entry_names_the_patient_the_record_number_the_birth_date_or_the_place() -> None:
    told = {"destination": "12 Rosewood Lane", "prescriber": "Dr. L. Okafor"}
    file = written(plan(told)).decode().replace("\r\n ", "")
    for hidden in ("Tremblay", "TREMBLAY", "Anne-Marie", "4471023", "1979", "Rosewood", "Okafor"):
        assert hidden not in file


@pytest.mark.req("REQ-PRO-004")
def test_in_training_every_summary_every_description_and_the_name_carry_the_mark() -> None:
    found = calendar(plan(BAGS_OF_96_H))
    assert found.name == f"{TRAINING} – Blinatumomab, A. T. RX-1001"
    assert all(each.summary.startswith(f"{TRAINING} – ") for each in found.entries)
    assert all(each.description.startswith(f"{TRAINING}\n") for each in found.entries)
    assert TRAINING not in str(calendar(commissioned(plan(BAGS_OF_96_H))))


@pytest.mark.req("REQ-PLN-009")
def test_a_new_plan_replaces_the_entries_of_the_one_before_and_cancels_the_bags_that_fell_away() -> None:
    eight, four = plan(BAGS_OF_96_H), plan()
    before, after = entries(eight), entries(eight, four)
    assert calendar(eight, four).revision == 2
    assert [each.uid for each in after[:4]] == [each.uid for each in before[:4]]
    assert after[4].uid == before[8].uid  # the end
    assert [(each.uid, each.at, each.cancelled) for each in after[5:]] == [
        (each.uid, each.at, True) for each in before[4:8]
    ]
    assert after[5].summary == "CANCELLED – Blinatumomab bag 5 of 8 (plan 1) – A. T. RX-1001"
    assert (
        "Bag 5 of 8 of plan 1 is not hung: plan 2 has no such bag. Delete this entry." in after[5].description
    )
    assert b"STATUS:CANCELLED" in written(eight, four)


@pytest.mark.req("REQ-PLN-009")
def test_a_bag_that_comes_back_is_not_cancelled_and_one_that_stays_away_is() -> None:
    all_28, eight, four = plan(BAGS_OF_24_H), plan(BAGS_OF_96_H), plan()
    back = entries(all_28, four, eight)
    assert [each.cancelled for each in back] == [False] * 9 + [True] * 20
    assert len({each.uid for each in back}) == 29
    away = entries(all_28, eight, four)
    assert "bag 5 of 8 (plan 2)" in away[5].summary
    assert "bag 9 of 28 (plan 1)" in away[9].summary


def test_two_patients_with_one_order_number_in_two_pharmacies_have_other_entries() -> None:
    other = plan({"patient.record_number": "99"})
    assert not {each.uid for each in entries(plan())} & {each.uid for each in entries(other)}


def test_the_initials_are_those_of_the_first_given_name_and_the_family_name() -> None:
    found = plan({"patient.family_name": "de la Croix", "patient.given_names": "Émile Jean"})
    name = plan_calendar(commissioned(found), stored(found), rulebook().site, load()).name
    assert name == "Blinatumomab, É. D. RX-1001"
