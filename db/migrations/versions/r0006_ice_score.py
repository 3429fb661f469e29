"""ICE scores: one more table of facts, guarded like the others.

Written by hand; `python -m db.migrations.check` compares it with the rows.
"""

from __future__ import annotations

from db.migrations.fact_table import create_fact_table

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table; what is on file stays as it is."""
    create_fact_table("ice_score")
