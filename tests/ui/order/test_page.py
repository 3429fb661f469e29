"""The Orders page in a real window, on a real desk: keyboard alone, findings at fields, saving, drafts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.errors import StationTrouble
from pharmacy_app.domain.order import Order
from pharmacy_app.workflow.desk import Desk
from pharmacy_app.workflow.ports import OpenUnitOfWork, UnitOfWork
from tests.support.cut_text import cut_texts
from tests.ui.conftest import settle
from tests.ui.desks import ORDER, keep, order_document
from tests.ui.order.drafts import typed
from ui.main_window import MainWindow
from ui.order.page import OrderPage
from ui.page import PageName, Way
from ui.widgets.dialog import Dialog

# Names of people and places may be longer than any field: the line scrolls, a tooltip has the whole.
FREE_TEXTS = ("Family name", "Given names", "Prescriber", "Destination")

Open = Callable[[Desk], MainWindow]


def page_of(window: MainWindow) -> OrderPage:
    page = window.page
    assert isinstance(page, OrderPage)
    return page


def name_of(widget: QWidget) -> str:
    """What a screen reader says: buttons are named by their words."""
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


def press(key: Qt.Key, *, times: int = 1) -> None:
    for _ in range(times):
        QTest.keyClick(focused(), key)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def write(text: str) -> None:
    """Type into the focused line, then go on by Tab."""
    line = focused()
    assert isinstance(line, QLineEdit), line
    line.selectAll()
    QTest.keyClicks(line, text)
    press(Qt.Key.Key_Tab)


def choose(at: int) -> None:
    """Go to a segment by the arrow keys, choose it by space, go on by Tab."""
    press(Qt.Key.Key_Right, times=at)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Tab)


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> list[Way]:
    """The ways that were followed; the pages they lead to are not opened here."""
    followed: list[Way] = []
    monkeypatch.setattr(MainWindow, "_followed", lambda _window, way: followed.append(way))
    return followed


def fill_by_keyboard() -> None:
    """CLI.md's order, from the first field to the last, with nothing but keys."""
    for text in ("RX-1001", "4471023", "1979-03-14", "Tremblay", "Anne-Marie", "71.5", "2026-11-20"):
        write(text)
    press(Qt.Key.Key_Down, times=3)  # the third indication
    press(Qt.Key.Key_Tab)
    choose(0)  # cycle 1
    for text in ("2026-11-23", "14:00", "America/Toronto", "Dr. L. Okafor"):
        write(text)
    choose(0)  # inpatient
    write("6 East, bed 12")
    for _flag in range(3):
        choose(1)
    choose(0)  # no dose modification: the keyboard goes on into the second part
    for text in ("1", "7", "9", "8", "28", "28"):
        write(text)
    press(Qt.Key.Key_Tab)  # past "Add a line"
    press(Qt.Key.Key_Tab, times=3)  # durations, benzyl alcohol and preference stay
    choose(5)  # Saturday
    press(Qt.Key.Key_Backtab)
    choose(1)  # and Sunday, the next one
    focused_box = focused()
    QTest.keyClicks(focused_box, "Ontario")
    press(Qt.Key.Key_Tab)
    write("9")


def test_the_whole_form_can_be_filled_and_saved_with_the_keyboard_alone(
    qtbot: QtBot, open_window: Open, desk: Desk, ways: list[Way]
) -> None:
    window = open_window(desk)
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    fill_by_keyboard()
    settle(qtbot, window)
    page = page_of(window)
    assert page.form.draft() == typed()
    assert page.save.save.why == ""
    while focused() is not page.save.save.button:
        press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: ways != [])
    assert [each.order for each in desk.orders()] == [desk.read_order(ORDER).order]
    assert (ways[0].page, ways[0].subject.order_number) == (PageName.PLAN, "RX-1001")


def test_tab_goes_through_the_form_in_reading_order(qtbot: QtBot, open_window: Open, desk: Desk) -> None:
    window = open_window(desk)
    window.resize(1920, 1080)
    page = page_of(window)
    page.new_order()
    settle(qtbot, window)
    places = []
    first = focused()
    while True:
        at = focused().mapTo(window, focused().rect().topLeft())
        places.append((name_of(focused()), at))
        press(Qt.Key.Key_Tab)
        if focused() is first:
            break
    names = [name for name, _at in places]
    assert names.index("Order number") < names.index("Record number") < names.index("Date of birth")
    assert names.index("Date of birth") < names.index("Family name") < names.index("Weight")
    assert len(names) == len(set(names)), "a stop came twice"
    assert "" not in names


