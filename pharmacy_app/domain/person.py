"""People: who they are to the program, and which act asks for which role (REQ-VER-001, -002)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from pharmacy_app.domain.errors import RulesRefused
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
    COMMISSION = "commission"
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
    Permission.COMMISSION: (Role.PHARMACIST,),
    Permission.KEEP_PEOPLE: (Role.ADMINISTRATOR,),
    Permission.READ_RECORD: (Role.PHARMACIST, Role.ADMINISTRATOR),
}


@dataclass(frozen=True, slots=True)
class Person:
    """An account. `name` is what is typed to sign in, `display_name` what others read, such as `M. Roy`.

    `secret_hash` is an Argon2id hash, never the secret. `badge` is the badge's code, or empty. An account
    with `training` exists in a training installation alone; `active` False ends an account for good use.
    """

    name: str
    display_name: str
    roles: tuple[Role, ...]
    secret_hash: str
    badge: str
    active: bool
    training: bool

    @property
    def key(self) -> str:
        """One account for each name."""
        return self.name


@dataclass(frozen=True, slots=True)
class SignIns:
    """Wrong secrets in a row for a name that was typed; `name_digest` also stands for names nobody has.

    `failures` is 0 after a right one. `last_at` is when the last one was typed.
    """

    name_digest: str
    failures: int
    last_at: datetime

    @property
    def key(self) -> str:
        """One count for each name."""
        return self.name_digest


@dataclass(frozen=True, slots=True)
class Actor:
    """Who gives a command, and at which station. `person` is the account's name."""

    person: str
    display_name: str
    roles: tuple[Role, ...]
    station: str

    def may(self, permission: Permission) -> bool:
        """Whether one of the roles is trusted with it."""
        return any(role in PERMITTED[permission] for role in self.roles)


def not_permitted(actor: Actor, permission: Permission) -> tuple[Finding, ...]:
    """A stop where the person's roles do not cover the act; it names the act and the roles that do."""
    if actor.may(permission):
        return ()
    roles = ", ".join(role.value for role in PERMITTED[permission])
    values = {"act": permission.value, "person": actor.display_name, "roles": roles}
    return (finding("person.not-permitted", Severity.STOP, "REQ-VER-001", Mark.DERIVED, **values),)


def require(actor: Actor, permission: Permission) -> None:
    """Raises RulesRefused where the person's roles do not cover the act."""
    refused = not_permitted(actor, permission)
    if refused:
        raise RulesRefused(refused)
