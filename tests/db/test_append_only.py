"""What is on file is neither edited nor removed, and the record is added to at its end only."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from db.engine import Database
from tests.support.databases import run
from tests.support.records import keep_one_of_each
from tests.support.rows import DIGEST, MOMENT, NOTHING_BEFORE, ROWS

REFUSED = "neither edited nor removed"
AT_THE_END = "added to at its end only"


def rows(engine: Engine, table: str) -> list[object]:
    """Everything that a table holds."""
    with engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"')]


def entry_row(number: int, previous: str) -> str:
    """The statement that inserts an entry of one's own making."""
    return (
        "INTO audit_entry (number, at, site_time, site_zone, act, thing, person, station, facts,"
        " digest_before, digest_after, previous, digest) VALUES"
        f" ({number}, '{MOMENT}', '14:00', 'America/Toronto', 'a', 't', 'p', 's', '{{}}', '', '',"
        f" '{previous}', '{DIGEST}')"
    )


@pytest.mark.req("REQ-AUD-002")
@pytest.mark.parametrize("table", list(ROWS))
@pytest.mark.parametrize("change", ["UPDATE", "DELETE"])
def test_no_row_of_any_table_is_changed_or_removed(
    database: Database, engine: Engine, table: str, change: str
) -> None:
    keep_one_of_each(database)
    before = rows(engine, table)
    column = next(iter(ROWS[table]))
    statement = (
        f'DELETE FROM "{table}"' if change == "DELETE" else f'UPDATE "{table}" SET {column} = {column}'
    )
    with pytest.raises(DBAPIError, match=REFUSED):
        run(engine, statement)
    assert before != []
    assert rows(engine, table) == before


@pytest.mark.postgresql
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_no_table_is_emptied_at_once(database: Database, engine: Engine) -> None:
    keep_one_of_each(database)
    for table in ROWS:
        with pytest.raises(DBAPIError, match=REFUSED):
            run(engine, f'TRUNCATE "{table}" CASCADE')


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_no_entry_is_replaced_by_another_of_its_number(database: Database, engine: Engine) -> None:
    keep_one_of_each(database)
    before = rows(engine, "audit_entry")
    with pytest.raises(DBAPIError, match=AT_THE_END):
        run(engine, "PRAGMA recursive_triggers = OFF", f"INSERT OR REPLACE {entry_row(1, NOTHING_BEFORE)}")
    assert rows(engine, "audit_entry") == before


@pytest.mark.req("REQ-AUD-002")
@pytest.mark.parametrize(
    ("number", "previous"), [(1, NOTHING_BEFORE), (29, DIGEST), (28, DIGEST), (0, DIGEST)]
)
def test_an_entry_that_does_not_follow_the_last_is_refused(
    database: Database, engine: Engine, number: int, previous: str
) -> None:
    keep_one_of_each(database)
    assert len(rows(engine, "audit_entry")) == 27
    with pytest.raises(DBAPIError, match=AT_THE_END):
        run(engine, f"INSERT {entry_row(number, previous)}")


def test_the_schema_has_no_cascade(engine: Engine) -> None:
    from db.models import METADATA

    rules = {
        (key.ondelete, key.onupdate)
        for table in METADATA.tables.values()
        for key in table.foreign_key_constraints
    }
    assert rules == {(None, None)}
