"""What the Worksheet page shows of a bag, without a window."""

from __future__ import annotations

import pytest

from pharmacy_app.domain.finding import Severity
from pharmacy_app.wording import Catalogue
from pharmacy_app.workflow.desk import Desk
from tests.support.rulebooks import plan_of
from tests.ui.desks import ORDER, keep, order_document
from tests.ui.plan.cycles import autumn, plan_with
from tests.ui.worksheet.sheets import worksheet_of
from tests.ui.worksheet.test_supplies_form import ANSWERS_96_H
from ui.worksheet.presenter import LoadedWorksheet, WorksheetPresenter, load_worksheet
from ui.worksheet.view import QuestionView, SheetView

# REQ-MIX-002 and -003: drug, vials, rate; then what first principles come to, reckoned by hand
TABLE = [
    ("9", "24", "0.83 mL", "from 1 vial", "10 mL/h", "9.01 mcg/day"),
    ("9", "48", "1.7 mL", "from 1 vial", "5 mL/h", "9.20 mcg/day"),
    ("9", "72", "2.5 mL", "from 1 vial", "3.3 mL/h", "8.90 mcg/day"),
    ("9", "96", "3.3 mL", "from 2 vials", "2.5 mL/h", "8.88 mcg/day"),
    ("9", "168", "5.5 mL", "from 2 vials", "0.6 mL/h", "9.00 mcg/day"),
    ("28", "24", "2.6 mL", "from 1 vial", "10 mL/h", "28.05 mcg/day"),
    ("28", "48", "5.2 mL", "from 2 vials", "5 mL/h", "27.79 mcg/day"),
    ("28", "72", "8 mL", "from 3 vials", "3.3 mL/h", "27.94 mcg/day"),
    ("28", "96", "10.7 mL", "from 4 vials", "2.5 mL/h", "28.04 mcg/day"),
    ("28", "168", "16.8 mL", "from 6 vials", "0.6 mL/h", "27.49 mcg/day"),
]


def presenter_with(desk: Desk, words: Catalogue, dose: str, duration: str) -> WorksheetPresenter:
    worksheet = worksheet_of(dose, duration)
    presenter = WorksheetPresenter(desk, words)
    presenter.take(LoadedWorksheet(worksheet.plan, kept=True, worksheet=worksheet))
    return presenter


def sheet_of(presenter: WorksheetPresenter) -> SheetView:
    sheet = presenter.view().sheet
    assert sheet is not None
    return sheet


@pytest.mark.req("REQ-MIX-002", "REQ-MIX-003", "REQ-MIX-004")
@pytest.mark.parametrize("row", TABLE)
def test_each_row_of_the_table_is_shown_with_both_ways_to_its_dose(
    desk: Desk, words: Catalogue, row: tuple[str, ...]
) -> None:
    dose, duration, drug, vials, rate, delivered = row
    sheet = sheet_of(presenter_with(desk, words, dose, duration))
    amount, draw_up, speed, runs = sheet.strip
    assert amount.value == f"{dose} mcg/day"
    assert (draw_up.value, draw_up.below) == (drug, vials)
    assert speed.value == rate
    assert runs.value == f"{duration} h"
    assert sheet.dose.table.result == f"{dose} mcg/day"
    assert sheet.dose.principles.result == delivered
    assert sheet.dose.agrees
    assert sheet.dose.differs_at is None


@pytest.mark.req("REQ-MIX-004")
def test_the_working_is_written_out_step_by_step(desk: Desk, words: Catalogue) -> None:
    dose = sheet_of(presenter_with(desk, words, "28", "96")).dose
    assert dose.principles.rows == (
        ("10.7 mL × 12.5 mcg/mL", "133.75 mcg"),
        ("÷ 286.2 mL", "0.4673 mcg/mL"),
        ("× 2.5 mL/h × 24 h", "28.04 mcg/day"),
    )
    assert dose.table.rows == (
        ("96 h at 28 mcg/day: drug", "10.7 mL"),
        ("Saline + stabilizer", "270 + 5.5 mL"),
        ("Rate", "2.5 mL/h"),
    )
    assert dose.table.remark == (
        "Drug recalled, preservative-free saline published, stabilizer recalled, rate quoted."
    )
    assert dose.principles.remark.startswith("Allowed: 27.3 to 28.7 mcg/day (± 2.5 %).")
    assert dose.principles.remark.endswith("For comparison only, do not draw up: exactly 10.68 mL.")
    assert dose.verdict == "They agree: difference +0.04 mcg/day, +0.14 %"


