"""What a plan beats, and what stands there where there is no plan."""

from __future__ import annotations

import pytest

from pharmacy_app.domain.finding import Severity
from pharmacy_app.wording import Catalogue
from pharmacy_app.workflow.desk import Desk
from pharmacy_app.workflow.plan import Alternative
from tests.support.orders import ABSENT, order_of
from tests.support.rulebooks import plan_of
from tests.ui.desks import order_document
from tests.ui.plan.cycles import autumn
from tests.ui.plan.presenters import NAMED, presenter_on, without_7_day_bags
from ui.plan.comparison import compare
from ui.plan.loading import reckon
from ui.plan.presenter import PlanPresenter
from ui.plan.view import Shown


@pytest.mark.req("REQ-PLN-006")
def test_what_the_plan_beats_is_named_with_its_totals_and_why_not(desk: Desk, words: Catalogue) -> None:
    view = presenter_on(desk, words, without_7_day_bags()).view()
    found = {each.name: (each.totals, each.why_not) for each in view.alternatives}
    assert list(found) == NAMED
    assert found["Fewest changes"] == ("8 bags · 7 changes · 24 vials", "The same as this plan.")
    assert found["Fewest line changes"][0] == "14 bags · 13 changes · 28 vials"
    assert found["Fewest line changes"][1] == (
        "More: 2 changes on closed days, 6 changes, 4 vials. Fewer: 3 line changes."
    )


def test_an_alternative_is_shown_in_the_same_place_as_not_chosen(desk: Desk, words: Catalogue) -> None:
    presenter = presenter_on(desk, words, without_7_day_bags())
    presenter.choose_bag(8)
    presenter.show_alternative(2)
    view = presenter.view()
    assert (view.shown, view.shown_name) == (Shown.NOT_CHOSEN, "Not chosen")
    assert view.figures is not None
    assert view.figures.bags == ("14", "bags")
    assert view.bag is not None
    assert view.bag.title == "Bag 8 of 14"
    assert not view.may_accept
    presenter.show_alternative(None)
    assert presenter.view().shown is Shown.IN_USE
    assert presenter.view().may_accept


def test_an_alternative_that_the_rules_stop_says_why_and_cannot_be_shown(words: Catalogue) -> None:
    stopped = plan_of(autumn(96, 96, 72))
    (refused,) = compare(plan_of(autumn()), [Alternative("fewest-vials", stopped)], words)
    assert (refused.totals, refused.severity, refused.may_be_shown) == ("", Severity.STOP, False)
    assert refused.why_not == "Bag 2 runs across the dose change at day 8. A bag has one dose."


def test_where_one_plan_is_best_in_everything_each_other_is_the_same(desk: Desk, words: Catalogue) -> None:
    view = presenter_on(desk, words, order_document(bags=ABSENT)).view()
    assert [each.name for each in view.alternatives] == NAMED
    assert {each.why_not for each in view.alternatives} == {"The same as this plan."}


@pytest.mark.req("REQ-PLN-006")
def test_where_no_plan_exists_it_is_said_what_giving_up_each_wish_would_bring(
    desk: Desk, words: Catalogue
) -> None:
    # 28 days in bags of 96 h alone: not with the wall after 7 days.
    presenter = PlanPresenter(words, pharmacy_zone="America/Toronto")
    presenter.take(reckon(desk, order_of(autumn(**{"bags.durations_h": [96]}))))
    view = presenter.view()
    assert view.notice == "No plan exists with what is wished."
    assert view.cycle is None
    assert [each.code for each in view.remarks[:2]] == ["plan.none", "plan.giving-up.durations"]
    assert view.remarks[1].sentence == (
        "A plan exists with every bag duration permitted: bags 4, changes 3, vials 20."
    )
