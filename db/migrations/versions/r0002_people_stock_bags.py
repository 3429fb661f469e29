"""People, catalogue and stock, commissioning, prints, photographs, what happens to bags; looking things up.

A table for each class of facts, all of one form; one for photographs; one for the events of bags. Triggers
refuse to edit or remove what is on file, and to number a fact or an event otherwise than as the next of its
key or bag. Written by hand; `python -m db.migrations.check` compares it with the rows.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FACTS = (
    "person",
    "sign_in",
    "acceptance",
    "weight",
    "product",
    "lot",
    "figure",
    "signature",
    "installation",
    "print_job",
)
# Each table that is numbered without a gap: within what, and by which column.
NUMBERED = {**dict.fromkeys(FACTS, ("key", "revision")), "bag_event": ("serial", "number")}
TABLES = (*FACTS, "photograph", "bag_event")

STATES = (
    "in-preparation",
    "prepared",
    "released",
    "dispensed",
    "hung",
    "stopped",
    "ended",
    "abandoned",
    "rejected",
    "void",
)
ONE_STATE = "state IN (" + ", ".join(f"'{state}'" for state in STATES) + ")"
MOMENT = "at LIKE '____-__-__T__:__:__.______Z'"
OF_ITS_KIND = "(act = '{}') = ({} IS NOT NULL)"
UNEDITED = "what is on file is neither edited nor removed"
NEXT_IN_NUMBER = "what is on file is numbered without a gap"


def upgrade() -> None:
    """Adds the tables, and an index of the record; what is on file stays as it is."""
    for table in FACTS:
        _create_fact(table)
    _create_photograph()
    _create_bag_event()
    op.create_index(op.f("ix_audit_entry_thing"), "audit_entry", ["thing"])
    match op.get_bind().dialect.name:
        case "sqlite":
            _guard_sqlite()
        case "postgresql":
            _guard_postgresql()
        case other:
            raise NotImplementedError(other)


def _create_fact(table: str) -> None:
    op.create_table(
        table,
        _text("key"),
        _number("revision"),
        *_content(),
        _check(table, "key", "length(key) BETWEEN 1 AND 500"),
        _check(table, "revision", "revision >= 1"),
        *_content_checks(table),
        sa.PrimaryKeyConstraint("key", "revision", name=op.f(f"pk_{table}")),
        sqlite_strict=True,
    )


def _create_photograph() -> None:
    op.create_table(
        "photograph",
        _text("sha256"),
        sa.Column("content", sa.LargeBinary, nullable=False),
        _check("photograph", "sha256", "length(sha256) = 64"),
        _check("photograph", "content", "length(content) > 0"),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_photograph")),
        sqlite_strict=True,
    )


def _create_bag_event() -> None:
    at, content, digest = _content()
    op.create_table(
        "bag_event",
        _text("serial"),
        _number("number"),
        at,
        _text("act"),
        _text("state"),
        _text("order_number", nullable=True),
        _text("code", nullable=True),
        _text("lot", nullable=True),
        _text("photograph", nullable=True),
        content,
        digest,
        _check("bag_event", "serial", "length(serial) = 10"),
        _check("bag_event", "number", "number >= 1"),
        _check("bag_event", "act", "length(act) BETWEEN 1 AND 200"),
        _check("bag_event", "first", "(number = 1) = (act = 'Started')"),
        _check("bag_event", "state", ONE_STATE),
        _check("bag_event", "order_number", OF_ITS_KIND.format("Started", "order_number")),
        _check("bag_event", "code", OF_ITS_KIND.format("ProductScanned", "code")),
        _check("bag_event", "lot", OF_ITS_KIND.format("ProductScanned", "lot")),
        _check("bag_event", "photograph", OF_ITS_KIND.format("Photographed", "photograph")),
        *_content_checks("bag_event"),
        _reference("order_number", "order_", "order_number"),
        _reference("photograph", "photograph", "sha256"),
        sa.PrimaryKeyConstraint("serial", "number", name=op.f("pk_bag_event")),
        sqlite_strict=True,
    )
    for columns in (
        ["order_number", "serial"],
        ["code", "lot", "serial"],
        ["state", "serial"],
        ["photograph"],
    ):
        op.create_index(op.f(f"ix_bag_event_{'_'.join(columns)}"), "bag_event", columns)


def _content() -> tuple[sa.Column[str], sa.Column[str], sa.Column[str]]:
    return _text("at"), _text("content"), _text("digest")


def _content_checks(table: str) -> tuple[sa.CheckConstraint, ...]:
    return (
        _check(table, "at", MOMENT),
        _check(table, "content", "length(content) > 1"),
        _check(table, "digest", "length(digest) = 64"),
    )


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=nullable)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, autoincrement=False)


def _check(table: str, name: str, demand: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(demand, name=op.f(f"ck_{table}_{name}"))


def _reference(column: str, table: str, theirs: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.{theirs}"], name=op.f(f"fk_bag_event_{table}"))


def _not_next(table: str) -> str:
    within, number = NUMBERED[table]
    return (
        f"NEW.{number} <> (SELECT coalesce(max({number}), 0) + 1 FROM {table} WHERE {within} = NEW.{within})"
    )


def _guard_sqlite() -> None:
    for table in TABLES:
        for act in ("UPDATE", "DELETE"):
            op.execute(f"""
                CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}
                BEGIN SELECT RAISE(ABORT, '{UNEDITED}'); END
            """)
    for table in NUMBERED:
        op.execute(f"""
            CREATE TRIGGER {table}_in_number BEFORE INSERT ON {table} WHEN {_not_next(table)}
            BEGIN SELECT RAISE(ABORT, '{NEXT_IN_NUMBER}'); END
        """)


def _guard_postgresql() -> None:
    """`refuse_change` is there since the step before."""
    for table in TABLES:
        op.execute(f"""
            CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION refuse_change()
        """)
        op.execute(f"""
            CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
        """)
    for table in NUMBERED:
        op.execute(f"""
            CREATE FUNCTION refuse_number_of_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF {_not_next(table)} THEN
                    RAISE EXCEPTION '{NEXT_IN_NUMBER}'
                    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = '{table}_in_number';
                END IF;
                RETURN NEW;
            END $$
        """)
        op.execute(f"""
            CREATE TRIGGER {table}_in_number BEFORE INSERT ON {table}
            FOR EACH ROW EXECUTE FUNCTION refuse_number_of_{table}()
        """)
