"""The Label page in a real window: whole dots, nothing stale, the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pharmacy_app.workflow.desk import Desk
from pharmacy_app.workflow.ports import Picture
from tests.support.cut_text import cut_texts
from tests.ui.conftest import settle
from tests.ui.desks import ORDER
from tests.ui.keyboard import focused
from tests.ui.label.test_presenter import accepted
from ui.label.page import LabelPage
from ui.label.preview import LabelPreview
from ui.main_window import MainWindow
from ui.page import PageName, Subject

Open = Callable[[Desk], MainWindow]
SIZES = [(1280, 720), (1366, 768), (1920, 1080)]


def page_on(qtbot: QtBot, open_window: Open, desk: Desk) -> LabelPage:
    window = open_window(accepted(desk, ORDER))
    window.go_to(PageName.LABEL, Subject("RX-1001", 2))
    settle(qtbot, window)
    page = window.page
    assert isinstance(page, LabelPage)
    return page


def settle_page(qtbot: QtBot, page: LabelPage) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    settle(qtbot, window)
    QApplication.processEvents()


@pytest.mark.req("REQ-LBL-005")
def test_the_preview_shows_each_dot_of_the_printer_as_it_is(
    qtbot: QtBot, open_window: Open, desk: Desk
) -> None:
    page = page_on(qtbot, open_window, desk)
    made = page.presenter.made
    assert made is not None
    picture = desk.picture(made.pdf, dpi=203)
    image = page.preview.image
    assert (image.width(), image.height()) == (picture.width, picture.height)
    assert {image.pixelColor(x, 300).lightness() for x in range(picture.width)} == {0, 255}
    assert page.preview.place().width() == picture.width


def test_another_stock_empties_the_preview_until_its_own_picture_is_there(
    qtbot: QtBot, open_window: Open, desk: Desk
) -> None:
    page = page_on(qtbot, open_window, desk)
    page.choices.stock.box.setFocus()
    QTest.keyClick(page.choices.stock.box, Qt.Key.Key_Down)
    page.choices.stock.box.activated.emit(page.choices.stock.box.currentIndex())
    assert page.preview.image.isNull()
    assert not page.save.isEnabled()
    settle_page(qtbot, page)
    made = page.presenter.made
    assert made is not None
    assert made.stock == "4x6"
    assert page.preview.image.height() > page.preview.image.width()


def test_of_several_choices_in_a_row_only_the_last_is_shown(
    qtbot: QtBot, open_window: Open, desk: Desk
) -> None:
    page = page_on(qtbot, open_window, desk)
    for bag in (3, 4, 1):
        page.show_subject(Subject("RX-1001", bag))
    settle_page(qtbot, page)
    made = page.presenter.made
    assert made is not None
    assert made.bag.number == 1
    assert "1 of 4" in page.chooser.text.replace("\u00a0", " ")


def test_300_dots_are_chosen_with_the_keyboard(qtbot: QtBot, open_window: Open, desk: Desk) -> None:
    page = page_on(qtbot, open_window, desk)
    page.choices.dots.choice.focus_target().setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Right)
    settle_page(qtbot, page)
    made = page.presenter.made
    assert made is not None
    assert made.dpi == 300
    assert page.preview.image.width() in range(1199, 1202)


def test_ctrl_right_goes_to_the_next_bag(qtbot: QtBot, open_window: Open, desk: Desk) -> None:
    page = page_on(qtbot, open_window, desk)
    QTest.keyClick(page, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    settle_page(qtbot, page)
    assert page.presenter.request.bag == 3


def test_a_label_is_saved_with_the_keyboard(
    qtbot: QtBot, open_window: Open, desk: Desk, tmp_path: Path
) -> None:
    page = page_on(qtbot, open_window, desk)
    page.ask_path = lambda name: tmp_path / name
    page.save.setFocus()
    QTest.keyClick(page.save, Qt.Key.Key_Return)
    settle_page(qtbot, page)
    made = page.presenter.made
    assert made is not None
    assert (tmp_path / "label-RX-1001-bag-2-4x3.pdf").read_bytes() == made.pdf


def test_a_place_that_cannot_be_written_is_station_trouble_in_words(
    qtbot: QtBot, open_window: Open, desk: Desk, tmp_path: Path
) -> None:
    page = page_on(qtbot, open_window, desk)
    page.ask_path = lambda name: tmp_path / "nowhere" / name
    page.save.click()
    settle_page(qtbot, page)
    window = page.window()
    assert isinstance(window, MainWindow)
    assert "cannot be written" in window.notice.text


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("stock", ["4x3", "4x6"])
def test_no_text_is_cut(
    qtbot: QtBot, open_window: Open, desk: Desk, stock: str, size: tuple[int, int]
) -> None:
    page = page_on(qtbot, open_window, desk)
    page.window().resize(*size)
    page.choices.stock.set_value(stock)
    page.choices.stock.typed.emit()
    settle_page(qtbot, page)
    assert page.window().size().toTuple() == size
    qtbot.waitUntil(lambda: cut_texts(page) == [])


def preview_of(qtbot: QtBot, width: int, height: int) -> LabelPreview:
    preview = LabelPreview()
    qtbot.addWidget(preview)
    preview.resize(400, 300)
    preview.show_picture(Picture(width, height, bytes(width * height)))
    return preview


def test_a_label_that_fits_stands_in_the_middle_and_does_not_move(qtbot: QtBot) -> None:
    preview = preview_of(qtbot, 200, 100)
    QTest.keyClick(preview, Qt.Key.Key_Right)
    assert preview.fits
    assert preview.place().topLeft() == QPoint(100, 100)


def test_arrow_keys_move_a_larger_label_as_far_as_its_edge(qtbot: QtBot) -> None:
    preview = preview_of(qtbot, 500, 350)
    assert not preview.fits
    assert preview.place().topLeft() == QPoint(0, 0)
    for _ in range(5):
        QTest.keyClick(preview, Qt.Key.Key_Right)
        QTest.keyClick(preview, Qt.Key.Key_Down)
    assert preview.place().topLeft() == QPoint(-100, -50)
    QTest.keyClick(preview, Qt.Key.Key_Left)
    assert preview.place().left() == -40


def test_plus_and_minus_change_by_whole_pixels_of_a_dot(qtbot: QtBot) -> None:
    preview = preview_of(qtbot, 200, 100)
    zooms: list[int] = []
    preview.zoomed.connect(zooms.append)
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Plus, Qt.Key.Key_Plus, Qt.Key.Key_Minus):
        QTest.keyClick(preview, key)
    assert zooms == [2, 3, 2]
    assert preview.place().width() == 400
