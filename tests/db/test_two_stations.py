"""Two stations at once: one patient gets one course, and the record gets one chain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Barrier
from typing import TypeVar

import pytest

from db.engine import Database, open_database
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.workflow.order import accept_order, keep_order
from pharmacy_app.workflow.plan_on_file import keep_plan
from tests.support.orders import order
from tests.support.records import entry, keep, plan, stored
from tests.support.rulebooks import NOW
from tests.support.stations import station_of

REASONS = {"order.prescribed-missing": "Compared with the prescription"}

Answer = TypeVar("Answer")
STATIONS = 4
ENTRIES_EACH = 15


@pytest.fixture
def stations(url: str, tmp_path: Path) -> Iterator[list[Database]]:
    """As many stations, each with connections of its own to the same database."""
    with ExitStack() as closing:
        opened = [open_database(url, seal_folder=tmp_path, patience_s=60) for _ in range(STATIONS)]
        for each in opened:
            closing.callback(each.close)
        yield opened


def at_once(stations: list[Database], act: Callable[[int, Database], Answer]) -> list[Answer]:
    """What each station answers when all act at the same moment."""
    start = Barrier(len(stations))

    def act_together(number: int, station: Database) -> Answer:
        start.wait()
        return act(number, station)

    with ThreadPoolExecutor(len(stations)) as pool:
        return list(pool.map(act_together, range(len(stations)), stations))


def keep_own_order(number: int, station: Database) -> str:
    """Each station has an order of its own for the same patient and the same four weeks."""
    try:
        keep_order(order(order_number=f"RX-{number}"), None, station_of(station, now=NOW))
    except RulesRefused as refusal:
        return ", ".join(each.code for each in refusal.findings if each.severity.value == "stop")
    return "kept"


@pytest.mark.req("REQ-ORD-007")
def test_of_overlapping_orders_for_one_patient_only_one_is_kept(stations: list[Database]) -> None:
    answers = at_once(stations, keep_own_order)
    assert sorted(answers) == ["kept"] + ["order.course-overlaps"] * 3
    with stations[0](reading=True) as work:
        assert len(work.orders.all()) == 1
        check = work.audit.check()
    assert (check.entries, check.first_bad, check.findings) == (4, None, ())


@pytest.mark.req("REQ-ORD-007")
def test_the_same_order_from_every_station_is_one_order(stations: list[Database]) -> None:
    at_once(stations, lambda _, station: keep_order(order(), None, station_of(station, now=NOW)))
    with stations[0](reading=True) as work:
        assert len(work.orders.all()) == 1
        assert work.audit.check().entries == 1


def test_plans_made_at_once_get_revisions_of_their_own_or_are_one(stations: list[Database]) -> None:
    keep(stations[0], stored())
    accept_order("RX-1001", station_of(stations[0], now=NOW))
    revisions = at_once(stations, lambda _, station: keep_plan(plan(), REASONS, station_of(station, now=NOW)))
    assert revisions == [1, 1, 1, 1]


@pytest.mark.req("REQ-AUD-002")
def test_entries_added_at_once_make_one_chain_without_a_fork(stations: list[Database]) -> None:
    def note(number: int, station: Database) -> None:
        for time in range(ENTRIES_EACH):
            with station() as work:
                work.audit.add(entry("order-refused", thing=f"order RX-{number}-{time}"))
                work.commit()

    at_once(stations, note)
    with stations[0](reading=True) as work:
        check = work.audit.check()
    assert (check.entries, check.first_bad, check.findings) == (STATIONS * ENTRIES_EACH, None, ())
