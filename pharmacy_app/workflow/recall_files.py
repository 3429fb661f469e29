"""The bags of a lot as CSV and as a list to be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from pharmacy_app.domain.clock import offset_text, time_text
from pharmacy_app.domain.preparation_scan import shown_serial
from pharmacy_app.domain.recall import RecalledBag
from pharmacy_app.workflow.csv_text import csv_bytes
from pharmacy_app.workflow.listing import Listing, ListingItem
from pharmacy_app.workflow.ports import Phrases
from pharmacy_app.workflow.recall import Recall
from pharmacy_app.workflow.record_files import Heading

TIMES = ("started", "mixed", "ready", "released", "dispensed", "hung", "stopped", "ended")
_COLUMNS = ("serial", "patient", "record_number", "order_number", "bag", "bags", "state", "where",
            "destination", "units", *TIMES)  # fmt: skip


def recall_csv(heading: Heading, found: Recall, words: Phrases, zone: ZoneInfo) -> bytes:
    """What the file says of itself, an empty line, then a line for each bag; times of the site."""
    body = [list(_cells(each, words, zone)) for each in found.bags]
    return csv_bytes([*_facts(heading, found, words), (), _COLUMNS, *body])


def _cells(each: RecalledBag, words: Phrases, zone: ZoneInfo) -> Iterator[str]:
    yield each.bag.serial
    yield each.owner.patient_name
    yield each.owner.record_number
    yield each.owner.order_number
    yield str(each.bag.started.bag_number)
    yield str(each.owner.bags)
    yield words(f"record.state.{each.bag.state.value}")
    yield where_text(each, words)
    yield each.owner.destination
    yield str(each.units)
    times = dict(each.times)
    for name in TIMES:
        yield times[name].astimezone(zone).isoformat(timespec="seconds") if name in times else ""


def recall_listing(heading: Heading, found: Recall, words: Phrases, zone: ZoneInfo) -> Listing:
    """The bags to be read on paper, the most urgent first."""
    return Listing(
        mark=words("ui.frame.training") if heading.training else "",
        title=words("record.file.recall-title", lot=found.lot),
        facts=tuple(_facts(heading, found, words)),
        items=tuple(_item(each, words, zone) for each in found.bags),
        page=words("record.file.page"),
    )


def _facts(heading: Heading, found: Recall, words: Phrases) -> Iterator[tuple[str, str]]:
    yield from heading.facts(words)
    for each in found.lots:
        state = words(f"record.lot-state.{each.lot.state.value}")
        values = {"product": each.product.name, "number": each.product.code, "state": state}
        yield words("record.file.lot", lot=each.lot.lot), words("record.file.lot-of", **values)
    yield words("record.file.bags"), recall_text(found, words)


def recall_text(found: Recall, words: Phrases) -> str:
    """How many bags hold the lot, and how many of them hang now."""
    bags, hung = len(found.bags), found.hung
    if not bags:
        return words("record.recall.no-bag")
    code = "record.recall.one-bag" if bags == 1 else "record.recall.bags"
    hanging = "none-hangs" if not hung else "one-hangs" if hung == 1 else "hang"
    hang = words(f"record.recall.{hanging}", count=str(hung))
    return words(code, count=str(bags), hang=hang)


def where_text(each: RecalledBag, words: Phrases) -> str:
    """Where a bag is, in words."""
    values = {"bench": each.bag.bench, "destination": each.owner.destination}
    return words(f"record.place.{each.place.value}", **values)


def _item(each: RecalledBag, words: Phrases, zone: ZoneInfo) -> ListingItem:
    state = words(f"record.state.{each.bag.state.value}")
    owner = each.owner
    numbers = {"bag": str(each.bag.started.bag_number), "bags": str(owner.bags), "order": owner.order_number}
    patient = {"patient": owner.patient_name, "number": owner.record_number}
    times = (f"{words(f'record.time.{name}')} {_time(moment, zone)}" for name, moment in each.times)
    return ListingItem(
        head=words("record.file.bag-head", state=state, serial=shown_serial(each.bag.serial)),
        beside=where_text(each, words),
        lines=(
            words("record.file.bag-of", **patient, **numbers),
            "; ".join(times),
            words("record.file.units", units=str(each.units)),
        ),
    )


def _time(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return f"{time_text(local)} {offset_text(local)}"
