"""Opening the database: made at the first start; what cannot be opened is said, and left as it is."""

from __future__ import annotations

import socket
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, make_url

from db.address import default_url, file_of, place, read_url
from db.connection import READING, create_engine_for
from db.engine import open_database
from db.schema import known_revisions
from pharmacy_app.domain.errors import InputRefused, StationTrouble
from pharmacy_app.wording import load
from tests.support.databases import new_postgresql, run, text_of
from tests.support.records import add, keep, numbered

SECRET = "s3cret"


def trouble(url: str, tmp_path: Path) -> StationTrouble:
    """What opening this URL runs into; its words can be made, and tell no password."""
    with pytest.raises(StationTrouble) as raised:
        open_database(url, seal_folder=tmp_path, patience_s=1).close()
    words = load().error(raised.value)
    assert SECRET not in words
    assert raised.value.values["place"] in words
    return raised.value


def test_the_first_start_makes_the_database_with_its_folder(empty_url: str, tmp_path: Path) -> None:
    opened = open_database(empty_url, seal_folder=tmp_path)
    keep(opened, numbered("RX-1"))
    opened.close()
    again = open_database(empty_url, seal_folder=tmp_path)
    with again(reading=True) as work:
        assert [each.order.order_number for each in work.orders.all()] == ["RX-1"]
    again.close()


def test_without_a_url_the_file_stands_in_the_users_data_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    opened = open_database()
    opened.close()
    assert opened.place == str(tmp_path / "pharmacy-app" / "pharmacy-app.sqlite3")
    assert default_url() == f"sqlite:///{opened.place}"
    assert Path(opened.place).is_file()


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("orders.db", "orders.db"),
        ("", ""),
        ("sqlite://", "sqlite://"),
        ("sqlite:///", "sqlite:///"),
        ("sqlite:///:memory:", "sqlite:///:memory:"),
        ("mysql://me:s3cret@host/name", "mysql://…@host/name"),
        ("postgresql://me:s3:cr@et@host", "postgresql://…@host"),
        ("postgresql+asyncpg://me:s3cret@host/name", "postgresql+asyncpg://…@host/name"),
        ("host=localhost password=s3cret", "host=localhost password=…"),
        ("sqlite:///file.db?mode=ro&uri=true", "sqlite:///file.db"),
        ("postgresql://host:port/name", "postgresql://host:port/name"),
    ],
)
def test_a_url_of_another_kind_is_refused_without_repeating_a_password(given: str, shown: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        open_database(given)
    assert (refusal.value.field, refusal.value.given) == ("database", shown)
    assert refusal.value.code == "expected.database-url"
    assert SECRET not in str(refusal.value)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("sqlite:////tmp/a b/x.sqlite3", "/tmp/a b/x.sqlite3"),
        ("postgresql://me:s3cret@db.example:5433/pharmacy", "db.example:5433/pharmacy"),
        ("postgresql+psycopg://me:s3cret@/pharmacy?host=/run", "localhost/pharmacy"),
    ],
)
def test_a_place_is_named_without_user_and_password(url: str, expected: str) -> None:
    assert place(read_url(url)) == expected


def test_a_path_is_taken_from_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert file_of(read_url("sqlite:///x.sqlite3")) == tmp_path / "x.sqlite3"


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Not a database, but somebody's notes. " * 50, encoding="utf-8")
    before = file.read_bytes()
    assert trouble(f"sqlite:///{file}", tmp_path).code == "trouble.database.not-a-database"
    assert file.read_bytes() == before


def test_a_folder_in_the_place_of_the_file_is_said(tmp_path: Path) -> None:
    assert trouble(f"sqlite:///{tmp_path}", tmp_path).code == "trouble.database.not-writable"


@pytest.mark.parametrize("folder", ["/proc/pharmacy-app", "{tmp}/file/below"])
def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path, folder: str) -> None:
    (tmp_path / "file").touch()
    url = f"sqlite:///{folder.format(tmp=tmp_path)}/x.sqlite3"
    assert trouble(url, tmp_path).code == "trouble.database.not-writable"


