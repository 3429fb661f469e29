"""Whoever works at a station changes the own secret, with the old one, under the rules of every secret."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from db.engine import Database
from pharmacy_app.domain.account import Secret
from pharmacy_app.domain.person import Actor
from pharmacy_app.workflow.account import change_own_secret, end_person
from pharmacy_app.workflow.people import Credentials, sign_in
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.training import TRAINING_SECRET, training_people
from tests.support.people import SECRETS, Clock, account_of, credentials_of, station_with_clock, with_people
from tests.support.sign_ins import codes, entries
from tests.support.stations import ADMINISTRATOR, OTHER_PHARMACIST, PHARMACIST, TECHNICIAN, station_of

NEW = "green door 77"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def station(database: Database, clock: Clock) -> Station:
    """A pharmacy with four people, at which the technician is signed in."""
    with_people(database)
    station = station_with_clock(database, clock)
    sign_in(credentials_of(TECHNICIAN), station)
    return station


def change(station: Station, old: str = SECRETS["mroy"], new: str = NEW) -> None:
    change_own_secret(Secret(old), Secret(new), station)


@pytest.mark.req("REQ-VER-001", "REQ-AUD-001")
@pytest.mark.parametrize("actor", [TECHNICIAN, PHARMACIST, ADMINISTRATOR], ids=lambda each: each.person)
def test_everybody_changes_the_own_secret_and_the_former_one_is_worth_nothing(
    station: Station, engine: Engine, actor: Actor
) -> None:
    sign_in(credentials_of(actor), station)
    change(station, SECRETS[actor.person])
    told = entries(engine)[-2:]
    assert [(each["act"], each["thing"], each["person"]) for each in told] == [
        ("secret-confirmed", f"person {actor.person}", actor.person),
        ("own-secret-changed", f"person {actor.person}", actor.person),
    ]
    assert "green" not in str(entries(engine))
    assert station.actor() == actor
    assert codes(lambda: sign_in(credentials_of(actor), station)) == ["person.sign-in-refused"]
    assert sign_in(Credentials(actor.person, NEW), station) == actor


@pytest.mark.req("REQ-VER-001", "REQ-AUD-001")
def test_a_wrong_old_secret_is_counted_slowed_down_and_recorded_like_a_sign_in(
    station: Station, engine: Engine, clock: Clock
) -> None:
    before = account_of(station.open_unit_of_work, "mroy")
    for _ in range(3):
        assert codes(lambda: change(station, old="wrong horse 7")) == ["person.sign-in-refused"]
    assert [each["act"] for each in entries(engine)[-6:]] == ["sign-in-refused"] * 6  # the name, the station
    assert codes(lambda: change(station)) == ["person.sign-in-paused"]  # the right one waits too
    assert entries(engine)[-1]["act"] == "sign-in-paused"
    assert account_of(station.open_unit_of_work, "mroy") == before
    clock.move(seconds=5)
    change(station)
    assert account_of(station.open_unit_of_work, "mroy") != before


@pytest.mark.req("REQ-VER-001", "REQ-AUD-001")
@pytest.mark.parametrize(
    ("new", "code"),
    [
        ("1234567", "person.secret-form"),
        ("x" * 129, "person.secret-form"),
        ("green door\n7", "person.secret-form"),
        ("b-MROY", "person.secret-form"),
        ("M. ROY", "person.secret-form"),
    ],
)
def test_the_new_secret_obeys_the_rules_of_every_secret(
    station: Station, engine: Engine, new: str, code: str
) -> None:
    before = account_of(station.open_unit_of_work, "mroy")
    assert codes(lambda: change(station, new=new)) == [code]
    told = entries(engine)[-1]
    assert (told["act"], told["thing"], told["person"]) == ("account-refused", "person mroy", "mroy")
    assert account_of(station.open_unit_of_work, "mroy") == before
    assert sign_in(credentials_of(TECHNICIAN), station) == TECHNICIAN


@pytest.mark.req("REQ-VER-001")
def test_what_everybody_can_read_is_no_secret(station: Station) -> None:
    sign_in(credentials_of(ADMINISTRATOR), station)
    assert codes(lambda: change(station, SECRETS["admin"], "T. ADMINISTRATOR")) == ["person.secret-is-name"]


@pytest.mark.req("REQ-VER-001")
def test_an_account_that_was_ended_meanwhile_gets_no_new_secret(station: Station) -> None:
    end_person("mroy", station.acting(ADMINISTRATOR))
    assert codes(lambda: change(station)) == ["person.sign-in-refused"]


@pytest.mark.req("REQ-VER-001")
def test_the_secret_of_a_training_account_stays_the_published_one(database: Database) -> None:
    station = station_of(database, actor=None)
    training_people(station)
    sign_in(Credentials("achen", TRAINING_SECRET), station)
    assert codes(lambda: change(station, TRAINING_SECRET)) == ["person.training-account"]
    assert sign_in(Credentials("achen", TRAINING_SECRET), station).training


@pytest.mark.req("REQ-VER-001")
def test_where_nobody_works_nobodys_secret_is_changed(station: Station) -> None:
    station.seat.actor = None
    assert codes(lambda: change(station)) == ["person.nobody-signed-in"]
    assert codes(lambda: change(station.acting(OTHER_PHARMACIST))) == ["person.sign-in-refused"]
