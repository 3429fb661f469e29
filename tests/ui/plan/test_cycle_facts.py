"""The card of a bag and the totals, with what an interruption and the hours of the pharmacy bring."""

from __future__ import annotations

import pytest

from pharmacy_app.domain.plan import Plan
from pharmacy_app.wording import Catalogue, load
from tests.ui.plan.cycles import PHARMACY, plan_with
from tests.ui.plan.interruptions import EARLY, GRADE_3, PLAIN, interrupted
from ui.plan.bag_facts import bag_facts
from ui.plan.figures import plan_figures, sharing


def rows(plan: Plan, number: int) -> dict[str, str]:
    facts = bag_facts(plan, plan.bags[number - 1], load(), pharmacy_zone=PHARMACY)
    return dict(facts.rows)


@pytest.mark.req("REQ-INT-001")
def test_the_card_says_that_a_bag_is_void_or_the_first_after_the_restart() -> None:
    plan = interrupted(PLAIN)
    assert "State" not in rows(plan, 1)
    assert rows(plan, 4)["State"] == "VOID"
    assert rows(plan, 4)["Stopped"] == "Tue NOV-03 09:15"
    assert "Prepare" not in rows(plan, 4)
    assert rows(plan, 5)["State"] == "restart"
    assert rows(plan, 5)["Hang"] == "Wed NOV-04 10:00"


@pytest.mark.req("REQ-MOD-008")
def test_the_card_says_that_a_bag_waits_and_why() -> None:
    plan = interrupted(GRADE_3)
    held = next(bag for bag in plan.bags if bag.held)
    facts = bag_facts(plan, held, load(), pharmacy_zone=PHARMACY)
    assert dict(facts.rows)["State"] == "waits for an answer"
    assert "plan.held" in [remark.code for remark in facts.remarks]


@pytest.mark.req("REQ-PLN-006")
def test_a_bag_is_prepared_between_two_times_of_the_pharmacy_s_own_clock() -> None:
    # Hung on 2026-10-19 at 14:00 in St. John's, which is 12:30 in Toronto.
    plan = plan_with(
        *(96, 72, 96, 96, 72, 96, 48, 96),
        zone="America/St_Johns",
        **{
            "bags.prepare_days": ["monday", "thursday"],
            "bags.prepare_hours": {"from": "08:00", "to": "12:00"},
        },
    )
    assert rows(plan, 1)["Prepare"].endswith("and Mon OCT-19 12:00")


@pytest.mark.req("REQ-PLN-006")
def test_a_bag_without_an_open_time_says_so() -> None:
    # Planned at the stop, Thursday 09:15, and hung at 15:00; the pharmacy works on Mondays.
    plan = interrupted(EARLY, **{"bags.prepare_days": ["monday"]})
    restart = next(bag.number for bag in plan.bags if bag.restart)
    assert rows(plan, restart)["Prepare"] == "at no open time before it is hung"


@pytest.mark.req("REQ-MIX-008")
def test_the_totals_say_how_many_vials_are_enough_and_which_bags_share_them(words: Catalogue) -> None:
    # 3.3 + 2.5 + 10.7 mL are 16.5 mL: 6 vials of 2.8 mL, where each bag by itself takes 2 + 1 + 4.
    plan = plan_with(96, 72, 96, 96, 72, 96, 48, 96)
    figures = plan_figures(plan, words)
    assert figures is not None
    assert dict(figures.rows)["Vials"] == "24 · 23 if shared"
    (shared,) = sharing(plan, words)
    assert shared.sentence == (
        "Made in one sitting, bags 1, 2 and 3 take 6 vials: 23 in all instead of 24. "
        "The clock of the vial opened first counts."
    )


def test_where_hours_of_change_are_wished_the_totals_say_what_counts(words: Catalogue) -> None:
    plain = plan_figures(plan_with(168, 168, 168, 168), words)
    hours = {"bags.change_hours": {"from": "08:00", "to": "18:00"}}
    wished = plan_figures(plan_with(168, 168, 168, 168, **hours), words)
    assert plain is not None
    assert wished is not None
    assert plain.why == "The sequence was given by hand; every rule was checked."
    assert wished.why == (
        "The sequence was given by hand; every rule was checked. "
        "A change outside 08:00–18:00 counts like one on a closed day."
    )