@pytest.fixture(params=["en_CA", "fr_CA", "de_DE", "ar_EG", "hi_IN"])
def locale(request: pytest.FixtureRequest) -> Iterator[str]:
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


@pytest.mark.parametrize("given", ["28,125", "28.125,0", "28 125", "1,000"])
def test_a_comma_is_refused_in_every_locale_and_stays_as_typed(
    qtbot: QtBot, open_window: Open, desk: Desk, locale: str, given: str
) -> None:
    window = open_window(desk)
    page = page_of(window)
    page.new_order()
    edit = page.form.fields["patient.weight_kg"].control
    edit.setFocus()
    write(given)
    settle(qtbot, window)
    assert isinstance(edit, QLineEdit)
    assert edit.text() == given
    (remark,) = page.form.fields["patient.weight_kg"].remarks
    assert remark.sentence == f"Given {given}. Expected kilograms with a point, such as 71.5."
    assert edit.property("mark") == "stop"


def test_a_comma_in_a_dose_or_a_day_is_refused_as_typed(
    qtbot: QtBot, open_window: Open, desk: Desk, locale: str
) -> None:
    window = open_window(desk)
    page = page_of(window)
    page.new_order()
    page.form.focus_field("prescribed")
    for text in ("1", "28", "28,125"):
        write(text)
    page.form.fields["patient.weight_kg"].set_focus()
    settle(qtbot, window)
    assert page.form.doses.lines[0].mcg_per_day == "28,125"
    (remark,) = page.form.doses.remarks
    assert remark.sentence == "Given 28,125. Expected a number with a point, such as 2.5, written as text."


def test_findings_stand_at_their_fields_and_the_counts_lead_there(
    qtbot: QtBot, open_window: Open, desk: Desk
) -> None:
    window = open_window(desk)
    page = page_of(window)
    page.new_order()
    show_draft(qtbot, window, replace(typed(), start_time="2 pm").with_text("patient.weight_kg", "71,5"))
    assert [name for name, each in page.form.fields.items() if each.remarks] == [
        "patient.weight_kg",
        "start_at",
    ]
    texts = {button.text() for button in visible_buttons(page.save)}
    assert "2 refused" in texts
    next(each for each in visible_buttons(page.save) if each.text() == "2 refused").click()
    assert focused() is page.form.fields["patient.weight_kg"].control


def test_a_reason_is_typed_under_its_finding_and_opens_the_saving(
    qtbot: QtBot, open_window: Open, desk: Desk, ways: list[Way]
) -> None:
    window = open_window(desk)
    page = page_of(window)
    page.new_order()
    show_draft(qtbot, window, typed().with_text("patient.weight_taken_on", "2026-11-12"))
    assert not page.save.save.button.isEnabled()
    next(each for each in visible_buttons(page.save) if each.text() == "1 reason").click()
    QTest.keyClicks(focused(), "Scale was out of order")
    assert page.save.save.button.isEnabled()
    page.save.save.button.click()
    qtbot.waitUntil(lambda: ways != [])
    assert desk.orders()[0].reasons == (("order.weight-old", "Scale was out of order"),)


