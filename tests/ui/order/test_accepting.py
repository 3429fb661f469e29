"""Saving and accepting: one act for a pharmacist; a technician saves, and a pharmacist accepts later."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.person import Actor
from pharmacy_app.wording import Catalogue
from pharmacy_app.workflow.desk import Desk
from tests.support.cut_text import cut_texts
from tests.support.stations import PHARMACIST, TECHNICIAN
from tests.ui.conftest import settle
from tests.ui.desks import ORDER, order_document
from tests.ui.order.benches import bench_on
from tests.ui.order.drafts import typed
from tests.ui.order.pages import Open, page_of, show_draft
from ui.main_window import MainWindow
from ui.page import PageName
from ui.plan.page import PlanPage

OLD_WEIGHT = {"patient.weight_taken_on": "2026-11-01"}


def worked_by(desk: Desk, actor: Actor) -> Desk:
    """The same desk with this person at it."""
    return replace(desk, station=desk.station.acting(actor))


def kept_by_technician(desk: Desk) -> None:
    order = desk.read_order(ORDER).order
    assert order is not None
    worked_by(desk, TECHNICIAN).keep_order(order, None)


@pytest.mark.req("REQ-VER-002")
def test_a_pharmacist_saves_and_accepts_in_one_act(desk: Desk, words: Catalogue) -> None:
    bench = bench_on(desk, words)
    bench.presenter.new_order()
    bench.type(typed())
    assert bench.form.accepts
    bench.presenter.save()
    assert bench.saved == ["RX-1001"]
    assert desk.accepted_orders() == {"RX-1001"}
    bench.presenter.load()
    assert [(row.state, row.accepted) for row in bench.view.rows] == [("Accepted", True)]
    assert not bench.form.may_be_accepted
    assert bench.form.on_file_note == "This order is on file. It is read here, not changed."


@pytest.mark.req("REQ-VER-002")
def test_what_a_technician_saves_waits_for_a_pharmacist(desk: Desk, words: Catalogue) -> None:
    bench = bench_on(worked_by(desk, TECHNICIAN), words)
    bench.presenter.new_order()
    bench.type(typed())
    assert not bench.form.accepts
    bench.presenter.save()
    bench.presenter.load()
    assert desk.accepted_orders() == frozenset()
    assert [(row.state, row.accepted) for row in bench.view.rows] == [("Saved", False)]
    assert not bench.form.may_be_accepted
    assert bench.form.on_file_note.endswith("A pharmacist accepts it before anything is prepared.")


@pytest.mark.req("REQ-VER-002")
def test_a_pharmacist_accepts_an_order_on_file(desk: Desk, words: Catalogue) -> None:
    kept_by_technician(desk)
    bench = bench_on(desk, words)
    assert bench.form.may_be_accepted
    bench.presenter.accept()
    assert desk.accepted_orders() == {"RX-1001"}
    assert bench.saved == ["RX-1001"]


@pytest.mark.req("REQ-VER-006")
def test_a_technician_leaves_the_reason_to_a_pharmacist(desk: Desk, words: Catalogue) -> None:
    bench = bench_on(worked_by(desk, TECHNICIAN), words)
    bench.presenter.new_order()
    bench.type(typed().with_text("patient.weight_taken_on", "2026-11-01"))
    (sentence,) = bench.sentences("patient.weight_taken_on")
    assert sentence.endswith("A pharmacist gives the reason, at the latest when accepting the plan.")
    assert (bench.form.reasons, bench.form.may_save) == (0, True)
    bench.presenter.give_reason("order.weight-old", "Not mine to give")
    bench.presenter.save()
    (stored,) = desk.orders()
    assert stored.reasons == ()


@pytest.mark.req("REQ-VER-006")
def test_a_pharmacist_gives_it_before_saving(desk: Desk, words: Catalogue) -> None:
    bench = bench_on(desk, words)
    bench.presenter.new_order()
    bench.type(typed().with_text("patient.weight_taken_on", "2026-11-01"))
    assert (bench.form.reasons, bench.form.may_save) == (1, False)


@pytest.mark.parametrize(
    ("actor", "button"),
    [(PHARMACIST, "Save and accept"), (TECHNICIAN, "Save")],
    ids=["pharmacist", "technician"],
)
def test_the_button_says_what_it_does(
    qtbot: QtBot, open_window: Open, desk: Desk, actor: Actor, button: str
) -> None:
    window = open_window(worked_by(desk, actor))
    page = page_of(window)
    page.new_order()
    show_draft(qtbot, window, typed())
    assert page.save.save.button.text() == button
    assert page.save.save.button.isVisible()
    qtbot.waitUntil(lambda: cut_texts(page) == [])


def test_only_a_pharmacist_is_asked_for_reasons(qtbot: QtBot, open_window: Open, desk: Desk) -> None:
    for actor, fields in ((PHARMACIST, 1), (TECHNICIAN, 0)):
        window = open_window(worked_by(desk, actor))
        page = page_of(window)
        page.new_order()
        show_draft(qtbot, window, typed().with_text("patient.weight_taken_on", "2026-11-01"))
        assert len(_reason_fields(page.form.fields["patient.weight_taken_on"])) == fields
        page.presenter.throw_away()


def _reason_fields(field: object) -> list[object]:
    from PySide6.QtWidgets import QLineEdit, QWidget

    assert isinstance(field, QWidget)
    found = field.window().findChildren(QLineEdit)
    return [each for each in found if each.objectName() == "reason order.weight-old" and each.isVisible()]


@pytest.mark.req("REQ-VER-002")
def test_the_accept_button_is_the_main_one_until_it_was_pressed(
    qtbot: QtBot, open_window: Open, desk: Desk
) -> None:
    kept_by_technician(desk)
    window = open_window(desk)
    page = page_of(window)
    card = page.save
    assert card.accept.isVisible()
    assert (card.accept.filled, card.open_plan.filled) == (True, False)
    card.accept.click()
    settle(qtbot, window)
    assert window.page is not None
    assert window.page.name is PageName.PLAN
    window.go_to(PageName.ORDERS)
    settle(qtbot, window)
    assert not card.accept.isVisible()
    assert card.open_plan.filled


# The plan


def plan_of(qtbot: QtBot, window: MainWindow) -> PlanPage:
    window.go_to(PageName.PLAN)
    settle(qtbot, window)
    page = window.page
    assert isinstance(page, PlanPage)
    return page


@pytest.mark.req("REQ-VER-002")
def test_a_plan_waits_for_the_order_and_then_for_a_pharmacist(
    qtbot: QtBot, open_window: Open, desk: Desk
) -> None:
    kept_by_technician(desk)
    page = plan_of(qtbot, open_window(desk))
    assert not page.accept.isEnabled()
    assert page.accept.accessibleDescription() == "A pharmacist accepts the order first."
    desk.accept_order("RX-1001")
    page.reload()
    settle(qtbot, page.window())  # type: ignore[arg-type]  # the main window
    assert page.accept.isEnabled()
    technicians = plan_of(qtbot, open_window(worked_by(desk, TECHNICIAN)))
    assert not technicians.accept.isEnabled()
    assert technicians.accept.accessibleDescription() == "A pharmacist accepts the plan."


def test_an_order_of_a_file_is_accepted_like_any_other(desk: Desk, words: Catalogue) -> None:
    order = desk.read_order(order_document(**OLD_WEIGHT)).order
    assert order is not None
    desk.keep_order(order, None)
    bench = bench_on(desk, words)
    assert bench.form.may_be_accepted
    bench.presenter.accept()
    assert desk.accepted_orders() == {"RX-1001"}
