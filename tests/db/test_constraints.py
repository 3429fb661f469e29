"""Every constraint refuses what it is there to refuse, and each one has its violation here."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, insert
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.schema import CreateTable
from sqlalchemy.sql import table as plain_table
from sqlalchemy.sql.expression import column as plain_column

from db.models import METADATA
from tests.support.databases import constraint_of, without_guards
from tests.support.rows import (
    ANOTHER,
    DIGEST,
    LATER,
    MOMENT,
    NOTHING_BEFORE,
    ROWS,
    SECOND_DIGEST,
    SECOND_ENTRY,
    Value,
    Values,
)

NO_DAY: list[Value] = ["14 March", "", "2026-11-23T14:00"]
NO_MOMENT: list[Value] = ["2026-11-23", "2026-11-23T19:00:00Z", "2026-11-23T19:00:00.000000+00"]
NO_TEXT: list[Value] = ["", "x" * 201]
NO_CODE: list[Value] = ["", "X" * 21]
NO_DIGEST: list[Value] = ["", "c" * 63, "c" * 65]
NOT_POSITIVE: list[Value] = ["0", "-0.1"]
NEGATIVE: list[Value] = ["-0.1"]
BELOW_ONE: list[Value] = [0, -1]
BELOW_ZERO: list[Value] = [-1]
NO_ANSWER: list[Value] = ["true", "", "not-known"]
NO_OPEN_ANSWER: list[Value] = ["true", "", "unknown"]
NO_MEMBER: list[Value] = ["", "Other"]

# What the constraint of a column refuses, one after the other.
BY_COLUMN: dict[str, dict[str, list[Value]]] = {
    "order_": {
        "order_number": ["", "X" * 21],
        "record_number": NO_CODE,
        "family_name": NO_TEXT,
        "given_names": NO_TEXT,
        "date_of_birth": NO_DAY,
        "weight_kg": NOT_POSITIVE,
        "weight_taken_on": NO_DAY,
        "benzyl_alcohol_hypersensitivity": NO_OPEN_ANSWER,
        "pregnant": NO_OPEN_ANSWER,
        "breastfeeding": NO_OPEN_ANSWER,
        "prescriber": NO_TEXT,
        "indication": NO_TEXT,
        "cycle": BELOW_ONE,
        "start_at": ["2026-11-23", "2026-11-23T14:00:00"],
        "time_zone": NO_TEXT,
        "setting": NO_MEMBER,
        "destination": NO_TEXT,
        "modification_event": NO_MEMBER,
        "modification_grade": [0, 6],
        "modification_day": BELOW_ONE,
        "modification_reason": NO_TEXT,
        "benzyl_alcohol": NO_MEMBER,
        "holidays": NO_CODE,
        "hospital_days": BELOW_ZERO,
        "prefer": NO_MEMBER,
        "stored_at": NO_MOMENT,
        "starts_at": ["2026-11-23"],
        "ends_at": ["2027"],
        "document": [""],
        "digest": NO_DIGEST,
    },
    "prescribed_dose": {
        "from_day": BELOW_ONE,
        "to_day": [7],
        "dose_mcg_per_day": NOT_POSITIVE,
    },
    "wished_duration": {"list": NO_MEMBER, "position": BELOW_ONE, "duration_h": BELOW_ONE},
    "closed_day": {"weekday": NO_MEMBER},
    "order_reason": {"finding": NO_TEXT, "reason": ["", "x" * 2001]},
    "plan": {
        "revision": BELOW_ONE,
        "order_digest": NO_DIGEST,
        "protocol_drug": NO_TEXT,
        "protocol_country": NO_TEXT,
        "protocol_monograph": NO_DAY,
        "protocol_revision": BELOW_ONE,
        "protocol_digest": NO_TEXT,
        "protocol_commissioned": NO_ANSWER,
        "zone_data": NO_TEXT,
        "chosen": NO_ANSWER,
        "made_at": NO_MOMENT,
        "bag_count": BELOW_ONE,
        "changes": BELOW_ZERO,
        "closed_day_changes": BELOW_ZERO,
        "line_changes": BELOW_ZERO,
        "vials": BELOW_ONE,
        "drug_ordered_mcg": NOT_POSITIVE,
        "drug_discarded_mcg": NEGATIVE,
        "benzyl_alcohol_days": BELOW_ZERO,
        "digest": NO_DIGEST,
    },
    "planned_bag": {
        "number": BELOW_ONE,
        "first_day": BELOW_ONE,
        "last_day": [0],
        "dose_mcg_per_day": NOT_POSITIVE,
        "duration_h": BELOW_ONE,
        "elapsed_h": NOT_POSITIVE,
        "diluent": NO_MEMBER,
        "filter": NO_MEMBER,
        "rate_ml_per_h": NOT_POSITIVE,
        "volume_to_infuse_ml": NOT_POSITIVE,
        "bag_volume_ml": NOT_POSITIVE,
        "overfill_ml": NEGATIVE,
        "drug_ml": NOT_POSITIVE,
        "vials": BELOW_ONE,
        "ordered_mcg": NOT_POSITIVE,
        "start_at": ["2026-11-23"],
        "change_at": ["2027"],
        "line_change": NO_ANSWER,
        "dose_change": NO_ANSWER,
        "closed_day_change": NO_ANSWER,
        "early_h": NEGATIVE,
        "clock_time_skipped": NO_ANSWER,
        "clock_time_twice": NO_ANSWER,
    },
    "label": {
        "serial": NO_TEXT,
        "stock": NO_TEXT,
        "dpi": BELOW_ONE,
        "sha256": NO_DIGEST,
        "made_at": NO_MOMENT,
    },
    "audit_entry": {
        "number": [0],
        "at": NO_MOMENT,
        "site_time": NO_TEXT,
        "site_zone": NO_TEXT,
        "act": NO_TEXT,
        "thing": NO_TEXT,
        "person": NO_TEXT,
        "station": NO_TEXT,
        "facts": [""],
        "previous": NO_DIGEST,
        "digest": NO_DIGEST,
    },
}
BY_NAME: dict[str, tuple[str, list[Values]]] = {
    "ck_order__modification_whole": (
        "order_",
        [
            {"modification_event": None},
            {"modification_grade": None},
            {"modification_day": None},
            {"modification_reason": None},
        ],
    ),
    "ck_order__ends_after_start": ("order_", [{"ends_at": MOMENT}, {"starts_at": LATER, "ends_at": MOMENT}]),
    "ck_planned_bag_change_after_start": ("planned_bag", [{"change_at": MOMENT}]),
    "ck_audit_entry_first": ("audit_entry", [{"previous": NOTHING_BEFORE}]),
    "uq_audit_entry_previous": ("audit_entry", [{"previous": DIGEST}]),
    "uq_audit_entry_digest": ("audit_entry", [{"digest": SECOND_DIGEST}]),
    "pk_order_": ("order_", [{"order_number": "RX-1"}]),
    "pk_prescribed_dose": ("prescribed_dose", [{"from_day": 1}]),
    "pk_wished_duration": ("wished_duration", [{"position": 1}]),
    "pk_closed_day": ("closed_day", [{"weekday": "sunday"}]),
    "pk_order_reason": ("order_reason", [{"finding": "order.weight-old"}]),
    "pk_plan": ("plan", [{"revision": 1}]),
    "pk_planned_bag": ("planned_bag", [{"number": 1}]),
    "pk_label": ("label", [{"id": 1}]),
    "pk_audit_entry": ("audit_entry", [{"number": 2}]),
    "fk_prescribed_dose_order_": ("prescribed_dose", [{"order_number": "RX-9"}]),
    "fk_wished_duration_order_": ("wished_duration", [{"order_number": "RX-9"}]),
    "fk_closed_day_order_": ("closed_day", [{"order_number": "RX-9"}]),
    "fk_order_reason_order_": ("order_reason", [{"order_number": "RX-9"}]),
    "fk_plan_order_": ("plan", [{"order_number": "RX-9"}]),
    "fk_planned_bag_plan": ("planned_bag", [{"revision": 9}]),
    "fk_label_planned_bag": ("label", [{"bag": 9}, {"plan_revision": 9}, {"order_number": "RX-9"}]),
}


def violations() -> dict[str, tuple[str, list[Values]]]:
    """All of them, by the constraint's name: the table, and the changes that it must refuse."""
    found = dict(BY_NAME)
    for table, columns in BY_COLUMN.items():
        for column, values in columns.items():
            found[f"ck_{table}_{column}"] = (table, [{column: value} for value in values])
    return found