def test_a_double_click_on_save_stores_once(
    qtbot: QtBot, open_window: Open, desk: Desk, ways: list[Way]
) -> None:
    window = open_window(desk)
    page = page_of(window)
    page.new_order()
    show_draft(qtbot, window, typed())
    QTest.mouseDClick(page.save.save.button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.save.save.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert len(ways) == 1
    assert len(desk.orders()) == 1


class Failing:
    """Opens transactions as the real one does, until it is told to fail."""

    def __init__(self, real: OpenUnitOfWork) -> None:
        self._real = real
        self.error: Exception | None = None

    def __call__(self, *, reading: bool = False) -> UnitOfWork:
        if self.error is not None and not reading:
            raise self.error
        return self._real(reading=reading)


def test_station_trouble_is_a_line_with_try_again_and_nothing_typed_is_lost(
    qtbot: QtBot, open_window: Open, desk: Desk, ways: list[Way]
) -> None:
    failing = Failing(desk.open_unit_of_work)
    window = open_window(replace(desk, open_unit_of_work=failing))
    page = page_of(window)
    page.new_order()
    show_draft(qtbot, window, typed())
    failing.error = StationTrouble("trouble.write", {"path": "records", "reason": "no space left"})
    page.save.save.button.click()
    settle(qtbot, window)
    assert window.notice.text == "records cannot be written: no space left. Nothing was written."
    assert page.form.draft() == typed()
    failing.error = None
    next(each for each in visible_buttons(window.notice) if each.text() == "Try again").click()
    qtbot.waitUntil(lambda: ways != [])
    assert window.notice.text == ""
    assert len(desk.orders()) == 1


def test_a_bug_while_saving_shows_a_reference_that_can_be_copied(
    qtbot: QtBot, open_window: Open, desk: Desk, ways: list[Way], caplog: pytest.LogCaptureFixture
) -> None:
    failing = Failing(desk.open_unit_of_work)
    window = open_window(replace(desk, open_unit_of_work=failing))
    page = page_of(window)
    page.new_order()
    show_draft(qtbot, window, typed())
    failing.error = ZeroDivisionError("ours")
    page.save.save.button.click()
    settle(qtbot, window)
    next(each for each in visible_buttons(window.notice) if each.text() == "Copy the reference").click()
    reference = QApplication.clipboard().text()
    assert window.notice.text == (f"Something went wrong here. Reference {reference}. Nothing was changed.")
    assert f"bug {reference}" in caplog.text
    assert (ways, desk.orders()) == ([], ())
    assert page.save.save.button.isEnabled()
    caplog.clear()


def test_the_first_start_loads_the_training_pharmacy_by_one_key(
    qtbot: QtBot, open_window: Open, desk: Desk
) -> None:
    window = open_window(desk)
    assert focused() is page_of(window).first.load
    press(Qt.Key.Key_Return)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: not page_of(window).first.isVisible())
    settle(qtbot, window)
    assert len(desk.orders()) == 3
    assert {each.order.indication for each in desk.orders()} == {
        "consolidation",
        "mrd-positive",
        "relapsed-refractory",
    }


def test_an_order_on_file_opens_its_plan_by_enter(
    qtbot: QtBot, open_window: Open, desk: Desk, ways: list[Way]
) -> None:
    keep(desk, ORDER)
    open_window(desk)
    press(Qt.Key.Key_Return)
    assert [each.subject.order_number for each in ways] == ["RX-1001"]


def test_an_order_on_file_cannot_be_typed_into(qtbot: QtBot, open_window: Open, desk: Desk) -> None:
    keep(desk, ORDER)
    window = open_window(desk)
    page = page_of(window)
    edits = [each for each in page.form.findChildren(QLineEdit) if not each.isHidden()]
    assert len(edits) > 15
    assert all(each.isReadOnly() for each in edits)
    assert not page.form.doses.more.isVisibleTo(page.form.doses)
    for field in page.form.fields.values():
        assert all(not each.isEnabled() for each in field.findChildren(QCheckBox))
        assert all(not each.isEnabled() for each in field.findChildren(QRadioButton))
        assert all(not each.isEnabled() for each in field.findChildren(QComboBox))


def test_choosing_rows_by_arrow_keys_shows_each_order(qtbot: QtBot, open_window: Open, desk: Desk) -> None:
    keep(desk, ORDER)
    keep(
        desk,
        order_document(
            order_number="RX-2",
            start_at="2026-11-25T09:00",
            patient__record_number="8",
            patient__family_name="Singh",
            patient__date_of_birth="1980-01-01",
        ),
    )
    window = open_window(desk)
    page = page_of(window)
    assert page.form.draft().text("order_number") == "RX-2"
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    settle(qtbot, window)
    assert page.form.draft().text("order_number") == "RX-1001"
    assert window.subject.order_number == "RX-1001"


@pytest.mark.parametrize(("answer", "stays"), [("keep", True), ("throw", False)])
def test_leaving_with_something_typed_asks_whether_to_keep_the_draft(
    qtbot: QtBot, open_window: Open, desk: Desk, answer: str, *, stays: bool
) -> None:
    window = open_window(desk)
    page = page_of(window)
    page.new_order()
    show_draft(qtbot, window, typed())
    QTimer.singleShot(0, lambda: press_in_dialog(f"answer {answer}"))
    assert page.may_be_left()
    assert page.presenter.has_typed is stays


