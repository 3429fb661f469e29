"""What the sign-in page says: who is awaited, and what somebody may do here who has no account. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pharmacy_app.workflow.training import TRAINING_SECRET
from ui.person.roles import role_words

if TYPE_CHECKING:
    from pharmacy_app.domain.person import Actor, Person
    from pharmacy_app.workflow.people_desk import AtTheDoor
    from ui.words import Words


@dataclass(frozen=True, slots=True)
class DoorView:
    """`first` shows the form for the first administrator instead of name and secret.

    `training` are name, shown name and roles of the training accounts; `secret` is their published secret.
    """

    title: str
    sentence: str
    name: str
    first: bool
    may_begin: bool
    may_train: bool
    training: tuple[tuple[str, str, str], ...]
    secret: str


def door_view(door: AtTheDoor | None, *, waiting: Actor | None, wants_first: bool, words: Words) -> DoorView:
    """`waiting` is who locked the station; `door` is None until the file has answered."""
    accounts = () if door is None else door.training
    needs = door is not None and door.needs_administrator and waiting is None
    first = needs and (wants_first or not accounts)
    return DoorView(
        title=words(f"ui.sign-in.{'first' if first else 'locked' if waiting else 'name'}"),
        sentence=_sentence(waiting, words, first=first),
        name=waiting.person if waiting else "",
        first=first,
        may_begin=needs and not first,
        may_train=needs and door is not None and door.training_installation and not accounts,
        training=() if first else _rows(accounts, words),
        secret=TRAINING_SECRET,
    )


def _rows(accounts: tuple[Person, ...], words: Words) -> tuple[tuple[str, str, str], ...]:
    return tuple((each.name, each.display_name, role_words(each.roles, words)) for each in accounts)


def _sentence(waiting: Actor | None, words: Words, *, first: bool) -> str:
    if first:
        return words("ui.sign-in.first-text")
    if waiting is None:
        return words("ui.sign-in.text")
    return words("ui.sign-in.locked-text", person=waiting.display_name)
