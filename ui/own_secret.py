"""Whoever works here changes the own secret: the link beside *Lock*, its dialog, and the command."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ui.page import Noun

if TYPE_CHECKING:
    from collections.abc import Callable

    from pharmacy_app.domain.account import Secret
    from pharmacy_app.domain.person import Actor
    from pharmacy_app.workflow.desk import Desk
    from ui.frame import TopBar
    from ui.gateway import Branch
    from ui.person.own_secret_dialog import OwnSecretDialog
    from ui.words import Words


class OwnSecret(QObject):
    """The link of the bar at work. A training account has a published secret, which stays, and no link."""

    def __init__(self, window: QWidget, words: Words, bar: TopBar) -> None:
        super().__init__(window)
        self._window = window
        self._words = words
        self._bar = bar
        self._desk: Desk | None = None
        self._branch: Branch | None = None
        self.dialog: OwnSecretDialog | None = None
        bar.secret.clicked.connect(self.ask)

    def open_for(self, desk: Desk | None, branch: Branch, actor: Actor) -> None:
        """This person works here."""
        self._desk, self._branch = desk, branch
        self._bar.secret.setVisible(not actor.training)

    def ask(self) -> None:
        """Open the dialog."""
        from ui.person.own_secret_dialog import (
            OwnSecretDialog,
        )  # brings the domain: not before the first paint

        if self._desk is None or self._branch is None:
            return
        dialog = self.dialog = OwnSecretDialog(self._window, self._words)
        dialog.given.connect(partial(self._change, dialog, self._desk, self._branch))
        dialog.open()

    def _change(
        self, dialog: OwnSecretDialog, desk: Desk, branch: Branch, secrets: tuple[Secret, Secret]
    ) -> None:
        dialog.wait(waiting=True)
        branch.change(
            partial(desk.people.change_own_secret, *secrets),
            nouns=frozenset({Noun.PERSON}),
            done=lambda _nothing: _if_open(dialog, dialog.accept),
            refused=lambda error: _if_open(dialog, partial(dialog.refuse, error)),
            broken_off=lambda: _if_open(dialog, partial(dialog.wait, waiting=False)),
        )


def _if_open(dialog: OwnSecretDialog, act: Callable[[], None]) -> None:
    if isValid(dialog):
        act()
