"""A plan is changed bag by bag: the next bag gives or takes, or what follows is planned anew (REQ-PLN-009).

The sequences are worked out by hand. The order begins on a Monday; 9 mcg/day on days 1–7, then 28; no change
at the weekend; bags up to 96 h. Its best plan is 96 72 | 96 96 72 72 72 96.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.domain.order import Interruption, InterruptionKind
from pharmacy_app.domain.plan import Plan
from pharmacy_app.workflow.plan import make_plan
from pharmacy_app.workflow.plan_edit import Change, NoChange, PlanEditor
from tests.support.orders import ABSENT, document_starting, order_of
from tests.support.rulebooks import NOW, plan_of, rulebook

TORONTO = ZoneInfo("America/Toronto")
BEST = (96, 72, 96, 96, 72, 72, 72, 96)
UP_TO_96 = {"bags.durations_h": [24, 48, 72, 96]}


def editor(*taken: int) -> PlanEditor:
    return PlanEditor(rulebook(), (), frozenset(taken), NOW)


def document(*sequence_h: int, **changes: object) -> dict[str, object]:
    wishes = {"bags.holidays": ABSENT, "bags.sequence_h": list(sequence_h) or None, **UP_TO_96}
    return document_starting("2026-10-19T14:00", **{**wishes, **changes})


def plan(*sequence_h: int, **changes: object) -> Plan:
    return plan_of(document(*sequence_h, **changes))


def sequence(change: Change) -> tuple[int, ...]:
    assert change.plan is not None, (change.why, change.stops)
    return change.plan.sequence_h


def codes(change: Change) -> list[str]:
    assert change.plan is None
    return [each.code for each in change.stops]


def test_the_best_plan_is_the_one_that_these_tests_are_about() -> None:
    assert plan().sequence_h == BEST


@pytest.mark.req("REQ-PLN-009")
@pytest.mark.parametrize(
    ("number", "duration_h", "expected"),
    [
        (5, 96, (96, 72, 96, 96, 96, 48, 72, 96)),  # the next gives a day
        (4, 72, (96, 72, 96, 72, 96, 72, 72, 96)),  # the next takes a day
        (1, 72, (72, 96, 96, 96, 72, 72, 72, 96)),
        (3, 168, (96, 72, 168, 24, 72, 72, 72, 96)),  # the next gives three days
        (1, 168, (168, 96, 96, 72, 72, 72, 96)),  # and here all that it has
    ],
)
def test_the_next_bag_takes_or_gives_what_is_left_where_there_is_such_a_bag(
    number: int, duration_h: int, expected: tuple[int, ...]
) -> None:
    change = editor().set_duration(plan(), number, duration_h)
    assert sequence(change) == expected
    assert not change.planned_anew


@pytest.mark.req("REQ-PLN-009")
def test_where_there_is_no_such_bag_the_rest_up_to_the_wall_is_planned_anew() -> None:
    # Bag 1 of 24 h: bag 2 would last 144 h. Six days are left to the wall: two bags of three days, no fewer,
    # and Thursday is the only change. What lies behind the wall stays.
    change = editor().set_duration(plan(), 1, 24)
    assert sequence(change) == (24, 72, 72, *BEST[2:])
    assert change.planned_anew


@pytest.mark.req("REQ-PLN-009")
def test_the_rest_up_to_the_end_is_planned_anew_for_a_bag_of_the_last_dose() -> None:
    # Bag 8 ends the cycle. Three days instead of four leave one day: one bag of 24 h.
    assert sequence(editor().set_duration(plan(), 8, 72)) == (*BEST[:7], 72, 24)


@pytest.mark.req("REQ-PLN-009")
def test_the_bags_before_the_changed_one_stay_as_they_are() -> None:
    best = plan()
    change = editor().set_duration(best, 5, 24)
    assert change.plan is not None
    assert change.plan.bags[:4] == best.bags[:4]


@pytest.mark.req("REQ-PLN-003", "REQ-PLN-009")
def test_a_bag_that_would_run_across_the_wall_is_refused_by_that_rule() -> None:
    change = editor().set_duration(plan(), 2, 96)
    assert codes(change) == ["plan.wall"]
    assert dict(change.stops[0].values) == {"bag": "2", "day": "8"}


@pytest.mark.req("REQ-PLN-002", "REQ-PLN-009")
def test_a_bag_that_would_run_beyond_the_cycle_is_refused_by_that_rule() -> None:
    change = editor().set_duration(plan(), 8, 168)
    assert codes(change) == ["plan.not-all-days"]
    assert dict(change.stops[0].values) == {"given": "31", "expected": "28"}


@pytest.mark.req("REQ-SUP-007", "REQ-PLN-009")
def test_what_another_rule_stops_is_refused_with_its_sentence() -> None:
    change = editor().set_duration(plan(**{"patient.benzyl_alcohol_hypersensitivity": True}), 3, 168)
    assert codes(change) == ["benzyl-alcohol.by-hand.hypersensitivity"]


@pytest.mark.req("REQ-PLN-006", "REQ-PLN-009")
def test_a_duration_that_the_order_does_not_list_is_a_note() -> None:
    change = editor().set_duration(plan(), 3, 168)
    assert change.plan is not None
    assert "plan.duration-not-wished" in [each.code for each in change.plan.findings]


@pytest.mark.req("REQ-PLN-009")
def test_the_next_bag_gets_no_duration_that_the_order_does_not_list() -> None:
    # Bag 3 takes a day of bag 4, which would last 48 h. Here 24, 72 and 96 h alone are listed.
    listed = {"bags.durations_h": [24, 72, 96]}
    change = editor().set_duration(plan(96, 72, *(72,) * 7, **listed), 3, 96)
    assert sequence(change)[:3] == (96, 72, 96)
    assert 48 not in sequence(change)
    assert change.planned_anew


def test_a_bag_that_is_used_up_leaves_those_after_it_as_they_are() -> None:
    change = editor().join(plan(*(24,) * 28), 8)
    assert sequence(change) == (*(24,) * 7, 48, *(24,) * 19)
    assert not change.planned_anew


def test_what_cannot_be_filled_with_the_listed_bags_is_refused() -> None:
    # 48 h leave five days to the wall: not with bags of 72 and 96 h.
    only = plan(72, 96, 72, 72, 72, 72, 72, 72, 72, **{"bags.durations_h": [72, 96]})
    assert editor().set_duration(only, 1, 48).why is NoChange.REST_NOT_FILLED


@pytest.mark.parametrize(
    ("number", "longer", "expected"),
    [(5, True, (96, 72, 96, 96, 96, 48, 72, 96)), (4, False, (96, 72, 96, 72, 96, 72, 72, 96))],
)
def test_a_step_is_the_next_duration_of_the_protocol(
    number: int, longer: bool, expected: tuple[int, ...]
) -> None:
    assert sequence(editor().step(plan(), number, longer=longer)) == expected


def test_beyond_the_longest_and_the_shortest_there_is_no_step() -> None:
    weekly = plan(168, 168, 168, 168)
    assert editor().step(weekly, 2, longer=True).why is NoChange.LONGEST
    daily = plan(*(24,) * 28)
    assert editor().step(daily, 2, longer=False).why is NoChange.SHORTEST


def test_a_bag_and_the_next_become_one_where_there_is_such_a_bag() -> None:
    assert sequence(editor().join(plan(), 1)) == (168, *BEST[2:])
    four_and_four = editor().join(plan(), 3)
    assert (four_and_four.why, four_and_four.duration_h) == (NoChange.NO_SUCH_BAG, 192)


def test_the_last_bag_of_a_dose_has_none_to_be_joined_to() -> None:
    assert editor().join(plan(), 2).why is NoChange.NOTHING_TO_JOIN
    assert editor().join(plan(), 8).why is NoChange.NOTHING_TO_JOIN


@pytest.mark.req("REQ-PLN-009")
def test_a_bag_that_was_taken_and_every_bag_before_it_stay() -> None:
    taken = editor(4)
    assert taken.first_free(plan()) == 5
    for number in (1, 4):
        assert taken.set_duration(plan(), number, 48).why is NoChange.STAYS
        assert taken.join(plan(), number).why is NoChange.STAYS
    assert sequence(taken.set_duration(plan(), 5, 96)) == (96, 72, 96, 96, 96, 48, 72, 96)


def interrupted(kind: InterruptionKind = InterruptionKind.PLAIN) -> Plan:
    stop = datetime(2026, 11, 3, 9, 15, tzinfo=TORONTO)
    again = datetime(2026, 11, 4, 10, 0, tzinfo=TORONTO)
    order = replace(order_of(document()), interruptions=(Interruption(stop, again, kind),))
    return make_plan(order, rulebook(), now=NOW)


@pytest.mark.req("REQ-INT-001", "REQ-PLN-009")
def test_bags_of_an_infusion_that_was_stopped_stay_and_those_after_the_restart_can_be_changed() -> None:
    before = interrupted()
    restart = next(bag.number for bag in before.bags if bag.restart)
    assert [bag.number for bag in before.bags if bag.stopped] == [restart - 1]
    assert editor().first_free(before) == restart
    assert editor().set_duration(before, restart - 1, 48).why is NoChange.STAYS
    change = editor().step(before, restart, longer=True)
    assert change.plan is not None
    assert change.plan.bags[: restart - 1] == before.bags[: restart - 1]
    assert change.plan.bags[restart - 1].duration_h == 48


@pytest.mark.req("REQ-PLN-002", "REQ-PLN-003", "REQ-PLN-009")
@given(st.data())
def test_whatever_is_changed_the_cycle_stays_whole(data: st.DataObject) -> None:
    now = data.draw(st.sampled_from([plan(), interrupted(), interrupted(InterruptionKind.GRADE_3)]))
    for _ in range(data.draw(st.integers(1, 4))):
        number = data.draw(st.integers(1, len(now.bags)))
        duration_h = data.draw(st.sampled_from([24, 48, 72, 96, 168]))
        change = editor().set_duration(now, number, duration_h)
        if change.plan is None:
            continue
        assert change.plan.bags[number - 1].duration_h == duration_h
        assert change.plan.bags[: number - 1] == now.bags[: number - 1]
        now = change.plan
    assert sum(bag.infused_minutes for bag in now.bags) == 28 * 24 * 60
    assert [bag.number for bag in now.bags] == list(range(1, len(now.bags) + 1))
    joined = [(one, other) for one, other in pairwise(now.bags) if not other.restart]
    assert all(one.change_at == other.start_at for one, other in joined)
    assert all(bag.elapsed.value <= (168 if bag.duration_h == 168 else 96) for bag in now.bags)
