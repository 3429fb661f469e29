"""What the People page shows, worked out by the presenter. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ui.remarks import Remark


class State(Enum):
    """Of an account; the value is its word in the catalogue."""

    IN_USE = "in-use"
    TRAINING = "training"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One account in the table. `badge` is a word, never the code."""

    name: str
    display_name: str
    roles: str
    badge: str
    state: State
    state_word: str


@dataclass(frozen=True, slots=True)
class AccountDraft:
    """What stands in the form, exactly as typed; `roles` are the values of the roles."""

    name: str = ""
    display_name: str = ""
    roles: tuple[str, ...] = ()
    badge: str = ""


@dataclass(frozen=True, slots=True)
class AccountView:
    """The form. `why_not` says why it cannot be saved, and is empty where it can."""

    title: str
    note: str
    draft: AccountDraft
    is_new: bool
    locked: bool
    may_change: bool
    may_end: bool
    why_not: str
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class PeopleView:
    """The whole page; `form` is None while nothing is chosen."""

    rows: tuple[PersonRow, ...]
    chosen: int | None
    count: str
    form: AccountView | None
