"""What happened to an infusion that did not go to plan: four more tables of facts, guarded like the others.

Written by hand; `python -m db.migrations.check` compares it with the rows.
"""

from __future__ import annotations

from db.migrations.fact_table import create_fact_table

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = ("infusion_stop", "infusion_restart", "discontinuation", "escalation_answer")


def upgrade() -> None:
    """Adds the tables; what is on file stays as it is."""
    for table in TABLES:
        create_fact_table(table)
