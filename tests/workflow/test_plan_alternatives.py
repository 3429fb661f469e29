"""What stands beside a plan: the same order, each time the best in one thing before all others."""

from typing import Any

import pytest

from pharmacy_app.domain.plan import Plan
from pharmacy_app.workflow.plan import alternatives
from tests.support.orders import document_starting, order_document
from tests.support.rulebooks import NOW, plan_of, rulebook

pytestmark = pytest.mark.req("REQ-PLN-006")

THREE = ["fewest-changes", "fewest-vials", "fewest-line-changes"]
WEEKEND = ["saturday", "sunday"]


def beside(document: dict[str, Any]) -> dict[str, Plan]:
    """The alternatives by name, in the order in which they are shown."""
    return {each.name: each.plan for each in alternatives(plan_of(document), rulebook(), now=NOW)}


def figures(plan: Plan) -> tuple[int, int, int, int]:
    """Bags, changes on closed days, vials, line changes."""
    assert plan.totals is not None
    return plan.totals.bags, plan.totals.closed_day_changes, plan.totals.vials, plan.totals.line_changes


def test_the_example_order_is_the_best_in_everything() -> None:
    """Four 7-day bags from Monday with weekends closed: nothing has fewer changes, vials or line changes."""
    shown = beside(order_document())
    assert list(shown) == THREE
    assert {figures(plan) for plan in shown.values()} == {(4, 0, 20, 1)}


def test_the_fewest_changes_stand_beside_what_closed_days_cost() -> None:
    """From Wednesday without 7-day bags: ten bags keep the weekends free, eight where any day will do.

    Eight bags are 96 + 72 h and five of 96 h with one of 24 h. After the wall on Wednesday the bags end on
    the 4th, 8th, 12th, 16th and 20th day of three weeks, on the 4th and the 16th day on a weekend; the 24 h
    bag moves the later ones. In the first week 96 h end on a Sunday, 72 h on a Saturday.
    """
    wishes = {"durations_h": [24, 48, 72, 96], "closed_days": WEEKEND}
    document = document_starting("2027-01-06T14:00", bags=wishes | {"hospital_days": 0})
    assert figures(plan_of(document))[:3] == (10, 0, 24)
    bags, closed_day_changes, vials, _ = figures(beside(document)["fewest-changes"])
    assert (bags, vials) == (8, 24)
    assert closed_day_changes > 0


def test_the_fewest_vials_stand_beside_the_fewest_closed_days() -> None:
    """From Saturday by 24 h and 7-day bags, weekends closed.

    Two single days end on Sunday, which cannot be helped, and Monday; three 7-day bags and five single days
    follow: ten bags with 7 × 1 + 3 × 6 = 25 vials. Four 7-day bags take 24, and change on Saturdays.
    """
    wishes = {"durations_h": [24, 168], "closed_days": WEEKEND, "hospital_days": 0}
    document = document_starting("2027-01-09T14:00", indication="consolidation", bags=wishes)
    assert figures(plan_of(document))[:3] == (10, 1, 25)
    assert figures(beside(document)["fewest-vials"]) == (4, 3, 24, 0)


def test_the_fewest_line_changes_stand_beside_the_fewest_closed_days() -> None:
    wishes = {"durations_h": [24, 168], "closed_days": WEEKEND, "hospital_days": 0}
    document = document_starting("2027-01-09T14:00", indication="consolidation", bags=wishes)
    assert figures(plan_of(document))[3] > 0
    assert figures(beside(document)["fewest-line-changes"]) == (4, 3, 24, 0)


def test_closed_days_come_second_beside_the_plan() -> None:
    """From Tuesday by 96 and 72 h: eight bags at least; those with the fewest changes on closed days."""
    wishes = {"durations_h": [72, 96], "closed_days": ["friday"], "hospital_days": 0, "holidays": None}
    document = document_starting("2027-01-05T14:00", indication="consolidation", bags=wishes)
    # Seven bags of 96 h, the only way to seven bags: changed on Sat, Wed, Sun, Thu, Mon and once on a Friday.
    assert beside(document)["fewest-changes"].sequence_h == (96,) * 7
    assert figures(beside(document)["fewest-changes"])[1] == 1


def test_beside_a_sequence_by_hand_the_best_stands_first() -> None:
    shown = beside(order_document(bags={"sequence_h": [24] * 28}))
    assert list(shown) == ["best", *THREE]
    assert shown["best"].sequence_h == (168, 168, 168, 168)
    assert shown["best"].chosen


def test_nothing_stands_beside_a_refused_plan() -> None:
    assert beside(order_document(**{"patient.weight_kg": "44.9"})) == {}
    assert beside(order_document(bags={"sequence_h": [24] * 27})) == {}


def test_what_the_rules_leave_out_is_left_out_beside_the_plan_too() -> None:
    shown = beside(order_document(**{"patient.benzyl_alcohol_hypersensitivity": True}))
    assert list(shown) == THREE
    assert not any(168 in plan.sequence_h for plan in shown.values())
