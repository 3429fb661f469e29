"""People, as the window and the command line reach them: one method for each command."""

from __future__ import annotations

from dataclasses import dataclass

from pharmacy_app.domain.account import AccountForm, Secret
from pharmacy_app.domain.person import Actor, Permission, Person
from pharmacy_app.workflow import account, people, training
from pharmacy_app.workflow.people import Credentials
from pharmacy_app.workflow.station import Station


@dataclass(frozen=True, slots=True)
class AtTheDoor:
    """What the sign-in page must know. `training` are the accounts whose secret is published."""

    needs_administrator: bool
    training: tuple[Person, ...]
    training_installation: bool


@dataclass(frozen=True, slots=True)
class People:
    """Each method raises as the function of its name."""

    station: Station

    @property
    def actor(self) -> Actor | None:
        """Who works here; None: nobody is signed in."""
        return self.station.seat.actor

    def may(self, permission: Permission) -> bool:
        """Whether whoever works here is trusted with it. The window mirrors it; the commands check it."""
        actor = self.actor
        return actor is not None and actor.may(permission)

    def at_the_door(self) -> AtTheDoor:
        """Whether the first account is still to be made, and which accounts are for training."""
        return AtTheDoor(
            needs_administrator=not account.has_administrator(self.station),
            training=training.training_accounts(self.station),
            training_installation=self.station.rulebook().site.training,
        )

    def sign_in(self, credentials: Credentials) -> Actor:
        """Sign somebody in."""
        return people.sign_in(credentials, self.station)

    def lock(self, *, by_itself: bool = False) -> None:
        """Nobody works here until the next sign-in."""
        people.lock(self.station, by_itself=by_itself)

    def confirm_secret(self, secret: str) -> Actor:
        """The person who works here, after typing the secret again."""
        return people.confirm_secret(secret, self.station)

    def second_person(self, credentials: Credentials, permission: Permission | None = None) -> Actor:
        """Somebody else who stands here too."""
        return people.second_person(credentials, self.station, permission)

    def first_administrator(self, name: str, display_name: str, secret: Secret) -> Actor:
        """Make the first account."""
        return account.first_administrator(name, display_name, secret, self.station)

    def all(self) -> tuple[Person, ...]:
        """Every account."""
        return account.people_on_file(self.station)

    def add(self, form: AccountForm, secret: Secret) -> None:
        """Make an account."""
        account.add_person(form, secret, self.station)

    def change(self, form: AccountForm) -> None:
        """Change an account."""
        account.change_person(form, self.station)

    def end(self, name: str) -> None:
        """End an account for good."""
        account.end_person(name, self.station)

    def set_secret(self, name: str, secret: Secret) -> None:
        """Give an account a new secret."""
        account.set_secret(name, secret, self.station)

    def change_own_secret(self, old: Secret, new: Secret) -> None:
        """Another secret for the person who works here."""
        account.change_own_secret(old, new, self.station)

    def training(self) -> training.TrainingPeople:
        """The training accounts, made where they are missing."""
        return training.training_people(self.station)
