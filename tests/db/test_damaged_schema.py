"""A file whose damage lies in the definitions of its tables is said to be damaged, and is no bug."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.engine import open_database
from pharmacy_app.domain.errors import StationTrouble
from tests.support.records import keep_one_of_each


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database with a row in every table, closed."""
    path = tmp_path / "records.sqlite3"
    opened = open_database(f"sqlite:///{path}")
    keep_one_of_each(opened)
    opened.close()
    return path


def damage(file: Path, before: bytes, after: bytes) -> None:
    """Changes one place in the file."""
    content = file.read_bytes()
    assert content.count(before) == 1
    assert len(before) == len(after)
    file.write_bytes(content.replace(before, after))


def check(file: Path) -> None:
    """A check of the record, from opening to closing."""
    opened = open_database(f"sqlite:///{file}", create=False)
    try:
        with opened(reading=True) as work:
            work.audit.check()
    finally:
        opened.close()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"CREATE TABLE lot (", b"CRFATE TABLE lot ("),
        (b"CREATE TABLE lot (", b"CR\xf3ATE TABLE lot ("),  # the driver cannot read SQLite's words about it
        (b"CONSTRAINT ck_lot_content CHECK (length(", b"CONSTRAINT ck_lot_content CHECK (lefgth("),
    ],
)
def test_a_definition_that_is_none_any_more_is_damage(file: Path, before: bytes, after: bytes) -> None:
    damage(file, before, after)
    with pytest.raises(StationTrouble) as trouble:
        check(file)
    assert (trouble.value.code, trouble.value.values) == ("trouble.database.damaged", {"place": str(file)})


def test_a_text_that_is_none_any_more_is_a_finding_that_names_it(file: Path) -> None:
    damage(file, b'"step":"a text","unit_serial"', b'"step":"a te\xf8t","unit_serial"')
    opened = open_database(f"sqlite:///{file}", create=False)
    with opened(reading=True) as work:
        findings = [(each.code, dict(each.values)) for each in work.audit.check().findings]
    assert findings == [("audit.bag-event-changed", {"serial": "2611200001", "number": "3"})]
    with pytest.raises(StationTrouble) as trouble, opened(reading=True) as work:
        work.bag_events.of_bag("2611200001")
    assert trouble.value.code == "trouble.database.damaged"
    opened.close()
