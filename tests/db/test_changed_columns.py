"""Whoever takes the triggers away, changes a column and puts them back is found out, whichever it is."""

import pytest
from sqlalchemy import Column, Engine, Integer

from db.engine import Database
from db.models import METADATA
from tests.support.databases import run, without_guards
from tests.support.records import keep_label, keep_one_of_each

# The number of a row that is nothing but a number; what it stands for is in the other columns.
MEANS_NOTHING = {"label.id"}
DIGEST = "e" * 64
EVERYWHERE = {"at": "'2026-11-20T17:01:00.000000Z'", "digest": f"'{DIGEST}'"}
COLUMNS = {f"{table.name}.{column.name}": column for table in METADATA.tables.values() for column in table.c}
# What the column's constraint accepts, where a text with something added would be refused.
OTHER = {
    "order_.benzyl_alcohol": "'avoid'",
    "order_.benzyl_alcohol_hypersensitivity": "'yes'",
    "order_.breastfeeding": "'yes'",
    "order_.date_of_birth": "'1979-03-15'",
    "order_.ends_at": "'2026-12-22T19:00:00.000000Z'",
    "order_.holidays": "'CA-BC'",
    "order_.modification_grade": "2",
    "order_.modification_event": "'neurologic'",
    "order_.pregnant": "'yes'",
    "order_.prefer": "'fewest-vials'",
    "order_.setting": "'outpatient'",
    "order_.start_at": "'2026-11-23T14:01'",
    "order_.starts_at": "'2026-11-23T19:01:00.000000Z'",
    "order_.stored_at": "'2026-11-20T17:01:00.000000Z'",
    "order_.time_zone": "'America/Vancouver'",
    "order_.weight_kg": "'71.6'",
    "order_.weight_taken_on": "'2026-11-19'",
    "prescribed_dose.dose_mcg_per_day": "'15'",
    "wished_duration.list": "'permitted'",
    "closed_day.weekday": "'monday'",
    "label.made_at": "'2026-11-20T17:01:00.000000Z'",
    "label.sha256": f"'{DIGEST}'",
    "plan.made_at": "'2026-11-20T17:01:00.000000Z'",
    "plan.order_digest": f"'{DIGEST}'",
    "plan.protocol_monograph": "'2026-02-28'",
    "prescribed_dose.from_day": "9",
    "planned_bag.first_day": "23",
    "planned_bag.diluent": "'preservative-free'",
    "planned_bag.filter": "CASE filter WHEN 'none' THEN '0.2-or-0.22-micron' ELSE 'none' END",
    "planned_bag.start_at": "'2026-11-23T19:01:00.000000Z'",
    "planned_bag.change_at": "'2026-12-21T19:01:00.000000Z'",
    "bag_event.code": "'09990000000024'",
    "bag_event.lot": "'A-2'",
    "bag_event.order_number": "'RX-9'",
    "bag_event.photograph": f"'{DIGEST}'",
    "bag_event.serial": "'2611200002'",
    "bag_event.state": "'void'",
    "photograph.content": "x'00'",
    "photograph.sha256": f"'{DIGEST}'",
    "audit_entry.previous": f"'{DIGEST}'",
}


def other_value(name: str, column: Column[object]) -> str:
    """SQL for another value that the column's own constraints accept."""
    quoted = f'"{column.name}"'
    if name in OTHER:
        return OTHER[name]
    if column.name in EVERYWHERE:
        return EVERYWHERE[column.name]
    if isinstance(column.type, Integer):
        return f"{quoted} + 100"
    return f"CASE {quoted} WHEN 'yes' THEN 'no' WHEN 'no' THEN 'yes' ELSE {quoted} || '1' END"


def findings(database: Database) -> set[str]:
    """The codes of what a check of the record finds."""
    with database(reading=True) as work:
        return {each.code for each in work.audit.check().findings}


def one_row(column: Column[object]) -> str:
    """A condition that the newest row of the table with a value in the column alone meets."""
    table = column.table
    key = " || '/' || ".join(f'"{each.name}"' for each in table.primary_key)
    return f'{key} = (SELECT max({key}) FROM "{table.name}" WHERE "{column.name}" IS NOT NULL)'


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", sorted(set(COLUMNS) - MEANS_NOTHING))
@pytest.mark.req("REQ-AUD-002")
def test_a_changed_column_is_found(database: Database, engine: Engine, name: str) -> None:
    keep_one_of_each(database)
    assert findings(database) == set()
    column = COLUMNS[name]
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        guards = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = connection.exec_driver_sql(guards).all()
        for trigger, _ in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        change = f'UPDATE OR REPLACE "{column.table.name}" SET "{column.name}" = {other_value(name, column)}'
        changed = connection.exec_driver_sql(f"{change} WHERE {one_row(column)}").rowcount
        for _, sql in triggers:
            connection.exec_driver_sql(sql)
    assert changed == 1
    assert findings(database) != set()


@pytest.mark.parametrize(
    ("falsified", "expected"),
    [
        ("INSERT INTO order_reason VALUES ('RX-1001', 'order.weight', 'agreed by phone')", "order"),
        ("DELETE FROM order_reason", "order"),
        ("UPDATE order_reason SET reason = 'agreed by phone'", "order"),
        ("UPDATE order_ SET stored_at = '2026-11-20T16:00:00.000000Z'", "order"),
        ("UPDATE order_ SET ends_at = '2026-12-20T19:00:00.000000Z'", "order"),
        ("UPDATE plan SET made_at = '2026-11-20T16:00:00.000000Z'", "plan"),
        ("UPDATE label SET bag = 2", "label"),
        ("UPDATE label SET serial = '2611230002'", "label"),
        ("UPDATE label SET stock = '4x6'", "label"),
        ("UPDATE label SET dpi = 300", "label"),
        ("UPDATE label SET made_at = '2026-11-20T16:00:00.000000Z'", "label"),
    ],
)
@pytest.mark.req("REQ-AUD-002")
def test_what_no_digest_covers_is_compared_with_the_entry(
    database: Database, engine: Engine, falsified: str, expected: str
) -> None:
    keep_one_of_each(database)
    without_guards(engine)
    run(engine, falsified)
    assert findings(database) == {f"audit.{expected}-changed"}


SAME_LABEL = (
    "INSERT INTO label (order_number, plan_revision, bag, serial, stock, dpi, sha256, made_at) "
    "SELECT order_number, plan_revision, bag, serial, stock, dpi, sha256, made_at FROM label"
)


@pytest.mark.req("REQ-AUD-002")
def test_a_label_made_twice_alike_is_told_of_twice(database: Database, engine: Engine) -> None:
    keep_one_of_each(database)
    keep_label(database)
    assert findings(database) == set()
    without_guards(engine)
    run(engine, "DELETE FROM label WHERE id = (SELECT max(id) FROM label)")
    assert findings(database) == {"audit.fact-missing"}
    run(engine, SAME_LABEL, SAME_LABEL)
    assert findings(database) == {"audit.label-without-entry"}
