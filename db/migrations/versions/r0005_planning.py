"""What an order wishes of hours, days of preparation and phases of its cycle: a text beside its columns.

Written by hand; `python -m db.migrations.check` compares it with the rows.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

UNEDITED = "what is on file is neither edited nor removed"


def upgrade() -> None:
    """Adds the table; what is on file stays as it is."""
    op.create_table(
        "planning",
        sa.Column("order_number", sa.Text, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.CheckConstraint("length(content) > 2", name=op.f("ck_planning_content")),
        sa.ForeignKeyConstraint(["order_number"], ["order_.order_number"], name=op.f("fk_planning_order_")),
        sa.PrimaryKeyConstraint("order_number", name=op.f("pk_planning")),
        sqlite_strict=True,
    )
    match op.get_bind().dialect.name:
        case "sqlite":
            _guard_sqlite()
        case "postgresql":
            _guard_postgresql()
        case other:
            raise NotImplementedError(other)


def _guard_sqlite() -> None:
    for act in ("UPDATE", "DELETE"):
        op.execute(f"""
            CREATE TRIGGER planning_no_{act.lower()} BEFORE {act} ON planning
            BEGIN SELECT RAISE(ABORT, '{UNEDITED}'); END
        """)


def _guard_postgresql() -> None:
    """`refuse_change` is there since the first step."""
    op.execute("""
        CREATE TRIGGER planning_no_change BEFORE UPDATE OR DELETE ON planning
        FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """)
    op.execute("""
        CREATE TRIGGER planning_no_truncate BEFORE TRUNCATE ON planning
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """)