def test_a_folder_without_permission_is_said(tmp_path: Path) -> None:
    """As an ordinary user, which root becomes in a process of its own."""
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    tmp_path.chmod(0o755)
    program = (
        "import os, sys\n"
        "from db.engine import open_database\n"
        "from pharmacy_app.domain.errors import StationTrouble\n"
        "open_database(sys.argv[2]).close()  # whatever is imported late is imported now\n"
        "os.geteuid() or os.setuid(65534)\n"
        "try: open_database(sys.argv[1])\n"
        "except StationTrouble as trouble: print(trouble.code)\n"
    )
    answer = subprocess.run(
        [
            sys.executable,
            "-c",
            program,
            f"sqlite:///{folder}/x.sqlite3",
            f"sqlite:///{tmp_path}/open.sqlite3",
        ],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (answer.stdout, answer.stderr) == ("trouble.database.not-writable\n", "")
    assert list(folder.iterdir()) == []


def test_a_damaged_file_is_said(tmp_path: Path) -> None:
    file = tmp_path / "x.sqlite3"
    open_database(f"sqlite:///{file}").close()
    content = bytearray(file.read_bytes())
    content[100:4096] = b"\xff" * 3996  # the first page after its header: the schema
    file.write_bytes(content)
    assert trouble(f"sqlite:///{file}", tmp_path).code == "trouble.database.damaged"


def test_a_database_of_another_program_is_left_as_it_is(empty_url: str, tmp_path: Path) -> None:
    if empty_url.startswith("sqlite"):
        (tmp_path / "new").mkdir()
    engine = create_engine_for(read_url(empty_url))
    run(engine, "CREATE TABLE invoice (id INTEGER)")
    assert trouble(empty_url, tmp_path).code == "trouble.database.foreign"
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM invoice").scalar() == 0
    engine.dispose()


def test_another_programs_migrations_are_not_taken_for_ours(empty_url: str, tmp_path: Path) -> None:
    if empty_url.startswith("sqlite"):
        (tmp_path / "new").mkdir()
    engine = create_engine_for(read_url(empty_url))
    run(
        engine,
        "CREATE TABLE alembic_version (version_num VARCHAR(32))",
        "INSERT INTO alembic_version VALUES ('0001')",
    )
    assert trouble(empty_url, tmp_path).code == "trouble.database.foreign"
    engine.dispose()


def test_a_database_of_a_newer_program_is_left_as_it_is(url: str, engine: Engine, tmp_path: Path) -> None:
    run(engine, "UPDATE alembic_version SET version_num = '9999'")
    found = trouble(url, tmp_path)
    assert found.code == "trouble.database.newer"
    assert (found.values["found"], found.values["known"]) == ("9999", known_revisions()[-1])
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == "9999"


def test_a_database_that_another_station_holds_is_busy(url: str, engine: Engine, tmp_path: Path) -> None:
    opened = open_database(url, seal_folder=tmp_path, patience_s=1)
    with engine.begin(), pytest.raises(StationTrouble) as busy:
        opened().__enter__()
    assert busy.value.code == "trouble.database.busy"
    keep(opened, numbered("RX-1"))
    opened.close()


def test_a_file_in_use_without_its_log_is_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "x.sqlite3"
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    assert trouble(f"sqlite:///{file}", tmp_path).code == "trouble.database.busy"
    release = threading.Timer(0.2, other.rollback)
    release.start()
    open_database(f"sqlite:///{file}", patience_s=60).close()
    release.join()
    other.close()


def test_reading_does_not_wait_for_a_station_that_writes(url: str, engine: Engine, tmp_path: Path) -> None:
    opened = open_database(url, seal_folder=tmp_path, patience_s=1)
    with engine.begin(), opened(reading=True) as work:
        assert work.orders.all() == ()
    opened.close()


def test_a_server_that_is_not_there_does_not_answer(tmp_path: Path) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    url = f"postgresql://me:{SECRET}@127.0.0.1:{port}/pharmacy"
    found = trouble(url, tmp_path)
    assert found.code == "trouble.database.no-answer"
    assert found.values == {"place": f"127.0.0.1:{port}/pharmacy"}


def test_a_server_that_accepts_and_says_nothing_does_not_answer(tmp_path: Path) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        url = f"postgresql://me:{SECRET}@127.0.0.1:{port}/pharmacy?connect_timeout=2"
        assert trouble(url, tmp_path).code == "trouble.database.no-answer"


@pytest.mark.postgresql
def test_a_wrong_password_and_a_missing_database_do_not_answer(tmp_path: Path) -> None:
    with new_postgresql() as url:
        assert trouble(text_of(url.set(password=SECRET)), tmp_path).code == "trouble.database.no-answer"
        assert trouble(text_of(url.set(database="missing")), tmp_path).code == "trouble.database.no-answer"


@pytest.mark.postgresql
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_user_without_permission_is_told_so(url: str, engine: Engine, tmp_path: Path) -> None:
    name = make_url(url).database
    run(engine, f"CREATE ROLE {name} LOGIN PASSWORD '{SECRET}'")
    try:
        other = make_url(url).set(username=name, password=SECRET)
        assert trouble(text_of(other), tmp_path).code == "trouble.database.not-permitted"
    finally:
        run(engine, f"DROP ROLE {name}")


@pytest.mark.postgresql
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_server_that_ends_the_connection_before_the_commit_leaves_nothing(
    url: str, engine: Engine, tmp_path: Path
) -> None:
    opened = open_database(url, seal_folder=tmp_path)
    with opened() as work:
        add(work, numbered("RX-1"))
        end_other_connections(engine)
        with pytest.raises(StationTrouble) as raised:
            work.commit()
    assert raised.value.code == "trouble.database.outcome-unknown"
    with opened(reading=True) as work:
        assert work.orders.all() == ()
    opened.close()


@pytest.mark.postgresql
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_server_that_was_started_again_is_found_again(url: str, engine: Engine, tmp_path: Path) -> None:
    opened = open_database(url, seal_folder=tmp_path)
    keep(opened, numbered("RX-1"))
    end_other_connections(engine)
    keep(opened, numbered("RX-2"))
    with opened(reading=True) as work:
        assert len(work.orders.all()) == 2
    opened.close()


def end_other_connections(engine: Engine) -> None:
    """What a server does that is stopped."""
    query = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    others = "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with engine.connect().execution_options(**{READING: True}) as connection:
        connection.exec_driver_sql(f"{query} {others}")
