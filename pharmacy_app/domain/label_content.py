"""What the label of one bag says, put into words with the catalogue's phrases (REQ-LBL-001, -011)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from pharmacy_app.domain import label_phrases as phrases
from pharmacy_app.domain.clock import date_text
from pharmacy_app.domain.label import LabelContent, TagContent
from pharmacy_app.domain.label_phrases import Words, keep_together
from pharmacy_app.domain.plan import Plan, PlannedBag
from pharmacy_app.domain.preparation_scan import shown_serial
from pharmacy_app.domain.site import Site

TAG_NUMBER = "00"  # on the in-process tag, and on a specimen: neither is a dispensing label
SPECIMEN_PREFIX = "000000"  # a serial begins with the date it was made on; no bag was made on day 0
SPECIMEN, BAG, TAG = "SPECIMEN", "BAG", "TAG"  # what a code of this program is on


@dataclass(frozen=True, slots=True)
class BagTimes:
    """The three times that only a bag which was made has. Aware."""

    prepared: datetime
    start_by: datetime
    expires: datetime


@dataclass(frozen=True, slots=True)
class Occasion:
    """What differs between a specimen and a real label: marks, people, times, serial, print number, GTIN.

    `times` None: not prepared. `print_number` has two digits. `gtin` is the site's own, or empty.
    """

    marks: tuple[str, ...]
    print_text: str
    times: BagTimes | None
    prepared_by: str
    verified_by: str
    serial: str
    print_number: str
    kind: str
    gtin: str = ""


def specimen(bag: PlannedBag, words: Words, *, training: bool) -> Occasion:
    """Everything that a specimen says in place of people and times; every scan refuses its serial."""
    return Occasion(
        marks=_marks(words, training=training),
        print_text=words("label.specimen"),
        times=None,
        prepared_by=words("label.not-prepared"),
        verified_by=words("label.not-verified"),
        serial=f"{SPECIMEN_PREFIX}{bag.number:04}",
        print_number=TAG_NUMBER,
        kind=SPECIMEN,
    )


def released(
    words: Words,
    *,
    serial: str,
    print_number: int,
    times: BagTimes,
    prepared_by: tuple[str, ...],
    verified_by: str,
    gtin: str,
    training: bool,
) -> Occasion:
    """What the dispensing label of a released bag says. `prepared_by` are all who had a hand in it."""
    code = "label.print" if print_number == 1 else "label.reprint"
    return Occasion(
        marks=_marks(words, training=training),
        print_text=words(code, number=str(print_number)),
        times=times,
        prepared_by=", ".join(prepared_by),
        verified_by=verified_by,
        serial=serial,
        print_number=f"{print_number:02}",
        kind=BAG,
        gtin=gtin,
    )


def gtin_of(bag: PlannedBag, site: Site) -> str:
    """The GTIN that the site entered for bags of this dose and duration; empty: it has none."""
    found = (each for each in site.bag_gtins if (each.duration_h, each.dose) == (bag.duration_h, bag.dose))
    return next((each.gtin for each in found), "")


def compose(
    plan: Plan, bag: PlannedBag, *, site: Site, words: Words, occasion: Occasion, plan_revision: int = 1
) -> LabelContent:
    """Every word and number of the bag's label."""
    say = phrases.speaker(words)
    return LabelContent(
        **_whose(plan, say),
        **_what(plan, bag, plan_revision, say),
        **_how(plan, bag, site, say),
        **_when(plan, bag, occasion, say),
        marks=occasion.marks,
        print_text=occasion.print_text,
        prepared_by=(say("prepared-by"), occasion.prepared_by),
        verified_by=(say("verified-by"), occasion.verified_by),
        serial=shown_serial(occasion.serial),
        pharmacy=f"{site.name} {site.telephone}",
        protocol=phrases.protocol_line(plan.protocol, say),
        code128=occasion.serial + occasion.print_number,
        datamatrix=_datamatrix(plan, occasion),
    )


def compose_tag(
    plan: Plan, bag: PlannedBag, *, serial: str, words: Words, plan_revision: int, training: bool
) -> TagContent:
    """Every word and number of the tag that goes with a bag while it is made."""
    say = phrases.speaker(words)
    patient = plan.order.patient
    code128 = serial + TAG_NUMBER
    return TagContent(
        marks=_marks(words, training=training),
        not_released=say("not-released"),
        patient_name=patient.display_name,
        record_number=(say("record-number"), patient.record_number),
        date_of_birth=(say("born"), date_text(patient.date_of_birth)),
        drug=plan.protocol.drug,
        dose=say("dose", dose=bag.dose.number),
        bag_of=phrases.bag_of(plan, bag, plan_revision, say),
        alerts=phrases.name_alert(plan.findings, say),
        serial=shown_serial(serial),
        code128=code128,
        datamatrix=phrases.internal_elements(kind=TAG, code128=code128, protocol=plan.protocol),
    )


