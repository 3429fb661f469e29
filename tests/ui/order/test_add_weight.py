"""A weight that is taken during the course, added to an accepted order in the real window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.scan import BagScan
from pharmacy_app.workflow.desk import Desk
from pharmacy_app.workflow.label import Paper
from pharmacy_app.workflow.print_send import Target
from tests.support.bench import Day, prepared
from tests.support.cut_text import cut_texts
from tests.ui.bag.test_page import DUE
from tests.ui.conftest import settle
from tests.ui.desks import NOW, ORDER
from tests.ui.order.pages import page_of
from ui.main_window import MainWindow
from ui.order.page import OrderPage
from ui.order.weight_dialog import WeightDialog

Open = Callable[[Desk], MainWindow]
NUMBER = "RX-1001"


@dataclass(slots=True)
class AtOrder:
    """An order on file, in the window, with the dialog open."""

    qtbot: QtBot
    window: MainWindow
    day: Day

    @property
    def page(self) -> OrderPage:
        return page_of(self.window)

    def open(self) -> WeightDialog:
        self.page.save.add_weight.click()
        dialog = self.page.weight
        assert dialog is not None
        return dialog

    def give(self, dialog: WeightDialog, **texts: str) -> list[str]:
        """Type into these fields, press the button, and give the codes of what is said then."""
        for name, text in texts.items():
            edit = dialog.fields[name.removesuffix("_")].edit
            assert edit.isVisible(), name
            edit.clear()
            QTest.keyClicks(edit, text)
        dialog.give.click()
        settle(self.qtbot, self.window)
        return [each.code for each in dialog.findings.remarks]

    def weights(self) -> list[str]:
        with self.day.database(reading=True) as work:
            return [each.weight.number for each in work.weights.history(NUMBER)]


@pytest.fixture
def at_order(qtbot: QtBot, open_window: Open, desk: Desk) -> AtOrder:
    day = Day(desk.open_unit_of_work, now=NOW)
    day.hire()
    day.accept()
    window = open_window(desk)
    settle(qtbot, window)
    return AtOrder(qtbot, window, day)


@pytest.mark.req("REQ-ORD-012")
def test_a_usual_weight_is_kept_at_once(at_order: AtOrder) -> None:
    dialog = at_order.open()
    assert not dialog.fields["again"].isVisible()
    assert at_order.give(dialog, weight="70.2", taken_on="2026-11-20") == []
    assert at_order.weights() == ["70.2"]
    assert dialog.outcome.text() == "The weight is kept. It stops no bag."
    dialog.back.click()
    assert at_order.page.weight is None


@pytest.mark.req("REQ-ORD-012")
def test_an_unusual_weight_is_typed_twice_with_a_reason(at_order: AtOrder) -> None:
    dialog = at_order.open()
    codes = at_order.give(dialog, weight="64", taken_on="2026-11-20")
    assert codes == ["weight.type-again", "weight.reason-missing"]
    assert at_order.give(dialog, again="46", reason="Diarrhea") == ["weight.typed-otherwise"]
    assert at_order.weights() == []
    assert at_order.give(dialog, again="64") == []
    assert at_order.weights() == ["64"]


@pytest.mark.req("REQ-ORD-012")
def test_another_first_weight_is_asked_for_anew(at_order: AtOrder) -> None:
    dialog = at_order.open()
    at_order.give(dialog, weight="64", taken_on="2026-11-20")
    QTest.keyClicks(dialog.fields["again"].edit, "64")
    QTest.keyClicks(dialog.fields["weight"].edit, ".5")
    assert dialog.fields["again"].text == ""
    assert not dialog.fields["again"].isVisible()


@pytest.mark.parametrize(
    ("weight", "day", "codes"),
    [
        ("70,2", "2026-02-30", ["expected.kilograms", "expected.date"]),
        ("70 kg", "2026-11-20", ["expected.kilograms"]),
        ("70.2", "20-11-2026", ["expected.date"]),
        ("70.2", "2026-11-21", ["weight.after-today"]),
    ],
)
def test_what_cannot_be_read_or_be_is_refused_and_stays_as_typed(
    at_order: AtOrder, weight: str, day: str, codes: list[str]
) -> None:
    dialog = at_order.open()
    assert at_order.give(dialog, weight=weight, taken_on=day) == codes
    assert dialog.fields["weight"].text == weight
    assert at_order.weights() == []


def test_an_order_that_is_not_accepted_takes_no_weight(qtbot: QtBot, open_window: Open, desk: Desk) -> None:
    order = desk.read_order(ORDER).order
    assert order is not None
    desk.keep_order(order, {}, accept=False)
    window = open_window(desk)
    settle(qtbot, window)
    assert not page_of(window).save.add_weight.isVisible()


@pytest.mark.req("REQ-ORD-012")
@pytest.mark.parametrize("size", [(1280, 720), (1366, 768)])
def test_a_weight_below_the_minimum_names_the_bags_that_it_stops_and_those_that_hang(
    qtbot: QtBot, open_window: Open, desk: Desk, size: tuple[int, int]
) -> None:
    day = Day(desk.open_unit_of_work)
    day.stock()
    day.hire()
    number = day.accept()
    hung = prepared(day, number)
    day.release(hung)
    desk = desk.at_time(lambda: day.now)
    desk.printing.print_label(hung, Target(desk.printing.found_printers().names[0], Paper("4x3", 203)))
    desk.ledger.match(BagScan(hung, 0, ""), BagScan(hung, 1, ""))
    desk.ledger.refrigerate(hung)
    day.units_before = 10  # of the vials that the first bag took
    waiting = prepared(day, number, 2)
    desk.ledger.dispense(BagScan(hung, 1, ""))
    day.now = DUE
    desk.ledger.take_out(hung)
    desk.ledger.hang(BagScan(hung, 1, ""))
    window = open_window(desk)
    window.resize(*size)
    settle(qtbot, window)
    at_order = AtOrder(qtbot, window, day)
    qtbot.waitUntil(lambda: cut_texts(at_order.page.save) == [])
    dialog = at_order.open()
    at_order.give(dialog, weight="44", taken_on="2026-11-23")
    assert cut_texts(dialog) == []
    assert at_order.give(dialog, again="44", reason="Weighed twice") == ["verify.weight-below"]
    assert (hung, waiting) == ("2611230001", "2611230002")
    assert dialog.outcome.text().split("\n") == [
        "Hangs now: bag 1 (261123 0001). Ask the prescriber; what becomes of it, a person decides.",
        "Made and not released, and cannot be released: bag 2 (261123 0002).",
    ]
    assert cut_texts(dialog) == []
