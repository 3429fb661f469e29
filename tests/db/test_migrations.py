"""The schema is the migrations: they make what the rows need, in one step or not at all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import CheckConstraint, Column, Engine, MetaData, Text, event, insert, inspect
from sqlalchemy.sql import column as plain_column
from sqlalchemy.sql import table as plain_table

from db.address import read_url
from db.connection import create_engine_for
from db.engine import open_database
from db.migrations import check
from db.models import METADATA
from db.schema import known_revisions, upgrade
from tests.support.databases import run
from tests.support.rows import FACT_TABLES, ROWS

COURSE_TABLES = ("infusion_stop", "infusion_restart", "discontinuation", "escalation_answer")


def test_rows_and_migrations_agree() -> None:
    assert check.differences() == []


def test_rows_and_migrations_agree_on_each_engine(engine: Engine) -> None:
    with engine.connect() as connection:
        assert check.alembic_differences(connection) == []


def test_each_constraint_of_the_rows_is_in_the_database_by_its_name(engine: Engine) -> None:
    found = inspect(engine)
    for table in METADATA.tables.values():
        in_database = {each["name"] for each in found.get_check_constraints(table.name)}
        in_rows = {str(each.name) for each in table.constraints if isinstance(each, CheckConstraint)}
        assert in_database == in_rows


@pytest.mark.parametrize(
    "forgotten",
    [
        lambda tables: tables["label"].append_column(Column("copies", Text)),
        lambda tables: tables["label"].append_constraint(CheckConstraint("dpi < 1000", name="most_dpi")),
        lambda tables: tables["label"].dialect_options["sqlite"].__setitem__("strict", False),
    ],
    ids=["a column", "a check", "strictness"],
)
def test_a_forgotten_migration_is_found(monkeypatch: pytest.MonkeyPatch, forgotten: object) -> None:
    changed = MetaData(naming_convention=METADATA.naming_convention)
    for table in METADATA.tables.values():
        table.to_metadata(changed)
    assert callable(forgotten)
    forgotten(changed.tables)
    monkeypatch.setattr(check, "METADATA", changed)
    assert check.differences() != []
    assert check.main() == 1


def test_the_check_can_be_called_by_itself() -> None:
    answer = subprocess.run([sys.executable, "-m", "db.migrations.check"], check=False, capture_output=True)
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, b"", b"")


def test_the_head_is_known_without_alembic() -> None:
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "db/migrations")
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [known_revisions()[-1]]
    assert sorted(each.revision for each in script.walk_revisions()) == list(known_revisions())


def test_an_up_to_date_database_opens_without_alembic(url: str, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from db.engine import open_database\n"
        "open_database(sys.argv[1], seal_folder=Path(sys.argv[2])).close()\n"
        "print([name for name in ('alembic', 'db.models', 'PySide6') if name in sys.modules])\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program, url, str(tmp_path)], check=False, capture_output=True, text=True
    )
    assert (answer.stdout, answer.stderr) == ("[]\n", "")


def test_a_migration_that_breaks_off_at_its_last_statement_leaves_nothing(
    empty_url: str, tmp_path: Path
) -> None:
    if empty_url.startswith("sqlite"):
        (tmp_path / "new").mkdir()
    engine = create_engine_for(read_url(empty_url))
    event.listen(engine, "before_cursor_execute", power_fails_before_the_version)
    with pytest.raises(InterruptedError):
        upgrade(engine, "here")
    assert inspect(engine).get_table_names() == []
    event.remove(engine, "before_cursor_execute", power_fails_before_the_version)
    upgrade(engine, "here")
    assert set(inspect(engine).get_table_names()) == {*ROWS, "alembic_version"}
    engine.dispose()


def as_of_revision(url: str, revision: str) -> Engine:
    """A database with an older schema and a row in each of its tables."""
    engine = create_engine_for(read_url(url))
    config = Config(attributes={"connection": None})
    config.set_main_option("script_location", "db/migrations")
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        tables = set(inspect(connection).get_table_names())
        for table, row in ROWS.items():
            if table in tables:
                target = plain_table(table, *(plain_column(name) for name in row))
                connection.execute(insert(target), row)
    return engine


def content(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with engine.connect() as connection:
        return {
            table: [tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"')]
            for table in inspect(connection).get_table_names()
        }


@pytest.mark.parametrize(
    ("revision", "came_later"),
    [
        ("0001", {*FACT_TABLES, "photograph", "bag_event", "planning"}),
        ("0002", {"time_outside", *COURSE_TABLES, "planning", "ice_score"}),
        ("0003", {*COURSE_TABLES, "planning", "ice_score"}),
        ("0004", {"planning", "ice_score"}),
        ("0005", {"ice_score"}),
    ],
)
def test_a_database_of_an_older_schema_gets_the_newest_and_keeps_what_is_on_file(
    empty_url: str, tmp_path: Path, revision: str, came_later: set[str]
) -> None:
    if empty_url.startswith("sqlite"):
        (tmp_path / "new").mkdir()
    engine = as_of_revision(empty_url, revision)
    before = content(engine)
    open_database(empty_url, seal_folder=tmp_path).close()
    after = content(engine)
    engine.dispose()
    assert (before.pop("alembic_version"), after.pop("alembic_version")) == ([(revision,)], [("0006",)])
    assert set(before) == set(ROWS) - came_later
    assert {table: rows for table, rows in after.items() if rows} == before
    assert set(after) == set(ROWS)


def power_fails_before_the_version(_connection: object, _cursor: object, statement: str, *_: object) -> None:
    """The version is the last thing a migration writes."""
    if statement.startswith("INSERT INTO alembic_version"):
        raise InterruptedError


STARTS = """
import sys, time
from pathlib import Path
from db.engine import open_database
from tests.support.records import keep, numbered
time.sleep(max(0, float(sys.argv[3]) - time.time()))
database = open_database(sys.argv[1], seal_folder=Path(sys.argv[2]))
keep(database, numbered(sys.argv[4]))
database.close()
"""


def test_stations_that_start_for_the_first_time_at_once_all_work(empty_url: str, tmp_path: Path) -> None:
    import time

    at = str(time.time() + 3)
    stations = [
        subprocess.Popen(
            [sys.executable, "-c", STARTS, empty_url, str(tmp_path), at, f"RX-{number}"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for number in range(4)
    ]
    answers = [station.communicate() for station in stations]
    assert answers == [(b"", b"")] * 4
    opened = open_database(empty_url, seal_folder=tmp_path)
    with opened(reading=True) as work:
        assert work.audit.check().findings == ()
        assert {each.order.order_number for each in work.orders.all()} == {"RX-0", "RX-1", "RX-2", "RX-3"}
    opened.close()


def test_a_trigger_stands_on_every_table(engine: Engine) -> None:
    query = {
        "sqlite": "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT event_object_table FROM information_schema.triggers",
    }[engine.dialect.name]
    with engine.connect() as connection:
        guarded = set(connection.exec_driver_sql(query).scalars())
    assert guarded == set(ROWS)


def test_the_tables_are_those_of_the_rows(engine: Engine) -> None:
    assert set(inspect(engine).get_table_names()) == {*METADATA.tables, "alembic_version"}
    run(engine, "SELECT 1")
