"""What the People page does, without Qt: choosing an account, typing, what may be saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pharmacy_app.domain.account import AccountForm
from pharmacy_app.domain.person import Role
from ui.person.roles import role_words
from ui.person.view import AccountDraft, AccountView, PeopleView, PersonRow, State
from ui.remarks import Remark

if TYPE_CHECKING:
    from pharmacy_app.domain.person import Person
    from ui.words import Words

NEW = ""  # the key of the form for a new account; no account has an empty name


class PeoplePresenter:
    """Holds what was typed for each account, until it is saved: going to another one loses nothing."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._people: tuple[Person, ...] = ()
        self._chosen: str | None = None
        self._drafts: dict[str, AccountDraft] = {}
        self._remarks: tuple[Remark, ...] = ()
        self._saving = False

    @property
    def has_typed(self) -> bool:
        """Whether something typed is not saved."""
        return any(draft != self._on_file(name) for name, draft in self._drafts.items())

    @property
    def chosen(self) -> Person | None:
        """The account in the form; None: a new one, or nothing is chosen."""
        return next((each for each in self._people if each.name == self._chosen), None)

    @property
    def form(self) -> AccountForm:
        """What was typed, for the command."""
        draft = self._draft()
        roles = tuple(role for role in Role if role.value in draft.roles)
        return AccountForm(draft.name, draft.display_name, roles, draft.badge)

    def load(self, people: Sequence[Person]) -> None:
        """These are the accounts on file now."""
        self._people = tuple(sorted(people, key=lambda each: (not each.active, each.training, each.name)))
        if self._chosen is None and self._people:
            self._chosen = self._people[0].name

    def choose(self, name: str) -> None:
        """Show an account, or with NEW an empty form."""
        self._chosen = name
        self._remarks = ()

    def type(self, draft: AccountDraft) -> None:
        """Something was typed or chosen in the form."""
        if self._chosen is not None and not self._saving and draft != self._draft():
            self._drafts[self._chosen] = draft
            self._remarks = ()

    def begin(self) -> None:
        """The command is under way."""
        self._saving = True

    def saved(self) -> None:
        """The command was done: what was typed is on file."""
        if self._chosen is not None:
            draft = self._drafts.pop(self._chosen, None)
            if self._chosen == NEW and draft is not None:
                self._chosen = draft.name
        self._saving, self._remarks = False, ()

    def refuse(self, remarks: tuple[Remark, ...]) -> None:
        """It was not done; what was typed stays."""
        self._saving, self._remarks = False, remarks

    def view(self) -> PeopleView:
        """The page."""
        rows = tuple(self._row(each) for each in self._people)
        names = [each.name for each in rows]
        active = sum(each.active for each in self._people)
        return PeopleView(
            rows=rows,
            chosen=names.index(self._chosen) if self._chosen in names else None,
            count=self._words("ui.people.count", count=str(active)) if rows else "",
            form=None if self._chosen is None else self._account_view(),
        )

    def _row(self, person: Person) -> PersonRow:
        state = _state_of(person)
        return PersonRow(
            name=person.name,
            display_name=person.display_name,
            roles=role_words(person.roles, self._words),
            badge=self._words("ui.people.badge" if person.badge else "ui.people.no-badge"),
            state=state,
            state_word=self._words(f"ui.people.state.{state.value}"),
        )

    def _account_view(self) -> AccountView:
        person = self.chosen
        state = None if person is None else _state_of(person)
        title = self._words("ui.people.new") if person is None else person.display_name
        return AccountView(
            title=title,
            note=self._words(f"ui.people.note.{'new' if state is None else state.value}"),
            draft=self._draft(),
            is_new=person is None,
            locked=self._saving or state in {State.TRAINING, State.ENDED},
            may_change=state not in {State.TRAINING, State.ENDED},
            may_end=person is not None and person.active,
            why_not=self._why_not(),
            remarks=self._remarks,
        )

    def _why_not(self) -> str:
        draft = self._draft()
        if self._saving:
            return self._words("ui.people.saving")
        if not (draft.name and draft.display_name and draft.roles):
            return self._words("ui.people.fill-in")
        if draft == self._on_file(self._chosen or NEW):
            return self._words("ui.people.nothing-changed")
        return ""

    def _draft(self) -> AccountDraft:
        key = self._chosen or NEW
        return self._drafts.get(key) or self._on_file(key)

    def _on_file(self, name: str) -> AccountDraft:
        for each in self._people:
            if each.name == name:
                roles = tuple(role.value for role in each.roles)
                return AccountDraft(each.name, each.display_name, roles, each.badge)
        return AccountDraft()


def _state_of(person: Person) -> State:
    if not person.active:
        return State.ENDED
    return State.TRAINING if person.training else State.IN_USE


def with_roles(draft: AccountDraft, roles: Sequence[str]) -> AccountDraft:
    """The draft with these roles, in the order of the roles."""
    return replace(draft, roles=tuple(role.value for role in Role if role.value in roles))
