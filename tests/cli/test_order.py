"""`order add|list|show` and `audit verify`: the same on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.support.command_line import EXAMPLES, ORDER, Result, ask, leftovers, start, write
from tests.support.orders import order_document

MRD = EXAMPLES / "mrd-positive-cycle-1.json"


def on(url: str, *arguments: str | Path) -> Result:
    """One command on a database, as a document."""
    return ask(*arguments, "--database", url, "--json")


def numbers(url: str) -> list[str]:
    """The numbers of the orders on file, as listed."""
    return [each["order_number"] for each in on(url, "order", "list").document["orders"]]


def test_an_order_that_is_added_is_listed_and_shown(url: str) -> None:
    added = on(url, "order", "add", ORDER)
    assert (added.code, added.document["order_number"]) == (0, "RX-1001")
    listed = on(url, "order", "list").document
    (row,) = listed["orders"]
    assert row.pop("stored_at") == "2026-10-01T12:00+00:00"
    assert row == {
        "order_number": "RX-1001",
        "record_number": "4471023",
        "family_name": "Tremblay",
        "given_names": "Anne-Marie",
        "indication": "relapsed-refractory",
        "cycle": 1,
        "start_at": "2026-11-23T14:00-05:00",
    }
    assert listed["findings"] == []
    shown = on(url, "order", "show", "RX-1001").document
    given = json.loads(ORDER.read_bytes())
    del given["bags"]["sequence_h"]
    assert (shown["order"], shown["reasons"], shown["findings"]) == (given, {}, [])


def test_orders_are_listed_with_the_newest_start_first(url: str) -> None:
    for path in (ORDER, MRD):
        assert on(url, "order", "add", path).code == 0
    assert numbers(url) == ["RX-1003", "RX-1001"]
    lines = ask("order", "list", "--database", url).out.splitlines()
    assert lines[0] == "RX-1003  Singh, Harpreet Kaur  mrd-positive 1  2026-12-02T09:30-07:00"


@pytest.mark.req("REQ-ORD-007")
def test_the_same_order_twice_is_kept_once(url: str) -> None:
    assert [on(url, "order", "add", ORDER).code for _ in range(2)] == [0, 0]
    assert numbers(url) == ["RX-1001"]
    assert on(url, "audit", "verify").document["entries"] == 1


@pytest.mark.req("REQ-ORD-007")
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"destination": "elsewhere"}, "order.number-taken"),
        ({"order_number": "RX-2", "patient.family_name": "Other"}, "order.record-number-of-another"),
        ({"order_number": "RX-2"}, "order.course-overlaps"),
    ],
)
def test_an_order_that_the_file_contradicts_is_refused_and_not_kept(
    url: str, tmp_path: Path, changes: dict[str, object], code: str
) -> None:
    on(url, "order", "add", write(tmp_path, order_document()))
    result = on(url, "order", "add", write(tmp_path, order_document(**changes)))
    assert result.code == 3
    assert code in result.codes
    assert numbers(url) == ["RX-1001"]


def test_an_order_below_45_kg_is_not_kept(url: str, tmp_path: Path) -> None:
    result = on(url, "order", "add", write(tmp_path, order_document(**{"patient.weight_kg": "44.9"})))
    assert (result.code, result.codes, numbers(url)) == (3, ["order.weight"], [])


def test_an_order_with_an_open_reason_is_kept_from_a_file(url: str, tmp_path: Path) -> None:
    result = on(url, "order", "add", write(tmp_path, order_document()))
    assert (result.code, result.codes[0], numbers(url)) == (0, "order.prescribed-missing", ["RX-1001"])


def test_an_unreadable_order_is_refused_and_not_kept(url: str, tmp_path: Path) -> None:
    result = on(url, "order", "add", write(tmp_path, order_document(**{"patient.weight_kg": "71,5"})))
    assert (result.code, result.error["field"], numbers(url)) == (2, "patient.weight_kg", [])


def test_an_order_that_is_not_on_file_is_refused(url: str) -> None:
    result = on(url, "order", "show", "RX-404")
    assert (result.code, result.error) == (
        2,
        {"field": "order", "given": "RX-404", "expected": "the number of an order on file"},
    )


def test_no_orders_are_said_in_words(url: str) -> None:
    assert on(url, "order", "list").document == {"orders": [], "findings": []}
    assert ask("order", "list", "--database", url).out == "No order on file.\n"


@pytest.mark.req("REQ-AUD-001", "REQ-AUD-002")
def test_the_record_of_added_orders_is_whole(url: str) -> None:
    for path in (ORDER, MRD):
        on(url, "order", "add", path)
    assert on(url, "audit", "verify").document == {
        "entries": 2,
        "first_bad": None,
        "sealed": 2,
        "findings": [],
    }
    assert ask("audit", "verify", "--database", url).out == "2 entries, unbroken, sealed at 2.\n"


def test_the_variable_names_the_database_and_the_option_goes_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PHARMACY_APP_DATABASE", f"sqlite:///{tmp_path}/one.sqlite3")
    assert ask("order", "add", ORDER).code == 0
    other = f"sqlite:///{tmp_path}/two.sqlite3"
    assert on(other, "order", "add", MRD).code == 0
    assert numbers(other) == ["RX-1003"]
    assert len(ask("order", "list", "--json").document["orders"]) == 1


def test_without_either_the_database_is_a_file_in_the_users_data_directory(tmp_path: Path) -> None:
    assert start("order", "add", ORDER, home=tmp_path).code == 0
    assert leftovers(tmp_path) == [
        ".local/share/pharmacy-app/pharmacy-app.sqlite3",
        ".local/share/pharmacy-app/pharmacy-app.sqlite3.seal",
    ]
    assert "RX-1001" in start("order", "list", home=tmp_path).out


def sqlite_of(folder: Path) -> Path:
    """A database with two orders."""
    path = folder / "orders.sqlite3"
    for order in (ORDER, MRD):
        assert on(f"sqlite:///{path}", "order", "add", order).code == 0
    return path


def change(path: Path, *statements: str) -> None:
    """What somebody does who wants to falsify the record."""
    connection = sqlite3.connect(path)
    query = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
    triggers = connection.execute(query).fetchall()
    for statement in (*(f"DROP TRIGGER {name}" for name, _, _ in triggers), *statements):
        connection.execute(statement)
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for definition in (definition for _, table, definition in triggers if table in there):
        connection.execute(definition)
    connection.commit()
    connection.close()


@pytest.mark.req("REQ-AUD-002")
@pytest.mark.parametrize(
    ("statement", "first_bad"),
    [
        ("UPDATE audit_entry SET act = 'order-seen' WHERE number = 1", 1),
        ("DELETE FROM audit_entry WHERE number = 1", 1),
    ],
)
def test_a_changed_or_removed_entry_is_named(tmp_path: Path, statement: str, first_bad: int) -> None:
    path = sqlite_of(tmp_path)
    change(path, statement)
    result = on(f"sqlite:///{path}", "audit", "verify")
    assert (result.code, result.document["first_bad"]) == (3, first_bad)
    assert "stop" in {each["severity"] for each in result.document["findings"]}


@pytest.mark.req("REQ-AUD-002")
def test_a_cut_off_end_is_seen_by_the_seal_that_leads(tmp_path: Path) -> None:
    path = sqlite_of(tmp_path)
    change(path, "DELETE FROM audit_entry WHERE number = 2")
    result = on(f"sqlite:///{path}", "audit", "verify")
    assert (result.code, result.document["entries"], result.document["sealed"]) == (3, 1, 2)


def test_a_seal_that_lags_is_no_stop(tmp_path: Path) -> None:
    path = tmp_path / "orders.sqlite3"
    seal = path.with_name(f"{path.name}.seal")
    assert on(f"sqlite:///{path}", "order", "add", ORDER).code == 0
    former = seal.read_bytes()
    assert on(f"sqlite:///{path}", "order", "add", MRD).code == 0
    seal.write_bytes(former)
    result = on(f"sqlite:///{path}", "audit", "verify")
    assert (result.code, result.document["entries"], result.document["sealed"]) == (0, 2, 1)


def trouble(url: str, *arguments: str | Path) -> Any:
    """The answer of a database that cannot be used."""
    command = arguments or ("order", "list")
    result = on(url, *command)
    assert (result.code, set(result.error)) == (4, {"field", "given", "expected"})
    as_text = ask(*command, "--database", url)
    assert (as_text.code, as_text.out, as_text.err.count("\n")) == (4, "", 1)
    return result.error["given"]


def test_a_file_that_is_no_database_is_trouble_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "orders.sqlite3"
    path.write_bytes(b"not a database, but long enough to be looked at closely" * 50)
    before = path.read_bytes()
    assert trouble(f"sqlite:///{path}").endswith("is not a database, or is encrypted. It was left as it is.")
    assert path.read_bytes() == before


def test_a_place_that_cannot_be_written_is_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for path in (tmp_path / "file" / "orders.sqlite3", Path("/proc/orders/orders.sqlite3"), tmp_path):
        sentence = trouble(f"sqlite:///{path}", "order", "add", ORDER)
        assert "cannot be written here. Nothing was changed." in sentence


@pytest.mark.parametrize("command", [("order", "list"), ("order", "show", "RX-1001"), ("audit", "verify")])
def test_a_database_that_is_not_there_is_not_made_by_looking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    path = tmp_path / "folder" / "misspelt.sqlite3"
    expected = f"There is no database at {path}, and none was made. Look at the name."
    assert trouble(f"sqlite:///{path}", *command) == expected
    monkeypatch.setenv("PHARMACY_APP_DATABASE", f"sqlite:///{path}")
    assert ask(*command).err == f"{expected}\n"
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_no_database_to_look_at(tmp_path: Path) -> None:
    path = tmp_path / "orders.sqlite3"
    path.touch()
    assert trouble(f"sqlite:///{path}", "audit", "verify").startswith("There is no database at")


def test_before_the_first_order_the_users_own_database_is_empty() -> None:
    assert ask("order", "list").out == "No order on file.\n"


@pytest.mark.parametrize("statement", ["DROP TABLE label", "ALTER TABLE label RENAME COLUMN dpi TO dots"])
def test_a_database_that_is_not_whole_is_trouble(tmp_path: Path, statement: str) -> None:
    path = sqlite_of(tmp_path)
    change(path, statement)
    assert "is not whole" in trouble(f"sqlite:///{path}", "audit", "verify")


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite:///:memory:"])
def test_a_database_that_keeps_nothing_is_refused(url: str) -> None:
    result = on(url, "order", "add", ORDER)
    assert (result.code, result.error["field"]) == (2, "database")


def test_a_database_that_is_cut_off_is_trouble(tmp_path: Path) -> None:
    path = sqlite_of(tmp_path)
    path.write_bytes(path.read_bytes()[:6000])
    shutil.rmtree(tmp_path / "none", ignore_errors=True)
    assert trouble(f"sqlite:///{path}")


def test_a_server_that_does_not_answer_is_trouble_and_its_password_is_not_said() -> None:
    sentence = trouble("postgresql://station:hush@127.0.0.1:1/pharmacy")
    assert sentence.startswith("The database 127.0.0.1:1/pharmacy does not answer.")


@pytest.mark.parametrize(
    "url", ["orders.db", "mysql://u:hush@h/n", "sqlite:///a?mode=ro", "postgresql://", "://"]
)
def test_a_url_of_another_kind_is_refused_without_its_password(url: str) -> None:
    result = on(url, "order", "list")
    assert (result.code, result.error["field"]) == (2, "database")
    assert "hush" not in result.out
