"""What the Orders page decides, without a window."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from pharmacy_app.domain.finding import Severity
from pharmacy_app.wording import Catalogue
from pharmacy_app.workflow.desk import Desk
from tests.ui.desks import ORDER, keep, order_document
from tests.ui.order.benches import Bench, bench_on, offers_training
from tests.ui.order.drafts import typed


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


def test_a_saved_order_shows_its_doses_when_one_comes_back_to_it(bench: Bench) -> None:
    bench.type(typed())
    bench.presenter.save()
    bench.presenter.choose("RX-1001")
    bench.presenter.load()
    assert bench.form.locked
    assert bench.form.asked.doses == (("Days 1–7", "9 mcg/day"), ("Days 8–28", "28 mcg/day"))


def test_saving_twice_in_a_row_stores_once(bench: Bench, desk: Desk) -> None:
    bench.type(typed())
    bench.presenter.save()
    bench.presenter.save()
    assert bench.gate.changes == 1
    assert len(desk.orders()) == 1


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


@pytest.mark.req("REQ-ORD-013")
def test_when_an_order_was_saved_is_told_by_the_pharmacys_clock(desk: Desk, words: Catalogue) -> None:
    keep(desk, ORDER)
    assert bench_on(desk, words).form.state == "Saved 2026-NOV-20 10:00 UTC-05:00 · accepted"


@pytest.mark.req("REQ-LBL-002")
def test_a_name_without_capitals_is_listed_as_it_was_given(desk: Desk, words: Catalogue) -> None:
    keep(desk, order_document(patient__family_name="Groß"))
    bench = bench_on(desk, words)
    assert [row.name for row in bench.view.rows] == ["Groß, Anne-Marie"]
    bench.presenter.new_order()
    bench.presenter.change(typed().with_text("patient.family_name", "Groß"))
    assert bench.view.rows[0].name == "Groß, Anne-Marie"


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