def put(engine: Engine, table: str, row: Values) -> None:
    """Inserts a row as it is, without the program's own types."""
    target = plain_table(table, *(plain_column(name) for name in row))
    with engine.begin() as connection:
        connection.execute(insert(target), row)


def another(table: str, **changes: Value) -> Values:
    """A second row of a table, with changes."""
    return {**ROWS[table], **ANOTHER[table], **changes}


def fill(engine: Engine) -> None:
    """A first row in every table; the triggers are away, so that each constraint stands alone."""
    without_guards(engine)
    for table, row in ROWS.items():
        put(engine, table, row)
    put(engine, "audit_entry", SECOND_ENTRY)


def is_refused_by(error: IntegrityError, name: str) -> bool:
    """Whether this constraint refused. SQLite names columns for keys, and nothing for a foreign key."""
    match name[:2]:
        case "fk":
            return constraint_of(error) == name or str(error.orig) == "FOREIGN KEY constraint failed"
        case "pk" | "uq":
            return constraint_of(error) in {name, columns_of_key(name)}
        case _:
            return constraint_of(error) == name


def columns_of_key(name: str) -> str:
    """The columns of a key as SQLite lists them."""
    table = METADATA.tables[BY_NAME[name][0]]
    names = [column.name for column in table.primary_key.columns]
    if name.startswith("uq_"):
        names = [name.removeprefix(f"uq_{table.name}_")]
    return ", ".join(f"{table.name}.{each}" for each in names)


