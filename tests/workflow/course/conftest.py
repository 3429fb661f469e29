"""A ward on a fresh file, on SQLite and on PostgreSQL: seven bags of 96 h from 2026-11-23 14:00 Toronto."""

from __future__ import annotations

import pytest

from db.engine import Database
from tests.support.bench import MORNING, Day
from tests.support.courses import Story
from tests.support.wards import Ward


@pytest.fixture
def ward(database: Database) -> Ward:
    """09:00 on the day of the start; no order is on file."""
    day = Day(database)
    day.stock()
    day.hire()
    return Ward(day, MORNING)


@pytest.fixture
def story(ward: Ward) -> Story:
    """The order is accepted with its plan."""
    ward.day.accept()
    return Story(ward)
