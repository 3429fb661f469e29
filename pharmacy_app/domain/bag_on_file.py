"""A bag as its events make it: where it is in its life, who made it, from what, and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from pharmacy_app.domain.bag import BagMove, BagState, state_after
from pharmacy_app.domain.bag_event import (
    Abandoned,
    BagEvent,
    Finished,
    Happening,
    Matched,
    Measured,
    OwnFigures,
    ProductScanned,
    Rejected,
    Released,
    Started,
    TagScanned,
    TakenOver,
    Voided,
)
from pharmacy_app.domain.canonical import digest_of
from pharmacy_app.domain.fact import fact_digest
from pharmacy_app.domain.product import ProductKind
from pharmacy_app.domain.quantity import Volume

_HANDS_ON = (BagMove.START, BagMove.WORK, BagMove.FINISH)
Kind = TypeVar("Kind")


class NoBagsLife(ValueError):
    """Events that no bag can have lived through: a gap, or a move that its state did not allow."""


@dataclass(frozen=True, slots=True)
class Bag:
    """The bag of one serial. `events` are all of its events, oldest first."""

    serial: str
    state: BagState
    started: Started
    events: tuple[BagEvent, ...]

    @property
    def next_number(self) -> int:
        """The number of its next event."""
        return len(self.events) + 1

    @property
    def bench(self) -> str:
        """The station at which it is prepared."""
        moved = self.every(TakenOver)
        return moved[-1].bench if moved else self.started.bench

    @property
    def prepared_by(self) -> tuple[str, ...]:
        """Everyone who had a hand in the preparation, by account name: none of them verifies it."""
        names = [each.person for each in self.events if each.what.move in _HANDS_ON]
        return tuple(dict.fromkeys(names))

    @property
    def second_readers(self) -> tuple[str, ...]:
        """Who read a typed code as the second person, by account name: none of them verifies it either."""
        typed = [each.by_hand for each in self.every(TagScanned)] + [each.by_hand for each in self.units]
        return tuple(dict.fromkeys(each.second_person for each in typed if each is not None))

    @property
    def units(self) -> tuple[ProductScanned, ...]:
        """Every unit that was scanned for it, in that order."""
        return self.every(ProductScanned)

    @property
    def vials(self) -> tuple[ProductScanned, ...]:
        """The drug vials among them."""
        return tuple(each for each in self.units if each.kind is ProductKind.DRUG_VIAL)

    @property
    def measured(self) -> tuple[Measured, ...]:
        """What went in, step by step."""
        return self.every(Measured)

    def measured_at(self, step: str) -> Volume | None:
        """The volume that went in at a step; None: nothing was recorded."""
        found = [each for each in self.measured if each.step == step]
        return total_of(found) if found else None

    @property
    def content(self) -> Volume:
        """All that is recorded to be in the bag."""
        return total_of(self.measured)

    @property
    def mixed_at(self) -> datetime | None:
        """When its first ingredient went in: every limit is reckoned from there."""
        return self.moment_of(Measured)

    @property
    def finished_at(self) -> datetime | None:
        """When it was ready to be verified."""
        return self.moment_of(Finished)

    def own_figures_of(self, person: str) -> OwnFigures | None:
        """The newest own figures of a verifier, by account name."""
        found = [each.what for each in self.events if each.person == person]
        return next((each for each in reversed(found) if isinstance(each, OwnFigures)), None)

    @property
    def released(self) -> Released | None:
        """The release, if there was one."""
        found = self.every(Released)
        return found[-1] if found else None

    @property
    def released_by(self) -> str:
        """Who released it, by account name; empty: nobody did."""
        return next((each.person for each in self.events if isinstance(each.what, Released)), "")

    @property
    def matched(self) -> tuple[int, ...]:
        """The print numbers whose label was scanned together with the tag."""
        return tuple(each.print_number for each in self.every(Matched))

    @property
    def why_dead(self) -> str:
        """The reason with which it was abandoned, rejected or made void; empty: it was not."""
        ends = [each.what for each in self.events if isinstance(each.what, Abandoned | Rejected | Voided)]
        return ends[-1].reason if ends else ""

    @property
    def signed_digest(self) -> str:
        """What a signature covers: every event so far, and by the first of them plan and protocol."""
        return digest_of([fact_digest(each) for each in self.events])

    def every(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """All happenings of that class, oldest first."""
        return tuple(each.what for each in self.events if isinstance(each.what, kind))

    def moment_of(self, kind: type[object]) -> datetime | None:
        """When the first happening of that class took place."""
        return next((each.at for each in self.events if isinstance(each.what, kind)), None)


def bag_of_events(events: Sequence[BagEvent]) -> Bag | None:
    """The bag that lived through these events, oldest first; None: there are none.

    Raises:
        NoBagsLife: the events are of two bags, have a gap, or break the table of moves.
    """
    if not events:
        return None
    first = events[0]
    if not isinstance(first.what, Started):
        raise NoBagsLife(f"{first.serial}: begins with {first.what.move}")
    state = BagState.IN_PREPARATION
    for number, event in enumerate(events, start=1):
        if (event.serial, event.number) != (first.serial, number):
            raise NoBagsLife(f"{first.serial}: event {number} is {event.serial} {event.number}")
        if number > 1:
            after = state_after(state, event.what.move)
            if after is None:
                raise NoBagsLife(f"{first.serial}: {event.what.move} when {state}")
            state = after
    return Bag(first.serial, state, first.what, tuple(events))


def next_event(bag: Bag, what: Happening, *, at: datetime, person: str, station: str) -> BagEvent:
    """The bag's next event."""
    return BagEvent(bag.serial, bag.next_number, at, person, station, what)


def total_of(measured: Iterable[Measured]) -> Volume:
    """The sum of all readings."""
    total = Volume(Decimal(0))
    for each in measured:
        for reading in each.readings:
            total += reading.volume
    return total
