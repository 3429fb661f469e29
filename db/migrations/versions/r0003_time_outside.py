"""Stays of a lot outside the refrigerator: one more table of facts, guarded like the others.

Written by hand; `python -m db.migrations.check` compares it with the rows.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLE = "time_outside"
MOMENT = "at LIKE '____-__-__T__:__:__.______Z'"
UNEDITED = "what is on file is neither edited nor removed"
NEXT_IN_NUMBER = "what is on file is numbered without a gap"
NOT_NEXT = f"NEW.revision <> (SELECT coalesce(max(revision), 0) + 1 FROM {TABLE} WHERE key = NEW.key)"


def upgrade() -> None:
    """Adds the table; what is on file stays as it is."""
    op.create_table(
        TABLE,
        _text("key"),
        sa.Column("revision", sa.Integer, nullable=False, autoincrement=False),
        _text("at"),
        _text("content"),
        _text("digest"),
        _check("key", "length(key) BETWEEN 1 AND 500"),
        _check("revision", "revision >= 1"),
        _check("at", MOMENT),
        _check("content", "length(content) > 1"),
        _check("digest", "length(digest) = 64"),
        sa.PrimaryKeyConstraint("key", "revision", name=op.f(f"pk_{TABLE}")),
        sqlite_strict=True,
    )
    match op.get_bind().dialect.name:
        case "sqlite":
            _guard_sqlite()
        case "postgresql":
            _guard_postgresql()
        case other:
            raise NotImplementedError(other)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _check(name: str, demand: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(demand, name=op.f(f"ck_{TABLE}_{name}"))


def _guard_sqlite() -> None:
    for act in ("UPDATE", "DELETE"):
        op.execute(f"""
            CREATE TRIGGER {TABLE}_no_{act.lower()} BEFORE {act} ON {TABLE}
            BEGIN SELECT RAISE(ABORT, '{UNEDITED}'); END
        """)
    op.execute(f"""
        CREATE TRIGGER {TABLE}_in_number BEFORE INSERT ON {TABLE} WHEN {NOT_NEXT}
        BEGIN SELECT RAISE(ABORT, '{NEXT_IN_NUMBER}'); END
    """)


def _guard_postgresql() -> None:
    """`refuse_change` is there since the first step."""
    op.execute(f"""
        CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """)
    op.execute(f"""
        CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """)
    op.execute(f"""
        CREATE FUNCTION refuse_number_of_{TABLE}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {NOT_NEXT} THEN
                RAISE EXCEPTION '{NEXT_IN_NUMBER}'
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = '{TABLE}_in_number';
            END IF;
            RETURN NEW;
        END $$
    """)
    op.execute(f"""
        CREATE TRIGGER {TABLE}_in_number BEFORE INSERT ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION refuse_number_of_{TABLE}()
    """)
