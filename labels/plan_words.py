"""What a printed plan says: every figure as text, every word from the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from pharmacy_app.domain.clock import date_text, offset_text, span_text, time_text
from pharmacy_app.domain.course import is_made_up
from pharmacy_app.domain.label_phrases import keep_together, one_offset, short_digest, shown_time, unbroken
from pharmacy_app.domain.order import Interruption
from pharmacy_app.domain.plan import PlannedBag
from pharmacy_app.domain.protocol import Diluent
from pharmacy_app.workflow.plan_paper import PlanPaper
from pharmacy_app.workflow.ports import Phrases

COLUMNS = ("number", "days", "hang", "change", "dose", "bag", "runs", "diluent", "rate", "infuse", "discard",
           "vials", "prepare", "remarks")  # fmt: skip


@dataclass(frozen=True, slots=True)
class TableRow:
    """One bag: a text for each of `COLUMNS`. `strong`: the row stands out."""

    cells: tuple[str, ...]
    strong: bool


class PlanWords:
    """The words of one printed plan."""

    def __init__(self, paper: PlanPaper, words: Phrases) -> None:
        self.paper, self.plan = paper, paper.plan
        self._words = words
        moments = [each for bag in paper.plan.bags for each in (bag.start_at, bag.change_at)]
        self._offset = one_offset(moments)

    def say(self, code: str, **values: str) -> str:
        """A sentence of the printed plan, numbers and units held together."""
        return keep_together(self._words(f"plan-paper.{code}", **values))

    def mark(self) -> str:
        """The training mark; empty where the protocol is commissioned."""
        return "" if self.plan.protocol.commissioned else self._words("label.training")

    def title(self) -> str:
        """Which paper this is, and of which revision of the plan."""
        order, revision = self.plan.order.order_number, str(self.paper.revision)
        return self.say("title", drug=self.plan.protocol.drug, order=order, revision=revision)

    def name(self) -> str:
        """The patient's name."""
        return self.plan.order.patient.display_name

    def facts(self) -> tuple[tuple[str, str], ...]:
        """Captions and values that tell whose plan it is, and of what."""
        order, accepted = self.plan.order, self.paper.accepted_at
        course = self._words(f"ui.orders.indication-short.{order.indication}")
        return (
            (self.say("record-number"), order.patient.record_number),
            (self.say("born"), date_text(order.patient.date_of_birth)),
            (self.say("order"), order.order_number),
            ("", self.say("cycle", indication=course, cycle=str(order.cycle))),
            (self.say("prescriber"), order.prescriber),
            (self.say("destination"), order.destination),
            (self.say("zone"), order.time_zone),
            (self.say("accepted"), self._shown(accepted)),
        )

    def heads(self) -> tuple[str, ...]:
        """The head of each column; where the clocks differ, times say whose they are."""
        return tuple(self._head(name) for name in COLUMNS)

    def _head(self, name: str) -> str:
        if name in {"hang", "change"} and self._offset:
            return self.say(f"head.{name}-offset", offset=self._offset)
        if name == "prepare" and self.paper.two_zones:
            return self.say("head.prepare-there", zone=self.paper.pharmacy_zone.key)
        return self.say(f"head.{name}")

    def rows(self) -> tuple[TableRow, ...]:
        """Every bag."""
        return tuple(TableRow(self._cells(bag), bag.stopped or bag.held) for bag in self.plan.bags)

    def _cells(self, bag: PlannedBag) -> tuple[str, ...]:
        one_day = bag.first_day == bag.last_day
        return (
            str(bag.number),
            str(bag.first_day) if one_day else f"{bag.first_day}–{bag.last_day}",
            shown_time(bag.start_at, with_offset=not self._offset),
            shown_time(bag.change_at, with_offset=not self._offset),
            keep_together(bag.dose.text),
            keep_together(f"{bag.duration_h} h"),
            keep_together(bag.elapsed.text),
            self.diluent(bag),
            keep_together(bag.rate.text),
            keep_together(bag.volume_to_infuse.text),
            keep_together(bag.overfill.text),
            str(bag.recipe.vials),
            self._prepare(bag),
            ", ".join(self._remarks(bag)),
        )

    def diluent(self, bag: PlannedBag) -> str:
        """With or without preservative, in words."""
        return self._words(f"ui.plan.diluent.{bag.recipe.diluent.value}")

    def _prepare(self, bag: PlannedBag) -> str:
        if bag.stopped:
            return ""
        if bag.preparation is None:
            return self.say("no-time")
        first, last = (
            unbroken(time_text(each.astimezone(self.paper.pharmacy_zone)))
            for each in (bag.preparation.first, bag.preparation.last)
        )
        return f"{first} – {last}"

    def _remarks(self, bag: PlannedBag) -> Iterator[str]:
        if bag.stopped:
            yield self.say("remark.void")
        if bag.held:
            yield self.say("remark.held")
        if bag.restart:
            yield self.say("remark.restart")
        if bag.line_change:
            yield self.say("remark.new-set")
        if bag.dose_change:
            yield self.say("remark.dose-change")
        if bag.early.value:
            yield self.say("remark.early", hours=bag.early.number)
        if bag.clock_time_skipped or bag.clock_time_twice:
            yield self.say("remark.clock")
        if bag.closed_day_change:
            yield self.say("remark.closed")
        if bag.number == len(self.plan.bags):
            yield self.say("remark.last")

    def totals(self) -> tuple[tuple[str, str], ...]:
        """What the plan costs; `sittings` are told where sharing saves vials."""
        totals = self.plan.totals
        assert totals is not None  # a plan without bags is not drawn
        return (
            (self.say("total.bags"), str(totals.bags)),
            (self.say("total.changes"), str(totals.changes)),
            (self.say("total.closed"), str(totals.closed_day_changes)),
            (self.say("total.lines"), str(totals.line_changes)),
            (self.say("total.vials"), str(totals.vials)),
            (self.say("total.shared"), str(self.plan.vials_shared)),
            (self.say("total.ordered"), totals.drug_ordered.text),
            (self.say("total.discarded"), totals.drug_discarded.text),
            (self.say("total.benzyl-alcohol"), str(totals.benzyl_alcohol_days)),
        )

    def below_totals(self) -> tuple[str, ...]:
        """Which bags share vials, and what every interruption came to."""
        told = [self._interruption(at, each) for at, each in enumerate(self.plan.order.interruptions, 1)]
        shared = [each.bags for each in self.plan.sittings if len(each.bags) > 1]
        if shared and self.plan.totals is not None and self.plan.vials_shared < self.plan.totals.vials:
            bags = ", ".join(f"{each[0]}–{each[-1]}" for each in shared)
            told.insert(0, self.say("together", bags=bags))
        return tuple(told)

    def _interruption(self, number: int, each: Interruption) -> str:
        zone = self.plan.bags[0].start_at.tzinfo
        stopped, restarted = each.stopped_at.astimezone(zone), each.restarted_at.astimezone(zone)
        made_up = is_made_up(each, self.plan.protocol)
        return self.say(
            "interruption-made-up" if made_up else "interruption-short",
            number=str(number),
            stopped=unbroken(self._shown(stopped)),
            restarted=unbroken(self._shown(restarted)),
            length=keep_together(span_text(restarted.astimezone(UTC) - stopped.astimezone(UTC))),
        )

    def reminders(self) -> tuple[str, ...]:
        """What the guide wants remembered; whose guide it is stands once, in the title."""
        return tuple(keep_together(self._short(self._words.finding(each))) for each in self.paper.reminders)

    def _short(self, sentence: str) -> str:
        once = self._words("plan-paper.said-once")
        return f"{sentence.removesuffix(once)}." if sentence.endswith(once) else sentence

    def legend(self) -> tuple[tuple[str, str], ...]:
        """What is drawn, by name, and its words."""
        bags = self.plan.bags
        doses = {bag.dose: bag.dose == self.plan.protocol.full_dose for bag in bags}
        found = [("full" if full else "low", keep_together(dose.text)) for dose, full in doses.items()]
        if any(bag.recipe.diluent is Diluent.BACTERIOSTATIC for bag in bags):
            found.append(("bacteriostatic", self._words("ui.plan.diluent.bacteriostatic")))
        if any(bag.dose_change for bag in bags):
            found.append(("wall", self.say("legend.wall")))
        if any(bag.line_change for bag in bags):
            found.append(("new-set", self.say("legend.new-set")))
        if self.paper.closed.hospital_days:
            found.append(("hospital", self.say("legend.hospital")))
        if any(bag.restart for bag in bags):
            found.append(("gap", self.say("legend.gap")))
        return tuple(found)

    def footer(self) -> str:
        """The pharmacy, the protocol with its digest, and the zone rules."""
        protocol = self.plan.protocol
        return self.say(
            "footer",
            pharmacy=self.paper.pharmacy,
            drug=protocol.drug,
            country=self._words(f"label.country.{protocol.country}"),
            monograph=date_text(protocol.monograph),
            revision=str(protocol.revision),
            digest=short_digest(protocol.digest),
            zones=self.plan.zone_data,
        )

    def _shown(self, moment: datetime) -> str:
        return f"{time_text(moment)} {offset_text(moment)}"
