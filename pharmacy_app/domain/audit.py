"""The record: what was done, chained by digest so that a change, a removal or an insertion is found.

Each entry's digest is the SHA-256 of its canonical JSON, its number and the digest of the entry before it
included. A chain cannot see that its end was cut off: the head's number and digest, the seal, are kept
outside the database, and `verify` compares both (REQ-AUD-001, REQ-AUD-002).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pharmacy_app.domain.canonical import DIGEST_LENGTH, canonical_json, digest_of, quoted
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding

NOTHING_BEFORE = "0" * DIGEST_LENGTH
REQUIREMENT = "REQ-AUD-002"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act, refusal or override: who did what, on which thing, where and when.

    `at` is aware; `site_zone` is the pharmacy's zone, in which the record shows the same moment. `facts`
    are the things it is about, by name, already as text; a name stands once. `digest_before` and
    `digest_after` are those of the thing; empty where there is none.
    """

    act: str
    thing: str
    person: str
    station: str
    at: datetime
    site_zone: str
    facts: tuple[tuple[str, str], ...] = ()
    digest_before: str = ""
    digest_after: str = ""


class RecordedEntry(NamedTuple):
    """An entry as it stands in the record: texts only, so that what was altered can still be checked.

    No dataclass, since a check makes one of each entry of a long record.

    `at` is UTC, `site_time` the same moment with the site's offset, both to the microsecond. `facts` is
    canonical JSON. `digest` covers every other field.
    """

    number: int
    at: str
    site_time: str
    site_zone: str
    act: str
    thing: str
    person: str
    station: str
    facts: str
    digest_before: str
    digest_after: str
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries are asked for: those that meet every part that is given. Nothing given: all of them.

    `things` are what an entry is about, any one of them, and `persons` account names, any one of them: None
    asks for nothing, an empty tuple is met by no entry. `lot` is a lot's number: met by what is about a lot
    of that number and by what names it among its facts. An entry at `since` is meant, one at `until` is not;
    both are aware.
    """

    things: tuple[str, ...] | None = None
    persons: tuple[str, ...] | None = None
    lot: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @property
    def lot_fact(self) -> str:
        """What stands in an entry's `facts` where it names the lot."""
        return canonical_json({"lot": self.lot})[1:-1]

    @property
    def lot_thing(self) -> str:
        """How the name of the thing begins where an entry is about the lot."""
        return f"lot {self.lot} of product "


EVERY_ENTRY = EntryFilter()


@dataclass(frozen=True, slots=True)
class Seal:
    """The newest entry that is known outside the database. It may lag behind the record, never lead."""

    number: int
    digest: str


NOTHING_SEALED = Seal(0, NOTHING_BEFORE)  # the seal of a record without entries


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """What a walk along the record found. `first_bad` and `sealed` are numbers of entries, or None."""

    entries: int
    first_bad: int | None
    sealed: int | None
    findings: tuple[Finding, ...]


def utc_text(moment: datetime) -> str:
    """UTC to the microsecond, always 27 characters, so that texts sort as moments do.

    >>> utc_text(datetime(2026, 11, 23, 19, 0, tzinfo=UTC))
    '2026-11-23T19:00:00.000000Z'

    Raises:
        ValueError: the moment has no offset, so it is not one moment.
    """
    if moment.utcoffset() is None:
        raise ValueError(f"a moment needs its offset, given {moment!r}")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def record(entry: AuditEntry, after: Seal | None) -> RecordedEntry:
    """The entry with its number and digests, following the one named; None: it is the first.

    Raises:
        ValueError: a fact is named twice, or `at` has no offset.
    """
    facts = dict(entry.facts)
    if len(facts) != len(entry.facts):
        raise ValueError(f"a fact is named twice: {[name for name, _ in entry.facts]}")
    content = {
        "number": after.number + 1 if after else 1,
        "at": utc_text(entry.at),
        "site_time": entry.at.astimezone(ZoneInfo(entry.site_zone)).isoformat(timespec="microseconds"),
        "site_zone": entry.site_zone,
        "act": entry.act,
        "thing": entry.thing,
        "person": entry.person,
        "station": entry.station,
        "facts": canonical_json(facts),
        "digest_before": entry.digest_before,
        "digest_after": entry.digest_after,
        "previous": after.digest if after else NOTHING_BEFORE,
    }
    return RecordedEntry(**content, digest=digest_of(content))  # type: ignore[arg-type]  # number alone is an int


