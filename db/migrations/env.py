"""How Alembic runs the steps: on the connection it is given, within the transaction that is open there."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from db.models import METADATA

connection = context.config.attributes.get("connection")
if not isinstance(connection, Connection):
    raise TypeError("migrations run by db.schema.upgrade, which gives them a connection")
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