def test_a_lower_dose_than_ordered_carries_its_sign(desk: Desk, words: Catalogue) -> None:
    dose = sheet_of(presenter_with(desk, words, "28", "168")).dose
    assert dose.verdict == "They agree: difference –0.51 mcg/day, –1.82 %"
    assert dose.table.remark == (
        "Drug recalled, BACTERIOSTATIC saline recalled, stabilizer recalled, "
        "preservative-free saline recalled, rate quoted."
    )


@pytest.mark.req("REQ-MIX-007")
def test_the_steps_stand_in_order_with_the_fill_last_in_a_7_day_bag(desk: Desk, words: Catalogue) -> None:
    steps = sheet_of(presenter_with(desk, words, "28", "168")).steps
    assert steps[0].startswith("Reconstitute 6 vials, each with 3 mL preservative-free sterile water")
    assert steps[1:] == (
        "Look at each vial: clear to slightly opalescent, colourless to slightly yellow, or reject it.",
        "90 mL 0.9 % sodium chloride, BACTERIOSTATIC, in the bag.",
        "2.2 mL IV Solution Stabilizer: it coats the bag. Turn the bag.",
        "Let the air out.",
        "16.8 mL blinatumomab. Mix gently, do not shake.",
        "1 mL 0.9 % sodium chloride, preservative-free, to 110 mL in all.",
        "Look at the bag: no particles, no leak, or reject it.",
        "At the bedside, not here: prime the set with the finished solution, not with saline.",
    )
    assert (
        sheet_of(presenter_with(desk, words, "9", "24")).steps[0].startswith("Reconstitute 1 vial with 3 mL")
    )


@pytest.mark.req("REQ-BUD-001", "REQ-BUD-002", "REQ-BUD-003")
def test_storage_and_its_limits_stand_on_the_worksheet(desk: Desk, words: Catalogue) -> None:
    sheet = sheet_of(presenter_with(desk, words, "28", "96"))
    assert sheet.limits == (
        ("stability in the refrigerator", "240 h"),
        ("the site's sterility limit in the refrigerator (training example)", "240 h"),
    )
    assert "No protection from room light needed." in sheet.storage[0]
    assert sheet.storage[0].endswith("At room temperature 96 h at most, the infusion included.")
    assert sheet.storage[0].startswith("At 2–8 °C if not used at once. Never frozen.")
    assert "hang straight from the refrigerator" in sheet.storage[1]
    assert not any(
        "straight from" in each for each in sheet_of(presenter_with(desk, words, "28", "24")).storage
    )


@pytest.mark.req("REQ-SUP-002", "REQ-SUP-003")
def test_filter_and_set_are_said(desk: Desk, words: Catalogue) -> None:
    assert sheet_of(presenter_with(desk, words, "28", "96")).filter_text.startswith(
        "Use a 0.2 or 0.22 micron"
    )
    assert sheet_of(presenter_with(desk, words, "28", "168")).filter_text.startswith("NO in-line filter")


@pytest.mark.req("REQ-PLN-002")
def test_the_last_bag_ends_and_is_not_changed(desk: Desk, words: Catalogue) -> None:
    plan = plan_with(168, 168, 168, 168)
    presenter = WorksheetPresenter(desk, words)
    presenter.take(LoadedWorksheet(plan, kept=True, worksheet=desk.worksheet(plan, 4)))
    sheet = sheet_of(presenter)
    assert [name for name, _moment in sheet.times] == ["Hang", "Ends"]
    assert sheet.contents.overfill_lines[-1] == "the end"


