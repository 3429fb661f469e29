"""From what is typed to the order document: as typed, never repaired."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pharmacy_app.workflow.desk import Desk
from tests.ui.desks import ORDER, order_document
from tests.ui.order.drafts import typed
from ui.order.check import read
from ui.order.draft import DoseLine, document_of, draft_of, empty_draft, unanswered

DURATIONS = (24, 48, 72, 96, 168)


def test_what_is_typed_becomes_the_order_document() -> None:
    assert document_of(typed()) == ORDER


def test_an_order_on_file_is_shown_as_it_was_typed(desk: Desk) -> None:
    order = desk.read_order(ORDER).order
    assert order is not None
    assert draft_of(order, durations_h=DURATIONS) == typed()


def test_what_a_file_wished_of_hours_days_and_phases_stays_in_its_order(desk: Desk) -> None:
    hours = {"from": "08:00", "to": "16:00"}
    wishes = {
        "change_hours": hours,
        "prepare_days": ["monday", "thursday"],
        "prepare_hours": hours,
        "phases": {"hospital": {"durations_h": [24]}, "home": {"durations_h": [96], "holidays": "CA-BC"}},
    }
    order = desk.read_order(order_document(**{f"bags.{name}": wishes[name] for name in wishes})).order
    assert order is not None
    shown = draft_of(order, durations_h=DURATIONS)
    assert desk.read_order(document_of(shown)).order == order
    changed = desk.read_order(document_of(shown.with_text("destination", "7 West"))).order
    assert changed is not None
    assert (changed.destination, changed.bags) == ("7 West", order.bags)


def test_not_known_is_neither_yes_nor_no() -> None:
    patient = document_of(typed().with_choice("patient.pregnant", "unknown"))["patient"]
    assert isinstance(patient, dict)
    assert patient["pregnant"] is None


def test_a_new_form_answers_nothing_by_itself() -> None:
    missing = unanswered(empty_draft(time_zone="America/Toronto", durations_h=DURATIONS))
    assert missing == {
        "order_number",
        "patient.record_number",
        "patient.family_name",
        "patient.given_names",
        "patient.date_of_birth",
        "patient.weight_kg",
        "patient.weight_taken_on",
        "prescriber",
        "destination",
        "indication",
        "cycle",
        "setting",
        "patient.pregnant",
        "patient.breastfeeding",
        "patient.benzyl_alcohol_hypersensitivity",
        "start_at",
        "dose_modification",
        "prescribed",
    }


@pytest.mark.parametrize(
    "given", ["28,125", "28.125.0", " 71.5", "71.5 ", "7e1", "+71", "71.50000", "\u0667\u0661", "1 000"]
)
def test_a_weight_that_is_not_plainly_a_number_is_refused_as_typed(desk: Desk, given: str) -> None:
    (refusal,) = read(typed().with_text("patient.weight_kg", given), desk).refusals
    assert (refusal.field, refusal.given) == ("patient.weight_kg", given)


@pytest.mark.parametrize("given", ["28,125", "28.125", "028", "\uff12\uff18", "-1", "28 "])
def test_a_day_that_is_not_plainly_a_whole_number_is_refused_as_typed(desk: Desk, given: str) -> None:
    draft = replace(typed(), doses=(DoseLine("1", given, "28"),))
    (refusal,) = read(draft, desk).refusals
    assert (refusal.field.split(".")[-1], refusal.given) == ("to_day", given)


def test_a_modification_carries_its_three_texts() -> None:
    draft = replace(
        typed().with_choice("dose_modification", "crs"),
        grade="3",
        restart_day="1",
        modification_reason="CRS in cycle 1",
    )
    assert document_of(draft)["dose_modification"] == {
        "event": "crs",
        "grade": 3,
        "restart_on_infusion_day": 1,
        "reason": "CRS in cycle 1",
    }


def test_the_stand_ins_of_an_incomplete_form_make_no_order(desk: Desk, tmp_path: Path) -> None:
    reading = read(typed().with_text("prescriber", ""), desk)
    assert reading.order is None
    assert reading.missing == {"prescriber"}
    assert reading.refusals == ()


def test_the_builder_of_this_file_changes_only_what_it_names() -> None:
    changed = order_document(patient__weight_kg="44.9")
    patient = changed["patient"]
    assert isinstance(patient, dict)
    assert patient["weight_kg"] == "44.9"
    assert {**changed, "patient": ORDER["patient"]} == ORDER
