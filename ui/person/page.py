"""The People page, for administrators: the accounts at the left, one of them at the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QWidget
from shiboken6 import isValid

from pharmacy_app.domain.account import Secret
from ui import theme
from ui.page import Noun, Page, PageContext, PageName
from ui.person.form import AccountCard
from ui.person.presenter import NEW, PeoplePresenter
from ui.person.remarks import refusals
from ui.person.secret_dialog import SecretDialog
from ui.person.table import PeopleTable
from ui.person.view import AccountDraft
from ui.scan_answer import accepted, refused
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from pharmacy_app.domain.errors import PharmacyError
    from pharmacy_app.domain.person import Person
    from ui.remarks import Remark

_FORM_WIDTH = 450


class PeoplePage(Page):
    """Accounts are made, changed and ended here."""

    name: ClassVar[PageName] = PageName.PEOPLE
    nouns: ClassVar[frozenset[Noun]] = frozenset({Noun.PERSON})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.presenter = PeoplePresenter(self.words)
        self.table = PeopleTable(self.words)
        self.card = AccountCard(self.words)
        self.new_button = Button(self.words("ui.people.new"))
        self._arrange()
        self._wire()
        self._show()
        self.reload()

    def _arrange(self) -> None:
        self.head.set_title(self.words("ui.people.name"))
        self.head.add_act(self.new_button)
        left = Card()
        left.column.setContentsMargins(1, 1, 1, 1)
        left.column.addWidget(self.table)
        self.card.setFixedWidth(_FORM_WIDTH)
        row = QHBoxLayout()
        row.setSpacing(theme.CARD_GAP)
        row.addWidget(left, 1)
        row.addWidget(self.card)
        self.body.addLayout(row, 1)

    def _wire(self) -> None:
        self.new_button.clicked.connect(self.new_account)
        self.table.row_chosen.connect(self._choose)
        self.card.edited.connect(self._edited)
        self.card.saved.connect(self._save)
        self.card.secret_wanted.connect(self._ask_secret)
        self.card.end_wanted.connect(self._ask_end)

    def new_account(self) -> None:
        """An empty form, or the one that was begun."""
        self._choose(NEW)
        self.card.set_focus()

    # The window's calls

    def reload(self) -> None:
        self.gateway.ask(self.desk.people.all, done=self._take, refused=self._refused, topic="people")

    def first_focus(self) -> QWidget | None:
        return self.table

    def holds_unsaved(self) -> bool:
        return self.presenter.has_typed

    def may_be_closed(self) -> bool:
        if not self.presenter.has_typed:
            return True
        return self._ask("lose", stay="ui.people.stay", go="ui.people.throw-away")

    # Scans

    def scan_expected(self) -> str:
        return self.words("ui.people.scan")

    def scanned(self, text: str) -> None:
        taken = self.card.isVisibleTo(self) and self.card.take_badge(text)
        code = "ui.people.badge-scanned" if taken else "ui.scan.not-expected"
        answer = accepted if taken else refused
        self.scan_answered.emit(answer(self.words(code)))

    # What happens

    def _take(self, people: tuple[Person, ...]) -> None:
        self.presenter.load(people)
        self._show()

    def _choose(self, name: str) -> None:
        self.card.secrets.forget()
        self.presenter.choose(name)
        self._show()

    def _edited(self, draft: AccountDraft) -> None:
        self.presenter.type(draft)
        self._show()

    def _save(self) -> None:
        people, form = self.desk.people, self.presenter.form
        if self.presenter.chosen is None:
            self._change(partial(people.add, form, self.card.secret))
        else:
            self._change(partial(people.change, form))

    def _change(self, act: Callable[[], None]) -> None:
        self.presenter.begin()
        self._show()
        self.gateway.change(
            act,
            nouns=frozenset({Noun.PERSON}),
            done=lambda _nothing: self._saved(),
            refused=self._refused,
            broken_off=lambda: self._refuse(()),
        )

    def _saved(self) -> None:
        self.card.secrets.forget()
        self.presenter.saved()
        self._show()

    def _refused(self, error: PharmacyError) -> None:
        self._refuse(refusals(error, self.words))

    def _refuse(self, remarks: tuple[Remark, ...]) -> None:
        self.presenter.refuse(remarks)
        self._show()

    def _ask_secret(self) -> None:
        person = self.presenter.chosen
        if person is None:
            return
        dialog = SecretDialog(self.window(), self.words, person=person.display_name)
        dialog.given.connect(partial(self._set_secret, dialog, person.name))
        dialog.open()

    def _set_secret(self, dialog: SecretDialog, name: str, secret: Secret) -> None:
        self.gateway.change(
            partial(self.desk.people.set_secret, name, secret),
            nouns=frozenset({Noun.PERSON}),
            done=lambda _nothing: _if_open(dialog, dialog.accept),
            refused=lambda error: _if_open(dialog, partial(dialog.refuse, error)),
        )

    def _ask_end(self) -> None:
        person = self.presenter.chosen
        if person is not None and self._ask("end", stay="ui.people.stay", go="ui.people.end"):
            self._change(partial(self.desk.people.end, person.name))

    def _ask(self, code: str, *, stay: str, go: str) -> bool:
        person = self.presenter.chosen
        shown = "" if person is None else person.display_name
        return (
            Dialog(
                self.window(),
                self.words,
                title=self.words(f"ui.people.{code}-title", person=shown),
                paragraphs=[self.words(f"ui.people.{code}-text")],
                answers=[("stay", self.words(stay)), ("go", self.words(go))],
            ).ask()
            == "go"
        )

    def _show(self) -> None:
        view = self.presenter.view()
        self.head.set_facts([(view.count, "")] if view.count else [])
        self.table.show_rows(view.rows, view.chosen)
        self.card.setVisible(view.form is not None)
        if view.form is not None:
            self.card.show_view(view.form)


def _if_open(dialog: SecretDialog, act: Callable[[], None]) -> None:
    if isValid(dialog):
        act()
