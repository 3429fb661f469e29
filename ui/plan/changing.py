"""Bags changed in the picture: by their edges, by keys, by the menu. Wiring; the presenter decides."""

from __future__ import annotations

from typing import assert_never

from PySide6.QtCore import QObject, Qt, Signal

from pharmacy_app.domain.quantity import HOURS_PER_DAY
from ui.plan.cycle_picture import CyclePicture
from ui.plan.duration_menu import DurationMenu
from ui.plan.presenter import PlanPresenter
from ui.plan.wishes import Days, Join, Menu, Step, Wish
from ui.words import Words


class BagChanges(QObject):
    """`changed(is_new)` follows each act: whether another plan is in use, or the old one stays."""

    changed = Signal(bool)

    def __init__(self, picture: CyclePicture, presenter: PlanPresenter, words: Words) -> None:
        super().__init__(picture)
        self._picture, self._presenter, self._words = picture, presenter, words
        picture.bag_wished.connect(self._grant)
        picture.edge_moved.connect(self._move_edge)
        picture.edge_let_go.connect(lambda keep: self.changed.emit(presenter.end_preview(keep=keep)))
        picture.hint_of = self._hint_of

    def undo(self) -> None:
        """Take back the last step."""
        self.changed.emit(self._presenter.undo())

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        self.changed.emit(self._presenter.redo())

    def open_menu(self, number: int) -> None:
        """Show what this bag can be."""
        menu = DurationMenu(self._picture, self._words, number, self._presenter.choices())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.chosen = lambda duration_h: self._set_duration(number, duration_h)
        menu.add("join", lambda: self._grant(Join(number)), enabled=self._presenter.may_change)
        menu.add("undo-key", self.undo, enabled=self._presenter.may_undo)
        menu.add("redo-key", self.redo, enabled=self._presenter.may_redo)
        menu.popup(self._picture.place_of(number))

    def _grant(self, wish: Wish) -> None:
        match wish:
            case Days(number, days):
                self._set_duration(number, days * int(HOURS_PER_DAY))
            case Step(number, longer):
                self.changed.emit(self._presenter.change_by_step(number, longer=longer))
            case Join(number):
                self.changed.emit(self._presenter.join(number))
            case Menu(number):
                self.open_menu(number)
            case _:
                assert_never(wish)

    def _set_duration(self, number: int, duration_h: int) -> None:
        self.changed.emit(self._presenter.set_duration(number, duration_h))

    def _move_edge(self, number: int, duration_h: int) -> None:
        moved = self._presenter.preview(number, duration_h)
        if moved is not None:
            self._picture.show_move(moved.cycle, moved.card, moved.remarks)

    def _hint_of(self, number: int) -> str:
        facts = self._presenter.facts_of(number)
        return "" if facts is None else facts.hint