def _marks(words: Words, *, training: bool) -> tuple[str, ...]:
    return (words("label.training"),) if training else ()


def _whose(plan: Plan, say: Words) -> dict[str, Any]:
    patient = plan.order.patient
    return {
        "patient_name": patient.display_name,
        "record_number": (say("record-number"), patient.record_number),
        "date_of_birth": (say("born"), date_text(patient.date_of_birth)),
        "destination": plan.order.destination,
        "order_number": (say("order"), plan.order.order_number),
        "prescriber": (say("prescriber"), plan.order.prescriber),
    }


def _what(plan: Plan, bag: PlannedBag, plan_revision: int, say: Words) -> dict[str, Any]:
    return {
        "drug": plan.protocol.drug,
        "brand": plan.protocol.brand,
        "dose": say("dose", dose=bag.dose.number),
        "ordered_amount": say("ordered", amount=bag.ordered.text, hours=bag.elapsed.number),
        "bag_of": phrases.bag_of(plan, bag, plan_revision, say),
        "cycle_days": phrases.cycle_days(plan, bag, say),
        "benzyl_alcohol_warning": phrases.benzyl_alcohol_warning(plan, bag, say),
        "diluent": say(f"diluent.{bag.recipe.diluent.value}", total=bag.bag_volume.text),
        "compounded": say("compounded"),
    }


def _how(plan: Plan, bag: PlannedBag, site: Site, say: Words) -> dict[str, Any]:
    return {
        "rate_caption": say("rate-caption"),
        "rate": keep_together(bag.rate.text),
        "infuse_caption": say("infuse-caption", hours=bag.elapsed.number, days=phrases.days(bag, say)),
        "infuse": keep_together(bag.volume_to_infuse.text),
        "discard_caption": say("discard-caption"),
        "discard": keep_together(bag.overfill.text),
        "bag_caption": say("bag-caption"),
        "bag_volume": keep_together(bag.bag_volume.text),
        "prohibitions": (say("do-not-flush"), say("do-not-infuse-overfill")),
        "route": say("route"),
        "filter": phrases.filter_instruction(plan, bag, say),
        "materials": say("materials"),
        "priming": say(f"primed-by.{site.primed_by.value}"),
        "storage": phrases.storage(plan, bag, say),
        "alerts": phrases.alerts(plan, bag, say),
    }


def _when(plan: Plan, bag: PlannedBag, occasion: Occasion, say: Words) -> dict[str, Any]:
    """All times as the clock shows them at the place of infusion; the offset from UTC once where one tells
    every time apart from any other, else beside each time."""
    made = () if occasion.times is None else _local(plan, occasion.times)
    shared = "" if bag.clock_time_twice else phrases.one_offset((bag.start_at, bag.change_at, *made))
    hang, change = (
        phrases.shown_time(each, with_offset=not shared) for each in (bag.start_at, bag.change_at)
    )
    shown = [phrases.shown_time_in_two(each, with_offset=not shared) for each in made]
    prepared, start_by, expires = shown or [say("not-prepared")] * 3
    return {
        "hang_at": say("hang-at", time=hang),
        "change_at": say("change-at", time=change),
        "time_offset": say("offset", offset=shared) if shared else "",
        "prepared": (say("prepared"), prepared),
        "start_by": (say("start-by"), start_by),
        "expires": (say("expires"), expires),
    }


def _local(plan: Plan, times: BagTimes) -> tuple[datetime, datetime, datetime]:
    zone = ZoneInfo(plan.order.time_zone)
    return (
        times.prepared.astimezone(zone),
        times.start_by.astimezone(zone),
        times.expires.astimezone(zone),
    )


def _datamatrix(plan: Plan, occasion: Occasion) -> str:
    """With the site's GTIN the trade's elements, else internal ones. Each bag is a lot: its serial."""
    code128 = occasion.serial + occasion.print_number
    if not occasion.gtin or occasion.times is None:
        return phrases.internal_elements(kind=occasion.kind, code128=code128, protocol=plan.protocol)
    _prepared, _start_by, expires = _local(plan, occasion.times)
    return phrases.trade_elements(gtin=occasion.gtin, code128=code128, expires=expires, lot=occasion.serial)