def test_esc_in_the_draft_question_stays_on_the_page(qtbot: QtBot, open_window: Open, desk: Desk) -> None:
    window = open_window(desk)
    page = page_of(window)
    page.new_order()
    show_draft(qtbot, window, typed())
    QTimer.singleShot(0, lambda: QTest.keyClick(open_dialog(), Qt.Key.Key_Escape))
    assert not page.may_be_left()
    assert page.presenter.has_typed


def test_leaving_an_untouched_form_asks_nothing(qtbot: QtBot, open_window: Open, desk: Desk) -> None:
    window = open_window(desk)
    page = page_of(window)
    page.new_order()
    settle(qtbot, window)
    assert page.may_be_left()
    assert not page.presenter.typing


@pytest.mark.req("REQ-PRO-004")
def test_every_dialog_carries_the_training_mark(qtbot: QtBot, open_window: Open, desk: Desk) -> None:
    window = open_window(desk)
    seen: list[str] = []

    def look() -> None:
        dialog = open_dialog()
        seen.extend(each.accessibleName() for each in dialog.findChildren(QWidget) if each.isVisible())
        seen.extend(cut_texts(dialog))
        dialog.close()

    QTimer.singleShot(0, look)
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert "TRAINING – NOT FOR PATIENT USE" in seen
    assert not [each for each in seen if "needs" in each]


@pytest.mark.parametrize("size", [(1280, 720), (1366, 768), (1920, 1080)])
@pytest.mark.parametrize("state", ["first", "file", "empty", "refused", "bags", "modified", "whole", "light"])
def test_no_text_is_cut(
    qtbot: QtBot, open_window: Open, desk: Desk, state: str, size: tuple[int, int]
) -> None:
    if state != "first":
        desk.start_training()
    window = open_window(desk)
    window.resize(*size)
    page = page_of(window)
    show_state(qtbot, window, state)
    qtbot.wait(50)  # the layouts settle
    assert cut_texts(window, may_scroll=FREE_TEXTS) == []
    assert page.height() + page.y() <= size[1]


def show_state(qtbot: QtBot, window: MainWindow, state: str) -> None:
    page = page_of(window)
    own = typed().with_text("order_number", "RX-1010").with_text("patient.record_number", "990")
    match state:
        case "empty":
            page.new_order()
            settle(qtbot, window)
        case "refused":
            page.new_order()
            old = own.with_text("patient.weight_taken_on", "2026-11-01").with_text(
                "patient.weight_kg", "71,5"
            )
            show_draft(qtbot, window, replace(old, start_time="2 pm", doses=(own.doses[1],)))
        case "bags":
            page.new_order()
            show_draft(qtbot, window, own)
            page.form.focus_field("bags.hospital_days")
        case "modified":
            page.new_order()
            event = own.with_choice("dose_modification", "crs")
            show_draft(qtbot, window, replace(event, grade="4", restart_day="1", modification_reason="CRS"))
        case "whole":
            page.new_order()
            show_draft(qtbot, window, own)
        case "light":
            page.new_order()
            show_draft(qtbot, window, own.with_text("patient.weight_kg", "44.9"))
        case _:
            settle(qtbot, window)


def show_draft(qtbot: QtBot, window: MainWindow, draft: object) -> None:
    """Put a draft into the form as if it had been typed, every field left."""
    page = page_of(window)
    page.presenter.change(draft)  # type: ignore[arg-type]
    for name in page.form.fields:
        page.presenter.left(name)
    settle(qtbot, window)


def visible_buttons(root: QWidget) -> list[QAbstractButton]:
    return [each for each in root.findChildren(QAbstractButton) if each.isVisible()]


def open_dialog() -> Dialog:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, Dialog)
    return dialog


def press_in_dialog(name: str) -> None:
    button = open_dialog().findChild(QAbstractButton, name)
    assert button is not None
    button.click()


def test_the_order_of_the_example_is_an_order(desk: Desk) -> None:
    assert isinstance(desk.read_order(ORDER).order, Order)
