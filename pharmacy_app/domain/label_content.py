"""What the label of one planned bag says, put into words with the catalogue's phrases (REQ-LBL-001, -011)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pharmacy_app.domain.beyond_use import hangs_straight_from_refrigerator
from pharmacy_app.domain.calculation import benzyl_alcohol
from pharmacy_app.domain.clock import date_text, offset_text, time_text
from pharmacy_app.domain.label import LabelContent
from pharmacy_app.domain.plan import Plan, PlannedBag
from pharmacy_app.domain.protocol import Diluent, FilterRule
from pharmacy_app.domain.quantity import plain
from pharmacy_app.domain.rounding import nearest_whole, one_decimal
from pharmacy_app.domain.site import Site

Words = Callable[..., str]

NO_PRINT_NUMBER = "00"
SPECIMEN_PREFIX = "000000"  # a serial begins with the date it was made on; no bag was made on day 0
DIGITS_OF_DIGEST = 8
_UNITS = r"(?:mL/h|mL|mcg/day|mcg|mg/mL|mg/day|mg|kg|°C|%|h|days|day|micron)"
_NUMBER_AND_UNIT = re.compile(rf"(?<=[0-9]) (?={_UNITS}(?![A-Za-z]))")


@dataclass(frozen=True, slots=True)
class Occasion:
    """What differs between a specimen and a real label: marks, people, times, serial."""

    marks: tuple[str, ...]
    print_text: str
    prepared: str
    start_by: str
    expires: str
    prepared_by: str
    verified_by: str
    serial: str
    print_number: str
    kind: str


def specimen(bag: PlannedBag, words: Words, *, training: bool) -> Occasion:
    """Everything that a specimen says in place of people and times; every scan refuses its serial."""
    not_prepared = words("label.not-prepared")
    return Occasion(
        marks=(words("label.training"),) if training else (),
        print_text=words("label.specimen"),
        prepared=not_prepared,
        start_by=not_prepared,
        expires=not_prepared,
        prepared_by=not_prepared,
        verified_by=words("label.not-verified"),
        serial=f"{SPECIMEN_PREFIX}{bag.number:04}",
        print_number=NO_PRINT_NUMBER,
        kind="SPECIMEN",
    )


def keep_together(text: str) -> str:
    """The text with NO-BREAK SPACE between each number and its unit."""
    return _NUMBER_AND_UNIT.sub("\u00a0", text)


def compose(
    plan: Plan, bag: PlannedBag, *, site: Site, words: Words, occasion: Occasion, plan_revision: int = 1
) -> LabelContent:
    """Every word and number of the bag's label."""

    def say(code: str, **values: str) -> str:
        return keep_together(words(f"label.{code}", **values))

    return LabelContent(
        **_whose(plan, occasion, say),
        **_what(plan, bag, plan_revision, say),
        **_how(plan, bag, site, say),
        **_when(plan, bag, say),
        **_by_whom(occasion, say),
        pharmacy=f"{site.name} {site.telephone}",
        protocol=_protocol(plan, say),
        code128=occasion.serial + occasion.print_number,
        datamatrix=_datamatrix(plan, occasion),
    )


def _whose(plan: Plan, occasion: Occasion, say: Words) -> dict[str, Any]:
    patient = plan.order.patient
    return {
        "marks": occasion.marks,
        "print_text": occasion.print_text,
        "patient_name": patient.display_name,
        "record_number": (say("record-number"), patient.record_number),
        "date_of_birth": (say("born"), date_text(patient.date_of_birth)),
        "destination": plan.order.destination,
        "order_number": (say("order"), plan.order.order_number),
        "prescriber": (say("prescriber"), plan.order.prescriber),
    }


def _what(plan: Plan, bag: PlannedBag, plan_revision: int, say: Words) -> dict[str, Any]:
    numbers = {"number": str(bag.number), "last": str(len(plan.bags)), "plan": str(plan_revision)}
    return {
        "drug": plan.protocol.drug,
        "brand": plan.protocol.brand,
        "dose": say("dose", dose=bag.dose.number),
        "ordered_amount": say("ordered", amount=bag.ordered.text, hours=bag.elapsed.number),
        "bag_of": say("bag-of", **numbers),
        "cycle_days": _cycle_days(plan, bag, say),
        "benzyl_alcohol_warning": _benzyl_alcohol(plan, bag, say),
        "diluent": say(f"diluent.{bag.recipe.diluent.value}", total=bag.bag_volume.text),
        "compounded": say("compounded"),
    }


def _how(plan: Plan, bag: PlannedBag, site: Site, say: Words) -> dict[str, Any]:
    return {
        "rate_caption": say("rate-caption"),
        "rate": keep_together(bag.rate.text),
        "infuse_caption": say("infuse-caption", hours=bag.elapsed.number, days=_days(bag, say)),
        "infuse": keep_together(bag.volume_to_infuse.text),
        "discard_caption": say("discard-caption"),
        "discard": keep_together(bag.overfill.text),
        "bag_caption": say("bag-caption"),
        "bag_volume": keep_together(bag.bag_volume.text),
        "prohibitions": (say("do-not-flush"), say("do-not-infuse-overfill")),
        "route": say("route"),
        "filter": _filter(plan, bag, say),
        "materials": say("materials"),
        "priming": say(f"primed-by.{site.primed_by.value}"),
        "storage": _storage(plan, bag, say),
    }


