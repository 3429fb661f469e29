"""A presenter of the Orders page without a window, and everything it said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pharmacy_app.domain.errors import PharmacyError, RulesRefused
from pharmacy_app.wording import Catalogue
from pharmacy_app.workflow.desk import Desk
from ui.order.draft import FORM_FIELDS, Draft
from ui.order.presenter import OrdersPresenter
from ui.order.view import FormView, OrdersView


class AtOnce:
    """A gate that answers before it returns; `trouble` answers every change with station trouble."""

    def __init__(self) -> None:
        self.changes = 0
        self.trouble = False

    def ask(
        self,
        question: Callable[[], Any],
        *,
        done: Callable[[Any], None],
        refused: Callable[[PharmacyError], None] | None = None,
        topic: str = "",
    ) -> None:
        done(question())

    def change(
        self,
        act: Callable[[], None],
        *,
        done: Callable[[None], None],
        refused: Callable[[PharmacyError], None],
        broken_off: Callable[[], None],
        again: Callable[[], None],
    ) -> None:
        self.changes += 1
        if self.trouble:
            broken_off()
            return
        try:
            act()
        except RulesRefused as error:
            refused(error)
            return
        done(None)


@dataclass
class Bench:
    """A presenter with everything it said."""

    presenter: OrdersPresenter
    gate: AtOnce
    views: list[OrdersView] = field(default_factory=list)
    saved: list[str] = field(default_factory=list)

    @property
    def view(self) -> OrdersView:
        return self.views[-1]

    @property
    def form(self) -> FormView:
        assert self.view.form is not None
        return self.view.form

    def type(self, draft: Draft, *, leave_all: bool = True) -> None:
        self.presenter.change(draft)
        for name in FORM_FIELDS if leave_all else ():
            self.presenter.left(name)

    def sentences(self, name: str) -> list[str]:
        return [each.sentence for each in self.form.remarks.get(name, ())]


def bench_on(desk: Desk, words: Catalogue) -> Bench:
    gate = AtOnce()
    views: list[OrdersView] = []
    saved: list[str] = []
    presenter = OrdersPresenter(desk, words, gate, change=gate.change, show=views.append, saved=saved.append)
    presenter.load()
    return Bench(presenter, gate, views, saved)


def offers_training(bench: Bench) -> bool:
    return bench.view.first_start


def why_not(bench: Bench) -> str:
    return bench.form.why_not
