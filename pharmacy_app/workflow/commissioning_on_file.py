"""What is on file of commissioning: who typed and signed what, what is missing, which bags are open.

Whoever asks is shown only what was typed under the own name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.domain.commissioning import (
    INSTALLATION,
    FigureTyped,
    GroupSigned,
    Installation,
    check_readable,
    differing,
    is_agreed,
    not_agreed,
    required_not_set,
    standing,
    with_unset,
)
from pharmacy_app.domain.figure_group import FigureGroup, groups_of
from pharmacy_app.domain.finding import Finding, stops_first
from pharmacy_app.domain.person import Permission
from pharmacy_app.domain.plan import PlannedBag
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.workflow.open_bags import OpenBag, open_bags, replacement
from pharmacy_app.workflow.rules_in_force import agreed_site_figures, fresh
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed a group and when. `own`: it is whoever asks."""

    display_name: str
    at: datetime
    own: bool


@dataclass(frozen=True, slots=True)
class GroupOnFile:
    """A group as whoever asks may see it.

    `typed` is what the person typed, by figure; `signed` whether exactly that is signed by the person.
    `signatures` are those that stand, newest first; `differing` are the site's figures on which they differ.
    """

    group: FigureGroup
    typed: Mapping[str, str]
    signed: bool
    signatures: tuple[Signature, ...]
    agreed: bool
    differing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """Which two people opened the installation for patients, and when."""

    first: str
    second: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Overview:
    """Commissioning as whoever asks may see it.

    `file` is the protocol as its file has it. `agreed` are the figures of the site that two pharmacists agree
    on; an empty text: that it is not set. `examples` are those for which the training pharmacy's stand in.
    `stops` keep the installation in training, or a new revision out of use. `replacements` are the bags that
    would be made in place of open ones, by serial.
    """

    file: Protocol
    groups: tuple[GroupOnFile, ...]
    agreed: Mapping[str, str]
    examples: frozenset[str]
    may_commission: bool
    may_open: bool
    training: bool
    commissioned: bool
    opened: Opened | None
    stops: tuple[Finding, ...]
    bags: tuple[OpenBag, ...]
    replacements: Mapping[str, PlannedBag | None]


def overview(station: Station) -> Overview:
    """Everything about commissioning, read at one moment."""
    actor = station.actor()
    with station.open_unit_of_work(reading=True) as work:
        rules = fresh(station, work)
        file, now = rules.as_filed, station.now()
        signatures, names = work.signatures.all(), display_names(work)
        typed, bags = work.figures.all(), open_bags(work, file)
        may_type = actor.may(Permission.COMMISSION)
        return Overview(
            file=file,
            groups=tuple(
                _group_on_file(
                    each,
                    typed_by(actor.person, each, typed) if may_type else {},
                    standing(each, signatures),
                    person=actor.person,
                    names=names,
                )
                for each in groups_of(file)
            ),
            agreed=agreed_site_figures(file, work),
            examples=rules.examples,
            may_commission=may_type,
            may_open=actor.may(Permission.OPEN_FOR_PATIENTS),
            training=rules.site.training,
            commissioned=rules.protocol.commissioned,
            opened=_opened(work.installations.latest(INSTALLATION), names),
            stops=check_opening(file, work),
            bags=bags,
            replacements={
                each.serial: replacement(each.bag, rules, work, now=now)
                for each in bags
                if each.must_be_listed
            },
        )


def typed_by(person: str, group: FigureGroup, typed: Iterable[FigureTyped]) -> dict[str, str]:
    """What a person typed for the figures of a group, by name; `typed` has the newest of each."""
    names = set(group.names)
    return {
        each.figure: each.value
        for each in typed
        if each.person == person and each.protocol_digest == group.digest and each.figure in names
    }


def check_opening(file: Protocol, work: UnitOfWork) -> tuple[Finding, ...]:
    """Every stop that keeps an installation in training: what is not signed by two, what is not set."""
    agreed = agreed_site_figures(file, work)
    found = (
        *open_differences(file, work),
        *not_agreed(file, work.signatures.all()),
        *required_not_set(file, agreed),
    )
    return stops_first(found)


def open_differences(file: Protocol, work: UnitOfWork) -> tuple[Finding, ...]:
    """A stop for each newest value of anybody with an account in use that differs from the program's."""
    ended = {each.name for each in work.people.all() if not each.active}
    found: list[Finding] = []
    for typed in work.figures.all():
        if typed.protocol_digest == file.digest and typed.person not in ended:
            found.extend(check_readable(file.figure(typed.figure), typed.value))
    return tuple(dict.fromkeys(found))


def display_names(work: UnitOfWork) -> dict[str, str]:
    """How people are called, by account name."""
    return {each.name: each.display_name for each in work.people.all()}


def _opened(fact: Installation | None, names: Mapping[str, str]) -> Opened | None:
    if fact is None:
        return None
    first, second = (names.get(each, each) for each in (fact.person, fact.second_person))
    return Opened(first, second, fact.at)


def _group_on_file(
    group: FigureGroup,
    typed: Mapping[str, str],
    signed: tuple[GroupSigned, ...],
    *,
    person: str,
    names: Mapping[str, str],
) -> GroupOnFile:
    own = next((each for each in signed if each.person == person), None)
    return GroupOnFile(
        group=group,
        typed=typed,
        signed=own is not None and own.texts == with_unset(group, typed),
        signatures=tuple(
            Signature(names.get(each.person, each.person), each.at, each.person == person) for each in signed
        ),
        agreed=is_agreed(group, signed),
        differing=tuple(each.name for each in differing(group, signed)),
    )
