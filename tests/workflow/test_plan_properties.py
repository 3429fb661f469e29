"""Laws of every plan, whether the program chose the sequence or a person typed or changed it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pharmacy_app.domain.plan import Plan, PlannedBag
from tests.support.cycle_model import DRUG, VIALS, CycleModel
from tests.support.orders import document_starting
from tests.support.plan_wishes import EPOCH, MINUTE, WEEKDAYS, instant
from tests.support.random_orders import DURATIONS_H, HOURS, ZONES, comes_once, random_document
from tests.support.rulebooks import plan_of

RATES = {24: Decimal(10), 48: Decimal(5), 72: Decimal("3.3"), 96: Decimal("2.5"), 168: Decimal("0.6")}
ROOM_LIMITS = {24: 96, 48: 96, 72: 96, 96: 96, 168: 168}
HOUR = timedelta(hours=1)
DAY = 1440


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
    start_at, zone = f"{start:%Y-%m-%d}T{draw(st.sampled_from(HOURS))}", draw(st.sampled_from(ZONES))
    assume(comes_once(start_at, zone))
    return document_starting(
        start_at,
        time_zone=zone,
        indication=draw(st.sampled_from(["consolidation", "relapsed-refractory"])),
        bags={"benzyl_alcohol": "permitted", "holidays": None, **bags},
    )


def instants(bag: PlannedBag) -> tuple[datetime, datetime]:
    return bag.start_at.astimezone(UTC), bag.change_at.astimezone(UTC)


def hours(bag: PlannedBag) -> Decimal:
    """The hours that really pass, from the two instants."""
    start, change = instants(bag)
    return Decimal((change - start) // timedelta(minutes=1)) / 60


def clock_after(document: dict[str, Any], days: int) -> datetime:
    """When the clock shows the time of the start so many days later."""
    later = datetime.fromisoformat(document["start_at"]) + timedelta(days=days)
    return EPOCH + instant(later, ZoneInfo(document["time_zone"])) * MINUTE


def assert_lawful(plan: Plan, document: dict[str, Any]) -> None:
    """The laws of a cycle that nothing interrupted."""
    assert_covers_the_cycle(plan, document)
    wall = CycleModel(document).wall or 0
    for bag in plan.bags:
        assert_in_time(bag, document)
        assert_figures(bag)
        # One dose: no bag across a wall.
        assert {9 if day <= wall else 28 for day in range(bag.first_day, bag.last_day + 1)} == {
            int(bag.dose.value)
        }
    assert_line_changes(plan)


def assert_covers_the_cycle(plan: Plan, document: dict[str, Any]) -> None:
    """No gap, no overlap, 28 days, 672 ± 1 h."""
    assert plan.bags[0].start_at.astimezone(UTC) == clock_after(document, 0)
    assert [bag.number for bag in plan.bags] == list(range(1, len(plan.bags) + 1))
    days = [day for bag in plan.bags for day in range(bag.first_day, bag.last_day + 1)]
    assert days == list(range(1, 29))
    assert sum(bag.infused_minutes for bag in plan.bags) == 28 * DAY
    for before, bag in pairwise(plan.bags):
        assert instants(before)[1] == instants(bag)[0]
    assert 671 <= sum(hours(bag) for bag in plan.bags) <= 673


def assert_line_changes(plan: Plan) -> None:
    assert not plan.bags[0].line_change
    for before, bag in pairwise(plan.bags):
        assert bag.line_change == ((before.duration_h, before.dose) != (bag.duration_h, bag.dose))


def assert_in_time(bag: PlannedBag, document: dict[str, Any]) -> None:
    """The earlier of clock time and room limit: never late, at most an hour early."""
    assert (bag.last_day - bag.first_day + 1) * 24 == bag.duration_h
    start, change = instants(bag)
    clock, limit = clock_after(document, bag.last_day), start + ROOM_LIMITS[bag.duration_h] * HOUR
    assert change <= clock
    assert change <= limit
    assert change in (clock, limit)
    assert clock - change <= HOUR
    assert abs(hours(bag) - bag.duration_h) <= 1


def assert_figures(bag: PlannedBag) -> None:
    """What it gives follows the hours, and is in the bag; every figure is the protocol's."""
    kind = (int(bag.dose.value), bag.duration_h)
    assert (bag.rate.value, bag.recipe.vials) == (RATES[bag.duration_h], VIALS[kind])
    assert bag.recipe.drug.value == Decimal(DRUG[kind]) / 100
    filled = Decimal("275.5") + bag.recipe.drug.value if bag.duration_h != 168 else Decimal(110)
    assert bag.bag_volume.value == filled
    # A bag that was stopped ran so many minutes; its hours are rounded to two decimals.
    assert abs(bag.elapsed.value - hours(bag)) <= (Decimal("0.005") if bag.stopped else 0)
    assert bag.volume_to_infuse.value == RATES[bag.duration_h] * bag.elapsed.value
    assert hours(bag) <= ROOM_LIMITS[bag.duration_h]
    assert bag.volume_to_infuse <= bag.bag_volume
    assert bag.overfill.value == bag.bag_volume.value - bag.volume_to_infuse.value
    exact = Fraction(int(bag.dose.value) * bag.infused_minutes, DAY)
    assert bag.ordered.value == Decimal(round(exact * 100)) / 100


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


