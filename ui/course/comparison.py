"""The new plan beside the old one, bag by bag, and what is left of the cycle. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.clock import shown
from pharmacy_app.domain.plan_record import BagRecord, plan_record
from pharmacy_app.domain.preparation_scan import shown_serial
from ui.dates import short_moment_text

if TYPE_CHECKING:
    from pharmacy_app.domain.ledger import BagAnswer
    from pharmacy_app.domain.plan import Plan
    from pharmacy_app.workflow.unit_of_work import StoredPlan
    from ui.words import Words

_DAY_MINUTES = 1440


@dataclass(frozen=True, slots=True)
class ComparedBag:
    """One number under both plans; empty where a plan has no such bag."""

    number: str
    old: str
    new: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """`stays`: the plan goes on as it is. `void` names the bags made that the new plan has no use for."""

    stays: bool
    infused: str
    rows: tuple[ComparedBag, ...]
    void: str


def compare_plans(
    old: StoredPlan, new: Plan, bags: Sequence[BagAnswer], words: Words, *, restarted_at: datetime
) -> Comparison:
    """The bags from the stop on; `new` is not refused."""
    zone = ZoneInfo(new.order.time_zone)
    before, after = old.content.bags, plan_record(new).bags
    rows = _rows(before, after, zone, words)
    stays = not any(each.differs for each in rows)
    infused = sum(each.infused_minutes for each in new.bags if each.start_at < restarted_at)
    whole = sum(each.infused_minutes for each in new.bags)
    text = words("ui.course.new.infused", infused=_days(infused), left=_days(whole - infused))
    return Comparison(stays, "" if stays else text, rows, _void(after, bags, old, words))


def _rows(
    before: Sequence[BagRecord], after: Sequence[BagRecord], zone: ZoneInfo, words: Words
) -> tuple[ComparedBag, ...]:
    old = {each.number: _text(each, zone, words) for each in before}
    new = {each.number: _text(each, zone, words) for each in after}
    numbers = sorted({*old, *new})
    first = next((each for each in numbers if old.get(each) != new.get(each)), numbers[-1])
    return tuple(
        ComparedBag(str(each), old.get(each, ""), new.get(each, ""), old.get(each) != new.get(each))
        for each in numbers
        if each >= first
    )


def _text(bag: BagRecord, zone: ZoneInfo, words: Words) -> str:
    start, change = (short_moment_text(shown(each, zone)) for each in (bag.start_at, bag.change_at))
    return words(
        "ui.course.new.bag", start=start, change=change, dose=bag.dose.text, hours=str(bag.duration_h)
    )


def _void(after: Sequence[BagRecord], bags: Sequence[BagAnswer], old: StoredPlan, words: Words) -> str:
    """Those made, not hung and not dead, that the new plan plans otherwise."""
    planned_old = {each.number: each for each in old.content.bags}
    planned_new = {each.number: each for each in after}
    found = []
    for each in bags:
        if each.ledger is None or each.ledger.bag.state is BagState.HUNG:
            continue
        number = each.ledger.bag.started.bag_number
        if planned_old.get(number) != planned_new.get(number):
            name = words("ui.course.new.serial", bag=str(number), serial=shown_serial(each.serial))
            found.append(name)
    return ", ".join(found)


def _days(minutes: int) -> str:
    days, rest = divmod(minutes, _DAY_MINUTES)
    hours, left = divmod(rest, 60)
    parts = [(days, "d"), (hours, "h"), (left, "min")]
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "0 d"
