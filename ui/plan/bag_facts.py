"""What the card of one bag says: every figure of it, and the findings that name it."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from pharmacy_app.domain.plan import Plan, PlannedBag
from pharmacy_app.domain.preparation_window import Sitting
from pharmacy_app.domain.quantity import plain
from pharmacy_app.domain.rounding import two_decimals
from ui.pharmacy_clock import at_the_pharmacy, moment_text
from ui.remarks import Remark, remark_of_finding
from ui.words import Words


@dataclass(frozen=True, slots=True)
class BagFacts:
    """A title, rows of name and value, and remarks."""

    number: int
    title: str
    rows: tuple[tuple[str, str], ...]
    remarks: tuple[Remark, ...]

    @property
    def hint(self) -> str:
        """All of it in lines, for the pointer."""
        rows = (f"{name}: {value}" for name, value in self.rows)
        sentences = (f"{each.lead} {each.sentence}" for each in self.remarks)
        return "\n".join([self.title, *rows, *sentences])

    def spoken(self) -> str:
        """All of it in one sentence, for a screen reader."""
        return "; ".join([self.title, *(f"{name} {value}" for name, value in self.rows)])


def bag_facts(plan: Plan, bag: PlannedBag, words: Words, *, pharmacy_zone: str) -> BagFacts:
    """The facts of one bag of a plan."""
    title = words("ui.plan.fact.title", number=str(bag.number), last=str(len(plan.bags)))
    pores = plan.protocol.one_of("filter.pore_sizes")
    rows = (
        *_state_rows(bag, words),
        *_clock_rows(bag, words, pharmacy_zone),
        *_preparation_rows(plan, bag, words, pharmacy_zone),
        (words("ui.plan.fact.runs"), words("ui.plan.fact.hours", elapsed=bag.elapsed.text)),
        (words("ui.plan.fact.dose"), bag.dose.text),
        (words("ui.plan.fact.delivered"), _delivered(bag)),
        (words("ui.plan.fact.drug"), _drug(bag, words)),
        (words("ui.plan.fact.rate"), bag.rate.text),
        (words("ui.plan.fact.infuse"), bag.volume_to_infuse.text),
        (words("ui.plan.fact.discard"), bag.overfill.text),
        (words("ui.plan.fact.diluent"), words(f"ui.plan.diluent.{bag.recipe.diluent.value}")),
        (words("ui.plan.fact.filter"), words(f"ui.plan.filter.{bag.recipe.filter.value}", pores=pores)),
        *_day_rows(plan, bag, words),
    )
    own = (each for each in plan.findings if ("bag", str(bag.number)) in each.values)
    return BagFacts(bag.number, title, rows, tuple(remark_of_finding(each, words) for each in own))


def _state_rows(bag: PlannedBag, words: Words) -> tuple[tuple[str, str], ...]:
    """What an interruption made of it; nothing for a bag that none concerns."""
    said = ((bag.stopped, "void"), (bag.restart, "restart"), (bag.held, "held"))
    states = [words(f"ui.plan.{code}") for holds, code in said if holds]
    if not states:
        return ()
    return ((words("ui.plan.fact.state"), words("ui.plan.alternative.comma").join(states)),)


def _clock_rows(bag: PlannedBag, words: Words, pharmacy_zone: str) -> tuple[tuple[str, str], ...]:
    rows: list[tuple[str, str]] = []
    end = "stopped" if bag.stopped else "change"
    for code, moment in (("hang", bag.start_at), (end, bag.change_at)):
        rows.append((words(f"ui.plan.fact.{code}"), moment_text(moment)))
        there = at_the_pharmacy(moment, pharmacy_zone)
        if there:
            rows.append((words("ui.plan.fact.at-the-pharmacy"), there))
    return tuple(rows)


def _preparation_rows(
    plan: Plan, bag: PlannedBag, words: Words, pharmacy_zone: str
) -> tuple[tuple[str, str], ...]:
    """Between when it is prepared, by the pharmacy's clock, and with which other bags in one sitting."""
    if bag.stopped:
        return ()
    name, window = words("ui.plan.fact.prepare"), bag.preparation
    if window is None:
        return ((name, words("ui.plan.fact.prepare-never")),)
    zone = ZoneInfo(pharmacy_zone)
    first, last = moment_text(window.first.astimezone(zone)), moment_text(window.last.astimezone(zone))
    rows = [(name, words("ui.plan.fact.between", first=first, last=last))]
    sitting = next(each for each in plan.sittings if bag.number in each.bags)
    if len(sitting.bags) > 1:
        rows.append((words("ui.plan.fact.sitting"), sitting_text(sitting, words)))
    return tuple(rows)


def _day_rows(plan: Plan, bag: PlannedBag, words: Words) -> tuple[tuple[str, str], ...]:
    """The infusion days, where an interruption has parted them from the days of the calendar."""
    if len(plan.stretches) < 2:
        return ()
    days = str(bag.first_day) if bag.first_day == bag.last_day else f"{bag.first_day}–{bag.last_day}"
    return ((words("ui.plan.fact.days"), days),)


def sitting_text(sitting: Sitting, words: Words) -> str:
    """Such as `bags 3 and 4: 7 vials`."""
    *others, last = (str(number) for number in sitting.bags)
    bags = words("ui.plan.sitting.bags", others=words("ui.plan.alternative.comma").join(others), last=last)
    vials = words(f"ui.plan.amount.vials.{'one' if sitting.vials == 1 else 'many'}", count=str(sitting.vials))
    return words("ui.plan.sitting.one", bags=bags, vials=vials)


def _delivered(bag: PlannedBag) -> str:
    deviation = plain(two_decimals(bag.deviation_percent))
    sign = "" if deviation.startswith("-") else "+"
    text = "0" if deviation == "0" else f"{sign}{deviation}".replace("-", "–")
    return f"{two_decimals(bag.delivered.value)} mcg/day, {text} %"


def _drug(bag: PlannedBag, words: Words) -> str:
    code = "ui.plan.fact.one-vial" if bag.recipe.vials == 1 else "ui.plan.fact.vials"
    return words(code, drug=bag.recipe.drug.text, vials=str(bag.recipe.vials))
