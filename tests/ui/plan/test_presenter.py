"""What the Plan page decides, without a window."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pharmacy_app.domain.finding import Severity
from pharmacy_app.domain.order import Order
from pharmacy_app.domain.quantity import Weight
from pharmacy_app.wording import Catalogue
from pharmacy_app.workflow.desk import Desk
from tests.ui.desks import ORDER
from tests.ui.plan.cycles import autumn
from tests.ui.plan.presenters import NAMED, presenter_on, type_into, without_7_day_bags
from ui.plan.loading import load, reckon
from ui.plan.presenter import PlanPresenter
from ui.plan.view import Shown


def test_without_an_order_the_page_says_what_to_do(words: Catalogue) -> None:
    view = PlanPresenter(words, pharmacy_zone="America/Toronto").view()
    assert view.notice == "No plan yet. Save an order first."
    assert (view.cycle, view.figures, view.may_accept) == (None, None, False)


@pytest.mark.req("REQ-PLN-008")
def test_the_totals_of_the_order_of_the_command_lines_page(desk: Desk, words: Catalogue) -> None:
    view = presenter_on(desk, words, ORDER).view()
    assert view.figures is not None
    assert (view.figures.bags, view.figures.changes) == (("4", "bags"), ("3", "changes"))
    assert view.figures.rows == (
        ("Changes on closed days", "0"),
        ("Line changes (new set)", "1"),
        ("Vials", "20"),
        ("Discarded", "49 mcg"),
        ("Days of benzyl alcohol", "28"),
    )
    assert view.figures.why.startswith("Why: fewest changes on closed days")


def test_the_patient_and_the_course_stand_in_the_head(desk: Desk, words: Catalogue) -> None:
    view = presenter_on(desk, words, ORDER).view()
    assert view.title == "TREMBLAY, Anne-Marie"
    assert view.facts == (
        ("MRN", "4471023"),
        ("Born", "1979-MAR-14"),
        ("Relapsed or refractory ·", "cycle 1"),
    )


@pytest.mark.req("REQ-PLN-007")
def test_up_to_96_h_without_changes_at_the_weekend_the_wall_costs_no_bag(
    desk: Desk, words: Catalogue
) -> None:
    view = presenter_on(desk, words, without_7_day_bags()).view()
    assert view.figures is not None
    assert view.figures.bags == ("8", "bags")
    assert view.figures.rows[0] == ("Changes on closed days", "0")
    assert view.figures.rows[2] == ("Vials", "24 · 23 if shared")


@pytest.mark.req("REQ-MIX-008")
def test_bags_that_share_vials_when_made_in_one_sitting_are_named(desk: Desk, words: Catalogue) -> None:
    # At 9 mcg/day: 3.3 + 2.5 mL are 5.8 mL, 3 vials of 2.8 mL; alone 2 + 1. With bag 3 (10.7 mL, 4 vials)
    # 16.5 mL are 6 vials, alone 7.
    presenter = presenter_on(desk, words, without_7_day_bags())
    (remark,) = (each for each in presenter.view().remarks if each.code == "ui.plan.sitting.sentence")
    assert remark.sentence == (
        "Made in one sitting, bags 1, 2 and 3 take 6 vials: 23 in all instead of 24. The clock of the vial "
        "opened first counts."
    )
    assert remark.rule.startswith("REQ-MIX-008.")
    presenter.choose_bag(2)
    facts = presenter.view().bag
    assert facts is not None
    assert ("One sitting", "bags 1, 2 and 3 take 6 vials") in facts.rows


@pytest.mark.req("REQ-PLN-006")
def test_a_typed_sequence_that_holds_is_shown_at_once_and_used_when_asked(
    desk: Desk, words: Catalogue
) -> None:
    presenter = presenter_on(desk, words, without_7_day_bags())
    type_into(presenter, desk, "96 72 96 96 96 96 96 24")
    view = presenter.view()
    assert (view.shown, view.shown_name) == (Shown.TYPED, "Being typed")
    assert view.sequence.may_use
    assert view.sequence.reach == "28 of 28 days"
    assert not view.may_accept
    assert view.why_not_accept == "Use the sequence you typed first."
    order = presenter.typed_order()
    assert order is not None
    presenter.take(reckon(desk, order))
    view = presenter.view()
    assert view.shown is Shown.IN_USE
    assert view.may_accept
    assert view.figures is not None
    assert view.figures.why == "The sequence was given by hand; every rule was checked."
    assert view.sequence.may_go_back
    assert [each.name for each in view.alternatives] == ["The best plan", *NAMED]


@pytest.mark.req("REQ-PLN-003", "REQ-PLN-002")
def test_every_rule_that_a_typed_sequence_breaks_is_said_and_the_picture_stays(
    desk: Desk, words: Catalogue
) -> None:
    presenter = presenter_on(desk, words, without_7_day_bags())
    before = presenter.view().cycle
    type_into(presenter, desk, "96 96 72")
    view = presenter.view()
    sentences = [each.sentence for each in view.sequence.remarks]
    assert sentences == [
        "Bag 2 runs across the dose change at day 8. A bag has one dose.",
        "The bags cover 11 days. A cycle has exactly 28.",
    ]
    assert [each.severity for each in view.sequence.remarks] == [Severity.STOP, Severity.STOP]
    assert view.sequence.reach == "11 of 28 days"
    assert not view.sequence.may_use
    assert not view.may_accept
    assert view.cycle == before
    assert [each.sentence for each in view.remarks[:2]] == sentences


def test_what_cannot_be_read_is_refused_in_words_as_typed(desk: Desk, words: Catalogue) -> None:
    presenter = presenter_on(desk, words, without_7_day_bags())
    type_into(presenter, desk, "96 72,")
    (remark,) = presenter.view().sequence.remarks
    assert remark.sentence == (
        "Given 72,. Expected hours from 24, 48, 72, 96, 168 with spaces between them, such as 96 72 96."
    )
    assert not presenter.view().may_accept


def test_an_answer_to_what_was_typed_before_is_not_taken(desk: Desk, words: Catalogue) -> None:
    presenter = presenter_on(desk, words, without_7_day_bags())
    old = presenter.type_text("96 72 96 96 96 96 96 24")
    assert old is not None
    presenter.type_text("96 72 96 96 96 96 96")
    presenter.take_typed(desk.plan(old))
    assert presenter.view().shown is Shown.IN_USE
    assert not presenter.view().sequence.may_use


def test_typing_the_sequence_in_use_again_changes_nothing(desk: Desk, words: Catalogue) -> None:
    presenter = presenter_on(desk, words, without_7_day_bags())
    presenter.type_text("96 7")
    assert not presenter.view().may_accept
    assert presenter.type_text(presenter.sequence_in_use) is None
    assert presenter.view().may_accept


@pytest.mark.req("REQ-MIX-002", "REQ-MIX-004")
def test_the_card_of_a_bag_has_all_its_figures(desk: Desk, words: Catalogue) -> None:
    presenter = presenter_on(desk, words, autumn(96, 72, 96, 96, 72, 96, 48, 96))
    presenter.choose_bag(4)
    facts = presenter.view().bag
    assert facts is not None
    assert facts.title == "Bag 4 of 8"
    assert facts.rows == (
        ("Hang", "Fri OCT-30 14:00"),
        ("Change", "Tue NOV-03 13:00"),
        ("Prepare", "between Tue OCT-20 14:00 and Fri OCT-30 14:00"),
        ("Runs", "96 h elapsed"),
        ("Dose", "28 mcg/day"),
        ("Delivered", "28.04 mcg/day, +0.14 %"),
        ("Drug", "10.7 mL from 4 vials"),
        ("Rate", "2.5 mL/h"),
        ("Infuse", "240 mL"),
        ("Discard", "46.2 mL"),
        ("Diluent", "preservative-free"),
        ("Filter", "0.2 or 0.22 micron"),
    )
    assert [each.code for each in facts.remarks] == ["plan.changed-early"]


@pytest.mark.req("REQ-ORD-013")
def test_where_the_zones_differ_the_card_has_both_clocks(desk: Desk, words: Catalogue) -> None:
    presenter = presenter_on(desk, words, autumn(168, 168, 168, 168, zone="America/Vancouver"))
    facts = presenter.view().bag
    assert facts is not None
    assert facts.rows[:4] == (
        ("Hang", "Mon OCT-19 14:00"),
        ("at the pharmacy", "17:00"),
        ("Change", "Mon OCT-26 14:00"),
        ("at the pharmacy", "17:00"),
    )


@pytest.mark.req("REQ-ORD-003")
def test_a_refused_order_shows_its_findings_and_no_figure_of_any_bag(words: Catalogue, desk: Desk) -> None:
    order = desk.read_order(ORDER).order
    assert order is not None
    light = replace(order, patient=replace(order.patient, weight=Weight(Decimal("44.9"))))
    presenter = PlanPresenter(words, pharmacy_zone="America/Toronto")
    presenter.take(reckon(desk, light))
    view = presenter.view()
    assert (view.cycle, view.figures, view.bag, view.alternatives) == (None, None, None, ())
    assert view.notice == "No plan. The rules stop this order."
    assert view.remarks[0].severity is Severity.STOP
    assert "44.9" in view.remarks[0].sentence
    shown = " ".join(each.sentence for each in view.remarks)
    assert not [word for word in ("mcg/day", "mL", "OCT", "NOV") if word in shown]
    assert not view.may_accept


def test_a_plan_is_kept_and_found_again(desk: Desk, words: Catalogue) -> None:
    presenter = presenter_on(desk, words, without_7_day_bags())
    assert not presenter.view().kept
    assert presenter.may_open_bags()
    type_into(presenter, desk, "96 72 96 96 96 96 96 24")
    order = presenter.typed_order()
    assert order is not None
    presenter.take(reckon(desk, order))
    assert not presenter.may_open_bags(), "the worksheet would show a bag of another plan"
    plan = presenter.plan
    assert plan is not None
    desk.keep_plan(plan)
    presenter.take(load(desk, "RX-1001"))
    assert presenter.view().kept
    assert presenter.may_open_bags()
    assert presenter.sequence_in_use == "96 72 96 96 96 96 96 24"


def test_back_to_the_best_plan_drops_the_sequence_by_hand(desk: Desk, words: Catalogue) -> None:
    presenter = presenter_on(desk, words, without_7_day_bags(*(24,) * 28))
    assert presenter.view().sequence.may_go_back
    order: Order | None = presenter.best_order()
    assert order is not None
    presenter.take(reckon(desk, order))
    view = presenter.view()
    assert view.figures is not None
    assert view.figures.bags == ("8", "bags")
    assert not view.sequence.may_go_back


def test_an_order_that_is_not_on_file_has_no_plan(desk: Desk) -> None:
    assert load(desk, "RX-404") is None