def _when(plan: Plan, bag: PlannedBag, say: Words) -> dict[str, Any]:
    hang_at, change_at, offset = _times(bag, say)
    return {
        "hang_at": hang_at,
        "change_at": change_at,
        "time_offset": offset,
        "alerts": _alerts(plan, bag, say),
    }


def _by_whom(occasion: Occasion, say: Words) -> dict[str, Any]:
    return {
        "prepared": (say("prepared"), occasion.prepared),
        "start_by": (say("start-by"), occasion.start_by),
        "expires": (say("expires"), occasion.expires),
        "prepared_by": (say("prepared-by"), occasion.prepared_by),
        "verified_by": (say("verified-by"), occasion.verified_by),
        "serial": f"{occasion.serial[:6]} {occasion.serial[6:]}",
    }


def _times(bag: PlannedBag, say: Words) -> tuple[str, str, str]:
    """Hang at, change at, and the offset from UTC: once where one offset tells both times apart from any
    other, else beside each time."""
    hang, change = time_text(bag.start_at), time_text(bag.change_at)
    hang_offset, change_offset = offset_text(bag.start_at), offset_text(bag.change_at)
    if hang_offset == change_offset and not bag.clock_time_twice:
        return say("hang-at", time=hang), say("change-at", time=change), say("offset", offset=hang_offset)
    return (
        say("hang-at", time=_unbroken(f"{hang} {hang_offset}")),
        say("change-at", time=_unbroken(f"{change} {change_offset}")),
        "",
    )


def _unbroken(text: str) -> str:
    """Date, time and offset stay on one line."""
    return text.replace(" ", "\u00a0")


def _days(bag: PlannedBag, say: Words) -> str:
    count = bag.last_day - bag.first_day + 1
    return say("days" if count > 1 else "day", count=str(count))


def _cycle_days(plan: Plan, bag: PlannedBag, say: Words) -> str:
    values = {"cycle": str(plan.order.cycle), "first": str(bag.first_day), "last": str(bag.last_day)}
    return say("cycle-day" if bag.first_day == bag.last_day else "cycle-days", **values)


def _benzyl_alcohol(plan: Plan, bag: PlannedBag, say: Words) -> str:
    match bag.recipe.diluent:
        case Diluent.PRESERVATIVE_FREE:
            return ""
        case Diluent.BACTERIOSTATIC:
            per_ml, per_day = benzyl_alcohol(bag.recipe, plan.protocol)
            return say(
                "bacteriostatic",
                concentration=plain(one_decimal(per_ml)),
                daily=plain(nearest_whole(per_day)),
                weight=plan.protocol.figure("benzyl_alcohol.minimum_weight").value,
            )


def _filter(plan: Plan, bag: PlannedBag, say: Words) -> str:
    match bag.recipe.filter:
        case FilterRule.REQUIRED:
            return say("filter", pores=" or ".join(plan.protocol.names("filter.pore_sizes")))
        case FilterRule.NONE:
            return say("no-filter")


def _storage(plan: Plan, bag: PlannedBag, say: Words) -> tuple[str, ...]:
    low, high = (plan.protocol.figure(f"storage.{name}").value for name in ("minimum", "maximum"))
    cold = say("storage", low=low, high=high)
    if hangs_straight_from_refrigerator(duration_h=bag.duration_h, protocol=plan.protocol):
        return cold, say("straight-from-refrigerator")
    return (cold,)


def _alerts(plan: Plan, bag: PlannedBag, say: Words) -> tuple[str, ...]:
    alerts: list[str] = []
    if bag.dose_change:
        alerts.append(say("dose-change", dose=bag.dose.text))
    if bag.line_change:
        alerts.append(say("new-set"))
    if bag.number == len(plan.bags):
        alerts.append(say("last-bag"))
    return tuple(alerts)


def _protocol(plan: Plan, say: Words) -> str:
    protocol = plan.protocol
    return say(
        "protocol",
        country=say(f"country.{protocol.country}"),
        monograph=date_text(protocol.monograph),
        revision=str(protocol.revision),
        digest=short_digest(protocol.digest),
    )


def short_digest(digest: str) -> str:
    """The first digits of a digest, enough to tell two protocols apart by eye."""
    return digest.removeprefix("sha256:")[:DIGITS_OF_DIGEST]


def _datamatrix(plan: Plan, occasion: Occasion) -> str:
    """Company-internal identifiers: no GTIN is invented, and no patient data goes in."""
    serial = occasion.serial + occasion.print_number
    return f"(90){occasion.kind}(91){serial}(92){short_digest(plan.protocol.digest)}"
