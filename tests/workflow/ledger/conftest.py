"""A ward on a fresh file, on SQLite and on PostgreSQL, with an accepted plan of 96 h bags."""

from __future__ import annotations

import pytest

from db.engine import Database
from tests.support.bench import MORNING, Day
from tests.support.wards import Ward


@pytest.fixture
def ward(database: Database) -> Ward:
    """09:00 in Toronto on 2026-11-23, the day on which the first bag hangs at 14:00."""
    day = Day(database)
    day.stock()
    day.hire()
    return Ward(day, MORNING)
