"""The plan in force as calendar entries for the nurse at home: what is done at which instant, in words.

Whoever writes the file decides nothing: every text is made here. A calendar is read on a telephone, so it
names no patient: initials and the order's number say whose bag it is, the label on the bag says the rest.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol as Port

from pharmacy_app.domain.clock import offset_text, time_text
from pharmacy_app.domain.order import in_capitals
from pharmacy_app.domain.plan import Plan, PlannedBag
from pharmacy_app.domain.plan_record import BagRecord, PlanRecord, plan_record_digest
from pharmacy_app.domain.protocol import FilterRule
from pharmacy_app.domain.site import Site
from pharmacy_app.workflow.ports import Phrases
from pharmacy_app.workflow.unit_of_work import StoredPlan


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One moment (UTC). `uid` is the same in every revision of the order's plan; `cancelled`: it is off."""

    uid: str
    at: datetime
    summary: str
    description: str
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class PlanCalendar:
    """All entries of one revision, made at `made_at` (UTC). `name` is what the calendar is called."""

    name: str
    revision: int
    made_at: datetime
    entries: tuple[CalendarEntry, ...]


class CalendarWriter(Port):
    """Writes a calendar as a file that telephones read."""

    def write(self, calendar: PlanCalendar) -> bytes:
        """The file. The same calendar gives the same bytes."""
        ...


def plan_calendar(plan: Plan, kept: Sequence[StoredPlan], site: Site, words: Phrases) -> PlanCalendar:
    """The calendar of the plan in force. `kept` are all its order's plans on file, the first one first.

    A bag that a former plan had and this one has not is cancelled.
    """
    former, now = kept[:-1], kept[-1]
    teller = _Teller(plan, now.revision, site, words)
    series = uuid.UUID(hex=plan_record_digest(kept[0].content)[:32])
    entries = [_entry(series, f"bag {bag.number}", bag.start_at, teller.hang(bag)) for bag in plan.bags]
    entries.append(_entry(series, "end", plan.bags[-1].change_at, teller.end(plan.bags[-1])))
    for number, (revision, bag, last) in _fallen_away([*former, now]).items():
        texts = teller.cancelled(number, last, revision)
        entries.append(_entry(series, f"bag {number}", bag.start_at, texts, cancelled=True))
    name = words("calendar.name", drug=plan.protocol.drug.capitalize(), patient=teller.patient)
    made_at = now.made_at.astimezone(UTC)
    return PlanCalendar(teller.marked(name), now.revision, made_at, tuple(entries))


def _fallen_away(kept: Sequence[StoredPlan]) -> Mapping[int, tuple[int, BagRecord, int]]:
    """By number, each bag that the last plan lacks: the newest plan that had it, and that plan's last."""
    found: dict[int, tuple[int, BagRecord, int]] = {}
    for each in kept[:-1]:
        for bag in each.content.bags[_count(kept[-1].content) :]:
            found[bag.number] = (each.revision, bag, _count(each.content))
    return dict(sorted(found.items()))


def _count(content: PlanRecord) -> int:
    return len(content.bags)


def _entry(
    series: uuid.UUID, name: str, at: datetime, texts: tuple[str, str], *, cancelled: bool = False
) -> CalendarEntry:
    """The series is the order's first plan, which no later one changes: so an entry keeps its name."""
    summary, description = texts
    return CalendarEntry(str(uuid.uuid5(series, name)), at.astimezone(UTC), summary, description, cancelled)


def initials(plan: Plan) -> str:
    """Of the first given name and the family name, such as `A. T.`."""
    patient = plan.order.patient
    return " ".join(f"{in_capitals(name[0])}." for name in (patient.given_names, patient.family_name))


