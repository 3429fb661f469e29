"""Keeping accounts: who may, what is refused, and that somebody is always left who may."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from db.engine import Database
from pharmacy_app.domain.account import AccountForm, Secret
from pharmacy_app.domain.person import Actor, Role
from pharmacy_app.workflow.account import (
    add_person,
    change_person,
    end_person,
    first_administrator,
    has_administrator,
    people_on_file,
    set_secret,
)
from pharmacy_app.workflow.people import Credentials, sign_in
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.training import training_people
from tests.support.people import SECRETS, account_of, credentials_of, with_people
from tests.support.sign_ins import codes, entries
from tests.support.stations import ADMINISTRATOR, PHARMACIST, PRINTER, TECHNICIAN, station_of

NEW = AccountForm("jdiaz", "J. Diaz", (Role.TECHNICIAN,), badge="B-0042")
SECRET = Secret("green door 77")


@pytest.fixture
def station(database: Database) -> Station:
    """The administrator's station, four people on file."""
    with_people(database)
    return station_of(database, actor=ADMINISTRATOR)


def form_of(actor: Actor, *roles: Role, badge: str | None = None) -> AccountForm:
    code = f"B-{actor.person}" if badge is None else badge
    return AccountForm(actor.person, actor.display_name, roles or actor.roles, badge=code)


# The first one


@pytest.mark.req("REQ-VER-001", "REQ-AUD-001")
def test_at_the_first_start_anybody_makes_the_first_administrator_and_is_signed_in(
    database: Database, engine: Engine
) -> None:
    empty = station_of(database, actor=None)
    assert not has_administrator(empty)
    actor = first_administrator("keeper", "K. Eeper", SECRET, empty)
    assert actor == Actor("keeper", "K. Eeper", (Role.ADMINISTRATOR,), "desk")
    assert empty.actor() == actor
    assert has_administrator(empty)
    (told,) = entries(engine)
    assert (told["act"], told["thing"], told["person"]) == ("person-added", "person keeper", "keeper")
    assert sign_in(Credentials("keeper", "green door 77"), empty) == actor


@pytest.mark.req("REQ-VER-001", "REQ-AUD-001")
def test_later_nobody_makes_one_that_way(station: Station, engine: Engine) -> None:
    nobody = station_of(station.open_unit_of_work, actor=None)
    refused = codes(lambda: first_administrator("keeper", "K. Eeper", SECRET, nobody))
    assert refused == ["person.there-is-an-account"]
    assert nobody.seat.actor is None
    assert entries(engine)[-1]["act"] == "account-refused"


@pytest.mark.req("REQ-VER-001")
def test_also_not_when_every_account_was_ended_but_the_administrators(station: Station) -> None:
    for name in ("mroy", "achen", "spark"):
        end_person(name, station)
    nobody = station_of(station.open_unit_of_work, actor=None)
    assert codes(lambda: first_administrator("keeper", "K. Eeper", SECRET, nobody)) == [
        "person.there-is-an-account"
    ]


def test_training_accounts_do_not_stand_in_the_way_of_the_first_administrator(database: Database) -> None:
    empty = station_of(database, actor=None)
    training_people(empty)
    assert not has_administrator(empty)
    assert first_administrator("keeper", "K. Eeper", SECRET, empty).person == "keeper"


def test_the_first_account_obeys_the_same_rules(database: Database) -> None:
    empty = station_of(database, actor=None)
    refused = codes(lambda: first_administrator("Keeper", "", Secret("short"), empty))
    assert refused == ["person.name-form", "person.display-name-form", "person.secret-form"]
    assert not has_administrator(empty)


# Who may


COMMANDS: dict[str, Callable[[Station], object]] = {
    "add": lambda station: add_person(NEW, SECRET, station),
    "change": lambda station: change_person(form_of(PHARMACIST, Role.ADMINISTRATOR), station),
    "end": lambda station: end_person("spark", station),
    "set secret": lambda station: set_secret("achen", SECRET, station),
    "list": people_on_file,
}