def assert_lawful_over_interruptions(plan: Plan, document: dict[str, Any]) -> None:
    """No gap but the interruptions, no overlap, 28 infused days, one dose and no bag past its room limit."""
    stops = {EPOCH + each.stopped * MINUTE: each for each in CycleModel(document).stops}
    assert plan.bags[0].start_at.astimezone(UTC) == clock_after(document, 0)
    assert [bag.number for bag in plan.bags] == list(range(1, len(plan.bags) + 1))
    for before, bag in pairwise(plan.bags):
        ended, begins = instants(before)[1], instants(bag)[0]
        assert begins == (EPOCH + stops[ended].restarted * MINUTE if bag.restart else ended)
        assert not before.stopped or bag.restart
    for bag in plan.bags:
        assert_figures(bag)
        # Before a wall and the end what is left and shorter than a quarter of an hour counts as given.
        assert 0 <= bag.infused_minutes < bag.duration_h * 60 + 15
        assert bag.stopped or hours(bag) * 4 % 1 == 0
    assert_line_changes(plan)
    # A wall and the end may each leave less than a quarter of an hour for which no pump is set.
    infused = sum(bag.infused_minutes for bag in plan.bags)
    assert 28 * DAY - 30 * len(stops) <= infused <= 28 * DAY
    assert_doses_over_interruptions(plan, document)


def assert_doses_over_interruptions(plan: Plan, document: dict[str, Any]) -> None:
    """9 mcg/day for seven infused days from the last grade 3 event on, or from a start that is stepped."""
    model = CycleModel(document)
    grade_3 = [EPOCH + each.restarted * MINUTE for each in model.stops if each.grade_3]
    since = [bag for bag in plan.bags if not grade_3 or instants(bag)[0] >= grade_3[-1]]
    doses = [int(bag.dose.value) for bag in since]
    assert doses == sorted(doses)
    low = sum(bag.infused_minutes for bag in since if bag.dose.value == 9)
    left = sum(bag.infused_minutes for bag in since)
    expected = 7 * DAY if grade_3 or model.wall else 0
    assert min(expected, left) - 30 < low <= expected


def interrupted(seed: int) -> dict[str, Any]:
    return random_document(seed, DURATIONS_H)


@pytest.mark.req("REQ-PLN-002", "REQ-PLN-003", "REQ-PLN-005", "REQ-INT-003", "REQ-MOD-004", "REQ-MOD-007")
@settings(max_examples=200)
@given(seed=st.integers(0, 1_000_000))
def test_every_chosen_plan_is_lawful_over_interruptions(seed: int) -> None:
    document = interrupted(seed)
    plan = plan_of(document)
    assert plan.refused == (not plan.bags)
    if plan.bags:
        assert_lawful_over_interruptions(plan, document)


@pytest.mark.req("REQ-PLN-002", "REQ-PLN-003", "REQ-PLN-005", "REQ-PLN-009", "REQ-INT-003")
@settings(max_examples=200)
@given(
    seed=st.integers(0, 1_000_000),
    place=st.integers(0, 30),
    gone=st.integers(0, 4),
    hung=st.lists(st.sampled_from(DURATIONS_H), max_size=4),
)
def test_every_change_by_hand_is_lawful_or_stopped(seed: int, place: int, gone: int, hung: list[int]) -> None:
    """Some bags of a plan are taken out and others hung there: every rule is checked again."""
    document = interrupted(seed)
    sequence_h = list(plan_of(document).sequence_h)
    place = min(place, len(sequence_h))
    sequence_h[place : place + gone] = hung
    assume(sequence_h)
    document["bags"]["sequence_h"] = sequence_h
    plan = plan_of(document)
    assert plan.refused == (not plan.bags)
    if plan.bags:
        assert plan.sequence_h == tuple(sequence_h[: len(plan.bags)])
        assert_lawful_over_interruptions(plan, document)
    else:
        assert plan.totals is None


@pytest.mark.req("REQ-PLN-009")
@settings(max_examples=100)
@given(seed=st.integers(0, 1_000_000))
def test_the_chosen_sequence_typed_by_hand_is_the_same_plan(seed: int) -> None:
    """So undoing a change gives back exactly the plan that was there."""
    document = interrupted(seed)
    chosen = plan_of(document)
    assume(chosen.bags)
    document["bags"]["sequence_h"] = list(chosen.sequence_h)
    typed = plan_of(document)
    assert (typed.bags, typed.totals, typed.sittings) == (chosen.bags, chosen.totals, chosen.sittings)
