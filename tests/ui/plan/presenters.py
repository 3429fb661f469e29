"""The presenter of the Plan page on orders of the tests."""

from __future__ import annotations

from pharmacy_app.wording import Catalogue
from pharmacy_app.workflow.desk import Desk
from tests.ui.desks import keep
from tests.ui.plan.cycles import autumn
from ui.plan.loading import load
from ui.plan.presenter import PlanPresenter

NAMED = ["Fewest changes", "Fewest vials", "Fewest line changes"]


def presenter_on(desk: Desk, words: Catalogue, document: dict[str, object]) -> PlanPresenter:
    """The presenter on the order of a document, which is kept and accepted."""
    keep(desk, document)
    presenter = PlanPresenter(words, pharmacy_zone="America/Toronto")
    presenter.take(load(desk, "RX-1001"))
    return presenter


def without_7_day_bags(*sequence_h: int) -> dict[str, object]:
    """The order of `autumn` with bags up to 96 h."""
    return autumn(*sequence_h, **{"bags.durations_h": [24, 48, 72, 96]})


def type_into(presenter: PlanPresenter, desk: Desk, text: str) -> None:
    """Type this, and let the desk answer."""
    order = presenter.type_text(text)
    if order is not None:
        presenter.take_typed(desk.plan(order))
