"""The tables, indexes and triggers of a database are those that the migrations made, or a check says so."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db import definitions
from db.definitions import SWITCHED_ON, definitions_made, guards
from db.engine import Database, open_database
from db.migrations import check, pin
from db.schema import known_revisions
from tests.db.test_changed_kinds import define
from tests.support.command_line import ask
from tests.support.databases import run
from tests.support.records import keep_one_of_each

MAKE, CALL = "CREATE TRIGGER", "FOR EACH ROW EXECUTE FUNCTION"
Found = list[tuple[str, dict[str, str]]]


def found(database: Database) -> Found:
    """Code and values of what a check finds."""
    with database(reading=True) as work:
        return [(each.code, dict(each.values)) for each in work.audit.check().findings]


def changed(what: str, count: int = 1) -> Found:
    """The finding that names this definition, one of so many."""
    return [("audit.definition-changed", {"object": what, "count": str(count)})]


def redefine(url: str, name: str, before: str, after: str) -> None:
    """Writes something else into one definition, past SQLite, which still understands it."""
    file = Path(url.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(file)) as connection:
        query = "SELECT sql FROM sqlite_master WHERE name = ?"
        ((definition,),) = connection.execute(query, (name,)).fetchall()
    assert definition.count(before) == 1
    define(file, name, definition.replace(before, after))


@pytest.mark.req("REQ-AUD-002")
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("what", "before", "after"),
    [
        ("trigger label_no_update", "BEFORE UPDATE ON", "BEFORE UPDATE OF id ON"),
        ("trigger audit_entry_no_delete", "BEGIN", "WHEN 0 BEGIN"),
        ("trigger audit_entry_at_the_end", "NEW.number <>", "NEW.number <"),
        ("trigger person_in_number", "RAISE(ABORT", "nullif(1"),
        ("table label", "CHECK (dpi >= 1)", "CHECK (dpi >= 0)"),
        ("table bag_event", " STRICT", ""),
        ("index ix_label_serial", "(serial)", "(stock)"),
        ("table alembic_version", "VARCHAR(32)", "VARCHAR(33)"),
    ],
)
def test_a_definition_that_was_changed_is_named(
    database: Database, url: str, what: str, before: str, after: str
) -> None:
    keep_one_of_each(database)
    database.close()
    redefine(url, what.partition(" ")[2], before, after)
    answer = [each for each in found(database) if each[0] != "audit.file-damaged"]  # an index is of others
    assert answer == changed(what)


@pytest.mark.req("REQ-AUD-002")
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("what", "statements"),
    [
        ("trigger plan_no_delete", ["DROP TRIGGER plan_no_delete"]),
        ("index ix_label_serial", ["DROP INDEX ix_label_serial"]),
        ("index mine", ["CREATE INDEX mine ON label (stock)"]),
        ("table mine", ["CREATE TABLE mine (x)"]),
        ("view mine", ["CREATE VIEW mine AS SELECT 1"]),
        ("trigger mine", ["CREATE TRIGGER mine AFTER INSERT ON label BEGIN SELECT 1; END"]),
    ],
)
def test_a_definition_that_is_gone_or_was_put_in_is_named(
    database: Database, engine: Engine, what: str, statements: list[str]
) -> None:
    keep_one_of_each(database)
    run(engine, *statements)
    assert found(database) == changed(what)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_what_the_program_made_is_named_before_what_it_did_not(database: Database, engine: Engine) -> None:
    run(
        engine,
        "CREATE INDEX a ON label (stock)",
        "DROP TRIGGER plan_no_update",
        "DROP TRIGGER plan_no_delete",
    )
    assert found(database) == changed("trigger plan_no_delete", 3)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_what_is_kept_for_the_choice_of_an_index_is_no_definition(database: Database, engine: Engine) -> None:
    keep_one_of_each(database)
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("ANALYZE")
    assert found(database) == []


@pytest.mark.req("REQ-AUD-002")
@pytest.mark.postgresql
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    ("what", "statement", "undo"),
    [
        (
            "trigger label_no_change",
            "ALTER TABLE label DISABLE TRIGGER label_no_change",
            "ALTER TABLE label ENABLE TRIGGER label_no_change",
        ),
        (
            "trigger label_no_truncate",
            "ALTER TABLE label ENABLE REPLICA TRIGGER label_no_truncate",
            "ALTER TABLE label ENABLE TRIGGER label_no_truncate",
        ),
        (
            "trigger person_in_number",
            "DROP TRIGGER person_in_number ON person",
            f"{MAKE} person_in_number BEFORE INSERT ON person {CALL} refuse_number_of_person()",
        ),
        (
            "trigger audit_entry_at_the_end",
            "DROP TRIGGER audit_entry_at_the_end ON audit_entry",
            f"{MAKE} audit_entry_at_the_end BEFORE INSERT ON audit_entry {CALL} refuse_all_but_the_end()",
        ),
    ],
)
def test_a_trigger_that_is_switched_off_or_gone_is_named(
    database: Database, engine: Engine, what: str, statement: str, undo: str
) -> None:
    keep_one_of_each(database)
    run(engine, statement)
    answer = found(database)
    run(engine, undo)
    assert (answer, found(database)) == (changed(what), [])


@pytest.mark.postgresql
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_every_trigger_on_postgresql_is_looked_for(database: Database) -> None:
    with database.engine.connect() as connection:
        assert sorted(connection.scalars(SWITCHED_ON)) == sorted(guards())


def test_the_command_says_in_words_which_one_it_is_and_refuses(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'records.sqlite3'}"
    opened = open_database(url)
    run(opened.engine, "DROP TRIGGER label_no_update")
    opened.close()
    result = ask("audit", "verify", "--database", url)
    assert (result.code, result.err) == (3, "")
    assert result.out.startswith("Stop: In the database the trigger label_no_update is missing, switched off")


# Beside the migrations


def kept_in(folder: Path, monkeypatch: pytest.MonkeyPatch, *, but: Iterable[str] = ()) -> None:
    """The definitions beside the steps, in a folder of their own; some are left out."""
    for revision in set(known_revisions()) - {*but}:
        text = definitions.definitions_file(revision).read_text(encoding="ascii")
        (folder / f"d{revision}.json").write_text(text, encoding="ascii")
    monkeypatch.setattr(definitions, "definitions_file", lambda revision: folder / f"d{revision}.json")
    monkeypatch.setattr(pin, "definitions_file", lambda revision: folder / f"d{revision}.json")


def test_beside_each_step_stands_what_it_makes() -> None:
    assert pin.differences() == []


def test_a_step_that_makes_something_else_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    kept_in(tmp_path, monkeypatch)
    file = tmp_path / "d0002.json"
    step = json.loads(file.read_text(encoding="ascii"))
    file.write_text(json.dumps({**step, "trigger lot_no_update": "e" * 64}), encoding="ascii")
    assert pin.differences()[0].startswith("step 0002: trigger lot_no_update is not as d0002.json says")
    assert check.differences() == pin.differences()


def test_a_step_without_its_definitions_is_a_bug(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    kept_in(tmp_path, monkeypatch, but=known_revisions()[1:])
    with pytest.raises(RuntimeError, match=r"step 0002 has no definitions: python -m db\.migrations\.pin"):
        definitions_made(known_revisions())


def test_what_a_step_takes_away_is_made_no_more(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(definitions, "definitions_file", lambda revision: tmp_path / revision)
    (tmp_path / "1").write_text('{"table a": "x", "table b": "y", "table c": "z"}', encoding="ascii")
    (tmp_path / "2").write_text('{"table a": null, "table b": "w"}', encoding="ascii")
    assert definitions_made(["1", "2"]) == {"table b": "w", "table c": "z"}


def test_the_command_writes_what_is_missing_and_the_newest_step(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = definitions_made(known_revisions())
    newest = known_revisions()[-1]
    kept_in(tmp_path, monkeypatch, but=["0002"])
    (tmp_path / f"d{newest}.json").write_text("{}", encoding="ascii")
    assert pin.main() == 0
    assert capsys.readouterr().out == f"d0002.json\nd{newest}.json\n"
    assert definitions_made(known_revisions()) == expected
