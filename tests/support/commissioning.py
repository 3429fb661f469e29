"""Commissioning in tests: what people typed and signed, as facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from pharmacy_app.domain.account import Secret
from pharmacy_app.domain.audit import EntryFilter, RecordedEntry
from pharmacy_app.domain.commissioning import GroupSigned, values_digest, values_of
from pharmacy_app.domain.figure_group import FigureGroup, groups_of
from pharmacy_app.domain.person import Actor, Person
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.intake.protocol_file import read_protocol
from pharmacy_app.intake.site_file import training_texts
from pharmacy_app.workflow.commissioning import Commissioning
from pharmacy_app.workflow.people import Credentials
from pharmacy_app.workflow.record import keep
from pharmacy_app.workflow.rules_in_force import RulesInForce
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.unit_of_work import OpenUnitOfWork
from tests.support.protocol_figures import MARKED
from tests.support.rulebooks import protocol, rulebook
from tests.support.stations import (
    ADMINISTRATOR,
    CHEAP_HASHER,
    OTHER_PHARMACIST,
    PHARMACIST,
    station_of,
)

SECRET = "correct horse 7"
FIRST = datetime(2026, 11, 20, 9, 12, tzinfo=UTC)
MONOGRAPH: Mapping[str, str] = {name: value for name, (value, _, _) in MARKED.items()}
"""What a pharmacist reads in a monograph that says the same as the program: written down a second time."""


def group(name: str, of: Protocol | None = None) -> FigureGroup:
    (found,) = [each for each in groups_of(of or protocol()) if each.name == name]
    return found


def signed(
    under: FigureGroup, person: str, texts: Mapping[str, str] | None = None, *, minute: int = 0
) -> GroupSigned:
    """A signature of a person under a group, so many minutes after the first."""
    given = texts if texts is not None else {name: MONOGRAPH[name] for name in under.names}
    at = FIRST + timedelta(minutes=minute)
    values = values_of(given)
    return GroupSigned(under.digest, under.name, person, at, values, values_digest(under, given))


@dataclass(slots=True)
class Site:
    """One installation: people with secrets, and a station for whoever works at it."""

    database: OpenUnitOfWork
    file: Protocol = field(default_factory=protocol)
    now: datetime = FIRST
    rules: RulesInForce = field(init=False)

    def __post_init__(self) -> None:
        """The rules of the files, with the training pharmacy's examples."""
        base = replace(rulebook(), protocol=self.file)
        self.rules = RulesInForce(base, training_texts(self.file), self.database)

    def station(self, actor: Actor | None = PHARMACIST) -> Station:
        """The station with this person at it."""
        return replace(station_of(self.database, actor=actor), rulebook=self.rules, clock=lambda: self.now)

    def commissioning(self, actor: Actor | None = PHARMACIST) -> Commissioning:
        """The commands of this person."""
        return Commissioning(self.station(actor), read_protocol)

    def hire(self, *people: Actor) -> None:
        """Accounts with the secret of all tests."""
        with self.database() as work:
            for each in people:
                person = Person(
                    name=each.person, display_name=each.display_name, roles=each.roles,
                    secret_hash=CHEAP_HASHER.hash(Secret(SECRET)), badge=f"badge-{each.person}", active=True,
                    training=False,
                )  # fmt: skip
                keep(
                    work, work.people, person, act="person-added", thing=f"person {each.person}",
                    actor=ADMINISTRATOR, at=self.now, site=self.rules().site,
                )  # fmt: skip
            work.commit()

    def put(self, *signatures: GroupSigned) -> None:
        """Signatures as if they had been given through the commands, all at once."""
        with self.database() as work:
            for each in signatures:
                keep(
                    work, work.signatures, each, act="group-signed", thing=f"figures {each.group}",
                    actor=PHARMACIST, at=self.now, site=self.rules.base.site,
                )  # fmt: skip
            work.commit()
        self.rules.refresh()

    def sign_protocol(self, *people: Actor, but: str = "") -> None:
        """Every group of the protocol but one signed by these people, with the file's own values."""
        texts = {name: figure.value for name, figure in self.file.figures.items()}
        groups = [each for each in groups_of(self.file) if not each.of_site and each.name != but]
        self.put(*(signed(each, who.person, {name: texts[name] for name in each.names}, minute=minute)
                   for minute, who in enumerate(people) for each in groups))  # fmt: skip

    def sign_site(self, *people: Actor, **changes: str) -> None:
        """The site's groups signed by these people: the examples, with changes such as `sterility__room`."""
        texts = {
            **training_texts(self.file),
            **{key.replace("__", "."): text for key, text in changes.items()},
        }
        groups = [each for each in groups_of(self.file) if each.of_site]
        self.put(*(signed(each, who.person, {name: texts.get(name, "") for name in each.names}, minute=minute)
                   for minute, who in enumerate(people) for each in groups))  # fmt: skip

    def open_for_patients(self, actor: Actor = PHARMACIST, second: Actor = OTHER_PHARMACIST) -> None:
        """Both type their secret."""
        credentials = Credentials(second.person, SECRET)
        self.commissioning(actor).open_for_patients(secret=SECRET, second=credentials)

    def commission(self) -> None:
        """Everything, by two pharmacists."""
        people = (PHARMACIST, OTHER_PHARMACIST)
        self.sign_protocol(*people)
        self.sign_site(*people)
        self.open_for_patients()

    def entries(self, act: str) -> list[RecordedEntry]:
        """The record's entries of an act, the newest first."""
        with self.database(reading=True) as work:
            return [each for each in work.audit.entries(EntryFilter(), limit=10_000) if each.act == act]
