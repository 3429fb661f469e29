"""Training accounts: there in training, and nowhere else."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from db.engine import Database
from pharmacy_app.domain.account import AccountForm, Secret
from pharmacy_app.domain.person import Actor, Permission, Role
from pharmacy_app.workflow.account import add_person, change_person, end_person, set_secret
from pharmacy_app.workflow.people import Credentials, second_person, sign_in
from pharmacy_app.workflow.training import TRAINING_SECRET, training_accounts, training_people
from tests.support.people import for_patients
from tests.support.sign_ins import codes, entries
from tests.support.stations import ADMINISTRATOR, PRINTER, TECHNICIAN, station_of

PUBLISHED = Credentials("achen", "training only")


@pytest.mark.req("REQ-VER-001")
def test_a_technician_and_two_pharmacists_work_in_training_with_one_published_secret(
    database: Database, engine: Engine
) -> None:
    station = station_of(database, actor=PRINTER)
    people = training_people(station)
    assert people.technician == Actor("mroy", "M. Roy", (Role.TECHNICIAN,), "desk", training=True)
    assert people.pharmacist == Actor("achen", "A. Chen", (Role.PHARMACIST,), "desk", training=True)
    assert people.second_pharmacist == Actor("spark", "S. Park", (Role.PHARMACIST,), "desk", training=True)
    assert station.actor() == PRINTER
    for name in ("mroy", "achen", "spark"):
        assert sign_in(Credentials(name, TRAINING_SECRET), station).training
    assert [each["person"] for each in entries(engine)][:3] == ["command-line"] * 3


def test_asking_again_makes_no_second_account(database: Database, engine: Engine) -> None:
    station = station_of(database, actor=None)
    first = training_people(station)
    before = len(entries(engine))
    assert training_people(station) == first
    assert len(entries(engine)) == before
    assert [each.name for each in training_accounts(station)] == ["achen", "mroy", "spark"]


@pytest.mark.req("REQ-VER-001", "REQ-PRO-006")
def test_in_an_installation_for_patients_no_training_account_is_made_shown_or_let_in(
    database: Database,
) -> None:
    station = station_of(database, actor=None)
    training_people(station)
    live = for_patients(station)
    assert codes(lambda: training_people(live)) == ["person.no-training"]
    assert training_accounts(live) == ()
    assert codes(lambda: sign_in(PUBLISHED, live)) == ["person.sign-in-refused"]
    assert codes(lambda: second_person(PUBLISHED, live.acting(TECHNICIAN))) == ["person.sign-in-refused"]


@pytest.mark.req("REQ-VER-001", "REQ-PRO-006")
def test_a_training_account_that_is_signed_in_gives_no_command_once_the_installation_is_for_patients(
    database: Database,
) -> None:
    station = station_of(database, actor=None)
    training_people(station)
    trainee = sign_in(PUBLISHED, station)
    live = for_patients(station).acting(trainee)
    assert codes(lambda: live.permitted(Permission.VERIFY)) == ["person.changed-since"]


@pytest.mark.req("REQ-VER-001")
@pytest.mark.parametrize("permission", [Permission.COMMISSION, Permission.KEEP_PEOPLE])
def test_a_training_account_neither_commissions_nor_keeps_accounts(
    database: Database, permission: Permission
) -> None:
    station = station_of(database, actor=None)
    training_people(station)
    sign_in(PUBLISHED, station)
    refused = codes(lambda: station.permitted(permission))
    assert refused == [f"person.training-may-not.{permission.value}"]


@pytest.mark.req("REQ-VER-001")
def test_a_persons_account_is_never_taken_for_training(database: Database, engine: Engine) -> None:
    station = station_of(database, actor=ADMINISTRATOR)
    form = AccountForm("spark", "Sun Park", (Role.PHARMACIST,), badge="")
    add_person(form, Secret("own secret 1"), station)
    assert codes(lambda: training_people(station)) == ["person.not-for-training"]
    assert [each["act"] for each in entries(engine)] == ["person-added", "account-refused"]
    assert training_accounts(station) == ()


@pytest.mark.req("REQ-VER-001")
def test_a_training_account_is_ended_but_not_changed(database: Database) -> None:
    station = station_of(database, actor=ADMINISTRATOR)
    add_person(
        AccountForm("admin", "T. Administrator", (Role.ADMINISTRATOR,), badge=""),
        Secret("own secret 1"),
        station,
    )
    training_people(station)
    more = AccountForm("achen", "A. Chen", (Role.PHARMACIST, Role.ADMINISTRATOR), badge="")
    assert codes(lambda: change_person(more, station)) == ["person.training-account"]
    assert codes(lambda: set_secret("achen", Secret("own secret 1"), station)) == ["person.training-account"]
    end_person("achen", station)
    assert codes(lambda: sign_in(PUBLISHED, station)) == ["person.sign-in-refused"]
    assert codes(lambda: training_people(station)) == ["person.not-for-training"]
