"""Laws of every plan, whether the program chose the sequence or a person typed it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pharmacy_app.domain.plan import Plan, PlannedBag
from tests.support.cycle_model import WEEKDAYS, CycleModel
from tests.support.orders import document_starting
from tests.support.random_orders import DURATIONS_H, HOURS, ZONES
from tests.support.rulebooks import plan_of

RATES = {24: Decimal(10), 48: Decimal(5), 72: Decimal("3.3"), 96: Decimal("2.5"), 168: Decimal("0.6")}
ROOM_LIMITS = {24: 96, 48: 96, 72: 96, 96: 96, 168: 168}
HOUR = timedelta(hours=1)


@st.composite
def documents(draw: st.DrawFn, *, by_hand: bool) -> dict[str, Any]:
    """Orders whose start is a clock time that comes once, many of them near a change of the clock."""
    day = draw(st.sampled_from(["2026-10-05", "2027-02-15", "2027-03-08", "2026-09-10", "2028-02-01"]))
    start = datetime.fromisoformat(day) + timedelta(days=draw(st.integers(0, 27)))
    bags: dict[str, object] = {
        "durations_h": draw(st.lists(st.sampled_from(DURATIONS_H), min_size=1, unique=True)),
        "closed_days": draw(st.lists(st.sampled_from(WEEKDAYS), max_size=4, unique=True)),
        "hospital_days": draw(st.integers(0, 28)),
        "prefer": draw(st.sampled_from(["fewest-changes", "fewest-vials"])),
    }
    if by_hand:
        bags["sequence_h"] = draw(st.lists(st.sampled_from(DURATIONS_H), min_size=4, max_size=12))
    document = document_starting(
        f"{start:%Y-%m-%d}T{draw(st.sampled_from(HOURS))}",
        time_zone=draw(st.sampled_from(ZONES)),
        indication=draw(st.sampled_from(["consolidation", "relapsed-refractory"])),
        bags={"benzyl_alcohol": "permitted", "holidays": None, **bags},
    )
    naive = datetime.fromisoformat(document["start_at"])  # type: ignore[arg-type]  # a text, two lines above
    zone = CycleModel(document).zone
    first, second = (naive.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    assume(first.utcoffset() == second.utcoffset())
    return document


def instants(bag: PlannedBag) -> tuple[datetime, datetime]:
    return bag.start_at.astimezone(UTC), bag.change_at.astimezone(UTC)


def hours(bag: PlannedBag) -> Decimal:
    """The hours that really pass, from the two instants."""
    start, change = instants(bag)
    return Decimal((change - start) // timedelta(minutes=1)) / 60


def assert_lawful(plan: Plan, document: dict[str, Any]) -> None:
    model = CycleModel(document)
    assert_covers_the_cycle(plan, model)
    for bag in plan.bags:
        assert_bag(bag, model)
    for before, bag in zip(plan.bags, plan.bags[1:], strict=False):
        same = (before.duration_h, before.dose) == (bag.duration_h, bag.dose)
        assert bag.line_change == (not same)


def assert_covers_the_cycle(plan: Plan, model: CycleModel) -> None:
    """No gap, no overlap, 28 days, 672 ± 1 h."""
    assert plan.bags[0].start_at.astimezone(UTC) == model.clock[0]
    assert [bag.number for bag in plan.bags] == list(range(1, len(plan.bags) + 1))
    days = [day for bag in plan.bags for day in range(bag.first_day, bag.last_day + 1)]
    assert days == list(range(1, 29))
    for before, bag in zip(plan.bags, plan.bags[1:], strict=False):
        assert instants(before)[1] == instants(bag)[0]
    assert 671 <= sum(hours(bag) for bag in plan.bags) <= 673
    assert not plan.bags[0].line_change


def assert_bag(bag: PlannedBag, model: CycleModel) -> None:
    assert (bag.last_day - bag.first_day + 1) * 24 == bag.duration_h
    # One dose: no bag across a wall.
    assert {model.dose(day) for day in range(bag.first_day, bag.last_day + 1)} == {int(bag.dose.value)}
    # The earlier of clock time and room limit: never late, at most an hour early.
    start, change = instants(bag)
    clock, limit = model.clock[bag.last_day], start + ROOM_LIMITS[bag.duration_h] * HOUR
    assert change <= clock
    assert change <= limit
    assert change in (clock, limit)
    assert clock - change <= HOUR
    # What it gives follows the hours, and is in the bag.
    assert bag.elapsed.value == hours(bag) > 0
    assert abs(hours(bag) - bag.duration_h) <= 1
    assert bag.volume_to_infuse.value == RATES[bag.duration_h] * hours(bag)
    assert bag.volume_to_infuse <= bag.bag_volume
    assert bag.overfill.value == bag.bag_volume.value - bag.volume_to_infuse.value
    assert bag.ordered.value == bag.dose.value * (bag.last_day - bag.first_day + 1)


@pytest.mark.req("REQ-PLN-002", "REQ-PLN-003", "REQ-PLN-004", "REQ-PLN-005", "REQ-PLN-011")
@settings(max_examples=150)
@given(document=documents(by_hand=False))
def test_every_chosen_plan_is_lawful(document: dict[str, Any]) -> None:
    plan = plan_of(document)
    assert plan.refused == (not plan.bags)
    if plan.bags:
        assert_lawful(plan, document)
        assert set(plan.sequence_h) <= set(document["bags"]["durations_h"])


@pytest.mark.req("REQ-PLN-002", "REQ-PLN-003", "REQ-PLN-005")
@settings(max_examples=150)
@given(document=documents(by_hand=True))
def test_a_typed_sequence_is_lawful_or_stopped(document: dict[str, Any]) -> None:
    sequence_h = document["bags"]["sequence_h"]
    ends = [sum(sequence_h[: number + 1]) // 24 for number in range(len(sequence_h))]
    fits = ends[-1] == 28 and (document["indication"] == "consolidation" or 7 in ends)
    plan = plan_of(document)
    assert plan.refused == (not fits)
    if fits:
        assert list(plan.sequence_h) == sequence_h
        assert_lawful(plan, document)
    else:
        assert (plan.bags, plan.totals) == ((), None)


@st.composite
def fitting_sequences(draw: st.DrawFn) -> list[int]:
    """Sequences of 28 days that end a bag after day 7."""
    sequence: list[int] = []
    for days in (7, 21):
        left = days
        while left:
            fitting = [each for each in DURATIONS_H if each // 24 <= left]
            sequence.append(draw(st.sampled_from(fitting)))
            left -= sequence[-1] // 24
    return sequence


@pytest.mark.req("REQ-PLN-002", "REQ-PLN-004", "REQ-PLN-005", "REQ-PLN-011")
@settings(max_examples=150)
@given(document=documents(by_hand=False), sequence_h=fitting_sequences())
def test_every_typed_sequence_that_fits_is_lawful(document: dict[str, Any], sequence_h: list[int]) -> None:
    document["bags"]["sequence_h"] = sequence_h
    plan = plan_of(document)
    assert list(plan.sequence_h) == sequence_h
    assert_lawful(plan, document)