@dataclass(frozen=True, slots=True)
class _Teller:
    """Says what an entry says: a summary of one line, and a description of several."""

    plan: Plan
    revision: int
    site: Site
    words: Phrases

    @property
    def patient(self) -> str:
        """Whose bag it is, as far as a telephone may know."""
        values = {"initials": initials(self.plan), "order": self.plan.order.order_number}
        return self.words("calendar.patient", **values)

    def marked(self, text: str) -> str:
        """With the training mark before it, where this is training."""
        if self.plan.protocol.commissioned:
            return text
        return self.words("calendar.training", mark=self.words("label.training"), text=text)

    def hang(self, bag: PlannedBag) -> tuple[str, str]:
        """A bag is hung: the first one, at a change, or at a restart."""
        act = self.words("calendar.hang", rate=bag.rate.text)
        lines = (*self._change(bag), *self._figures(bag), *self._cautions(bag), *self._always())
        return self._summary(bag, ", ".join((act, *self._alerts(bag)))), "\n".join(self._with_mark(lines))

    def end(self, bag: PlannedBag) -> tuple[str, str]:
        """The last bag is taken down."""
        lines = (
            self.words("calendar.end-at", time=self._shown(bag.change_at), zone=self.plan.order.time_zone),
            self.words("calendar.discard-old", number=str(bag.number), volume=bag.overfill.text),
            self.words("label.last-bag"),
            *self._always(),
        )
        return self._summary(bag, self.words("calendar.end")), "\n".join(self._with_mark(lines))

    def cancelled(self, number: int, last: int, revision: int) -> tuple[str, str]:
        """A bag of a former plan that is not hung any more."""
        bag = {"number": str(number), "last": str(last), "plan": str(revision)}
        text = self.words("calendar.cancelled-because", **bag, now=str(self.revision))
        summary = self._say("calendar.cancelled", **bag)
        return self.marked(summary), "\n".join(self._with_mark((text, *self._always())))

    def _summary(self, bag: PlannedBag, act: str) -> str:
        values = {"number": str(bag.number), "last": str(len(self.plan.bags)), "plan": str(self.revision)}
        return self.marked(self._say("calendar.summary", act=act, **values))

    def _say(self, code: str, **values: str) -> str:
        return self.words(code, drug=self.plan.protocol.drug.capitalize(), patient=self.patient, **values)

    def _with_mark(self, lines: Sequence[str]) -> Iterator[str]:
        if not self.plan.protocol.commissioned:
            yield self.words("label.training")
        yield from lines

    def _shown(self, moment: datetime) -> str:
        return f"{time_text(moment)} {offset_text(moment)}"

    def _alerts(self, bag: PlannedBag) -> Iterator[str]:
        """What is not so at every change, short."""
        if bag.dose_change:
            yield self.words("calendar.alert.dose-change", dose=bag.dose.text)
        if bag.line_change:
            yield self.words("calendar.alert.new-set")
        if bag.held:
            yield self.words("calendar.alert.held")
        if bag.number == len(self.plan.bags):
            yield self.words("calendar.alert.last-bag")

    def _change(self, bag: PlannedBag) -> Iterator[str]:
        """When, and what becomes of the bag before."""
        code = "restart-at" if bag.restart else "start-at" if bag.number == 1 else "change-at"
        values = {"time": self._shown(bag.start_at), "zone": self.plan.order.time_zone}
        yield self.words(f"calendar.{code}", number=str(bag.number), **values)
        if bag.number > 1:
            before = self.plan.bags[bag.number - 2]
            old = "void-old" if before.stopped else "discard-old"
            volume = before.overfill.text
            yield self.words(f"calendar.{old}", number=str(before.number), volume=volume)

    def _figures(self, bag: PlannedBag) -> Iterator[str]:
        until = "stopped-at" if bag.stopped else "until"
        volumes = {"volume": bag.volume_to_infuse.text, "hours": bag.elapsed.text}
        yield self.words("calendar.rate", rate=bag.rate.text)
        yield self.words("calendar.infuse", **volumes)
        yield self.words("calendar.dose", dose=bag.dose.text)
        yield self.words(f"calendar.{until}", time=self._shown(bag.change_at))
        yield self.words("calendar.overfill", volume=bag.overfill.text)

    def _cautions(self, bag: PlannedBag) -> Iterator[str]:
        words, protocol = self.words, self.plan.protocol
        if bag.held:
            yield words("calendar.held")
        if bag.dose_change:
            yield words("label.dose-change", dose=bag.dose.text)
        if bag.line_change:
            yield words("worksheet.new-set")
        if bag.line_change or bag.number == 1:
            yield words(f"label.primed-by.{self.site.primed_by.value}")
        match bag.recipe.filter:
            case FilterRule.REQUIRED:
                yield words("label.filter", pores=" or ".join(protocol.names("filter.pore_sizes")))
            case FilterRule.NONE:
                yield words("label.no-filter")
        if bag.number == len(self.plan.bags):
            yield words("label.last-bag")

    def _always(self) -> Iterator[str]:
        """What stands in every entry."""
        yield self.words("label.do-not-flush")
        yield self.words("calendar.start-by")
        yield self.words("calendar.whose", patient=self.patient)
        yield self.words("calendar.plan", plan=str(self.revision))
        yield self.words("calendar.ask", pharmacy=self.site.name, telephone=self.site.telephone)
