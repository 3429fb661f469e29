"""`bag SERIAL`: state, times and answer from outside, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from db.engine import Database, open_database
from pharmacy_app import bootstrap
from pharmacy_app.workflow.desk import Desk
from tests.support.bench import MORNING, Day
from tests.support.command_line import Result, ask, errors_of, tools
from tests.support.wards import Ward, label

HALF_SPARE = (96, 72, *[96] * 5, 24)


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """The file that the command works on."""
    opened = open_database(url)
    yield opened
    opened.close()


@pytest.fixture
def ward(database: Database) -> Ward:
    """09:00 in Toronto on 2026-11-23."""
    day = Day(database)
    day.stock()
    day.hire()
    return Ward(day, MORNING)


@pytest.fixture
def serial(ward: Ward) -> str:
    """A bag that was dispensed, at 14:00, when it is due."""
    serial = ward.dispensed(ward.day.accept(*HALF_SPARE))
    ward.at("14:00")
    return serial


def asked(ward: Ward, *arguments: str) -> Result:
    """One command by the program's own desk, at the ward's time."""
    opened: list[Desk] = []

    def open_desk(database: str | None, protocol: Path | None, *, create: bool = True) -> Desk:
        opened.append(bootstrap.open_desk(database, protocol, create=create).at_time(lambda: ward.day.now))
        return opened[-1]

    result = ask(*arguments, using=tools(open_desk=open_desk))
    for desk in opened:
        cast(Database, desk.open_unit_of_work).close()
    return result


def bag(url: str, ward: Ward, typed: str) -> Result:
    """One `bag`, as a document that keeps its schema."""
    result = asked(ward, "bag", typed, "--database", url, "--json")
    if result.code != 2:
        assert errors_of("bag", result.document) == []
    return result


@pytest.mark.req("REQ-HND-002", "REQ-BUD-006", "REQ-ORD-013")
def test_a_bag_that_is_due_answers_hang_with_its_times_at_the_place_of_infusion(
    url: str, ward: Ward, serial: str
) -> None:
    result = bag(url, ward, serial)
    assert result.code == 0
    assert result.document == {
        "serial": serial,
        "state": "dispensed",
        "answer": "hang",
        "order_number": "RX-1001",
        "bag": 1,
        "dose_mcg_per_day": "28",
        "duration_h": 96,
        "print_number": 1,
        "hang_at": "2026-11-23T14:00-05:00",
        "start_by": "2026-11-27T13:00-05:00",
        "change_at": "2026-11-27T14:00-05:00",
        "expires": "2026-11-27T14:00-05:00",
        "volume_to_infuse_ml": "240",
        "room_time_h": "0",
        "findings": [],
    }


@pytest.mark.req("REQ-BUD-006")
def test_what_counts_at_room_temperature_is_told_in_hours(url: str, ward: Ward, serial: str) -> None:
    ward.at("14:01")
    result = bag(url, ward, serial)
    document = result.document
    assert (result.code, document["answer"], document["room_time_h"]) == (0, "hang", "1.02")
    assert (document["change_at"], document["volume_to_infuse_ml"]) == ("2026-11-27T13:00-05:00", "237.5")
    assert result.codes == ["ledger.earlier-change", "ledger.counted.handled", "ledger.hung-late"]


def test_not_yet_is_no_stop_and_void_and_expired_are(url: str, ward: Ward, serial: str) -> None:
    ward.at("13:00")
    early = bag(url, ward, serial)
    assert (early.code, early.document["answer"], early.codes) == (0, "not-yet", ["ledger.not-before"])
    ward.at("+4/14:00")
    late = bag(url, ward, serial)
    assert (late.code, late.document["answer"], late.codes) == (3, "expired", ["ledger.past-start-by"])
    ward.at("14:00")
    ward.print(serial, 2)
    void = bag(url, ward, f"{serial}01")
    assert (void.code, void.document["answer"], void.document["print_number"]) == (3, "void", 1)
    assert void.codes == ["print.void", "ledger.not-matched"]


def test_the_serial_is_typed_in_each_form_in_which_it_is_read(url: str, ward: Ward, serial: str) -> None:
    for typed in (serial, f"{serial[:6]} {serial[6:]}", f"{serial}01", f"{serial[:6]} {serial[6:]}01"):
        assert bag(url, ward, typed).document["answer"] == "hang"
    tag = bag(url, ward, f"{serial}00")
    assert (tag.document["answer"], tag.document["print_number"]) == ("not-yet", 0)
    assert tag.codes == ["ledger.tag-scanned"]


@pytest.mark.parametrize(
    "typed",
    [
        "261123",
        "26112300011",
        "2611230001001",
        "261123  0001",
        "2611230001 ",
        "\N{FULLWIDTH DIGIT TWO}611230001",
        "26112300-1",
    ],
)
def test_what_is_no_serial_is_refused(url: str, ward: Ward, typed: str) -> None:
    result = bag(url, ward, typed)
    assert (result.code, result.error["field"]) == (2, "SERIAL")
    assert result.error["expected"].startswith("the ten digits of a bag")


def test_a_serial_that_is_not_on_file_is_refused(url: str, ward: Ward) -> None:
    result = bag(url, ward, "2611230009")
    assert (result.code, result.error["field"], result.error["given"]) == (2, "serial", "2611230009")


@pytest.mark.req("REQ-LBL-011")
def test_a_specimen_is_void(url: str, ward: Ward) -> None:
    result = bag(url, ward, "000000 0317")
    assert (result.code, result.document["answer"], result.document["state"]) == (3, "void", None)
    assert result.codes == ["ledger.specimen"]


@pytest.mark.req("REQ-HND-002")
def test_a_bag_that_hangs_tells_what_was_told(url: str, ward: Ward, serial: str) -> None:
    ward.at("14:30")  # 40 and 50 minutes outside the refrigerator count: 14:30 + 96 h - 1 h 30 min
    ward.ledger().hang(label(serial))
    ward.at("20:00")
    document = bag(url, ward, serial).document
    assert (document["state"], document["answer"]) == ("hung", "hang")
    assert (document["change_at"], document["volume_to_infuse_ml"]) == ("2026-11-27T13:00-05:00", "236.2")


def test_nothing_is_recorded_by_asking(url: str, ward: Ward, serial: str) -> None:
    before = ward.acts(serial)
    ward.at("+4/14:00")
    bag(url, ward, serial)
    assert ward.acts(serial) == before


def test_in_words(url: str, ward: Ward, serial: str) -> None:
    ward.at("13:00")
    assert asked(ward, "bag", serial, "--database", url).out.splitlines() == [
        "Bag 261123 0001: NOT YET",
        "dispensed, bag 1 of order RX-1001, 28 mcg/day, 96 h",
        "hang at 2026-11-23T14:00-05:00, not before",
        "start by 2026-11-27T13:00-05:00",
        "change at 2026-11-27T14:00-05:00",
        "expires 2026-11-27T14:00-05:00",
        "infuse 240 mL",
        "Note: Hang at 2026-NOV-23 14:00, not before: 1 h to go. [REQ-LBL-001]",
    ]


def test_without_a_serial_it_is_refused() -> None:
    assert ask("bag", "--json").error["field"] == "SERIAL"
