"""Codes that cannot be read are typed, with a reason and a second person, and pass the same checks."""

from __future__ import annotations

import json
from functools import partial

import pytest

from db.engine import Database
from pharmacy_app.domain.audit import EVERY_ENTRY, RecordedEntry
from pharmacy_app.domain.bag_event import ByHand, TagScanned
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.scan import BagScan
from pharmacy_app.workflow.bench_scan import ScanStopped
from pharmacy_app.workflow.people import Credentials
from tests.support.bench import SALINE, SECRET, VIAL, WATER, Day, scan_of, tag, up_to
from tests.support.stations import OTHER_PHARMACIST, PHARMACIST


@pytest.fixture
def day(database: Database) -> Day:
    day = Day(database)
    day.stock()
    day.hire()
    return day


def newest(day: Day) -> RecordedEntry:
    with day.database(reading=True) as work:
        return work.audit.entries(EVERY_ENTRY, limit=1)[0]


def facts_of(entry: RecordedEntry) -> dict[str, str]:
    return dict(json.loads(entry.facts))


def at_step(day: Day, step: str, *sequence_h: int) -> str:
    """A bag that waits at this step."""
    serial = day.bench().start(day.accept(*sequence_h), 1)
    up_to(day, serial, step)
    return serial


@pytest.mark.req("REQ-SUP-008")
def test_a_code_that_cannot_be_read_is_typed_with_a_reason_and_a_second_person(day: Day) -> None:
    serial = at_step(day, "reconstitute")
    second = Credentials("achen", SECRET)
    bag = day.bench().type_code(serial, scan_of(WATER), reason="Smeared code", second=second)
    assert bag.units[-1].by_hand == ByHand("Smeared code", "achen")
    with pytest.raises(ScanStopped):  # the same checks
        day.bench().type_code(serial, scan_of(SALINE), reason="Smeared code", second=second)


@pytest.mark.req("REQ-VER-002")
def test_who_read_a_typed_code_as_second_person_does_not_verify_the_bag(day: Day) -> None:
    serial = at_step(day, "reconstitute")
    second = Credentials("achen", SECRET)
    day.bench().type_code(serial, scan_of(WATER), reason="Smeared code", second=second)
    up_to(day, serial, "")
    with pytest.raises(RulesRefused) as refusal:
        day.release(serial, PHARMACIST)
    assert {each.code for each in refusal.value.findings} == {"verify.read-a-code"}
    assert day.release(serial, OTHER_PHARMACIST).released_by == "spark"


@pytest.mark.req("REQ-SUP-008")
@pytest.mark.parametrize(
    ("reason", "second"),
    [
        (" ", Credentials("achen", SECRET)),
        ("Smeared code", Credentials("mroy", SECRET)),
        ("Smeared code", Credentials("achen", "wrong")),
    ],
)
def test_nobody_types_a_code_alone_or_without_a_reason(day: Day, reason: str, second: Credentials) -> None:
    serial = at_step(day, "reconstitute")
    before = day.bench().view(serial).bag
    with pytest.raises(RulesRefused):
        day.bench().type_code(serial, scan_of(WATER), reason=reason, second=second)
    assert day.bench().view(serial).bag == before


@pytest.mark.req("REQ-AUD-001", "REQ-VER-006")
def test_the_entry_of_a_typed_code_says_why_it_was_typed_and_who_read_it_too(day: Day) -> None:
    serial = day.bench().start(day.accept(), 1)
    second = Credentials("achen", SECRET)
    type_code = partial(day.bench().type_code, serial, reason="Smudged by ethanol", second=second)
    told = {"step": "tag", "typed because": "Smudged by ethanol", "second person": "achen"}
    with pytest.raises(ScanStopped):
        type_code(BagScan("2611230002", 0, ""))
    stop = newest(day)
    assert (stop.act, facts_of(stop)) == (
        "scan-stopped", {**told, "scanned": "261123000200", "findings": "scan.another-bag"}
    )  # fmt: skip
    assert type_code(tag(serial)).every(TagScanned) == (
        TagScanned("tag", ByHand("Smudged by ethanol", "achen")),
    )
    typed = newest(day)
    assert (typed.act, facts_of(typed)) == ("tag-scanned", {**told, "event": "2"})
    with pytest.raises(ScanStopped):
        type_code(scan_of(VIAL))
    assert facts_of(newest(day)).items() >= {**told, "step": "supplies"}.items()
