"""The record given out: CSV, JSON, PDF. Each names its filter, its entries, and the state of the chain."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from db.engine import Database
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.workflow import record_export
from pharmacy_app.workflow.record_export import Export, Form
from pharmacy_app.workflow.record_question import QuestionRefused, RecordQuestion
from tests.support.databases import run, without_guards
from tests.support.facts import NOON
from tests.support.pdf_text import read_pages
from tests.support.record_books import book_of, csv_rows, whole_record
from tests.support.records import entry, keep, keep_one_of_each, numbered
from tests.support.stations import ADMINISTRATOR, TECHNICIAN

EVERYTHING = RecordQuestion()


def drawn_up(database: Database, form: Form, question: RecordQuestion = EVERYTHING) -> Export:
    return book_of(database).draw_up(question, form)


@pytest.mark.req("REQ-AUD-004")
def test_a_csv_file_names_its_filter_its_entries_and_the_chains_state(database: Database) -> None:
    keep(database, numbered("RX-1"), numbered("RX-2"))
    made = drawn_up(database, Form.CSV, RecordQuestion(person="training", since="2026-11-20"))
    assert made.name == "record-20261120-1000.csv"
    assert csv_rows(made.content)[:10] == [
        ["Mark", "TRAINING – NOT FOR PATIENT USE"],
        ["Pharmacy", "Training Pharmacy"],
        ["Made", "2026-NOV-20 10:00 UTC-05:00"],
        ["Made by", "A. Chen at desk"],
        ["Filter: Person", "training"],
        ["Filter: From", "2026-11-20"],
        ["Entries in this file", "2"],
        ["The whole record", "2 entries, unbroken, sealed 12:00"],
        [],
        [
            "number", "at", "site_time", "site_zone", "act", "thing", "person", "station", "facts",
            "digest_before", "digest_after", "previous", "digest", "who", "what",
        ],
    ]  # fmt: skip


@pytest.mark.req("REQ-AUD-004")
def test_a_csv_file_holds_every_field_of_every_entry_as_it_stands_oldest_first(database: Database) -> None:
    keep(database, numbered("RX-1"), numbered("RX-2"))
    rows = csv_rows(drawn_up(database, Form.CSV).content)
    body = rows[rows.index([]) + 2 :]
    first, second = whole_record(database)
    assert [row[0] for row in body] == ["1", "2"]
    assert body[1] == [
        "2", "2026-11-20T17:00:00.000000Z", "2026-11-20T12:00:00.000000-05:00", "America/Toronto",
        "order-added", "order RX-2", "training", "desk", second.facts, "", second.digest_after, first.digest,
        second.digest, "training", "Order entered",
    ]  # fmt: skip


@pytest.mark.req("REQ-AUD-004")
@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "'quoted", "\t=1", "\uff1d1"])
def test_no_cell_of_a_csv_file_is_a_formula(database: Database, cell: str) -> None:
    with database() as work:
        work.audit.add(replace(entry("order-refused", thing=cell), person=cell, station=cell))
        work.commit()
    rows = csv_rows(drawn_up(database, Form.CSV).content)
    assert [rows[-1][place] for place in (5, 6, 7, 13)] == [f"'{cell}"] * 4


@pytest.mark.req("REQ-AUD-004")
def test_a_json_file_holds_the_same(database: Database) -> None:
    keep(database, numbered("RX-1"), numbered("RX-2"))
    made = drawn_up(database, Form.JSON, RecordQuestion(patient="4471023"))
    document = json.loads(made.content)
    entries = document.pop("entries")
    assert document == {
        "training": True,
        "pharmacy": "Training Pharmacy",
        "made_at": "2026-11-20T10:00:00-05:00",
        "made_by": "A. Chen",
        "station": "desk",
        "filter": {"patient": "4471023"},
        "count": 2,
        "chain": {"entries": 2, "first_bad": None, "sealed": 2, "findings": []},
    }
    first = whole_record(database)[0]
    assert entries[0] == {
        "number": 1,
        "at": "2026-11-20T17:00:00.000000Z",
        "site_time": "2026-11-20T12:00:00.000000-05:00",
        "site_zone": "America/Toronto",
        "act": "order-added",
        "thing": "order RX-1",
        "person": "training",
        "station": "desk",
        "facts": first.facts,
        "digest_before": "",
        "digest_after": first.digest_after,
        "previous": "0" * 64,
        "digest": first.digest,
        "who": "training",
        "what": "Order entered",
    }
    assert [each["number"] for each in entries] == [1, 2]


@pytest.mark.req("REQ-AUD-004")
def test_a_pdf_file_can_be_read(database: Database) -> None:
    keep_one_of_each(database)
    made = drawn_up(database, Form.PDF)
    pages = read_pages(made.content)
    text = " ".join(page.text for page in pages)
    parts = ["TRAINING – NOT FOR PATIENT USE", "The record", "A. Chen at desk", "none, every entry"]
    parts += ["1 · Order entered – order RX-1001", "UTC 2026-11-20T17:00:00.000000Z"]
    parts += ["reason order.weight-old: weighed again by phone"]
    for part in parts:
        assert part in text
    for each in whole_record(database)[:3]:
        assert each.digest in text


@pytest.mark.req("REQ-AUD-002", "REQ-AUD-004")
@pytest.mark.parametrize("form", [Form.CSV, Form.JSON, Form.PDF])
def test_a_file_made_of_a_broken_record_says_so(database: Database, engine: Engine, form: Form) -> None:
    keep(database, numbered("RX-1"), numbered("RX-2"), numbered("RX-3"))
    without_guards(engine)
    run(engine, "UPDATE audit_entry SET person = 'somebody' WHERE number = 2")
    made = drawn_up(database, form)
    if form is Form.JSON:
        assert json.loads(made.content)["chain"]["first_bad"] == 2
    elif form is Form.CSV:
        assert ["The whole record", "Broken at entry 2. Entries after it cannot be trusted."] in csv_rows(
            made.content
        )
    else:
        assert "Broken at entry 2." in read_pages(made.content)[0].text
    assert ("chain", "broken") in made.told


@pytest.mark.req("REQ-AUD-001", "REQ-AUD-004")
def test_giving_out_a_file_is_an_entry_with_its_filter_and_its_digest(database: Database) -> None:
    keep(database, numbered("RX-1"))
    book = book_of(database, ADMINISTRATOR)
    made = book.draw_up(RecordQuestion(lot="A-1"), Form.CSV)
    assert len(whole_record(database)) == 1
    book.keep_export(made)
    told = [each for each in whole_record(database) if each.act == "record-exported"]
    assert [(each.thing, each.person) for each in told] == [("record", "admin")]
    assert json.loads(told[0].facts) == {
        "chain": "unbroken",
        "entries": "0",
        "filter lot": "A-1",
        "form": "csv",
        "sha256": hashlib.sha256(made.content).hexdigest(),
    }


@pytest.mark.req("REQ-AUD-004")
def test_a_record_longer_than_one_portion_is_given_out_whole(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_export, "_AT_ONCE", 2)
    keep(database, *(numbered(f"RX-{number}") for number in range(1, 6)))
    entries = json.loads(drawn_up(database, Form.JSON).content)["entries"]
    assert [each["number"] for each in entries] == [1, 2, 3, 4, 5]


def test_a_file_that_would_be_too_large_is_refused(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(record_export.MOST, Form.PDF, 1)
    keep(database, numbered("RX-1"), numbered("RX-2"))
    with pytest.raises(RulesRefused) as refusal:
        drawn_up(database, Form.PDF)
    assert [(each.code, dict(each.values)) for each in refusal.value.findings] == [
        ("record-stop.too-many", {"count": "2", "form": "PDF", "most": "1"})
    ]


def test_a_filter_that_cannot_be_read_makes_no_file(database: Database) -> None:
    with pytest.raises(QuestionRefused):
        drawn_up(database, Form.CSV, RecordQuestion(since="yesterday"))


def test_a_technician_gives_nothing_out(database: Database) -> None:
    keep(database, numbered("RX-1"))
    made = drawn_up(database, Form.CSV)
    book = book_of(database, TECHNICIAN)
    with pytest.raises(RulesRefused):
        book.draw_up(EVERYTHING, Form.CSV)
    with pytest.raises(RulesRefused):
        book.keep_export(made)
    assert [each.act for each in whole_record(database)].count("record-exported") == 0


def test_facts_that_cannot_be_read_any_more_stand_as_they_are(database: Database, engine: Engine) -> None:
    keep(database, numbered("RX-1"))
    without_guards(engine)
    run(engine, "UPDATE audit_entry SET facts = '{\"torn' WHERE number = 1")
    assert json.loads(drawn_up(database, Form.JSON).content)["entries"][0]["facts"] == '{"torn'
    assert ' {"torn' in read_pages(drawn_up(database, Form.PDF).content)[0].text


def test_the_seal_of_another_day_is_told_with_its_date(database: Database) -> None:
    with database() as work:
        work.audit.add(replace(entry("order-refused"), at=NOON.replace(day=19)))
        work.commit()
    assert ["The whole record", "1 entry, unbroken, sealed 2026-NOV-19 12:00"] in csv_rows(
        drawn_up(database, Form.CSV).content
    )
