"""Orders, plans, labels, and the record.

What is on file is never edited or removed: triggers refuse it in every table. The record is only added to at
its end. Written by hand; `python -m db.migrations.check` compares it with the rows.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TEXT = sa.Text
NUMBER = sa.Integer

CODE = "length({}) BETWEEN 1 AND 20"
FILLED = "length({}) BETWEEN 1 AND 200"
LONG = "length({}) BETWEEN 1 AND 2000"
DOCUMENT = "length({}) > 1"
DIGEST = "length({}) = 64"
DAY = "{} LIKE '____-__-__'"
CLOCK_TIME = "{} LIKE '____-__-__T__:__'"
MOMENT = "{} LIKE '____-__-__T__:__:__.______Z'"
ABOVE_ZERO = "CAST({} AS NUMERIC) > 0"
NOT_BELOW_ZERO = "CAST({} AS NUMERIC) >= 0"
FROM_ZERO = "{} >= 0"
FROM_ONE = "{} >= 1"
YES_NO = "{} IN ('yes', 'no')"
YES_NO_NOT_KNOWN = "{} IN ('yes', 'no', 'not-known')"

# Each column: its kind, and what its own constraint, named after it, demands.
Columns = dict[str, tuple[type[sa.Text | sa.Integer], str | None]]

ORDER: Columns = {
    "order_number": (TEXT, CODE),
    "record_number": (TEXT, CODE),
    "family_name": (TEXT, FILLED),
    "given_names": (TEXT, FILLED),
    "date_of_birth": (TEXT, DAY),
    "weight_kg": (TEXT, ABOVE_ZERO),
    "weight_taken_on": (TEXT, DAY),
    "benzyl_alcohol_hypersensitivity": (TEXT, YES_NO_NOT_KNOWN),
    "pregnant": (TEXT, YES_NO_NOT_KNOWN),
    "breastfeeding": (TEXT, YES_NO_NOT_KNOWN),
    "prescriber": (TEXT, FILLED),
    "indication": (TEXT, FILLED),
    "cycle": (NUMBER, FROM_ONE),
    "start_at": (TEXT, CLOCK_TIME),
    "time_zone": (TEXT, FILLED),
    "setting": (TEXT, "{} IN ('inpatient', 'outpatient', 'home')"),
    "destination": (TEXT, FILLED),
    "modification_event": (TEXT, "{} IN ('crs', 'neurologic', 'other')"),
    "modification_grade": (NUMBER, "{} BETWEEN 1 AND 5"),
    "modification_day": (NUMBER, FROM_ONE),
    "modification_reason": (TEXT, FILLED),
    "benzyl_alcohol": (TEXT, "{} IN ('permitted', 'avoid')"),
    "holidays": (TEXT, CODE),
    "hospital_days": (NUMBER, FROM_ZERO),
    "prefer": (TEXT, "{} IN ('fewest-changes', 'fewest-vials')"),
    "stored_at": (TEXT, MOMENT),
    "starts_at": (TEXT, MOMENT),
    "ends_at": (TEXT, MOMENT),
    "document": (TEXT, DOCUMENT),
    "digest": (TEXT, DIGEST),
}
MODIFICATION = ("modification_event", "modification_grade", "modification_day", "modification_reason")
OPTIONAL = {*MODIFICATION, "holidays"}

PRESCRIBED_DOSE: Columns = {
    "order_number": (TEXT, None),
    "from_day": (NUMBER, FROM_ONE),
    "to_day": (NUMBER, "{} >= from_day"),
    "dose_mcg_per_day": (TEXT, ABOVE_ZERO),
}
WISHED_DURATION: Columns = {
    "order_number": (TEXT, None),
    "list": (TEXT, "{} IN ('permitted', 'sequence')"),
    "position": (NUMBER, FROM_ONE),
    "duration_h": (NUMBER, FROM_ONE),
}
WEEK = "'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'"
CLOSED_DAY: Columns = {"order_number": (TEXT, None), "weekday": (TEXT, f"{{}} IN ({WEEK})")}
ORDER_REASON: Columns = {"order_number": (TEXT, None), "finding": (TEXT, FILLED), "reason": (TEXT, LONG)}

PLAN: Columns = {
    "order_number": (TEXT, None),
    "revision": (NUMBER, FROM_ONE),
    "order_digest": (TEXT, DIGEST),
    "protocol_drug": (TEXT, FILLED),
    "protocol_country": (TEXT, FILLED),
    "protocol_monograph": (TEXT, DAY),
    "protocol_revision": (NUMBER, FROM_ONE),
    "protocol_digest": (TEXT, FILLED),
    "protocol_commissioned": (TEXT, YES_NO),
    "zone_data": (TEXT, FILLED),
    "chosen": (TEXT, YES_NO),
    "made_at": (TEXT, MOMENT),
    "bag_count": (NUMBER, FROM_ONE),
    "changes": (NUMBER, FROM_ZERO),
    "closed_day_changes": (NUMBER, FROM_ZERO),
    "line_changes": (NUMBER, FROM_ZERO),
    "vials": (NUMBER, FROM_ONE),
    "drug_ordered_mcg": (TEXT, ABOVE_ZERO),
    "drug_discarded_mcg": (TEXT, NOT_BELOW_ZERO),
    "benzyl_alcohol_days": (NUMBER, FROM_ZERO),
    "digest": (TEXT, DIGEST),
}
PLANNED_BAG: Columns = {
    "order_number": (TEXT, None),
    "revision": (NUMBER, None),
    "number": (NUMBER, FROM_ONE),
    "first_day": (NUMBER, FROM_ONE),
    "last_day": (NUMBER, "{} >= first_day"),
    "dose_mcg_per_day": (TEXT, ABOVE_ZERO),
    "duration_h": (NUMBER, FROM_ONE),
    "elapsed_h": (TEXT, ABOVE_ZERO),
    "diluent": (TEXT, "{} IN ('preservative-free', 'bacteriostatic')"),
    "filter": (TEXT, "{} IN ('0.2-or-0.22-micron', 'none')"),
    "rate_ml_per_h": (TEXT, ABOVE_ZERO),
    "volume_to_infuse_ml": (TEXT, ABOVE_ZERO),
    "bag_volume_ml": (TEXT, ABOVE_ZERO),
    "overfill_ml": (TEXT, NOT_BELOW_ZERO),
    "drug_ml": (TEXT, ABOVE_ZERO),
    "vials": (NUMBER, FROM_ONE),
    "ordered_mcg": (TEXT, ABOVE_ZERO),
    "start_at": (TEXT, MOMENT),
    "change_at": (TEXT, MOMENT),
    "line_change": (TEXT, YES_NO),
    "dose_change": (TEXT, YES_NO),
    "closed_day_change": (TEXT, YES_NO),
    "early_h": (TEXT, NOT_BELOW_ZERO),
    "clock_time_skipped": (TEXT, YES_NO),
    "clock_time_twice": (TEXT, YES_NO),
}
LABEL: Columns = {
    "id": (NUMBER, None),
    "order_number": (TEXT, None),
    "plan_revision": (NUMBER, None),
    "bag": (NUMBER, None),
    "serial": (TEXT, FILLED),
    "stock": (TEXT, FILLED),
    "dpi": (NUMBER, FROM_ONE),
    "sha256": (TEXT, DIGEST),
    "made_at": (TEXT, MOMENT),
}
AUDIT_ENTRY: Columns = {
    "number": (NUMBER, FROM_ONE),
    "at": (TEXT, MOMENT),
    "site_time": (TEXT, FILLED),
    "site_zone": (TEXT, FILLED),
    "act": (TEXT, FILLED),
    "thing": (TEXT, FILLED),
    "person": (TEXT, FILLED),
    "station": (TEXT, FILLED),
    "facts": (TEXT, DOCUMENT),
    "digest_before": (TEXT, None),
    "digest_after": (TEXT, None),
    "previous": (TEXT, DIGEST),
    "digest": (TEXT, DIGEST),
}
NOTHING_BEFORE = "0" * 64
ORDER_TABLES = ("order_", "prescribed_dose", "wished_duration", "closed_day", "order_reason")
TABLES = (*ORDER_TABLES, "plan", "planned_bag", "label", "audit_entry")


def upgrade() -> None:
    """An empty database becomes one that can keep orders, plans, labels and the record."""
    _create_order()
    _create_plan()
    _create_label()
    _create_record()
    match op.get_bind().dialect.name:
        case "sqlite":
            _guard_sqlite()
        case "postgresql":
            _guard_postgresql()
        case other:
            raise NotImplementedError(other)


def _create_order() -> None:
    none = " AND ".join(f"{each} IS NULL" for each in MODIFICATION)
    every = " AND ".join(f"{each} IS NOT NULL" for each in MODIFICATION)
    whole = _check("order_", "modification_whole", f"({none}) OR ({every})")
    ends = _check("order_", "ends_after_start", "ends_at > starts_at")
    _create("order_", ORDER, ["order_number"], ends, whole)
    _index("order_", "record_number", "starts_at")
    _index("order_", "family_name")
    _index("order_", "date_of_birth")
    _index("order_", "starts_at")
    for table, columns, key in (
        ("prescribed_dose", PRESCRIBED_DOSE, ["order_number", "from_day"]),
        ("wished_duration", WISHED_DURATION, ["order_number", "list", "position"]),
        ("closed_day", CLOSED_DAY, ["order_number", "weekday"]),
        ("order_reason", ORDER_REASON, ["order_number", "finding"]),
    ):
        _create(table, columns, key, _part_of(table, "order_", order_number="order_number"))


def _create_plan() -> None:
    order = _part_of("plan", "order_", order_number="order_number")
    _create("plan", PLAN, ["order_number", "revision"], order)
    plan = _part_of("planned_bag", "plan", order_number="order_number", revision="revision")
    change = _check("planned_bag", "change_after_start", "change_at > start_at")
    _create("planned_bag", PLANNED_BAG, ["order_number", "revision", "number"], plan, change)


def _create_label() -> None:
    bag = _part_of(
        "label", "planned_bag", order_number="order_number", plan_revision="revision", bag="number"
    )
    _create("label", LABEL, ["id"], bag)
    _index("label", "order_number")
    _index("label", "serial")


def _create_record() -> None:
    first = _check("audit_entry", "first", f"(number = 1) = (previous = '{NOTHING_BEFORE}')")
    no_fork = sa.UniqueConstraint("previous", name=op.f("uq_audit_entry_previous"))
    no_twin = sa.UniqueConstraint("digest", name=op.f("uq_audit_entry_digest"))
    _create("audit_entry", AUDIT_ENTRY, ["number"], first, no_fork, no_twin)
    _index("audit_entry", "digest_after")


def _create(table: str, columns: Columns, key: list[str], *more: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        *(
            sa.Column(name, kind(), nullable=name in OPTIONAL, autoincrement=name == "id")
            for name, (kind, _) in columns.items()
        ),
        *(_check(table, name, demand.format(name)) for name, (_, demand) in columns.items() if demand),
        *more,
        sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{table}")),
        sqlite_strict=True,
    )


def _check(table: str, name: str, demand: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(demand, name=op.f(f"ck_{table}_{name}"))


def _part_of(table: str, whole: str, **columns: str) -> sa.ForeignKeyConstraint:
    theirs = [f"{whole}.{column}" for column in columns.values()]
    return sa.ForeignKeyConstraint(list(columns), theirs, name=op.f(f"fk_{table}_{whole}"))


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


NEXT = f"""
    NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM audit_entry)
    OR NEW.previous <> coalesce(
        (SELECT digest FROM audit_entry ORDER BY number DESC LIMIT 1), '{NOTHING_BEFORE}')
"""


def _guard_sqlite() -> None:
    for table in TABLES:
        for act in ("UPDATE", "DELETE"):
            op.execute(f"""
                CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON "{table}"
                BEGIN SELECT RAISE(ABORT, 'what is on file is neither edited nor removed'); END
            """)
    op.execute(f"""
        CREATE TRIGGER audit_entry_at_the_end BEFORE INSERT ON audit_entry WHEN {NEXT}
        BEGIN SELECT RAISE(ABORT, 'the record is added to at its end only'); END
    """)


def _guard_postgresql() -> None:
    op.execute("""
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'what is on file is neither edited nor removed'; END $$
    """)
    for table in TABLES:
        op.execute(f"""
            CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON "{table}"
            FOR EACH ROW EXECUTE FUNCTION refuse_change()
        """)
        op.execute(f"""
            CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON "{table}"
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
        """)
    op.execute(f"""
        CREATE FUNCTION refuse_all_but_the_end() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {NEXT} THEN RAISE EXCEPTION 'the record is added to at its end only'; END IF;
            RETURN NEW;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER audit_entry_at_the_end BEFORE INSERT ON audit_entry
        FOR EACH ROW EXECUTE FUNCTION refuse_all_but_the_end()
    """)
