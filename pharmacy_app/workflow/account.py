"""Keeping accounts: an administrator makes, changes and ends them, and sets secrets (REQ-VER-001).

The own secret everybody changes, by typing the old one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

from pharmacy_app.domain.account import (
    AccountForm,
    Secret,
    check_account,
    check_keeps_administrator,
    check_secret,
    compared,
)
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.person import Actor, Permission, Person, Role, person_stop
from pharmacy_app.workflow.people import actor_of, confirm_secret, nobody
from pharmacy_app.workflow.record import entry, keep
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.unit_of_work import UnitOfWork


def has_administrator(station: Station) -> bool:
    """Whether somebody can make accounts. Only as long as nobody can, anybody may make the first one."""
    with station.open_unit_of_work(reading=True) as work:
        return any(not each.training for each in work.people.all())


def first_administrator(name: str, display_name: str, secret: Secret, station: Station) -> Actor:
    """Make the first account, an administrator's, and sign that person in.

    Raises:
        RulesRefused: there is an account already, training accounts apart; or as `add_person`.
        StationTrouble: the database does not take it; nothing was kept.
    """
    form = AccountForm(name, display_name, (Role.ADMINISTRATOR,), badge="")
    person = _person(form, secret, station)
    actor = actor_of(person, station)
    with station.open_unit_of_work() as work:
        people = work.people.all()
        found = (*check_account(form, people), *check_secret(secret, form))
        if any(not each.training for each in people):
            found = (person_stop("person.there-is-an-account"),)
        if found:
            _refuse(work, found, actor=nobody(station), name="", station=station)
        _keep(work, person, act="person-added", actor=actor, station=station)
        work.commit()
    station.seat.actor = actor
    return actor


def add_person(form: AccountForm, secret: Secret, station: Station) -> None:
    """Make an account.

    Raises:
        RulesRefused: the person who works here keeps no accounts; or every fault of the new one at once.
        StationTrouble: the database does not take it; nothing was kept.
    """
    actor = station.permitted(Permission.KEEP_PEOPLE)
    person = _person(form, secret, station)
    with station.open_unit_of_work() as work:
        found = (*check_account(form, work.people.all()), *check_secret(secret, form))
        if found:
            _refuse(work, found, actor=actor, name="", station=station)
        _keep(work, person, act="person-added", actor=actor, station=station)
        work.commit()


def change_person(form: AccountForm, station: Station) -> None:
    """Give the account of this name another display name, other roles or another badge.

    Raises:
        RulesRefused: as `add_person`; there is no such account, or it was ended, or is a training account;
            or nobody would be left who keeps accounts.
        StationTrouble: the database does not take it; nothing was kept.
    """
    actor = station.permitted(Permission.KEEP_PEOPLE)
    with station.open_unit_of_work() as work:
        people = work.people.all()
        person = _account(work, form.name, actor=actor, station=station)
        changed = replace(person, display_name=form.display_name, roles=form.roles, badge=form.badge)
        if changed == person:
            return
        others = [each for each in people if each.name != person.name]
        found = (
            *check_account(form, others),
            *check_keeps_administrator(changed, people),
            *_badge_is_secret(person, form, station),
        )
        if found:
            _refuse(work, found, actor=actor, name=form.name, station=station)
        _keep(work, changed, act="person-changed", actor=actor, station=station)
        work.commit()


def end_person(name: str, station: Station) -> None:
    """End an account for good. Its name is never given again; its badge may be.

    Raises:
        RulesRefused: as `change_person`, but that a training account can be ended.
        StationTrouble: the database does not take it; nothing was kept.
    """
    actor = station.permitted(Permission.KEEP_PEOPLE)
    with station.open_unit_of_work() as work:
        person = _account(work, name, actor=actor, station=station, training=True)
        ended = replace(person, active=False, badge="")
        found = check_keeps_administrator(ended, work.people.all())
        if found:
            _refuse(work, found, actor=actor, name=name, station=station)
        _keep(work, ended, act="person-ended", actor=actor, station=station)
        work.commit()


def set_secret(name: str, secret: Secret, station: Station) -> None:
    """Give an account a new secret, which the person types; the former one is worth nothing from then on.

    Raises:
        RulesRefused: as `change_person`; or the secret is too short, or is the name or badge.
        StationTrouble: the database does not take it; nothing was kept.
    """
    actor = station.permitted(Permission.KEEP_PEOPLE)
    _keep_secret(name, secret, act="secret-set", actor=actor, station=station)


def change_own_secret(old: Secret, new: Secret, station: Station) -> None:
    """The person who works here types another secret; the former one is worth nothing from then on.

    Raises:
        RulesRefused: nobody is signed in; the old secret is wrong, or a pause is not over, as at a sign-in
            and counted with its failures; the account was ended or is for training; or as `set_secret`.
        StationTrouble: the database does not take it; nothing was kept.
    """
    actor = confirm_secret(old.reveal(), station)
    _keep_secret(actor.person, new, act="own-secret-changed", actor=actor, station=station)


def _keep_secret(name: str, secret: Secret, *, act: str, actor: Actor, station: Station) -> None:
    secret_hash = station.hasher.hash(secret)
    with station.open_unit_of_work() as work:
        person = _account(work, name, actor=actor, station=station)
        form = AccountForm(person.name, person.display_name, person.roles, person.badge)
        found = check_secret(secret, form)
        if found:
            _refuse(work, found, actor=actor, name=name, station=station)
        _keep(work, replace(person, secret_hash=secret_hash), act=act, actor=actor, station=station)
        work.commit()


def people_on_file(station: Station) -> tuple[Person, ...]:
    """Every account, ended ones too, sorted by name.

    Raises:
        RulesRefused: the person who works here keeps no accounts.
    """
    station.permitted(Permission.KEEP_PEOPLE)
    with station.open_unit_of_work(reading=True) as work:
        return work.people.all()


def _person(form: AccountForm, secret: Secret, station: Station) -> Person:
    return Person(
        name=form.name,
        display_name=form.display_name,
        roles=form.roles,
        secret_hash=station.hasher.hash(secret),
        badge=form.badge,
        active=True,
        training=False,
    )


def _account(
    work: UnitOfWork, name: str, *, actor: Actor, station: Station, training: bool = False
) -> Person:
    person = work.people.latest(name)
    if person is None or not person.active:
        _refuse(work, (person_stop("person.no-account"),), actor=actor, name="", station=station)
    if person.training and not training:
        found = (person_stop("person.training-account", person=person.display_name),)
        _refuse(work, found, actor=actor, name=name, station=station)
    return person


def _refuse(
    work: UnitOfWork, found: tuple[Finding, ...], *, actor: Actor, name: str, station: Station
) -> NoReturn:
    """Record the refusal, then refuse. `name` is empty where no account is meant: it may be anything."""
    told = (("findings", ", ".join(each.code for each in found)),)
    thing = f"person {name}" if name else "people"
    at, site = station.now(), station.rulebook().site
    work.audit.add(entry("account-refused", actor=actor, thing=thing, at=at, site=site, facts=told))
    work.commit()
    raise RulesRefused(found)


def _badge_is_secret(person: Person, form: AccountForm, station: Station) -> tuple[Finding, ...]:
    """A badge that is the secret would sign alone. Only the hash can tell."""
    same = {form.badge, compared(form.badge)} - {"", person.badge}
    if any(station.hasher.matches(Secret(each), person.secret_hash) for each in same):
        return (person_stop("person.badge-is-secret", field="badge"),)
    return ()


def _keep(work: UnitOfWork, person: Person, *, act: str, actor: Actor, station: Station) -> None:
    roles = ", ".join(sorted(role.value for role in person.roles))
    keep(
        work,
        work.people,
        person,
        act=act,
        thing=f"person {person.name}",
        actor=actor,
        at=station.now(),
        site=station.rulebook().site,
        told=(
            ("display name", person.display_name),
            ("roles", roles),
            ("badge", "yes" if person.badge else "no"),
        ),
    )
