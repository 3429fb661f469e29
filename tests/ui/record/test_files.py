"""What is filtered on the Record page, given out as a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.engine import Database
from pharmacy_app.workflow import record_export
from pharmacy_app.workflow.record_export import Form
from tests.support.record_books import csv_rows, whole_record
from tests.ui.record.conftest import OpenPage, Settle
from tests.ui.record.test_page import fill, things, type_filter
from ui.gateway import Gateway


@pytest.mark.req("REQ-AUD-004")
@pytest.mark.parametrize("form", list(Form))
def test_what_is_filtered_is_given_out_as_a_file_and_that_is_an_entry(
    file: Database, open_page: OpenPage, settle: Settle, tmp_path: Path, form: Form
) -> None:
    fill(file)
    page = open_page()
    type_filter(page, settle, lot="A-1")
    asked: list[str] = []
    place = tmp_path / f"given.{form.value}"
    page.giving_out.ask_place = lambda name, _form: asked.append(name) or place  # type: ignore[func-returns-value]
    page.giving_out.buttons[form].click()
    settle()
    settle()
    assert asked == [f"record.{form.value}"]
    assert page.said == f"Given out, with an entry in the record: {place}"
    content = place.read_bytes()
    told = whole_record(file)[-1]
    assert told.act == "record-exported"
    assert '"filter lot":"A-1"' in told.facts
    assert things(page) == ["order RX-9"]
    if form is Form.CSV:
        assert ["Filter: Lot", "A-1"] in csv_rows(content)


def test_a_file_that_is_refused_is_not_written_and_its_refusal_is_an_entry(
    file: Database, open_page: OpenPage, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(record_export.MOST, Form.PDF, 2)
    fill(file)
    page = open_page()
    place = tmp_path / "given.pdf"
    page.giving_out.ask_place = lambda _name, _form: place
    page.giving_out.buttons[Form.PDF].click()
    settle()
    assert [each.sentence for each in page.refusals.remarks] == [
        "5 entries are meant. A file as PDF takes 2. Narrow the filter, by time for instance."
    ]
    assert page.said == ""
    assert not place.exists()
    assert [each.act for each in whole_record(file)[5:]] == ["clock-jumped", "export-refused"]


def test_who_thinks_better_of_it_gives_nothing_out(
    file: Database, open_page: OpenPage, settle: Settle
) -> None:
    fill(file)
    page = open_page()
    page.giving_out.ask_place = lambda _name, _form: None
    page.giving_out.buttons[Form.CSV].click()
    settle()
    assert len(whole_record(file)) == 5


def test_a_place_that_cannot_be_written_is_trouble_of_the_station(
    file: Database, open_page: OpenPage, settle: Settle, tmp_path: Path, gateway: Gateway
) -> None:
    fill(file)
    page = open_page()
    troubles: list[object] = []
    gateway.troubled.connect(troubles.append)
    page.giving_out.ask_place = lambda _name, _form: tmp_path / "no such folder" / "given.csv"
    page.giving_out.buttons[Form.CSV].click()
    settle()
    settle()
    assert len(troubles) == 1
    assert page.said == ""