@pytest.mark.req("REQ-VER-001")
@pytest.mark.parametrize("actor", [TECHNICIAN, PHARMACIST, PRINTER], ids=lambda each: each.person)
@pytest.mark.parametrize("command", COMMANDS)
def test_only_an_administrator_keeps_accounts(
    station: Station, engine: Engine, command: str, actor: Actor
) -> None:
    before = people_on_file(station)
    refused = codes(lambda: COMMANDS[command](station.acting(actor)))
    assert refused == ["person.not-permitted.keep-people"]
    assert people_on_file(station) == before
    assert entries(engine)[-1]["act"] == "not-permitted"


@pytest.mark.req("REQ-VER-001")
def test_a_training_account_keeps_none_even_with_the_role(station: Station) -> None:
    trainee = Actor("trainee", "T. Rainee", (Role.ADMINISTRATOR,), "desk", training=True)
    refused = codes(lambda: add_person(NEW, SECRET, station.acting(trainee)))
    assert refused == ["person.training-may-not.keep-people"]


# Adding and changing


@pytest.mark.req("REQ-VER-001", "REQ-AUD-001")
def test_a_new_account_signs_in_and_its_making_is_recorded_without_secret_and_badge(
    station: Station, engine: Engine
) -> None:
    add_person(NEW, SECRET, station)
    told = entries(engine)[-1]
    assert (told["act"], told["thing"], told["person"]) == ("person-added", "person jdiaz", "admin")
    assert json.loads(told["facts"]) == {"display name": "J. Diaz", "roles": "technician", "badge": "yes"}
    actor = sign_in(Credentials("B-0042", "green door 77"), station_of(station.open_unit_of_work, actor=None))
    assert actor == Actor("jdiaz", "J. Diaz", (Role.TECHNICIAN,), "desk")


def test_all_faults_of_a_new_account_are_told_at_once_and_nothing_is_kept(
    station: Station, engine: Engine
) -> None:
    before = people_on_file(station)
    wrong = AccountForm("achen", "m. roy", (), badge="b-spark")
    assert codes(lambda: add_person(wrong, Secret("achen"), station)) == [
        "person.name-taken",
        "person.display-name-taken",
        "person.no-role",
        "person.badge-taken",
        "person.secret-form",
    ]
    assert people_on_file(station) == before
    told = entries(engine)[-1]
    assert (told["act"], told["thing"]) == ("account-refused", "people")


@pytest.mark.req("REQ-VER-001")
def test_the_secret_of_a_new_account_is_not_its_badge(station: Station) -> None:
    form = AccountForm("jdiaz", "J. Diaz", (Role.TECHNICIAN,), badge="Badge-0042")
    assert codes(lambda: add_person(form, Secret("badge-0042"), station)) == ["person.secret-is-name"]


@pytest.mark.req("REQ-VER-001")
@pytest.mark.parametrize("badge", ["seven-lamps", "SEVEN-LAMPS"])
def test_a_badge_is_never_changed_to_the_secret(station: Station, badge: str) -> None:
    set_secret("mroy", Secret("seven-lamps"), station)
    change = form_of(TECHNICIAN, badge=badge)
    assert codes(lambda: change_person(change, station)) == ["person.badge-is-secret"]


def test_a_change_keeps_the_secret_and_says_what_is_new(station: Station, engine: Engine) -> None:
    change_person(AccountForm("mroy", "Marie Roy", (Role.TECHNICIAN, Role.PHARMACIST), badge=""), station)
    told = json.loads(entries(engine)[-1]["facts"])
    assert told == {"display name": "Marie Roy", "roles": "pharmacist, technician", "badge": "no"}
    there = station_of(station.open_unit_of_work, actor=None)
    assert sign_in(credentials_of(TECHNICIAN), there).display_name == "Marie Roy"


def test_no_change_is_no_entry(station: Station, engine: Engine) -> None:
    before = len(entries(engine))
    change_person(form_of(PHARMACIST), station)
    assert len(entries(engine)) == before


