"""What a plan beats: the same order with one wish changed."""

from typing import Any

import pytest

from pharmacy_app.domain.plan import Plan
from pharmacy_app.workflow.plan import alternatives
from tests.support.orders import document_starting, order_document
from tests.support.rulebooks import NOW, plan_of, rulebook

pytestmark = pytest.mark.req("REQ-PLN-006")


def beaten(document: dict[str, Any]) -> dict[str, Plan]:
    return {each.name: each.plan for each in alternatives(plan_of(document), rulebook(), now=NOW)}


def figures(plan: Plan) -> tuple[int, int, int]:
    """Bags, changes on closed days, vials."""
    assert plan.totals is not None
    return plan.totals.bags, plan.totals.closed_day_changes, plan.totals.vials


def test_the_example_order_beats_shorter_bags() -> None:
    """From Monday with weekends closed: eight bags of at most 96 h, 24 vials."""
    shown = beaten(order_document())
    assert set(shown) == {"alternative.any-day", "alternative.shorter"}
    assert figures(shown["alternative.shorter"]) == (8, 0, 24)
    assert figures(shown["alternative.any-day"]) == (4, 0, 20)


def test_what_closed_days_cost_is_shown() -> None:
    """From Wednesday without 7-day bags: ten bags, eight where any day will do; 7-day bags would be four."""
    wishes = {"durations_h": [24, 48, 72, 96], "closed_days": ["saturday", "sunday"]}
    document = document_starting("2027-01-06T14:00", bags=wishes)
    assert figures(plan_of(document)) == (10, 0, 24)
    shown = beaten(document)
    assert set(shown) == {"alternative.any-day", "alternative.shorter", "alternative.seven-day"}
    assert figures(shown["alternative.any-day"]) == (8, 0, 24)
    assert figures(shown["alternative.seven-day"]) == (4, 0, 20)


def test_a_sequence_by_hand_is_shown_beside_the_best() -> None:
    shown = beaten(order_document(bags={"sequence_h": [24] * 28}))
    assert set(shown) == {"alternative.best"}
    assert shown["alternative.best"].sequence_h == (168, 168, 168, 168)


def test_an_alternative_that_the_rules_stop_is_shown_as_refused() -> None:
    shown = beaten(order_document(**{"patient.benzyl_alcohol_hypersensitivity": True}))
    assert shown["alternative.seven-day"].refused
    assert shown["alternative.seven-day"].bags == ()


def test_an_order_of_single_days_has_nothing_shorter() -> None:
    assert set(beaten(order_document(bags={"durations_h": [24]}))) == {"alternative.seven-day"}