def test_a_name_without_capitals_stays_as_it_was_given(desk: Desk, words: Catalogue) -> None:
    plan = plan_of(order_document(patient__family_name="Groß"))
    presenter = WorksheetPresenter(desk, words)
    presenter.take(LoadedWorksheet(plan, kept=True, worksheet=desk.worksheet(plan, 1)))
    assert presenter.view().title == "Groß, Anne-Marie"


@pytest.mark.req("REQ-ORD-008")
def test_the_reminders_travel_with_the_worksheet(desk: Desk, words: Catalogue) -> None:
    reminders = sheet_of(presenter_with(desk, words, "28", "96")).reminders
    assert any(each.startswith("Dexamethasone 20 mg IV") for each in reminders)
    assert any("In hospital for the first 9 days" in each for each in reminders)


def sheet_across_the_change(desk: Desk, words: Catalogue, zone: str, number: int) -> SheetView:
    plan = plan_with(96, 72, 96, 96, 72, 96, 48, 96, zone=zone)
    presenter = WorksheetPresenter(desk, words)
    presenter.take(LoadedWorksheet(plan, kept=True, worksheet=desk.worksheet(plan, number)))
    return sheet_of(presenter)


@pytest.mark.req("REQ-PLN-005", "REQ-PLN-010")
def test_where_the_offset_changes_during_the_bag_both_offsets_are_shown(desk: Desk, words: Catalogue) -> None:
    sheet = sheet_across_the_change(desk, words, "America/Toronto", 4)
    assert sheet.times_title == "Times, UTC-04:00, at the change UTC-05:00"
    assert sheet.times == (("Hang", "Fri OCT-30 14:00"), ("Change", "Tue NOV-03 13:00"))
    assert sheet_across_the_change(desk, words, "America/Toronto", 1).times_title == "Times, UTC-04:00"


@pytest.mark.req("REQ-ORD-013")
def test_where_the_zones_differ_both_clocks_are_shown(desk: Desk, words: Catalogue) -> None:
    assert sheet_across_the_change(desk, words, "America/Halifax", 1).times == (
        ("Hang", "Mon OCT-19 14:00"),
        ("at the pharmacy", "13:00"),
        ("Change", "Fri OCT-23 14:00"),
        ("at the pharmacy", "13:00"),
    )


def test_the_questions_start_unanswered_and_say_how_many_are_stops(desk: Desk, words: Catalogue) -> None:
    supplies = presenter_with(desk, words, "28", "96").view().supplies
    assert supplies is not None
    questions = [each for _name, group in supplies.groups for each in group]
    assert not [each for each in questions if each.answered]
    assert supplies.summary == "Stops: 19. Not answered: 21. Not known is never a yes."
    assert (supplies.stops, supplies.reasons) == (19, 2)


@pytest.mark.req("REQ-SUP-001")
def test_each_answer_is_checked_at_once_at_its_question(desk: Desk, words: Catalogue) -> None:
    presenter = presenter_with(desk, words, "28", "96")
    presenter.answer("bag.dehp", ("yes",))
    question = _question(presenter, "bag.dehp")
    assert (question.answered, question.remarks[0].severity) == (True, Severity.STOP)
    presenter.answer("bag.dehp", ("no",))
    assert _question(presenter, "bag.dehp").remarks == ()


def test_an_answer_that_cannot_be_read_is_refused_once_at_its_question(desk: Desk, words: Catalogue) -> None:
    presenter = presenter_with(desk, words, "28", "96")
    presenter.answer("filter", ("present",))
    presenter.answer("filter.pore_micron", ("0,22",))
    (remark,) = _question(presenter, "filter.pore_micron").remarks
    assert remark.sentence == "Given 0,22. Expected a number with a point, such as 0.22."


def test_with_all_right_answers_every_rule_holds(desk: Desk, words: Catalogue) -> None:
    presenter = presenter_with(desk, words, "28", "96")
    for key, value in ANSWERS_96_H.items():
        presenter.answer(key, (value,))
    supplies = presenter.view().supplies
    assert supplies is not None
    assert (supplies.stops, supplies.reasons) == (0, 0)
    assert supplies.summary == "Every rule about the supplies holds."


