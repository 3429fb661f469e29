"""Wrong secrets: which of them cannot be told apart, and how long they make people wait."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Engine, text

from db.engine import Database
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.workflow.account import end_person
from pharmacy_app.workflow.people import Credentials, sign_in
from pharmacy_app.workflow.station import Station
from tests.support.people import (
    SECRETS,
    Clock,
    CountingHasher,
    credentials_of,
    station_with_clock,
    with_people,
)
from tests.support.sign_ins import UNKNOWN, WRONG, codes, entries, fail
from tests.support.stations import ADMINISTRATOR, OTHER_PHARMACIST, PHARMACIST, TECHNICIAN


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def station(database: Database, clock: Clock) -> Station:
    """A station of a pharmacy with four people, at which nobody is signed in."""
    with_people(database)
    return station_with_clock(database, clock)


# Not told apart


def ended(station: Station) -> Credentials:
    end_person("spark", station.acting(ADMINISTRATOR))
    return credentials_of(OTHER_PHARMACIST)


def former_badge(station: Station) -> Credentials:
    return Credentials("B-spark", ended(station).secret)


CASES: dict[str, Callable[[Station], Credentials]] = {
    "unknown name": lambda _: UNKNOWN,
    "empty name": lambda _: Credentials("", "correct horse"),
    "wrong secret": lambda _: WRONG,
    "wrong secret for a badge": lambda _: Credentials("B-achen", "correct horse"),
    "ended account": ended,
    "badge of an ended account": former_badge,
    "name with a space": lambda _: Credentials("achen ", SECRETS["achen"]),
    "half a character": lambda _: Credentials("achen", "\ud800 half a character"),
    "half a character in the name": lambda _: Credentials("\ud800", "correct horse"),
}


@pytest.mark.req("REQ-VER-001")
@pytest.mark.parametrize("case", CASES)
def test_wrong_secret_unknown_name_and_ended_account_are_answered_and_recorded_alike(
    station: Station, engine: Engine, case: str
) -> None:
    credentials = CASES[case](station)
    hasher = CountingHasher()
    before = len(entries(engine))

    with pytest.raises(RulesRefused) as refusal:
        sign_in(credentials, replace(station, hasher=hasher))

    (found,) = refusal.value.findings
    assert (found.code, found.values, found.field) == ("person.sign-in-refused", (), "")
    assert hasher.calls == ["name digest", "matches"]
    by_name, at_station = entries(engine, before)
    assert by_name.pop("thing").startswith("name ")
    assert at_station.pop("thing") == "station desk"
    assert by_name == at_station
    assert by_name["act"] == "sign-in-refused"
    assert by_name["person"] == "nobody"
    assert json.loads(by_name["facts"]) == {"failures in a row": "1"}


def test_a_right_secret_costs_the_same_hashes(station: Station) -> None:
    hasher = CountingHasher()
    sign_in(credentials_of(PHARMACIST), replace(station, hasher=hasher))
    assert hasher.calls == ["name digest", "matches"]


@pytest.mark.req("REQ-VER-001")
def test_what_was_typed_stands_nowhere_in_the_record(station: Station, engine: Engine) -> None:
    typed = Credentials(SECRETS["achen"], SECRETS["spark"])  # the secret typed as the name
    fail(station, times=1, credentials=typed)
    fail(station, times=1)
    with engine.connect() as connection:
        rows = [str(tuple(row)) for row in connection.execute(text("SELECT * FROM audit_entry"))]
        rows += [str(tuple(row)) for row in connection.execute(text("SELECT * FROM sign_in"))]
    for each in (*SECRETS.values(), WRONG.secret):
        assert not [row for row in rows if each in row]


# Failures slow down


@pytest.mark.req("REQ-VER-001")
@pytest.mark.parametrize("name", ["achen", "somebody"])
def test_after_three_failures_even_the_right_secret_waits_and_nothing_is_hashed_for_it(
    station: Station, clock: Clock, name: str
) -> None:
    fail(station, times=3, credentials=Credentials(name, "correct horse"))
    hasher = CountingHasher()
    clock.move(seconds=4.9)
    with pytest.raises(RulesRefused) as refusal:
        sign_in(credentials_of(PHARMACIST), replace(station, hasher=hasher))
    (found,) = refusal.value.findings
    assert found.code == "person.sign-in-paused"
    assert dict(found.values) == {"until": "10:00:05"}  # the site's clock
    assert "matches" not in hasher.calls
    clock.move(seconds=0.1)
    assert sign_in(credentials_of(PHARMACIST), station) == PHARMACIST


@pytest.mark.req("REQ-VER-001")
def test_the_pause_doubles_with_each_further_failure(station: Station, clock: Clock) -> None:
    fail(station, times=3)
    for seconds in (5, 10, 20, 40):
        clock.move(seconds=seconds - 1)
        assert codes(lambda: sign_in(WRONG, station)) == ["person.sign-in-paused"]
        clock.move(seconds=1)
        fail(station, times=1)


@pytest.mark.req("REQ-VER-001")
@pytest.mark.parametrize("name", ["achen", "ACHEN", "B-achen", "somebody", "SOMEBODY"])
def test_a_name_waits_at_every_station_and_after_a_restart(
    database: Database, clock: Clock, name: str
) -> None:
    with_people(database)
    for number in range(3):
        there = station_with_clock(database, clock, name=f"Bench {number}")
        fail(there, times=1, credentials=Credentials(name.lower(), "correct horse"))
    elsewhere = station_with_clock(database, clock, name="Office")
    again = Credentials(name, "correct horse")
    assert codes(lambda: sign_in(again, elsewhere)) == ["person.sign-in-paused"]
    assert sign_in(credentials_of(OTHER_PHARMACIST), elsewhere).person == "spark"


@pytest.mark.req("REQ-VER-001")
def test_name_and_badge_of_an_account_are_counted_together(station: Station) -> None:
    fail(station, times=2)
    fail(station, times=1, credentials=Credentials("b-achen", "correct horse"))
    other = replace(station, seat=replace(station.seat, station="Office"))
    assert codes(lambda: sign_in(credentials_of(PHARMACIST), other)) == ["person.sign-in-paused"]


@pytest.mark.req("REQ-VER-001")
def test_a_station_waits_whatever_names_are_tried(station: Station) -> None:
    for name in ("anna", "boris", "chloe"):
        fail(station, times=1, credentials=Credentials(name, "correct horse"))
    assert codes(lambda: sign_in(credentials_of(PHARMACIST), station)) == ["person.sign-in-paused"]


@pytest.mark.req("REQ-VER-001")
def test_a_right_secret_ends_both_counts(station: Station, clock: Clock) -> None:
    fail(station, times=2)
    sign_in(credentials_of(PHARMACIST), station)
    fail(station, times=2)
    assert sign_in(credentials_of(PHARMACIST), station) == PHARMACIST


@pytest.mark.req("REQ-VER-001")
def test_signing_in_oneself_does_not_end_the_count_of_another_name(station: Station) -> None:
    for _ in range(2):
        fail(station, times=1)
        sign_in(credentials_of(TECHNICIAN), station)
    fail(station, times=1)
    assert codes(lambda: sign_in(credentials_of(PHARMACIST), station)) == ["person.sign-in-paused"]
    assert sign_in(credentials_of(TECHNICIAN), station) == TECHNICIAN


@pytest.mark.req("REQ-VER-001", "REQ-AUD-001")
def test_an_attempt_during_a_pause_is_recorded_and_not_counted(station: Station, engine: Engine) -> None:
    fail(station, times=3)
    before = len(entries(engine))
    assert codes(lambda: sign_in(WRONG, station)) == ["person.sign-in-paused"]
    (told,) = entries(engine, before)
    assert (told["act"], told["facts"]) == ("sign-in-paused", "{}")


def test_the_record_of_all_this_is_whole(station: Station, database: Database) -> None:
    fail(station, times=3)
    codes(lambda: sign_in(WRONG, station))
    with database(reading=True) as work:
        check = work.audit.check()
    assert (check.first_bad, check.findings) == (None, ())
