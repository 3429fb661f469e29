"""What others change about a made bag: a lot taken back, another protocol, a new plan."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pharmacy_app.domain.finding import Mark, Severity, finding
from pharmacy_app.domain.product import LotState
from pharmacy_app.domain.superseded import PlanOfBag
from tests.support.ledgers import (
    BAGS,
    MADE,
    MONDAY,
    Made,
    ask,
    codes,
    label,
    planned_bags,
    said,
)
from tests.support.products import lot


@pytest.mark.req("REQ-SUP-008", "REQ-SUP-010")
@pytest.mark.parametrize("state", [LotState.QUARANTINED, LotState.RECALLED])
def test_a_lot_that_is_taken_back_makes_its_bags_void_also_one_that_hangs(state: LotState) -> None:
    lots = (lot(), lot(lot="B2", state=state, reason="cracked vials"))
    assert said(lots=lots) == f"void verify.lot-{state.value}"
    hung = MADE.hung("14:00", "+4/14:00", "240")
    assert said(hung, "15:00", lots=lots) == f"void verify.lot-{state.value} hangs"
    assert said(lots=(lot(),)) == "hang"


@pytest.mark.req("REQ-PRO-002", "REQ-PRO-005")
def test_another_protocol_makes_a_bag_wait_but_not_one_that_hangs() -> None:
    stop = finding("verify.protocol-changed", Severity.STOP, "REQ-PRO-002", Mark.DERIVED)
    changed: dict[str, Any] = {"protocol_stops": (stop,), "rules_hold": False}
    assert said(**changed) == "void verify.protocol-changed"
    hung = MADE.hung("14:00", "+4/14:00", "240")
    assert said(hung, "15:00", **changed) == "hang hangs"


def other_plan(*sequence_h: int, number: int = 1, start_at: str = MONDAY) -> PlanOfBag:
    return PlanOfBag(2, planned_bags(sequence_h, start_at), number)


@pytest.mark.req("REQ-PLN-009")
@pytest.mark.parametrize(
    ("sequence_h", "start_at", "answer"),
    [
        ([96, 96, *[96] * 4, 72, 24], MONDAY, "hang"),  # time, dose, count and change are the same
        ([96] * 7, MONDAY, "void plan-count"),
        ([72, 96, *[96] * 5, 24], MONDAY, "void plan-change"),
        ([96, 72, *[96] * 5, 24], "2026-11-23T15:00", "void plan-time plan-change"),
        ([168] * 4, MONDAY, "void plan-change plan-count"),
    ],
)
def test_a_made_bag_is_void_where_the_new_plan_says_otherwise(
    sequence_h: list[int], start_at: str, answer: str
) -> None:
    assert said(in_force=other_plan(*sequence_h, start_at=start_at)) == answer


@pytest.mark.req("REQ-PLN-009")
def test_a_made_bag_is_void_where_the_new_plan_gives_another_dose_or_does_not_have_it() -> None:
    low = {
        "indication": "relapsed-refractory",
        "prescribed": [
            {"from_day": 1, "to_day": 7, "mcg_per_day": "9"},
            {"from_day": 8, "to_day": 28, "mcg_per_day": "28"},
        ],
    }
    other = PlanOfBag(2, planned_bags([96, 72, *[96] * 5, 24], MONDAY, **low), 1)
    assert said(in_force=other) == "void plan-dose"
    last = Made(BAGS, 8)
    without = PlanOfBag(2, planned_bags([96] * 7, MONDAY), 8)
    found = ask(last.ledger(in_force=without), last.at("14:00"), label())
    assert (found.answer.value, codes(found)) == ("void", ["verify.bag-not-planned"])


@pytest.mark.req("REQ-PLN-009")
def test_a_made_bag_is_void_where_only_something_else_on_its_label_differs() -> None:
    second = Made(BAGS, 2)  # a 72 h bag after one of 96 h: a line change
    same_but = replace(second.planned, line_change=False)
    bags = (BAGS[0], same_but, *BAGS[2:])
    found = ask(second.ledger(in_force=PlanOfBag(2, bags, 2)), second.at("14:00"), label())
    assert (found.answer.value, codes(found)) == ("void", ["ledger.plan-other"])
    closed = (BAGS[0], replace(second.planned, closed_day_change=True), *BAGS[2:])
    found = ask(second.ledger(in_force=PlanOfBag(2, closed, 2)), second.at("14:00"), label())
    assert found.answer.value == "hang"  # that a day is closed stands on no label


@pytest.mark.req("REQ-PLN-009")
def test_of_a_bag_that_hangs_only_dose_and_change_still_matter() -> None:
    hung = MADE.hung("14:00", "+4/14:00", "240")
    assert said(hung, "15:00", in_force=other_plan(*[96] * 7)) == "hang hangs"
    assert said(hung, "15:00", in_force=other_plan(*[168] * 4)) == "void plan-change hangs"