@pytest.mark.req("REQ-MIX-005")
def test_a_fill_that_is_not_known_is_drawn_so_and_stops(desk: Desk, words: Catalogue) -> None:
    presenter = presenter_with(desk, words, "28", "96")
    assert sheet_of(presenter).fill_known
    presenter.answer("fill", ("not-known",))
    sheet = sheet_of(presenter)
    assert not sheet.fill_known
    assert [each.severity for each in sheet.fill.remarks] == [Severity.STOP]
    assert sheet.fill.text == "How the 270 mL is reached"


def test_each_bag_has_its_own_answers(desk: Desk, words: Catalogue) -> None:
    plan = plan_with(96, 72, 96, 96, 72, 96, 48, 96)
    presenter = WorksheetPresenter(desk, words)
    presenter.take(LoadedWorksheet(plan, kept=True, worksheet=desk.worksheet(plan, 3)))
    presenter.answer("bag.dehp", ("no",))
    presenter.take(LoadedWorksheet(plan, kept=True, worksheet=desk.worksheet(plan, 4)))
    assert not _question(presenter, "bag.dehp").answered
    presenter.take(LoadedWorksheet(plan, kept=True, worksheet=desk.worksheet(plan, 3)))
    assert _question(presenter, "bag.dehp").values == ("no",)


def test_the_worksheet_of_a_plan_that_was_not_accepted_says_so(desk: Desk, words: Catalogue) -> None:
    keep(desk, ORDER)
    presenter = WorksheetPresenter(desk, words)
    presenter.take(load_worksheet(desk, "RX-1001", 2))
    view = presenter.view()
    assert (view.bag, view.last_bag, view.which) == (2, 4, "Cycle 1, days 8–14")
    assert not view.accepted
    plan = desk.plan(desk.orders()[0].order)
    desk.keep_plan(plan)
    presenter.take(load_worksheet(desk, "RX-1001", 99))
    assert (presenter.view().bag, presenter.view().accepted) == (4, True)


@pytest.mark.req("REQ-ORD-003")
def test_a_refused_order_has_no_worksheet_and_no_figure(desk: Desk, words: Catalogue) -> None:
    plan = plan_of(order_document(**{"patient.weight_kg": "44.9"}))
    presenter = WorksheetPresenter(desk, words)
    presenter.take(LoadedWorksheet(plan, kept=False, worksheet=None))
    view = presenter.view()
    assert (view.sheet, view.supplies, view.may_save) == (None, None, False)
    assert view.notice == "No worksheet. The rules stop this order."
    assert "44.9" in view.notice_remarks[0].sentence


def test_without_an_order_the_page_says_what_to_do(desk: Desk, words: Catalogue) -> None:
    presenter = WorksheetPresenter(desk, words)
    assert presenter.view().notice == "No plan yet. Save an order first."
    assert load_worksheet(desk, "RX-404", 1) is None
    presenter.answer("bag.dehp", ("no",))
    assert presenter.view().supplies is None


def test_the_hours_of_a_bag_across_the_change_of_the_clock_are_those_that_pass(
    desk: Desk, words: Catalogue
) -> None:
    plan = plan_of(autumn(96, 72, 96, 96, 72, 96, 48, 96))
    presenter = WorksheetPresenter(desk, words)
    presenter.take(LoadedWorksheet(plan, kept=True, worksheet=desk.worksheet(plan, 5)))
    sheet = sheet_of(presenter)
    assert (sheet.strip[3].value, sheet.strip[3].below) == ("73 h", "3 days")
    assert sheet.contents.infuse_lines[0] == "240.9 mL"


def _question(presenter: WorksheetPresenter, key: str) -> QuestionView:
    supplies = presenter.view().supplies
    assert supplies is not None
    return next(each for _name, group in supplies.groups for each in group if each.key == key)
