"""The Record page worked as a person works it. What could mislead stands first."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from db.engine import Database
from pharmacy_app.workflow.desk import Desk
from pharmacy_app.workflow.record_book import PORTION
from pharmacy_app.workflow.record_export import ChainState
from pharmacy_app.workflow.record_question import RecordQuestion
from tests.support.cut_text import cut_texts
from tests.support.databases import run, without_guards
from tests.support.facts import events, started
from tests.support.record_books import whole_record
from tests.support.records import entry, keep, keep_events, numbered
from tests.ui.keyboard import focused
from tests.ui.record.conftest import OpenPage, Settle
from ui.gateway import Gateway
from ui.page import Subject
from ui.record.page import RecordPage

BAG = "2611200001"


def fill(file: Database) -> None:
    """Three orders, a bag, and a refusal: five entries."""
    keep(file, numbered("RX-1"), numbered("RX-2"), numbered("RX-3"))
    keep_events(file, *events(started("RX-1"), serial=BAG))
    with file() as work:
        work.audit.add(entry("order-refused", thing="order RX-9", lot="A-1"))
        work.commit()


def things(page: RecordPage) -> list[str]:
    """What the entries are about that are shown."""
    return [row.cells[2].lower for row in page.entries.table.rows]


def type_filter(page: RecordPage, settle: Settle, **texts: str) -> None:
    """Type into filters, and press Enter in the last one."""
    for name, text in texts.items():
        edit = page.entries.filters.fields[name].edit
        edit.setFocus()
        edit.clear()
        QTest.keyClicks(edit, text)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    settle()


# Whether the record is whole


@pytest.mark.req("REQ-AUD-002")
def test_a_broken_record_says_so_in_the_largest_words_and_marks_what_cannot_be_trusted(
    file: Database, open_page: OpenPage
) -> None:
    fill(file)
    without_guards(file.engine)
    run(file.engine, "UPDATE audit_entry SET person = 'somebody' WHERE number = 3")
    page = open_page()
    assert page.chain_card.text == "Broken at entry 3. Entries after it cannot be trusted."
    assert page.chain.view().icon == "stop"
    assert "audit.changed" in {each.code for each in page.chain_card.findings.remarks}
    marked = {row.key: row.cells[2].icon for row in page.entries.table.rows}
    assert marked == {"5": "stop", "4": "stop", "3": "stop", "2": "", "1": ""}


@pytest.mark.req("REQ-AUD-002")
def test_a_whole_record_says_how_long_it_is_and_when_it_was_sealed(
    file: Database, open_page: OpenPage
) -> None:
    fill(file)
    page = open_page()
    assert page.chain_card.text == "5 entries, unbroken, sealed 12:00"
    assert page.chain.view().icon == "done"
    assert page.chain_card.findings.remarks == ()


def test_the_check_runs_aside_and_one_at_a_time(
    file: Database, desk: Desk, open_page: OpenPage, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(file)
    page = open_page()
    hold, threads = threading.Event(), []
    check = type(desk.record).check

    def slow(book: object) -> ChainState:
        threads.append(threading.current_thread())
        hold.wait(5)
        return check(book)  # type: ignore[arg-type]

    monkeypatch.setattr(type(desk.record), "check", slow)
    page.show_subject(Subject("RX-1"))
    page.show_subject(Subject("RX-1"))
    page.chain_card.again.click()
    assert page.chain_card.text == "Checking the record …"
    page.entries.filters.ask_for(RecordQuestion(lot="A-1"))
    hold.set()
    settle()
    assert page.chain_card.text == "5 entries, unbroken, sealed 12:00"
    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()


def test_check_again_sees_what_has_happened_since(
    file: Database, open_page: OpenPage, settle: Settle
) -> None:
    fill(file)
    page = open_page()
    without_guards(file.engine)
    run(file.engine, "DELETE FROM audit_entry WHERE number = 5")
    page.chain_card.again.click()
    settle()
    assert page.chain_card.text == "Broken at entry 5. Entries after it cannot be trusted."


# Entries


@pytest.mark.req("REQ-AUD-004")
def test_entries_are_found_by_what_is_typed(file: Database, open_page: OpenPage, settle: Settle) -> None:
    fill(file)
    page = open_page()
    assert things(page) == ["order RX-9", f"bag {BAG}", "order RX-3", "order RX-2", "order RX-1"]
    type_filter(page, settle, bag="261120 0001")
    assert things(page) == [f"bag {BAG}"]
    type_filter(page, settle, bag="", lot="A-1")
    assert things(page) == ["order RX-9"]
    page.entries.filters.clear.click()
    settle()
    assert len(things(page)) == 5
    assert page.entries.filters.question == RecordQuestion()


def test_filters_that_cannot_be_read_say_so_at_their_fields_and_show_no_entries(
    file: Database, open_page: OpenPage, settle: Settle
) -> None:
    fill(file)
    page = open_page()
    type_filter(page, settle, bag="317", since="yesterday")
    remarks = {name: field.remarks for name, field in page.entries.filters.fields.items() if field.remarks}
    assert {name: [each.sentence for each in found] for name, found in remarks.items()} == {
        "bag": ["Given 317. Expected the ten digits of a bag, such as 261026 0317."],
        "since": [
            "Given yesterday. Expected a day such as 2026-10-26, or a day and time such as 2026-10-26 14:00."
        ],
    }
    assert things(page) == []
    assert page.entries.empty == ""
    type_filter(page, settle, bag=BAG, since="2026-11-20")
    assert things(page) == [f"bag {BAG}"]
    assert not any(field.remarks for field in page.entries.filters.fields.values())


def test_where_no_entry_matches_a_sentence_says_so_and_the_filter_can_be_cleared(
    file: Database, open_page: OpenPage, settle: Settle
) -> None:
    fill(file)
    page = open_page()
    type_filter(page, settle, person="nobody")
    assert page.entries.empty == "No entry matches."
    page.entries.clear.click()
    settle()
    assert page.entries.empty == ""
    assert len(things(page)) == 5


def test_an_entry_is_shown_whole_and_nothing_of_it_can_be_edited(file: Database, open_page: OpenPage) -> None:
    fill(file)
    page = open_page()
    page.entries.table.selectRow(2)
    shown = page.presenter.view().entry
    recorded = whole_record(file)[2]
    assert shown is not None
    assert shown.title == "Entry 3"
    assert dict(shown.about) == {
        "Act": "Order entered",
        "Thing": "order RX-3",
        "Who": "training",
        "Station": "desk",
        "Site time": "2026-11-20T12:00:00.000000-05:00, America/Toronto",
        "UTC": "2026-11-20T17:00:00.000000Z",
    }
    assert dict(shown.facts)["starts at"] == "2026-11-23T19:00:00.000000Z"
    digests = {name: text.replace(" ", "") for name, text in shown.digests}
    assert digests == {
        "Of the thing before": "none",
        "Of the thing after": recorded.digest_after,
        "Of this entry": recorded.digest,
        "Of the entry before it": recorded.previous,
    }
    assert page.entries.entry.findChildren(QLineEdit) == []
    index = page.entries.table.model().index(0, 0)
    assert not index.flags() & Qt.ItemFlag.ItemIsEditable
    assert page.entries.table.editTriggers() == QAbstractItemView.EditTrigger.NoEditTriggers


def test_a_long_record_is_turned_over_in_portions(
    file: Database, open_page: OpenPage, settle: Settle
) -> None:
    with file() as work:
        for number in range(PORTION + 3):
            work.audit.add(entry("order-refused", thing=f"order RX-{number}"))
        work.commit()
    page = open_page()
    assert page.entries.shown == "1 to 200 of 203 entries, newest first"
    assert (page.entries.older.isVisible(), page.entries.newer.isVisible()) == (True, False)
    page.entries.older.click()
    settle()
    assert page.entries.shown == "201 to 203 of 203 entries, newest first"
    assert things(page) == ["order RX-2", "order RX-1", "order RX-0"]
    assert (page.entries.older.isVisible(), page.entries.newer.isVisible()) == (False, True)
    page.entries.newer.click()
    settle()
    assert things(page)[0] == "order RX-202"


def test_a_change_elsewhere_in_the_window_brings_its_entry(
    file: Database, desk: Desk, open_page: OpenPage, settle: Settle, gateway: Gateway
) -> None:
    page = open_page()
    assert page.entries.empty == "No entry matches."
    gateway.change(lambda: keep(file, numbered("RX-1")), nouns=page.nouns, done=lambda _nothing: None)
    settle()
    settle()
    assert things(page) == ["order RX-1"]


# The looks


@pytest.mark.parametrize("size", [(1132, 602), (1218, 650), (1772, 962)])
def test_nothing_is_cut_off(
    qtbot: QtBot, file: Database, open_page: OpenPage, settle: Settle, size: tuple[int, int]
) -> None:
    fill(file)
    page = open_page()
    window = page.parentWidget()
    assert isinstance(window, QWidget)
    window.resize(*size)
    settle()
    qtbot.waitUntil(lambda: cut_texts(page) == [])
    type_filter(page, settle, bag="317", since="yesterday", until="today")
    qtbot.waitUntil(lambda: cut_texts(page) == [])
    page.show_view("recall")
    settle()
    qtbot.waitUntil(lambda: cut_texts(page) == [])
