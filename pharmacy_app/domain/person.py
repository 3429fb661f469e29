"""People: who they are to the program, and which act asks for which role (REQ-VER-001, -002)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from pharmacy_app.domain.finding import Finding, Mark, Severity, finding


class Role(Enum):
    """What a person, or a printing station, is trusted with."""

    TECHNICIAN = "technician"
    PHARMACIST = "pharmacist"
    STATION = "station"
    ADMINISTRATOR = "administrator"


class Permission(Enum):
    """What a command asks for. The value is its name in the record and in the catalogue."""

    ENTER_ORDER = "enter-order"
    ACCEPT_ORDER = "accept-order"
    ACCEPT_PLAN = "accept-plan"
    GIVE_REASON = "give-reason"
    PREPARE = "prepare"
    VERIFY = "verify"
    PRINT = "print"
    MOVE_BAG = "move-bag"
    RECEIVE_STOCK = "receive-stock"
    KEEP_CATALOGUE = "keep-catalogue"
    QUARANTINE = "quarantine"
    RECALL = "recall"
    COMMISSION = "commission"
    OPEN_FOR_PATIENTS = "open-for-patients"
    KEEP_PEOPLE = "keep-people"
    READ_RECORD = "read-record"


_BENCH = (Role.TECHNICIAN, Role.PHARMACIST)
PERMITTED: dict[Permission, tuple[Role, ...]] = {
    Permission.ENTER_ORDER: (*_BENCH, Role.STATION),
    Permission.ACCEPT_ORDER: (Role.PHARMACIST,),
    Permission.ACCEPT_PLAN: (Role.PHARMACIST,),
    Permission.GIVE_REASON: (Role.PHARMACIST,),
    Permission.PREPARE: _BENCH,
    Permission.VERIFY: (Role.PHARMACIST,),
    Permission.PRINT: (*_BENCH, Role.STATION),
    Permission.MOVE_BAG: (*_BENCH, Role.STATION),
    Permission.RECEIVE_STOCK: _BENCH,
    Permission.KEEP_CATALOGUE: (Role.PHARMACIST,),
    Permission.QUARANTINE: _BENCH,
    Permission.RECALL: (Role.PHARMACIST,),
    Permission.COMMISSION: (Role.PHARMACIST,),
    Permission.OPEN_FOR_PATIENTS: (Role.PHARMACIST, Role.ADMINISTRATOR),
    Permission.KEEP_PEOPLE: (Role.ADMINISTRATOR,),
    Permission.READ_RECORD: (Role.PHARMACIST, Role.ADMINISTRATOR),
}
# Everybody knows a training account's secret: it opens no installation for patients and makes no account.
NOT_IN_TRAINING = (Permission.COMMISSION, Permission.OPEN_FOR_PATIENTS, Permission.KEEP_PEOPLE)

FREE_FAILURES = 2  # so many wrong secrets in a row cost no pause
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=15)  # a person who is locked out on purpose can still work that day


@dataclass(frozen=True, slots=True)
class Person:
    """An account. `name` is what is typed to sign in, `display_name` what others read, such as `M. Roy`.

    `secret_hash` is an Argon2id hash, never the secret. `badge` is the badge's code, or empty. An account
    with `training` exists in a training installation alone; `active` False ends an account for good use.
    """

    name: str
    display_name: str
    roles: tuple[Role, ...]
    secret_hash: str = field(repr=False)
    badge: str
    active: bool
    training: bool

    @property
    def key(self) -> str:
        """One account for each name."""
        return self.name

    @property
    def administers(self) -> bool:
        """Whether this account can make and end accounts."""
        return self.active and not self.training and Role.ADMINISTRATOR in self.roles


@dataclass(frozen=True, slots=True)
class SignIns:
    """Wrong secrets in a row for a name that was typed, or at a station.

    `name_digest` stands for names that somebody has, for names that nobody has, and for stations.
    `failures` is 0 after a right one. `last_at` is when the last one was typed.
    """

    name_digest: str
    failures: int
    last_at: datetime

    @property
    def key(self) -> str:
        """One count for each name."""
        return self.name_digest

    def paused_until(self, now: datetime) -> datetime | None:
        """When the next attempt is looked at; None: now.

        The pause begins with the third failure in a row and doubles with each further one: 5 s, 10 s, 20 s
        and so on, up to 15 min. A failure further in the future than that came from a clock that was wrong.
        """
        if self.failures <= FREE_FAILURES or self.last_at - now > LONGEST_PAUSE:
            return None
        doublings = min(self.failures - FREE_FAILURES - 1, (LONGEST_PAUSE // FIRST_PAUSE).bit_length())
        until = self.last_at + min(FIRST_PAUSE * 2**doublings, LONGEST_PAUSE)
        return until if now < until else None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who gives a command, and at which station. `person` is the account's name."""

    person: str
    display_name: str
    roles: tuple[Role, ...]
    station: str
    training: bool = False

    def may(self, permission: Permission) -> bool:
        """Whether one of the roles is trusted with it; some acts are no act of a training account."""
        if self.training and permission in NOT_IN_TRAINING:
            return False
        return any(role in PERMITTED[permission] for role in self.roles)


def not_permitted(actor: Actor, permission: Permission) -> tuple[Finding, ...]:
    """A stop where the person's roles do not cover the act; it names the act and the roles that do."""
    if actor.may(permission):
        return ()
    if actor.training and permission in NOT_IN_TRAINING:
        return (person_stop(f"person.training-may-not.{permission.value}", person=actor.display_name),)
    roles = ", ".join(role.value for role in PERMITTED[permission])
    code = f"person.not-permitted.{permission.value}"
    return (person_stop(code, person=actor.display_name, roles=roles),)


def person_stop(code: str, *, field: str = "", **values: str) -> Finding:
    """Something about people, accounts or signing in that must not be so."""
    return finding(code, Severity.STOP, "REQ-VER-001", Mark.DERIVED, field=field, **values)
