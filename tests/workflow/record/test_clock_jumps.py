"""A station whose clock jumps while people work."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from db.engine import Database
from pharmacy_app.domain.audit import EVERY_ENTRY, RecordedEntry
from pharmacy_app.domain.person import Permission
from pharmacy_app.workflow.record import entry
from pharmacy_app.workflow.station import ClockWatch, Station
from tests.support.stations import PHARMACIST, station_of

NOON = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)


@dataclass(slots=True)
class Clocks:
    """The station's clock and a steady one, both moved by hand."""

    shown: datetime = NOON
    steady: timedelta = timedelta(hours=5)

    def pass_by(self, span: timedelta) -> None:
        """Let time pass."""
        self.shown += span
        self.steady += span


def station_with(database: Database, clocks: Clocks) -> Station:
    """A station with these clocks."""
    station = station_of(database)
    return replace(station, clock=lambda: clocks.shown, watch=ClockWatch(lambda: clocks.steady))


def record_of(database: Database) -> list[RecordedEntry]:
    """Every entry, oldest first."""
    with database(reading=True) as work:
        return list(reversed(work.audit.entries(EVERY_ENTRY, limit=100)))


def work_once(station: Station) -> None:
    """A command that leaves an entry."""
    actor = station.permitted(Permission.ENTER_ORDER)
    with station.open_unit_of_work() as work:
        work.audit.add(
            entry(
                "order-refused",
                actor=actor,
                thing="order RX-1",
                at=station.now(),
                site=station.rulebook().site,
            )
        )
        work.commit()


@pytest.mark.req("REQ-AUD-003")
def test_a_clock_set_forward_between_two_commands_is_recorded_and_the_work_goes_on(
    database: Database,
) -> None:
    clocks = Clocks()
    station = station_with(database, clocks)
    work_once(station)
    clocks.pass_by(timedelta(minutes=20))
    clocks.shown += timedelta(hours=1)
    work_once(station)
    work_once(station)
    found = record_of(database)
    assert [each.act for each in found] == ["order-refused", "clock-jumped", "order-refused", "order-refused"]
    assert found[1].thing == "clock of desk"
    assert found[1].person == PHARMACIST.person
    assert found[1].facts == (
        '{"against":"the steady clock","expected":"2026-11-20T17:20:00.000000Z",'
        '"shown":"2026-11-20T18:20:00.000000Z"}'
    )


@pytest.mark.req("REQ-AUD-003")
def test_a_clock_set_back_between_two_commands_is_recorded_once_and_nothing_is_stamped_anew(
    database: Database,
) -> None:
    clocks = Clocks()
    station = station_with(database, clocks)
    work_once(station)
    clocks.shown -= timedelta(hours=2)
    work_once(station)
    assert [(each.act, each.at) for each in record_of(database)] == [
        ("order-refused", "2026-11-20T17:00:00.000000Z"),
        ("clock-jumped", "2026-11-20T15:00:00.000000Z"),
        ("order-refused", "2026-11-20T15:00:00.000000Z"),
    ]


@pytest.mark.req("REQ-AUD-003")
def test_a_clock_set_back_while_the_program_was_closed_is_recorded(database: Database) -> None:
    work_once(station_with(database, Clocks()))
    work_once(station_with(database, Clocks(shown=NOON - timedelta(days=1))))
    found = record_of(database)
    assert [each.act for each in found] == ["order-refused", "clock-jumped", "order-refused"]
    assert found[1].facts == (
        '{"against":"the entry before","expected":"2026-11-20T17:00:00.000000Z",'
        '"shown":"2026-11-19T17:00:00.000000Z"}'
    )


def test_time_that_passes_on_both_clocks_is_no_jump(database: Database) -> None:
    clocks = Clocks()
    station = station_with(database, clocks)
    for _ in range(3):
        work_once(station)
        clocks.pass_by(timedelta(hours=9))
    assert [each.act for each in record_of(database)] == ["order-refused"] * 3


def test_a_record_with_a_jump_is_whole(database: Database) -> None:
    work_once(station_with(database, Clocks()))
    work_once(station_with(database, Clocks(shown=NOON - timedelta(days=1))))
    with database(reading=True) as work:
        check = work.audit.check()
    assert (check.entries, check.first_bad, check.findings) == (3, None, ())
