"""Entries of the record as CSV, as JSON, and as a list to be read: every field as it stands on file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pharmacy_app.domain.audit import ChainCheck, RecordedEntry
from pharmacy_app.domain.clock import offset_text, time_text
from pharmacy_app.workflow.csv_text import csv_bytes
from pharmacy_app.workflow.listing import Listing, ListingItem
from pharmacy_app.workflow.ports import Phrases
from pharmacy_app.workflow.record_acts import act_text

_NO_CHECK = ChainCheck(0, None, None, ())
_OF_ENTRY = RecordedEntry._fields
_IN_WORDS = ("who", "what")


@dataclass(frozen=True, slots=True)
class Heading:
    """What a file says of itself. `at` is the site's time, aware; `asked` each filter that was given.

    `count` is how many entries it holds, `chain` what a check found when it was made, and `sealed_at` when
    the newest sealed entry was written.
    """

    pharmacy: str
    training: bool
    at: datetime
    by: str
    station: str
    asked: tuple[tuple[str, str], ...] = ()
    count: int = 0
    chain: ChainCheck = _NO_CHECK
    sealed_at: str = ""

    def facts(self, words: Phrases) -> Iterator[tuple[str, str]]:
        """Caption and value of what every file says."""
        if self.training:
            yield words("record.file.mark"), words("ui.frame.training")
        yield words("record.file.pharmacy"), self.pharmacy
        yield words("record.file.made"), f"{time_text(self.at)} {offset_text(self.at)}"
        yield words("record.file.by"), words("record.file.by-at", person=self.by, station=self.station)

    def record_facts(self, words: Phrases) -> Iterator[tuple[str, str]]:
        """Those, the filter, how many entries, and whether the chain was whole."""
        yield from self.facts(words)
        for name, text in self.asked:
            yield words("record.file.filter", name=words(f"record.filter.{name}")), text
        if not self.asked:
            yield words("record.file.no-filter"), words("record.file.every-entry")
        yield words("record.file.entries"), str(self.count)
        yield words("record.file.chain"), chain_text(self.chain, self.sealed_at, words, today=self.at.date())
        for each in self.chain.findings:
            yield words("record.file.finding"), words.finding(each)


def chain_text(chain: ChainCheck, sealed_at: str, words: Phrases, *, today: date) -> str:
    """The state of the chain in one sentence. `sealed_at` is a site's time as the record has it.

    `today` is the site's date: a seal of that day is told by its time alone.
    """
    entries = entries_text(chain.entries, words)
    if chain.first_bad is not None:
        return words("record.chain.broken", number=str(chain.first_bad))
    if chain.findings:
        return words("record.chain.not-right", entries=entries)
    if not chain.entries:
        return words("record.chain.empty")
    if chain.sealed is not None and chain.sealed < chain.entries:
        return words("record.chain.lagging", entries=entries, sealed=str(chain.sealed))
    moment = datetime.fromisoformat(sealed_at)
    time = f"{moment:%H:%M}" if moment.date() == today else time_text(moment)
    return words("record.chain.unbroken", entries=entries, time=time)


def entries_text(count: int, words: Phrases) -> str:
    """How many entries: `1 entry`, `1482 entries`."""
    return words("record.chain.one-entry" if count == 1 else "record.chain.entries", count=str(count))


def record_csv(
    heading: Heading, entries: Iterable[RecordedEntry], names: Mapping[str, str], words: Phrases
) -> bytes:
    """What the file says of itself in lines of two columns, an empty line, then a line for each entry."""
    body = [[str(cell) for cell in _row(each, names, words).values()] for each in entries]
    return csv_bytes([*heading.record_facts(words), (), (*_OF_ENTRY, *_IN_WORDS), *body])


def record_json(
    heading: Heading, entries: Iterable[RecordedEntry], names: Mapping[str, str], words: Phrases
) -> bytes:
    """One document. `facts` stays the text that the digests cover."""
    chain = heading.chain
    document = {
        "training": heading.training,
        "pharmacy": heading.pharmacy,
        "made_at": heading.at.isoformat(timespec="seconds"),
        "made_by": heading.by,
        "station": heading.station,
        "filter": dict(heading.asked),
        "count": heading.count,
        "chain": {
            "entries": chain.entries,
            "first_bad": chain.first_bad,
            "sealed": chain.sealed,
            "findings": [{"code": each.code, "message": words.finding(each)} for each in chain.findings],
        },
        "entries": [_row(each, names, words) for each in entries],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def _row(each: RecordedEntry, names: Mapping[str, str], words: Phrases) -> dict[str, object]:
    who = names.get(each.person, each.person)
    return {**each._asdict(), "who": who, "what": act_text(each.act, words)}


def record_listing(
    heading: Heading, entries: Sequence[RecordedEntry], names: Mapping[str, str], words: Phrases
) -> Listing:
    """The entries to be read on paper."""
    return Listing(
        mark=words("ui.frame.training") if heading.training else "",
        title=words("record.file.title"),
        facts=tuple(heading.record_facts(words)),
        items=tuple(_item(each, names, words) for each in entries),
        page=words("record.file.page"),
    )


def _item(each: RecordedEntry, names: Mapping[str, str], words: Phrases) -> ListingItem:
    who = names.get(each.person, each.person)
    told = tuple(f"{name}: {text}" if name else text for name, text in facts_of(each) if text)
    digests = (("before", each.digest_before), ("after", each.digest_after), ("entry", each.digest))
    return ListingItem(
        head=words(
            "record.file.head", number=str(each.number), act=act_text(each.act, words), thing=each.thing
        ),
        beside=words("record.file.who", person=who, station=each.station),
        lines=(words("record.file.when", site=each.site_time, utc=each.at), "; ".join(told)),
        small=tuple(words(f"record.digest.{name}", digest=text) for name, text in digests if text),
    )


def facts_of(each: RecordedEntry) -> tuple[tuple[str, str], ...]:
    """The facts of an entry by name; what cannot be read any more stands as it is, without a name."""
    try:
        facts = json.loads(each.facts)
    except ValueError:
        return (("", each.facts),)
    if not isinstance(facts, dict):
        return (("", each.facts),)
    return tuple((str(name), str(text)) for name, text in facts.items())
