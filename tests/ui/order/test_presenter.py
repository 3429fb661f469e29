"""What the Orders page decides, without a window."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from pharmacy_app.domain.errors import PharmacyError, RulesRefused
from pharmacy_app.domain.finding import Severity
from pharmacy_app.wording import Catalogue
from pharmacy_app.workflow.desk import Desk
from tests.ui.desks import ORDER, keep, order_document
from tests.ui.order.drafts import typed
from ui.order.draft import FORM_FIELDS, DoseLine, Draft
from ui.order.presenter import OrdersPresenter
from ui.order.view import FormView, OrdersView


class AtOnce:
    """A gate that answers before it returns; `trouble` answers every change with station trouble."""

    def __init__(self) -> None:
        self.changes = 0
        self.trouble = False

    def ask(
        self,
        question: Callable[[], Any],
        *,
        done: Callable[[Any], None],
        refused: Callable[[PharmacyError], None] | None = None,
        topic: str = "",
    ) -> None:
        done(question())

    def change(
        self,
        act: Callable[[], None],
        *,
        done: Callable[[None], None],
        refused: Callable[[PharmacyError], None],
        broken_off: Callable[[], None],
        again: Callable[[], None],
    ) -> None:
        self.changes += 1
        if self.trouble:
            broken_off()
            return
        try:
            act()
        except RulesRefused as error:
            refused(error)
            return
        done(None)


@dataclass
class Bench:
    """A presenter with everything it said."""

    presenter: OrdersPresenter
    gate: AtOnce
    views: list[OrdersView] = field(default_factory=list)
    saved: list[str] = field(default_factory=list)

    @property
    def view(self) -> OrdersView:
        return self.views[-1]

    @property
    def form(self) -> FormView:
        assert self.view.form is not None
        return self.view.form

    def type(self, draft: Draft, *, leave_all: bool = True) -> None:
        self.presenter.change(draft)
        for name in FORM_FIELDS if leave_all else ():
            self.presenter.left(name)

    def sentences(self, name: str) -> list[str]:
        return [each.sentence for each in self.form.remarks.get(name, ())]


def bench_on(desk: Desk, words: Catalogue) -> Bench:
    gate = AtOnce()
    views: list[OrdersView] = []
    saved: list[str] = []
    presenter = OrdersPresenter(desk, words, gate, change=gate.change, show=views.append, saved=saved.append)
    presenter.load()
    return Bench(presenter, gate, views, saved)


def offers_training(bench: Bench) -> bool:
    return bench.view.first_start


def why_not(bench: Bench) -> str:
    return bench.form.why_not


@pytest.fixture
def bench(desk: Desk, words: Catalogue) -> Bench:
    made = bench_on(desk, words)
    made.presenter.new_order()
    return made


def test_no_presenter_loads_qt() -> None:
    import subprocess

    probe = (
        "import sys, ui.order.presenter, ui.order.telling, ui.order.draft;"
        "print([name for name in sys.modules if name.startswith('PySide6')])"
    )
    answer = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_an_empty_file_offers_the_training_pharmacy(desk: Desk, words: Catalogue) -> None:
    made = bench_on(desk, words)
    assert offers_training(made)
    made.presenter.start_training()
    made.presenter.load()
    assert not offers_training(made)
    assert sorted(row.course.split(" · ")[0] for row in made.view.rows) == [
        "Consolidation",
        "MRD-positive",
        "Relapsed or refractory",
    ]


def test_a_new_form_counts_what_is_to_fill_in_and_refuses_nothing_yet(bench: Bench) -> None:
    assert (bench.form.to_fill_in, bench.form.refusals, bench.form.reasons) == (18, 0, 0)
    assert bench.form.remarks == {}
    assert bench.form.next_to_fill_in == "order_number"
    assert not bench.form.may_save


def test_a_field_that_was_left_empty_says_not_answered(bench: Bench) -> None:
    bench.presenter.left("patient.pregnant")
    (remark,) = bench.form.remarks["patient.pregnant"]
    assert (remark.lead, remark.sentence, remark.severity) == ("Stop.", "Not answered.", Severity.STOP)
    assert (bench.form.to_fill_in, bench.form.refusals) == (17, 1)


def test_a_refusal_appears_when_the_field_is_left_and_from_then_on_while_typing(bench: Bench) -> None:
    draft = typed()
    bench.type(draft.with_text("patient.weight_kg", "71,"), leave_all=False)
    assert bench.sentences("patient.weight_kg") == []
    bench.presenter.left("patient.weight_kg")
    assert bench.sentences("patient.weight_kg") == [
        "Given 71,. Expected kilograms with a point, such as 71.5."
    ]
    bench.presenter.change(draft.with_text("patient.weight_kg", "71,5"))
    assert bench.sentences("patient.weight_kg") == [
        "Given 71,5. Expected kilograms with a point, such as 71.5."
    ]
    bench.presenter.change(draft.with_text("patient.weight_kg", "71.5"))
    assert bench.sentences("patient.weight_kg") == []


def test_all_refusals_stand_at_once(bench: Bench) -> None:
    draft = typed().with_text("patient.weight_kg", "71,5").with_text("patient.date_of_birth", "14.3.1979")
    bench.type(replace(draft, start_time="2 pm").with_text("time_zone", "Toronto"))
    assert set(bench.form.remarks) == {"patient.weight_kg", "patient.date_of_birth", "start_at", "time_zone"}
    assert bench.form.refusals == 4
    assert bench.form.next_refusal == "patient.date_of_birth"
    assert not bench.form.may_save


def test_a_whole_order_can_be_saved_and_opens_its_plan(bench: Bench, desk: Desk) -> None:
    bench.type(typed())
    assert bench.form.may_save, bench.form.why_not
    bench.presenter.save()
    assert bench.saved == ["RX-1001"]
    assert [each.order for each in desk.orders()] == [desk.read_order(ORDER).order]


def test_saving_twice_in_a_row_stores_once(bench: Bench, desk: Desk) -> None:
    bench.type(typed())
    bench.presenter.save()
    bench.presenter.save()
    assert bench.gate.changes == 1
    assert len(desk.orders()) == 1


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


def test_a_refusal_while_saving_is_shown_and_nothing_is_lost(bench: Bench, desk: Desk) -> None:
    bench.type(typed())
    keep(desk, order_document(order_number="RX-2", patient__record_number="4471023"))
    bench.presenter.save()
    assert bench.saved == []
    assert bench.form.draft == typed()
    assert bench.form.refusals == 1
    assert not bench.form.may_save


def test_station_trouble_leaves_everything_as_typed_and_can_be_tried_again(bench: Bench, desk: Desk) -> None:
    bench.type(typed())
    bench.gate.trouble = True
    bench.presenter.save()
    assert (bench.saved, bench.form.draft, bench.form.may_save) == ([], typed(), True)
    bench.gate.trouble = False
    bench.presenter.save()
    assert bench.saved == ["RX-1001"]


def test_an_order_on_file_is_read_not_changed(desk: Desk, words: Catalogue) -> None:
    keep(desk, ORDER)
    bench = bench_on(desk, words)
    assert bench.form.locked
    assert bench.form.draft == typed()
    assert bench.form.asked.doses == (("Days 1–7", "9 mcg/day"), ("Days 8–28", "28 mcg/day"))
    bench.presenter.change(typed().with_text("prescriber", "someone else"))
    assert bench.form.draft == typed()


def test_a_draft_survives_a_look_at_another_order(desk: Desk, words: Catalogue) -> None:
    keep(desk, ORDER)
    bench = bench_on(desk, words)
    bench.presenter.new_order()
    bench.presenter.change(typed().with_text("order_number", "RX-5"))
    bench.presenter.choose("RX-1001")
    assert bench.form.locked
    bench.presenter.choose_draft()
    assert bench.form.draft.text("order_number") == "RX-5"
    assert bench.view.chosen == 0


def test_a_draft_that_is_thrown_away_is_gone(bench: Bench) -> None:
    bench.presenter.change(typed())
    assert bench.presenter.has_typed
    bench.presenter.throw_away()
    assert bench.view.rows == ()


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
