"""A released bag on file, on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from db.engine import Database
from pharmacy_app.domain.print_job import PrintJob, PrintState
from pharmacy_app.workflow.print_record import jobs_of
from tests.support.bench import Day
from tests.support.printing import FakePrinters, released_bag


@dataclass(frozen=True, slots=True)
class Released:
    """A released bag: the day it was made on, its serial, and the station's printer."""

    day: Day
    serial: str
    printers: FakePrinters

    def states(self, number: int = 1) -> list[PrintState]:
        """Every step of a print, oldest first."""
        with self.day.database(reading=True) as work:
            return [each.state for each in work.print_jobs.history(f"{self.serial}{number:02}")]

    def jobs(self) -> tuple[PrintJob, ...]:
        """The bag's prints as they are now."""
        with self.day.database(reading=True) as work:
            return jobs_of(work, self.serial)


@pytest.fixture
def bag(database: Database) -> Released:
    """A bag that was released a moment ago."""
    day = Day(database)
    return Released(day, released_bag(day), FakePrinters())
