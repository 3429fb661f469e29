"""The sign-in page: name or badge, and secret. Stands in place of everything while nobody works here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_app.domain.account import Secret
from pharmacy_app.workflow.people import Credentials
from ui import theme
from ui.page import Noun
from ui.person.door import DoorView, door_view
from ui.person.first_form import FirstForm
from ui.person.remarks import refusals
from ui.person.sign_in_form import SignInForm
from ui.scan_answer import accepted, refused
from ui.widgets.button import Button, LinkButton
from ui.widgets.card import Card
from ui.widgets.head import clear
from ui.widgets.text import Text

if TYPE_CHECKING:
    from pharmacy_app.domain.errors import PharmacyError
    from pharmacy_app.domain.person import Actor
    from pharmacy_app.workflow.desk import Desk
    from pharmacy_app.workflow.people_desk import AtTheDoor
    from ui.gateway import Gateway
    from ui.remarks import Remark
    from ui.words import Words

_WIDTH = 520
_TRAINING_WIDTH = 380


class SignInView(QWidget):
    """`let_in` carries the Actor who works here from now on."""

    let_in = Signal(object)
    scan_answered = Signal(object)  # ScanAnswer
    scan_expectation_changed = Signal()

    def __init__(self, words: Words, gateway: Gateway, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._words = words
        self._gateway = gateway
        self._door: AtTheDoor | None = None
        self._waiting: Actor | None = None
        self._wants_first = False
        self._title = Text(size=theme.RESULT, bold=True)
        self._sentence = Text(size=theme.BODY, wrap=True)
        self.form = SignInForm(words)
        self.first = FirstForm(words)
        self.begin = LinkButton(words("ui.sign-in.begin"))
        self.train = Button(words("ui.sign-in.train"))
        self.training = TrainingCard(words)
        self._arrange()
        self._wire()
        self._show()

    def _arrange(self) -> None:
        card = Card()
        card.setFixedWidth(_WIDTH)
        card.column.setContentsMargins(26, 20, 26, 20)
        card.column.setSpacing(theme.SPACES[2])
        card.column.addWidget(self._title)
        card.column.addWidget(self._sentence)
        for widget in (self.form, self.first, self.train):
            card.column.addWidget(widget)
        card.column.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        self.training.setFixedWidth(_TRAINING_WIDTH)
        cards = QHBoxLayout()
        cards.setSpacing(theme.CARD_GAP)
        cards.addStretch(1)
        cards.addWidget(card, 0, Qt.AlignmentFlag.AlignTop)
        cards.addWidget(self.training, 0, Qt.AlignmentFlag.AlignTop)
        cards.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addLayout(cards)
        column.addStretch(3)

    def _wire(self) -> None:
        self.form.entered.connect(self._sign_in)
        self.first.made.connect(self._make_first)
        self.begin.clicked.connect(self._begin)
        self.train.clicked.connect(self._train)
        self.training.account_chosen.connect(self.form.take_name)

    # The window's calls

    def open_for(self, waiting: Actor | None) -> None:
        """Wait for somebody; `waiting` is who locked the station and may come back to it."""
        self._waiting, self._wants_first = waiting, False
        self.form.forget()
        self.first.forget()
        self._show()
        self.form.take_name(self._view().name)
        self._ask_who()

    # Scans

    def scan_expected(self) -> str:
        """What a scan will do now."""
        return self._words("ui.scan.nothing" if self._view().first else "ui.sign-in.scan")

    def scanned(self, text: str) -> None:
        """A badge in place of the name. It signs nothing: the secret is still asked for."""
        if self._view().first:
            self.scan_answered.emit(refused(self._words("ui.scan.not-expected")))
            return
        self.form.take_name(text)
        self.scan_answered.emit(accepted(self._words("ui.sign-in.badge")))

    # What happens

    def _ask_who(self) -> None:
        self._gateway.ask(self._desk.people.at_the_door, done=self._take_door, topic="at the door")

    def _take_door(self, door: AtTheDoor) -> None:
        before = self._view().first
        self._door = door
        self._show()
        if self._view().first and not before:
            self.first.set_focus()

    def _begin(self) -> None:
        self._wants_first = True
        self._show()
        self.first.set_focus()

    def _sign_in(self, credentials: Credentials) -> None:
        self.form.wait(waiting=True)
        self._change(partial(self._desk.people.sign_in, credentials), refused=self.form.refuse)

    def _make_first(self, name: str, display_name: str, secret: Secret) -> None:
        self.first.wait(waiting=True)
        act = partial(self._desk.people.first_administrator, name, display_name, secret)
        self._change(act, refused=self.first.show_remarks)

    def _change(self, act: Callable[[], Actor], *, refused: Callable[[tuple[Remark, ...]], None]) -> None:
        def refuse(error: PharmacyError) -> None:
            self._stop_waiting()
            refused(refusals(error, self._words))

        self._gateway.change(
            act,
            nouns=frozenset({Noun.PERSON}),
            done=self._entered,
            refused=refuse,
            broken_off=self._stop_waiting,
        )

    def _stop_waiting(self) -> None:
        self.form.wait(waiting=False)
        self.first.wait(waiting=False)

    def _entered(self, actor: Actor) -> None:
        self._stop_waiting()
        self.form.forget()
        self.first.forget()
        self.let_in.emit(actor)

    def _train(self) -> None:
        self.train.setEnabled(False)
        self._gateway.change(
            self._desk.start_training,
            nouns=frozenset({Noun.ORDER, Noun.PERSON, Noun.STOCK}),
            done=lambda _nothing: self._trained(),
            refused=lambda _error: self._trained(),
            broken_off=lambda: self.train.setEnabled(True),
        )

    def _trained(self) -> None:
        self.train.setEnabled(True)
        self._ask_who()
        self.form.set_focus()

    def _view(self) -> DoorView:
        return door_view(self._door, waiting=self._waiting, wants_first=self._wants_first, words=self._words)

    def _show(self) -> None:
        view = self._view()
        self._title.say(view.title)
        self._sentence.say(view.sentence)
        self.form.setVisible(not view.first)
        self.first.setVisible(view.first)
        self.begin.setVisible(view.may_begin)
        self.train.setVisible(view.may_train)
        self.training.setVisible(bool(view.training))
        self.training.show_accounts(view.training, view.secret)
        self.scan_expectation_changed.emit()


class TrainingCard(Card):
    """The training accounts and their secret, in plain sight. `account_chosen` carries a name."""

    account_chosen = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__(words("ui.sign-in.training"), quiet=True)
        self._words = words
        self._shown: tuple[tuple[str, str, str], ...] = ()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.SPACES[3])
        self._grid.setColumnStretch(2, 1)
        self._secret = Text(size=theme.BODY, bold=True)
        self.column.addLayout(self._grid)
        self.column.addWidget(self._secret)
        self.column.addWidget(Text(words("ui.sign-in.training-text"), theme.SMALL, role="muted", wrap=True))

    def show_accounts(self, accounts: tuple[tuple[str, str, str], ...], secret: str) -> None:
        """Show these; nothing is made anew while they stay the same."""
        self._secret.say(self._words("ui.sign-in.training-secret", secret=secret))
        if accounts == self._shown:
            return
        self._shown = accounts
        clear(self._grid)
        for row, (name, display_name, roles) in enumerate(accounts):
            link = LinkButton(name)
            link.clicked.connect(partial(self.account_chosen.emit, name))
            link.setAccessibleName(f"{name}, {display_name}, {roles}")
            self._grid.addWidget(link, row, 0, Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(Text(display_name, theme.TABLE), row, 1)
            self._grid.addWidget(Text(roles, theme.TABLE, role="muted"), row, 2)
