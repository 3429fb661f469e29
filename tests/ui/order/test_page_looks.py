"""Nothing on the Orders page is cut off, in any state, at any size."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QWidget,
)
from pytestqt.qtbot import QtBot

from pharmacy_app.workflow.desk import Desk
from tests.support.cut_text import cut_texts
from tests.ui.conftest import settle
from tests.ui.order.drafts import typed
from tests.ui.order.pages import (
    Open,
    open_dialog,
    page_of,
    show_draft,
)
from ui.main_window import MainWindow

# Names of people and places may be longer than any field: the line scrolls, a tooltip has the whole.
FREE_TEXTS = ("Family name", "Given names", "Prescriber", "Destination")


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

    def nothing_is_cut() -> None:
        assert cut_texts(window, may_scroll=FREE_TEXTS) == []

    qtbot.waitUntil(nothing_is_cut)  # layouts settle in several rounds
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