def test_the_rows_that_the_violations_start_from_are_accepted(engine: Engine) -> None:
    fill(engine)
    for table in ANOTHER:
        put(engine, table, another(table))


@pytest.mark.parametrize("table", list(ROWS))
def test_each_constraint_refuses_what_it_is_there_for(engine: Engine, table: str) -> None:
    fill(engine)
    missed = []
    for name, (where, changes) in violations().items():
        for change in changes if where == table else ():
            try:
                put(engine, table, another(table, **change))
            except IntegrityError as error:
                if not is_refused_by(error, name):
                    missed.append((name, change, str(error.orig)))
            else:
                missed.append((name, change, "accepted"))
    assert missed == []


@pytest.mark.parametrize("table", list(ROWS))
def test_a_column_that_must_be_filled_cannot_be_null(engine: Engine, table: str) -> None:
    fill(engine)
    for column in METADATA.tables[table].columns:
        numbered_by_sqlite = column.name in {"id", "number"} and table in {"label", "audit_entry"}
        if not column.nullable and not numbered_by_sqlite:
            with pytest.raises(IntegrityError, match=rf"(?i)not.null.*{column.name}|{column.name}.*not.null"):
                put(engine, table, another(table, **{column.name: None}))


@pytest.mark.parametrize("table", list(ROWS))
def test_a_column_of_numbers_takes_no_text(engine: Engine, table: str) -> None:
    fill(engine)
    for column in METADATA.tables[table].columns:
        if column.type.python_type is int:
            with pytest.raises(DBAPIError):
                put(engine, table, another(table, **{column.name: "many"}))


def test_every_constraint_has_a_name_and_a_violation_here() -> None:
    for table in METADATA.tables.values():
        CreateTable(table).compile()  # the naming convention names the constraints now
    names = [str(each.name) for table in METADATA.tables.values() for each in table.constraints]
    assert sorted(names) == sorted(violations())
    assert sorted(METADATA.tables) == sorted(ROWS)
