"""From a lot to every bag that holds it: where each is now, the most urgent first (REQ-SUP-010)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import assert_never

from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.bag_event import (
    Dispensed,
    Ended,
    Finished,
    Hung,
    Refrigerated,
    Released,
    Started,
    Stopped,
    TakenOut,
)
from pharmacy_app.domain.bag_on_file import Bag

# A bag that runs into a patient comes first, then what is nearest to one. What is gone comes last.
URGENCY = (
    BagState.HUNG,
    BagState.DISPENSED,
    BagState.STOPPED,
    BagState.RELEASED,
    BagState.PREPARED,
    BagState.IN_PREPARATION,
    BagState.ENDED,
    BagState.REJECTED,
    BagState.ABANDONED,
    BagState.VOID,
)


class Place(Enum):
    """Where a bag is, as far as the record knows."""

    AT_PATIENT = "at-patient"
    DESTINATION = "destination"
    REFRIGERATOR = "refrigerator"
    PHARMACY = "pharmacy"
    BENCH = "bench"
    QUARANTINE = "quarantine"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class BagOwner:
    """Whose bag it is: `patient_name` as every paper says it; `bags` how many the plan in force has."""

    patient_name: str
    record_number: str
    order_number: str
    destination: str
    bags: int


@dataclass(frozen=True, slots=True)
class RecalledBag:
    """A bag that holds the lot. `units` are how many of its units were scanned for it."""

    bag: Bag
    owner: BagOwner
    units: int

    @property
    def place(self) -> Place:
        """Where it is."""
        return place_of(self.bag)

    @property
    def times(self) -> tuple[tuple[str, datetime], ...]:
        """When it was started, mixed, ready, released, dispensed, hung, stopped, ended: as far as it came.

        The newest of several such moments counts.
        """
        found = (
            ("started", _newest(self.bag, Started)),
            ("mixed", self.bag.mixed_at),
            ("ready", _newest(self.bag, Finished)),
            ("released", _newest(self.bag, Released)),
            ("dispensed", _newest(self.bag, Dispensed)),
            ("hung", _newest(self.bag, Hung)),
            ("stopped", _newest(self.bag, Stopped)),
            ("ended", _newest(self.bag, Ended)),
        )
        return tuple((name, moment) for name, moment in found if moment is not None)


def place_of(bag: Bag) -> Place:
    """Where a bag is, as far as its events tell."""
    match bag.state:
        case BagState.IN_PREPARATION:
            return Place.BENCH
        case BagState.PREPARED | BagState.RELEASED:
            return _kept_in(bag, Place.PHARMACY)
        case BagState.DISPENSED | BagState.STOPPED:
            return _kept_in(bag, Place.DESTINATION)
        case BagState.HUNG:
            return Place.AT_PATIENT
        case BagState.REJECTED | BagState.VOID:
            return Place.QUARANTINE
        case BagState.ABANDONED | BagState.ENDED:
            return Place.DISCARDED
        case _:
            assert_never(bag.state)


def _kept_in(bag: Bag, otherwise: Place) -> Place:
    """In the refrigerator, if it went in and neither came out nor was handed out since."""
    for event in reversed(bag.events):
        match event.what:
            case Refrigerated():
                return Place.REFRIGERATOR
            case TakenOut() | Dispensed() | Stopped():
                return otherwise
            case _:
                pass
    return otherwise


def _newest(bag: Bag, kind: type[object]) -> datetime | None:
    return next((each.at for each in reversed(bag.events) if isinstance(each.what, kind)), None)


def by_urgency(bags: Iterable[RecalledBag]) -> tuple[RecalledBag, ...]:
    """The most urgent first; of two alike the one that came there first."""
    return tuple(
        sorted(
            bags, key=lambda each: (URGENCY.index(each.bag.state), each.bag.events[-1].at, each.bag.serial)
        )
    )
