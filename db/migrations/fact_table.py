"""Makes a table of facts, guarded like the others: neither edited nor removed, numbered without a gap.

Part of migrations that were applied: what it writes never changes.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

MOMENT = "at LIKE '____-__-__T__:__:__.______Z'"
UNEDITED = "what is on file is neither edited nor removed"
NEXT_IN_NUMBER = "what is on file is numbered without a gap"


def create_fact_table(table: str) -> None:
    """Adds one table; what is on file stays as it is."""
    op.create_table(
        table,
        _text("key"),
        sa.Column("revision", sa.Integer, nullable=False, autoincrement=False),
        _text("at"),
        _text("content"),
        _text("digest"),
        _check(table, "key", "length(key) BETWEEN 1 AND 500"),
        _check(table, "revision", "revision >= 1"),
        _check(table, "at", MOMENT),
        _check(table, "content", "length(content) > 1"),
        _check(table, "digest", "length(digest) = 64"),
        sa.PrimaryKeyConstraint("key", "revision", name=op.f(f"pk_{table}")),
        sqlite_strict=True,
    )
    match op.get_bind().dialect.name:
        case "sqlite":
            _guard_sqlite(table)
        case "postgresql":
            _guard_postgresql(table)
        case other:
            raise NotImplementedError(other)


def _not_next(table: str) -> str:
    return f"NEW.revision <> (SELECT coalesce(max(revision), 0) + 1 FROM {table} WHERE key = NEW.key)"


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _check(table: str, name: str, demand: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(demand, name=op.f(f"ck_{table}_{name}"))


def _guard_sqlite(table: str) -> None:
    for act in ("UPDATE", "DELETE"):
        op.execute(f"""
            CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}
            BEGIN SELECT RAISE(ABORT, '{UNEDITED}'); END
        """)
    op.execute(f"""
        CREATE TRIGGER {table}_in_number BEFORE INSERT ON {table} WHEN {_not_next(table)}
        BEGIN SELECT RAISE(ABORT, '{NEXT_IN_NUMBER}'); END
    """)


def _guard_postgresql(table: str) -> None:
    """`refuse_change` is there since the first step."""
    op.execute(f"""
        CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """)
    op.execute(f"""
        CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """)
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
