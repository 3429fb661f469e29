"""Secrets stand in no log, no column, no crash report, and are printed by nothing."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from db.engine import Database, open_database
from pharmacy_app.crash_log import report_bug
from pharmacy_app.domain.account import AccountForm, Secret
from pharmacy_app.domain.errors import RulesRefused, StationTrouble
from pharmacy_app.domain.person import Role
from pharmacy_app.workflow.account import add_person, change_own_secret, set_secret
from pharmacy_app.workflow.people import Credentials, confirm_secret, second_person, sign_in
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.unit_of_work import UnitOfWork
from tests.support.people import CountingHasher, credentials_of, with_people
from tests.support.stations import ADMINISTRATOR, PHARMACIST, TECHNICIAN, station_of

SECRET = "xyzzy-plugh-42"
NEEDLES = [SECRET.encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be")]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "records.sqlite3"


@pytest.fixture
def database(file: Path) -> Iterator[Database]:
    """A file of its own, whose bytes the tests look at."""
    opened = open_database(f"sqlite:///{file}", seal_folder=file.parent)
    yield opened
    opened.close()


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this user's crash reports go."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "pharmacy-app" / "log" / "bugs.log"


def attempts(station: Station) -> None:
    """Everything that takes a secret, right, wrong and in the wrong field."""
    keeper = station.acting(ADMINISTRATOR)
    form = AccountForm("jdiaz", "J. Diaz", (Role.TECHNICIAN,), badge="")
    add_person(form, Secret(SECRET), keeper)
    set_secret("achen", Secret(SECRET), keeper)
    sign_in(Credentials("achen", SECRET), station)
    confirm_secret(SECRET, station)
    for old, new in ((SECRET, SECRET), (SECRET, "achen"), ("correct horse", SECRET)):
        with suppress(RulesRefused):
            change_own_secret(Secret(old), Secret(new), station)
    second_person(Credentials("jdiaz", SECRET), station)
    for wrong in (Credentials("mroy", SECRET), Credentials(SECRET, "correct horse")):
        with pytest.raises(RulesRefused):
            sign_in(wrong, station)
    taken = AccountForm(SECRET.replace("-", ""), "J. Diaz", (), badge="")
    with pytest.raises(RulesRefused):
        add_person(taken, Secret(SECRET), keeper)


@pytest.mark.req("REQ-VER-001")
def test_no_file_of_the_database_and_no_log_line_holds_a_secret(
    database: Database, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with_people(database)
    with caplog.at_level(logging.DEBUG):
        attempts(station_of(database, actor=None))
    written = [path for path in file.parent.iterdir() if path.is_file()]
    assert {file.name, f"{file.name}-wal"} <= {path.name for path in written}
    for path in written:
        content = path.read_bytes()
        assert not [needle for needle in NEEDLES if needle in content], path
    assert SECRET not in caplog.text


class Broken(CountingHasher):
    """Has a bug wherever it is called."""

    def __init__(self, at: str) -> None:
        super().__init__()
        self._at = at

    def matches(self, secret: Secret, secret_hash: str | None) -> bool:
        if self._at == "matches":
            raise ZeroDivisionError(f"ours, with {secret} and {[secret]}")
        return super().matches(secret, secret_hash)

    def hash(self, secret: Secret) -> str:
        if self._at == "hash":
            raise ZeroDivisionError(f"ours, with {secret!r}")
        return super().hash(secret)


@pytest.mark.req("REQ-VER-001")
@pytest.mark.parametrize("act", ["sign in", "second person", "confirm", "add", "set", "own"])
def test_a_bug_while_a_secret_is_in_hand_is_reported_without_it(
    database: Database, log: Path, act: str
) -> None:
    with_people(database)
    station = replace(station_of(database, actor=TECHNICIAN), hasher=Broken("matches"))
    keeper = replace(station_of(database, actor=ADMINISTRATOR), hasher=Broken("hash"))
    typed = Credentials(SECRET, SECRET)
    form = AccountForm("jdiaz", "J. Diaz", (Role.TECHNICIAN,), badge="")
    acts: dict[str, Callable[[], object]] = {
        "sign in": lambda: sign_in(typed, station),
        "second person": lambda: second_person(typed, station),
        "confirm": lambda: confirm_secret(SECRET, station),
        "add": lambda: add_person(form, Secret(SECRET), keeper),
        "own": lambda: change_own_secret(Secret(SECRET), Secret(SECRET), station),
        "set": lambda: set_secret("achen", Secret(SECRET), keeper),
    }
    try:
        acts[act]()
    except ZeroDivisionError:
        report_bug(sys.exc_info())
    report = log.read_text(encoding="utf-8")
    assert "ZeroDivisionError: ours, with Secret(…)" in report
    assert "in matches" in report or "in hash" in report
    assert SECRET not in report


@pytest.mark.req("REQ-VER-001")
def test_a_database_that_breaks_while_signing_in_is_trouble_without_the_secret(
    database: Database, log: Path
) -> None:
    with_people(database)
    station = station_of(database, actor=None)
    database.close()
    try:
        sign_in(Credentials(SECRET, SECRET), replace(station, open_unit_of_work=_broken))
    except StationTrouble:
        report_bug(sys.exc_info())
    assert SECRET not in log.read_text(encoding="utf-8")


def _broken(*, reading: bool = False) -> UnitOfWork:
    raise StationTrouble("trouble.database.no-answer", {"place": "records"})


def test_nothing_that_carries_a_secret_prints_it() -> None:
    credentials = Credentials(SECRET, SECRET)
    for each in (credentials, Secret(SECRET), [credentials], {"typed": credentials}):
        assert SECRET not in f"{each} {each!r}"
    assert credentials_of(PHARMACIST).secret not in repr(credentials_of(PHARMACIST))
