"""Scans on the Record page, and the way there from the search."""

from __future__ import annotations

import pytest

from db.engine import Database
from tests.ui.record.conftest import OpenPage, Settle
from tests.ui.record.test_page import BAG, fill, things
from ui.page import Subject
from ui.record.page import RecordPage
from ui.scan_answer import AnswerKind, ScanAnswer


def scan(page: RecordPage, settle: Settle, text: str) -> ScanAnswer:
    answers: list[ScanAnswer] = []
    page.scan_answered.connect(answers.append)
    page.scanned(text)
    settle()
    page.scan_answered.disconnect(answers.append)
    (answer,) = answers
    return answer


def test_a_scan_of_a_bag_shows_its_entries(file: Database, open_page: OpenPage, settle: Settle) -> None:
    fill(file)
    page = open_page()
    assert page.scan_expected() == "Scan a bag or a product: the entries about it"
    page.show_view("recall")
    assert scan(page, settle, f"{BAG}01").kind is AnswerKind.ACCEPTED
    settle()
    assert page.view == "entries"
    assert things(page) == [f"bag {BAG}"]


def test_a_scan_of_a_product_shows_the_entries_that_name_its_lot(
    file: Database, open_page: OpenPage, settle: Settle
) -> None:
    fill(file)
    page = open_page()
    answer = scan(page, settle, "(01)02002611000019(17)271130(10)A-1(21)77")
    settle()
    assert (answer.kind, answer.sentence) == (AnswerKind.ACCEPTED, "Lot A-1.")
    assert things(page) == ["order RX-9"]


@pytest.mark.parametrize("code", ["(01)02002611000019(17)271130", "BADGE-17"])
def test_a_scan_that_names_neither_bag_nor_lot_changes_nothing(
    file: Database, open_page: OpenPage, settle: Settle, code: str
) -> None:
    fill(file)
    page = open_page()
    assert scan(page, settle, code).kind is AnswerKind.REFUSED
    assert len(things(page)) == 5


def test_the_search_leads_to_a_bags_entries(file: Database, open_page: OpenPage, settle: Settle) -> None:
    fill(file)
    page = open_page()
    page.show_subject(Subject("RX-1", 3, serial=BAG))
    settle()
    assert things(page) == [f"bag {BAG}"]
    page.entries.filters.clear.click()
    settle()
    page.show_subject(Subject("RX-1", 3, serial=BAG))
    settle()
    assert len(things(page)) == 5, "the same subject again does not overwrite what was asked since"