def chain_digest(entry: RecordedEntry) -> str:
    """The digest that the entry's other fields call for.

    Raises:
        TypeError: a field is no text any more.
    """
    return hashlib.sha256(covered_text(entry).encode("ascii")).hexdigest()


def covered_text(entry: RecordedEntry) -> str:
    """What an entry's digest covers: the canonical JSON of its other fields.

    Written out here, since a check of a long record spends its time on it: the text is that of
    `canonical_json`, and comes several times as fast.

    Raises:
        TypeError: a field is no text any more.
    """
    number, at, site_time, site_zone, act, thing, person, station, facts, before, after, previous, _ = entry
    return (
        f'{{"act":{quoted(act)},"at":{quoted(at)},"digest_after":{quoted(after)},'
        f'"digest_before":{quoted(before)},"facts":{quoted(facts)},"number":{int.__repr__(number)},'
        f'"person":{quoted(person)},"previous":{quoted(previous)},"site_time":{quoted(site_time)},'
        f'"site_zone":{quoted(site_zone)},"station":{quoted(station)},"thing":{quoted(thing)}}}'
    )


def record_stop(code: str, **values: str) -> Finding:
    """Something that must not be so in a record."""
    return finding(code, Severity.STOP, REQUIREMENT, Mark.DERIVED, **values)


def verify(entries: Iterable[RecordedEntry], sealed: Seal | None) -> ChainCheck:
    """Walks the record once, in the order of its numbers, and reports everything that is wrong with it.

    Holds one entry at a time. `first_bad` is the smallest number that a stop is about.
    """
    walk = _Walk(sealed)
    for entry in entries:
        walk.look_at(entry)
    walk.look_at_the_end()
    return ChainCheck(walk.count, walk.first_bad, sealed.number if sealed else None, tuple(walk.findings))


class _Walk:
    """Where the check stands: the entry before, what was found, and the smallest bad number."""

    def __init__(self, sealed: Seal | None) -> None:
        self.count = 0
        self.first_bad: int | None = None
        self.findings: list[Finding] = []
        self._sealed = sealed
        self._number = 0
        self._digest = NOTHING_BEFORE

    def look_at(self, entry: RecordedEntry) -> None:
        """One entry more."""
        self.count += 1
        expected = self._number + 1
        if entry.number > expected:
            self._stop("audit.removed", expected, entry=str(entry.number))
        elif entry.number < expected:
            self._stop("audit.inserted", entry.number)
        elif entry.previous != self._digest:
            self._stop("audit.does-not-follow", entry.number)
        if not _is_as_recorded(entry):
            self._stop("audit.changed", entry.number)
        if self._sealed and entry.number == self._sealed.number and entry.digest != self._sealed.digest:
            self._stop("audit.seal-differs", entry.number)
        self._number = max(self._number, entry.number)
        self._digest = entry.digest

    def look_at_the_end(self) -> None:
        """The seal against the last entry."""
        if self._sealed and self._sealed.number > self._number:
            self._stop("audit.cut-off", self._number + 1, sealed=str(self._sealed.number))
        elif self._sealed is None and self.count:
            self.findings.append(record_stop("audit.not-sealed"))

    def _stop(self, code: str, number: int, **values: str) -> None:
        self.first_bad = number if self.first_bad is None else min(self.first_bad, number)
        named = {"number": str(number), **values}
        self.findings.append(record_stop(code, **named))


def _is_as_recorded(entry: RecordedEntry) -> bool:
    try:
        return chain_digest(entry) == entry.digest
    except TypeError:
        return False
