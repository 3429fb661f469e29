"""Parts of the record given out as files. Each names its filter, its size and the state of the chain."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NoReturn, assert_never
from zoneinfo import ZoneInfo

from pharmacy_app.domain.audit import EVERY_ENTRY, ChainCheck, EntryFilter, RecordedEntry
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.person import Actor, Permission
from pharmacy_app.workflow.listing import ListingRenderer
from pharmacy_app.workflow.ports import Phrases
from pharmacy_app.workflow.recall import Recall
from pharmacy_app.workflow.recall_files import recall_csv, recall_listing
from pharmacy_app.workflow.record import entry, refuse
from pharmacy_app.workflow.record_files import Heading, record_csv, record_json, record_listing
from pharmacy_app.workflow.record_question import RecordQuestion, entries_meant
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.unit_of_work import UnitOfWork

_AT_ONCE = 1000


class Form(Enum):
    """What kind of file; the value is the end of its name."""

    CSV = "csv"
    JSON = "json"
    PDF = "pdf"


MOST = {Form.CSV: 100_000, Form.JSON: 100_000, Form.PDF: 5_000}


@dataclass(frozen=True, slots=True)
class ChainState:
    """What a check found, and the site's time of the newest sealed entry; empty: none is sealed."""

    check: ChainCheck
    sealed_at: str


@dataclass(frozen=True, slots=True)
class Export:
    """A file to be given out once its entry is kept: `act`, `thing` and `told` are what that says."""

    name: str
    content: bytes
    act: str
    thing: str
    told: tuple[tuple[str, str], ...]


def export_record(
    question: RecordQuestion, form: Form, station: Station, *, words: Phrases, renderer: ListingRenderer
) -> Export:
    """A file of every entry that is meant, oldest first, read in one state of the database.

    Raises:
        QuestionRefused: a filter cannot be read.
        RulesRefused: the record is not for the person who works here, or the file would be too large.
    """
    actor = station.permitted(Permission.READ_RECORD)
    zone = ZoneInfo(station.rulebook().site.time_zone)
    with station.open_unit_of_work(reading=True) as work:
        chain = checked(work)
        wanted = entries_meant(question, work, zone=zone)
        count = work.audit.count(wanted)
        too_many = count > MOST[form]
        entries, names = () if too_many else tuple(_oldest_first(wanted, work)), names_of(work)
    if too_many:
        _refuse(_too_many(count, form), station, actor)
    heading = _heading(question, chain, station, actor=actor, count=count)
    match form:
        case Form.CSV:
            content = record_csv(heading, entries, names, words)
        case Form.JSON:
            content = record_json(heading, entries, names, words)
        case Form.PDF:
            content = renderer.draw(record_listing(heading, entries, names, words))
        case _:
            assert_never(form)
    told = (
        *((f"filter {name}", text) for name, text in question.given),
        ("entries", str(count)),
        ("chain", "broken" if chain.check.findings else "unbroken"),
    )
    return Export(
        name=_name("record", heading.at, form),
        content=content,
        act="record-exported",
        thing="record",
        told=(*told, *_of(form, content)),
    )


def export_recall(
    found: Recall, form: Form, station: Station, *, words: Phrases, renderer: ListingRenderer
) -> Export:
    """A file of the bags that hold a lot, as CSV or PDF.

    Raises:
        RulesRefused: the record is not for the person who works here.
        ValueError: another form was asked for: a bug.
    """
    actor, rules = station.permitted(Permission.READ_RECORD), station.rulebook()
    zone = ZoneInfo(rules.site.time_zone)
    heading = Heading(
        pharmacy=rules.site.name,
        training=not rules.protocol.commissioned,
        at=station.now().astimezone(zone),
        by=actor.display_name,
        station=actor.station,
    )
    match form:
        case Form.CSV:
            content = recall_csv(heading, found, words, zone)
        case Form.PDF:
            content = renderer.draw(recall_listing(heading, found, words, zone))
        case Form.JSON:
            raise ValueError("a recall is given out as CSV or PDF")
        case _:
            assert_never(form)
    told = (("lot", found.lot), ("bags", str(len(found.bags))), *_of(form, content))
    name = _name(f"recall-{_file_part(found.lot)}", heading.at, form)
    return Export(name=name, content=content, act="recall-exported", thing=f"lot {found.lot}", told=told)


def keep_export(export: Export, station: Station) -> None:
    """Keep that a file is given out: no part of the record leaves without an entry that says so.

    Raises:
        RulesRefused: the record is not for the person who works here.
        StationTrouble: the database does not take it; nothing may be given out.
    """
    actor, site = station.permitted(Permission.READ_RECORD), station.rulebook().site
    with station.open_unit_of_work() as work:
        work.audit.add(
            entry(export.act, actor=actor, thing=export.thing, at=station.now(), site=site, facts=export.told)
        )
        work.commit()


def checked(work: UnitOfWork) -> ChainState:
    """The record walked, and when its newest sealed entry was written. Belongs first in a transaction."""
    check = work.audit.check()
    newest = work.audit.entries(EVERY_ENTRY, limit=1, before=check.sealed + 1) if check.sealed else ()
    return ChainState(check, newest[0].site_time if newest else "")


def names_of(work: UnitOfWork) -> Mapping[str, str]:
    """What others read of each account, by its name."""
    return {each.name: each.display_name for each in work.people.all()}


def _heading(
    question: RecordQuestion, chain: ChainState, station: Station, *, actor: Actor, count: int
) -> Heading:
    rules = station.rulebook()
    return Heading(
        pharmacy=rules.site.name,
        training=not rules.protocol.commissioned,
        at=station.now().astimezone(ZoneInfo(rules.site.time_zone)),
        by=actor.display_name,
        station=actor.station,
        asked=question.given,
        count=count,
        chain=chain.check,
        sealed_at=chain.sealed_at,
    )


def _oldest_first(wanted: EntryFilter, work: UnitOfWork) -> list[RecordedEntry]:
    found: list[RecordedEntry] = []
    while portion := work.audit.entries(wanted, limit=_AT_ONCE, before=found[-1].number if found else None):
        found.extend(portion)
    return found[::-1]


def _of(form: Form, content: bytes) -> Iterator[tuple[str, str]]:
    yield "form", form.value
    yield "sha256", hashlib.sha256(content).hexdigest()


def _name(what: str, at: datetime, form: Form) -> str:
    return f"{what}-{at:%Y%m%d-%H%M}.{form.value}"


def _file_part(text: str) -> str:
    """A lot's number as part of a file's name."""
    return "".join(each if each.isalnum() and each.isascii() else "-" for each in text)


def _refuse(found: Finding, station: Station, actor: Actor) -> NoReturn:
    refusal, at, site = RulesRefused((found,)), station.now(), station.rulebook().site
    with station.open_unit_of_work() as work:
        refuse(work, refusal, act="export-refused", thing="record", actor=actor, at=at, site=site)


def _too_many(count: int, form: Form) -> Finding:
    values = {"count": str(count), "form": form.value.upper(), "most": str(MOST[form])}
    return finding("record-stop.too-many", Severity.STOP, "REQ-AUD-004", Mark.DERIVED, **values)
