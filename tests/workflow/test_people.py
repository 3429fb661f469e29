"""Signing in, locking, the second person: who is let in, who is not told why, and who has to wait."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import Engine

from db.engine import Database
from pharmacy_app.domain.account import AccountForm, Secret
from pharmacy_app.domain.person import Actor, Permission, Role
from pharmacy_app.workflow.account import change_person, end_person, set_secret
from pharmacy_app.workflow.people import Credentials, confirm_secret, lock, second_person, sign_in
from pharmacy_app.workflow.station import Station
from tests.support.people import SECRETS, Clock, credentials_of, station_with_clock, with_people
from tests.support.sign_ins import WRONG, codes, entries
from tests.support.stations import ADMINISTRATOR, OTHER_PHARMACIST, PHARMACIST, TECHNICIAN, station_of


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def station(database: Database, clock: Clock) -> Station:
    """A station of a pharmacy with four people, at which nobody is signed in."""
    with_people(database)
    return station_with_clock(database, clock)


def test_nobody_is_signed_in_at_first(station: Station) -> None:
    assert codes(station.actor) == ["person.nobody-signed-in"]
    assert codes(lambda: station.permitted(Permission.PREPARE)) == ["person.nobody-signed-in"]


@pytest.mark.req("REQ-VER-001")
@pytest.mark.parametrize("name", ["achen", "AChen", "B-achen", "b-ACHEN"])
def test_name_or_badge_and_secret_sign_somebody_in(station: Station, name: str) -> None:
    actor = sign_in(Credentials(name, SECRETS["achen"]), station)
    assert actor == PHARMACIST
    assert station.actor() == PHARMACIST


@pytest.mark.req("REQ-VER-001")
@pytest.mark.parametrize("secret", ["", "B-achen", "achen", "quiet harbour 12 ", "Quiet harbour 12"])
def test_a_badge_alone_signs_nothing(station: Station, secret: str) -> None:
    assert codes(lambda: sign_in(Credentials("B-achen", secret), station)) == ["person.sign-in-refused"]
    assert station.seat.actor is None


@pytest.mark.req("REQ-VER-001", "REQ-AUD-001")
def test_a_sign_in_is_recorded_with_person_and_station(station: Station, engine: Engine) -> None:
    sign_in(credentials_of(TECHNICIAN), station)
    last = entries(engine)[-1]
    assert (last["act"], last["thing"], last["person"]) == ("signed-in", "person mroy", "mroy")
    assert last["station"] == "desk"


@pytest.mark.req("REQ-VER-001")
def test_two_people_follow_each_other_without_a_restart(station: Station) -> None:
    sign_in(credentials_of(TECHNICIAN), station)
    lock(station)
    assert sign_in(credentials_of(OTHER_PHARMACIST), station) == OTHER_PHARMACIST
    assert station.actor() == OTHER_PHARMACIST


@pytest.mark.req("REQ-VER-001", "REQ-AUD-001")
@pytest.mark.parametrize(("by_itself", "told"), [(False, "no"), (True, "yes")])
def test_a_locked_station_has_nobody_and_the_record_says_who_left(
    station: Station, engine: Engine, by_itself: bool, told: str
) -> None:
    sign_in(credentials_of(TECHNICIAN), station)
    lock(station, by_itself=by_itself)
    assert station.seat.actor is None
    last = entries(engine)[-1]
    assert codes(lambda: station.permitted(Permission.PREPARE)) == ["person.nobody-signed-in"]
    assert (last["act"], last["person"], json.loads(last["facts"])) == ("locked", "mroy", {"by itself": told})


def test_locking_twice_is_locking_once(station: Station, engine: Engine) -> None:
    sign_in(credentials_of(TECHNICIAN), station)
    lock(station)
    before = len(entries(engine))
    lock(station)
    assert len(entries(engine)) == before


# The second person


@pytest.mark.req("REQ-VER-001")
def test_a_second_person_is_known_by_the_secret_and_the_first_stays(station: Station, engine: Engine) -> None:
    sign_in(credentials_of(TECHNICIAN), station)
    assert second_person(credentials_of(PHARMACIST), station, Permission.VERIFY) == PHARMACIST
    assert station.actor() == TECHNICIAN
    last = entries(engine)[-1]
    assert (last["act"], last["person"]) == ("second-person", "achen")


@pytest.mark.req("REQ-VER-001", "REQ-AUD-001")
@pytest.mark.parametrize("name", ["mroy", "MROY", "B-mroy"])
def test_nobody_is_a_second_person_to_oneself(station: Station, engine: Engine, name: str) -> None:
    sign_in(credentials_of(TECHNICIAN), station)
    own = Credentials(name, SECRETS["mroy"])
    assert codes(lambda: second_person(own, station)) == ["person.second-is-the-same"]
    last = entries(engine)[-1]
    assert (last["act"], last["person"]) == ("second-person-refused", "mroy")
    assert json.loads(last["facts"]) == {"findings": "person.second-is-the-same"}


@pytest.mark.req("REQ-VER-001")
def test_a_second_person_needs_the_role_too(station: Station) -> None:
    sign_in(credentials_of(PHARMACIST), station)
    refused = codes(lambda: second_person(credentials_of(TECHNICIAN), station, Permission.VERIFY))
    assert refused == ["person.not-permitted.verify"]


@pytest.mark.req("REQ-VER-001")
def test_guessing_a_second_persons_secret_slows_down_too(station: Station, engine: Engine) -> None:
    sign_in(credentials_of(TECHNICIAN), station)
    for _ in range(3):
        assert codes(lambda: second_person(WRONG, station)) == ["person.sign-in-refused"]
    assert codes(lambda: second_person(credentials_of(PHARMACIST), station)) == ["person.sign-in-paused"]
    assert {each["person"] for each in entries(engine) if each["act"] == "sign-in-refused"} == {"mroy"}


def test_where_nobody_works_there_is_no_second_person(station: Station) -> None:
    assert codes(lambda: second_person(credentials_of(PHARMACIST), station)) == ["person.nobody-signed-in"]


@pytest.mark.req("REQ-VER-003")
def test_a_signature_asks_for_the_secret_of_the_person_who_works_here(
    station: Station, engine: Engine
) -> None:
    sign_in(credentials_of(PHARMACIST), station)
    assert confirm_secret(SECRETS["achen"], station) == PHARMACIST
    assert entries(engine)[-1]["act"] == "secret-confirmed"
    for wrong in (SECRETS["spark"], "", "B-achen"):
        assert codes(lambda wrong=wrong: confirm_secret(wrong, station)) == ["person.sign-in-refused"]  # type: ignore[misc]
    assert codes(lambda: confirm_secret(SECRETS["achen"], station)) == ["person.sign-in-paused"]


# What an administrator changes elsewhere holds here at once


@pytest.mark.req("REQ-VER-001")
def test_an_account_ended_at_another_station_gives_no_further_command(
    station: Station, engine: Engine
) -> None:
    sign_in(credentials_of(PHARMACIST), station)
    end_person("achen", station.acting(ADMINISTRATOR))
    assert codes(lambda: station.permitted(Permission.VERIFY)) == ["person.changed-since"]
    last = entries(engine)[-1]
    assert (last["act"], last["thing"], last["person"]) == ("not-permitted", "act verify", "achen")


@pytest.mark.req("REQ-VER-001")
def test_a_role_taken_away_at_another_station_is_gone_here(station: Station) -> None:
    sign_in(credentials_of(PHARMACIST), station)
    change_person_of(station, PHARMACIST, (Role.TECHNICIAN,))
    assert codes(lambda: station.permitted(Permission.PREPARE)) == ["person.changed-since"]
    assert sign_in(credentials_of(PHARMACIST), station).roles == (Role.TECHNICIAN,)


def change_person_of(station: Station, actor: Actor, roles: tuple[Role, ...]) -> None:
    form = AccountForm(actor.person, actor.display_name, roles, badge="")
    change_person(form, station.acting(ADMINISTRATOR))


@pytest.mark.req("REQ-VER-001")
def test_a_new_secret_replaces_the_former_one(station: Station) -> None:
    set_secret("achen", Secret("a new secret"), station.acting(ADMINISTRATOR))
    assert codes(lambda: sign_in(credentials_of(PHARMACIST), station)) == ["person.sign-in-refused"]
    assert sign_in(Credentials("achen", "a new secret"), station) == PHARMACIST


@pytest.mark.req("REQ-VER-001", "REQ-AUD-001")
def test_a_refused_act_is_recorded(database: Database, engine: Engine) -> None:
    technician = station_of(database, actor=TECHNICIAN)
    assert codes(lambda: technician.permitted(Permission.VERIFY)) == ["person.not-permitted.verify"]
    last = entries(engine)[-1]
    assert (last["act"], last["thing"], last["person"]) == ("not-permitted", "act verify", "mroy")
    assert json.loads(last["facts"]) == {"findings": "person.not-permitted.verify"}
