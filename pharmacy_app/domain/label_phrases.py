"""The phrases that a bag's planned figures come to on its label, and what its two codes hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime

from pharmacy_app.domain.beyond_use import hangs_straight_from_refrigerator
from pharmacy_app.domain.calculation import benzyl_alcohol
from pharmacy_app.domain.clock import date_text, offset_text, time_text
from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.plan import Plan, PlannedBag
from pharmacy_app.domain.protocol import Diluent, FilterRule, Protocol
from pharmacy_app.domain.quantity import plain
from pharmacy_app.domain.rounding import nearest_whole, one_decimal

Words = Callable[..., str]

NAME_ALERT = "order.name-alert"  # the code of the finding that a label repeats
DIGITS_OF_DIGEST = 8
_UNITS = r"(?:mL/h|mL|mcg/day|mcg|mg/mL|mg/day|mg|kg|°C|%|h|days|day|micron)"
_NUMBER_AND_UNIT = re.compile(rf"(?<=[0-9]) (?={_UNITS}(?![A-Za-z]))")


def keep_together(text: str) -> str:
    """The text with NO-BREAK SPACE between each number and its unit."""
    return _NUMBER_AND_UNIT.sub("\u00a0", text)


def speaker(words: Words) -> Words:
    """Says the label's own phrases: `say("dose", dose="28")`."""

    def say(code: str, **values: str) -> str:
        return keep_together(words(f"label.{code}", **values))

    return say


def unbroken(text: str) -> str:
    """Date, time and offset stay on one line."""
    return text.replace(" ", "\u00a0")


def one_offset(moments: Iterable[datetime]) -> str:
    """The offset from UTC that all of these aware times share; empty: they do not."""
    offsets = {offset_text(each) for each in moments}
    return offsets.pop() if len(offsets) == 1 else ""


def shown_time(moment: datetime, *, with_offset: bool) -> str:
    """Date and time, and in one piece with them the offset from UTC where a document's times share none."""
    return unbroken(f"{time_text(moment)} {offset_text(moment)}") if with_offset else time_text(moment)


def shown_time_in_two(moment: datetime, *, with_offset: bool) -> str:
    """The same; the offset may stand on the next line."""
    shown = unbroken(time_text(moment))
    return f"{shown} {offset_text(moment)}" if with_offset else shown


def bag_of(plan: Plan, bag: PlannedBag, plan_revision: int, say: Words) -> str:
    """Which bag of how many, and of which plan."""
    return say("bag-of", number=str(bag.number), last=str(len(plan.bags)), plan=str(plan_revision))


def days(bag: PlannedBag, say: Words) -> str:
    """How many days the bag runs."""
    count = bag.last_day - bag.first_day + 1
    return say("days" if count > 1 else "day", count=str(count))


def cycle_days(plan: Plan, bag: PlannedBag, say: Words) -> str:
    """Which days of which cycle."""
    values = {"cycle": str(plan.order.cycle), "first": str(bag.first_day), "last": str(bag.last_day)}
    return say("cycle-day" if bag.first_day == bag.last_day else "cycle-days", **values)


def benzyl_alcohol_warning(plan: Plan, bag: PlannedBag, say: Words) -> str:
    """What is said of the preservative; empty where there is none."""
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


def filter_instruction(plan: Plan, bag: PlannedBag, say: Words) -> str:
    """Which filter belongs in the line, or that none does."""
    match bag.recipe.filter:
        case FilterRule.REQUIRED:
            return say("filter", pores=" or ".join(plan.protocol.names("filter.pore_sizes")))
        case FilterRule.NONE:
            return say("no-filter")


def storage(plan: Plan, bag: PlannedBag, say: Words) -> tuple[str, ...]:
    """How the bag is kept until it is hung."""
    low, high = (plan.protocol.figure(f"storage.{name}").value for name in ("minimum", "maximum"))
    cold = say("storage", low=low, high=high)
    if hangs_straight_from_refrigerator(duration_h=bag.duration_h, protocol=plan.protocol):
        return cold, say("straight-from-refrigerator")
    return (cold,)


def name_alert(findings: Iterable[Finding], say: Words) -> tuple[str, ...]:
    """NAME ALERT, where another patient on file looks alike (REQ-ORD-007)."""
    return (say("name-alert"),) if any(each.code == NAME_ALERT for each in findings) else ()


def alerts(plan: Plan, bag: PlannedBag, say: Words) -> tuple[str, ...]:
    """What is not so with every bag."""
    found = [*name_alert(plan.findings, say)]
    if bag.dose_change:
        found.append(say("dose-change", dose=bag.dose.text))
    if bag.line_change:
        found.append(say("new-set"))
    if bag.number == len(plan.bags):
        found.append(say("last-bag"))
    return tuple(found)


def protocol_line(protocol: Protocol, say: Words) -> str:
    """Country, monograph, revision and the protocol's digest."""
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


def internal_elements(*, kind: str, code128: str, protocol: Protocol) -> str:
    """A DataMatrix of company-internal identifiers: no GTIN is invented, and no patient data goes in."""
    return f"(90){kind}(91){code128}(92){short_digest(protocol.digest)}"


def trade_elements(*, gtin: str, code128: str, expires: datetime, lot: str) -> str:
    """A DataMatrix with the site's own GTIN; `expires` as the clock shows it at the place of infusion."""
    return f"(01){gtin}(7003){expires:%y%m%d%H%M}(10){lot}(21){code128}"
