"""Where a bag that holds a lot is, and which one is the most urgent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.bag_event import (
    Abandoned,
    Dispensed,
    Ended,
    Finished,
    Happening,
    Hung,
    Measured,
    Refrigerated,
    Rejected,
    Released,
    ReleasedAgain,
    Stopped,
    TakenOut,
    Voided,
)
from pharmacy_app.domain.bag_on_file import Bag, bag_of_events
from pharmacy_app.domain.recall import URGENCY, BagOwner, RecalledBag, by_urgency
from tests.support.facts import NOON, events, some, started

OWNER = BagOwner("TREMBLAY, Anne-Marie", "4471023", "RX-1001", "6 East, bed 12", 7)
PREPARED = (started(), some(Measured), some(Finished))
RELEASED = (*PREPARED, some(Released))
DISPENSED = (*RELEASED, some(Dispensed))
HUNG = (*DISPENSED, some(Hung))
LIVES: dict[BagState, tuple[Happening, ...]] = {
    BagState.IN_PREPARATION: (started(),),
    BagState.PREPARED: PREPARED,
    BagState.RELEASED: RELEASED,
    BagState.DISPENSED: DISPENSED,
    BagState.HUNG: HUNG,
    BagState.STOPPED: (*HUNG, some(Stopped)),
    BagState.ENDED: (*HUNG, some(Ended)),
    BagState.REJECTED: (*PREPARED, some(Rejected)),
    BagState.ABANDONED: (started(), some(Abandoned)),
    BagState.VOID: (*RELEASED, some(Voided)),
}


def bag(*life: Happening, serial: str = "2611200001") -> Bag:
    """The bag that lived so, an hour from event to event."""
    found = [
        replace(event, at=NOON + timedelta(hours=number))
        for number, event in enumerate(events(*life, serial=serial))
    ]
    made = bag_of_events(found)
    assert made is not None
    return made


def recalled(*life: Happening, serial: str = "2611200001") -> RecalledBag:
    return RecalledBag(bag(*life, serial=serial), OWNER, units=1)


@pytest.mark.req("REQ-SUP-010")
def test_a_bag_that_hangs_comes_first_then_what_is_nearest_to_a_patient() -> None:
    bags = [recalled(*life, serial=f"26112{number:05}") for number, life in enumerate(LIVES.values())]
    assert [each.bag.state.value for each in by_urgency(reversed(bags))] == [
        "hung",
        "dispensed",
        "stopped",
        "released",
        "prepared",
        "in-preparation",
        "ended",
        "rejected",
        "abandoned",
        "void",
    ]


def test_every_state_has_its_urgency() -> None:
    assert sorted(each.value for each in URGENCY) == sorted(each.value for each in BagState)


def test_of_two_bags_in_one_state_the_one_that_came_there_first_is_first() -> None:
    later, earlier = recalled(*HUNG, serial="2611200001"), recalled(*HUNG, serial="2611200002")
    moved = replace(later.bag.events[-1], at=NOON + timedelta(days=2))
    later = replace(later, bag=replace(later.bag, events=(*later.bag.events[:-1], moved)))
    assert [each.bag.serial for each in by_urgency([later, earlier])] == ["2611200002", "2611200001"]


@pytest.mark.req("REQ-SUP-010")
@pytest.mark.parametrize(
    ("life", "place"),
    [
        (LIVES[BagState.IN_PREPARATION], "bench"),
        (PREPARED, "pharmacy"),
        ((*PREPARED, some(Refrigerated)), "refrigerator"),
        ((*PREPARED, some(Refrigerated), some(Released)), "refrigerator"),
        ((*RELEASED, some(Refrigerated), some(TakenOut)), "pharmacy"),
        ((*RELEASED, some(Refrigerated), some(Dispensed)), "destination"),
        ((*DISPENSED, some(Refrigerated)), "refrigerator"),
        ((*DISPENSED, some(Refrigerated), some(TakenOut)), "destination"),
        (HUNG, "at-patient"),
        ((*HUNG, some(Stopped)), "destination"),
        ((*HUNG, some(Stopped), some(ReleasedAgain)), "destination"),
        ((*HUNG, some(Ended)), "discarded"),
        (LIVES[BagState.REJECTED], "quarantine"),
        (LIVES[BagState.VOID], "quarantine"),
        (LIVES[BagState.ABANDONED], "discarded"),
    ],
)
def test_the_events_tell_where_a_bag_is(life: tuple[Happening, ...], place: str) -> None:
    assert recalled(*life).place.value == place


def test_the_times_go_as_far_as_the_bag_came() -> None:
    assert recalled(*HUNG).times == (
        ("started", NOON),
        ("mixed", NOON + timedelta(hours=1)),
        ("ready", NOON + timedelta(hours=2)),
        ("released", NOON + timedelta(hours=3)),
        ("dispensed", NOON + timedelta(hours=4)),
        ("hung", NOON + timedelta(hours=5)),
    )
    assert recalled(started()).times == (("started", NOON),)