def test_a_change_obeys_the_rules_of_a_new_account(station: Station) -> None:
    wrong = AccountForm("mroy", "A. Chen", (), badge="B-spark")
    assert codes(lambda: change_person(wrong, station)) == [
        "person.display-name-taken",
        "person.no-role",
        "person.badge-taken",
    ]


# Ending


@pytest.mark.req("REQ-VER-001", "REQ-AUD-001")
def test_an_ended_account_stays_on_file_and_its_badge_may_be_given_again(
    station: Station, engine: Engine
) -> None:
    end_person("mroy", station)
    ended = account_of(station.open_unit_of_work, "mroy")
    assert (ended.active, ended.badge) == (False, "")
    assert entries(engine)[-1]["act"] == "person-ended"
    add_person(AccountForm("jdiaz", "M. Roy", (Role.TECHNICIAN,), badge="B-mroy"), SECRET, station)
    assert codes(lambda: add_person(form_of(TECHNICIAN, badge=""), SECRET, station)) == [
        "person.name-taken",
        "person.display-name-taken",
    ]


@pytest.mark.parametrize("name", ["mroy", "nobody-such", ""])
@pytest.mark.parametrize("command", ["change", "end", "set secret"])
def test_an_ended_or_unknown_account_is_neither_changed_nor_ended_again(
    station: Station, name: str, command: str
) -> None:
    end_person("mroy", station)
    acts: dict[str, Callable[[], None]] = {
        "change": lambda: change_person(AccountForm(name, "M. Roy", (Role.TECHNICIAN,), badge=""), station),
        "end": lambda: end_person(name, station),
        "set secret": lambda: set_secret(name, SECRET, station),
    }
    assert codes(acts[command]) == ["person.no-account"]


@pytest.mark.req("REQ-VER-001")
def test_the_last_administrator_is_neither_ended_nor_given_other_roles(station: Station) -> None:
    assert codes(lambda: end_person("admin", station)) == ["person.last-administrator"]
    other = form_of(ADMINISTRATOR, Role.PHARMACIST)
    assert codes(lambda: change_person(other, station)) == ["person.last-administrator"]
    assert account_of(station.open_unit_of_work, "admin").roles == (Role.ADMINISTRATOR,)


@pytest.mark.req("REQ-VER-001")
def test_one_of_two_administrators_may_go_and_then_the_other_may_not(station: Station) -> None:
    change_person(form_of(PHARMACIST, Role.PHARMACIST, Role.ADMINISTRATOR), station)
    second = sign_in(credentials_of(PHARMACIST), station_of(station.open_unit_of_work, actor=None))
    end_person("admin", station)
    assert codes(lambda: end_person("achen", station.acting(second))) == ["person.last-administrator"]


# Secrets


@pytest.mark.req("REQ-VER-001")
@pytest.mark.parametrize("secret", ["1234567", "x" * 129])
def test_a_new_secret_obeys_the_rules(station: Station, secret: str) -> None:
    before = account_of(station.open_unit_of_work, "achen")
    assert codes(lambda: set_secret("achen", Secret(secret), station)) == ["person.secret-form"]
    assert account_of(station.open_unit_of_work, "achen") == before


@pytest.mark.req("REQ-VER-001", "REQ-AUD-001")
def test_setting_a_secret_is_recorded_without_it(station: Station, engine: Engine) -> None:
    set_secret("achen", SECRET, station)
    told = entries(engine)[-1]
    assert (told["act"], told["thing"], told["person"]) == ("secret-set", "person achen", "admin")
    assert "green" not in str(told)


@pytest.mark.req("REQ-VER-001")
def test_a_secret_is_kept_as_an_argon2id_hash_with_its_own_salt(station: Station) -> None:
    for name in ("achen", "spark"):
        set_secret(name, Secret("the same secret"), station)
    hashes = [account_of(station.open_unit_of_work, name).secret_hash for name in ("achen", "spark")]
    assert all(each.startswith("$argon2id$v=19$") for each in hashes)
    assert hashes[0] != hashes[1]
    assert SECRETS["achen"] not in "".join(hashes)
