"""Commissioning: figures are typed, groups signed, and the installation is opened for patients (REQ-PRO-003).

What one pharmacist typed is shown to nobody else, and stands in no entry of the record: the entry carries the
digest of the fact. A badge signs nothing; every signature asks for the secret.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pharmacy_app.domain.commissioning import (
    INSTALLATION,
    FigureTyped,
    GroupSigned,
    Installation,
    check_group,
    check_site_differences,
    check_typed,
    standing,
    values_digest,
    values_of,
    with_unset,
)
from pharmacy_app.domain.errors import InputRefused, RulesRefused
from pharmacy_app.domain.figure_group import FigureGroup, groups_of
from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.person import Actor, Permission
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.domain.revision import FigureDifference, differences
from pharmacy_app.workflow.commissioning_on_file import Overview, check_opening, overview, typed_by
from pharmacy_app.workflow.open_bags import check_listed, keep_release_again, open_bags
from pharmacy_app.workflow.people import Credentials, confirm_secret, second_person
from pharmacy_app.workflow.record import keep, refuse
from pharmacy_app.workflow.rules_in_force import refresh
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.unit_of_work import UnitOfWork

ReadProtocol = Callable[[Path], Protocol]
_NAMED = ("figure", "group", "serial")  # the values of a finding that say what it is about


@dataclass(frozen=True, slots=True)
class Commissioning:
    """The commands of commissioning at one station. `read_protocol` reads another revision from a file."""

    station: Station
    read_protocol: ReadProtocol

    def overview(self) -> Overview:
        """Everything that the page shows to whoever works here.

        Raises:
            RulesRefused: nobody is signed in.
        """
        return overview(self.station)

    def type_figure(self, figure: str, text: str) -> tuple[Finding, ...]:
        """Keep what the pharmacist typed for a figure; a stop where it differs from the program's.

        Raises:
            InputRefused: there is no such figure, or the text is no value of it; nothing was kept.
            RulesRefused: no pharmacist is signed in.
        """
        return type_figure(figure, text, self.station)

    def sign(self, group: str, *, secret: str) -> tuple[Finding, ...]:
        """Sign a group of figures; what the site may leave open and nobody typed is signed as not set.

        A stop for each figure of the site on which the second signature differs.

        Raises:
            InputRefused: there is no such group.
            RulesRefused: no pharmacist is signed in, the secret is wrong, or a figure is missing or differs.
        """
        return sign_group(group, secret, self.station)

    def open_for_patients(self, *, secret: str, second: Credentials, listed: Iterable[str] = ()) -> None:
        """From now on this installation is for patients, after the protocol that was commissioned.

        `listed` are the serials of the open bags that the two people saw as made after other figures.

        Raises:
            RulesRefused: not two people with their secrets, one of them a pharmacist; a group is not signed
                by two; a required figure of the site is not set; or a differing bag was not listed.
        """
        open_for_patients(self.station, secret=secret, second=second, listed=listed)

    def release_bag_again(self, serial: str, *, secret: str) -> None:
        """A bag made after an earlier revision goes on under this one, since its figures are the same.

        Raises:
            InputRefused: there is no such bag.
            RulesRefused: no pharmacist is signed in, the secret is wrong, a figure differs, or the bag does
                not wait for this.
        """
        self.station.permitted(Permission.VERIFY)
        actor = confirm_secret(secret, self.station)
        keep_release_again(serial, self.station, actor)

    def compare(self, path: Path) -> tuple[Protocol, tuple[FigureDifference, ...]]:
        """The protocol in a file, and every figure in which it differs from the one that is in use.

        Raises:
            InputRefused: the file is not what it should be.
        """
        other = self.read_protocol(path)
        return other, differences(self.station.rulebook().as_filed, other)


def type_figure(figure: str, text: str, station: Station) -> tuple[Finding, ...]:
    """See `Commissioning.type_figure`."""
    actor, rules, now = station.permitted(Permission.COMMISSION), station.rulebook(), station.now()
    with _recorded(station, actor, act="figure-refused", thing="figures"):
        group = _group_with(figure, rules.as_filed)
    with _recorded(station, actor, act="figure-refused", thing=f"figure {figure}"):
        found = check_typed(next(each for each in group.figures if each.name == figure), text)
    typed = FigureTyped(group.digest, figure, text, actor.person, now)
    with station.open_unit_of_work() as work:
        before = work.figures.latest(typed.key)
        if before is not None and before.value == text:
            return found
        told = (("group", group.name), ("protocol", group.digest), ("differs", "yes" if found else "no"))
        keep(
            work,
            work.figures,
            typed,
            act="figure-typed",
            thing=f"figure {figure}",
            actor=actor,
            at=now,
            site=rules.site,
            told=told,
        )
        work.commit()
    return found


def sign_group(name: str, secret: str, station: Station) -> tuple[Finding, ...]:
    """See `Commissioning.sign`."""
    asking = station.permitted(Permission.COMMISSION)
    with _recorded(station, asking, act="group-refused", thing="figures"):
        group = _group(name, station.rulebook().as_filed)
    actor = confirm_secret(secret, station)
    now, site = station.now(), station.rulebook().site
    with station.open_unit_of_work() as work:
        texts = with_unset(group, typed_by(actor.person, group, work.figures.all()))
        found = check_group(group, texts)
        if found:
            _refuse(work, station, actor, act="group-refused", thing=f"figures {name}", found=found)
        signed = GroupSigned(
            protocol_digest=group.digest,
            group=name,
            person=actor.person,
            at=now,
            values=values_of(texts),
            digest=values_digest(group, texts),
        )
        told = (("protocol", group.digest), ("signed", signed.digest))
        keep(
            work,
            work.signatures,
            signed,
            act="group-signed",
            thing=f"figures {name}",
            actor=actor,
            at=now,
            site=site,
            told=told,
        )
        differing = check_site_differences(group, standing(group, work.signatures.all()))
        work.commit()
    refresh(station)
    return differing


def open_for_patients(
    station: Station, *, secret: str, second: Credentials, listed: Iterable[str] = ()
) -> None:
    """See `Commissioning.open_for_patients`."""
    station.permitted(Permission.OPEN_FOR_PATIENTS)
    actor = confirm_secret(secret, station)
    other = second_person(second, station, Permission.COMMISSION)
    file, now = station.rulebook().as_filed, station.now()
    with station.open_unit_of_work() as work:
        bags = open_bags(work, file)
        found = (*check_opening(file, work), *check_listed(bags, listed))
        if found:
            _refuse(work, station, actor, act="opening-refused", thing=INSTALLATION, found=found)
        opened = Installation(
            training=False,
            protocol_digest=file.digest,
            person=actor.person,
            second_person=other.person,
            at=now,
            figures=values_of({name: figure.value for name, figure in file.figures.items()}),
        )
        differing = " ".join(each.serial for each in bags if each.must_be_listed)
        told = (("protocol", file.digest), ("second person", other.person), ("bags made anew", differing))
        keep(
            work,
            work.installations,
            opened,
            act="opened-for-patients",
            thing=INSTALLATION,
            actor=actor,
            at=now,
            site=station.rulebook().site,
            told=told,
        )
        work.commit()
    refresh(station)


@contextmanager
def _recorded(station: Station, actor: Actor, *, act: str, thing: str) -> Iterator[None]:
    """What is refused as input in this block is recorded. What was typed stands in no entry."""
    try:
        yield
    except InputRefused as refusal:
        with station.open_unit_of_work() as work:
            at, site = station.now(), station.rulebook().site
            refuse(work, refusal, act=act, thing=thing, actor=actor, at=at, site=site)


def _group(name: str, file: Protocol) -> FigureGroup:
    groups = groups_of(file)
    found = next((each for each in groups if each.name == name), None)
    if found is None:
        choices = {"choices": ", ".join(each.name for each in groups)}
        raise InputRefused("group", name, "expected.one-of", choices)
    return found


def _group_with(figure: str, file: Protocol) -> FigureGroup:
    found = next((each for each in groups_of(file) if figure in each.names), None)
    if found is None:
        raise InputRefused("figure", figure, "expected.no-such-figure")
    return found


def _refuse(
    work: UnitOfWork, station: Station, actor: Actor, *, act: str, thing: str, found: tuple[Finding, ...]
) -> None:
    """Record the refusal with the figures and groups that it names, then refuse."""
    named = sorted({value for each in found for key, value in each.values if key in _NAMED})
    told, at, site = (("about", ", ".join(named)),), station.now(), station.rulebook().site
    refuse(work, RulesRefused(found), act=act, thing=thing, actor=actor, at=at, site=site, told=told)
