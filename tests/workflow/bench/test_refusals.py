"""Every refusal at the bench and at verification is an entry, also one that asks for a reason or a step."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from db.engine import Database
from pharmacy_app.domain.audit import EntryFilter, RecordedEntry
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.workflow.bag_on_file import keep_event
from pharmacy_app.workflow.people import Credentials
from tests.support.bench import REASON, SECRET, Day, tag
from tests.support.stations import TECHNICIAN

SECOND = Credentials("achen", SECRET)


@pytest.fixture
def day(database: Database) -> Day:
    day = Day(database)
    day.stock()
    day.hire()
    return day


def newest(day: Day) -> RecordedEntry:
    with day.database(reading=True) as work:
        return work.audit.entries(EntryFilter(), limit=1)[0]


REFUSED: dict[str, Callable[[Day, str], object]] = {
    "look at another step": lambda day, serial: day.bench().look(serial, "drug"),
    "one more vial too early": lambda day, serial: day.bench().one_more_vial(serial, REASON),
    "one more vial, no reason": lambda day, serial: day.bench().one_more_vial(serial, " "),
    "a volume nobody asks for": lambda day, serial: day.bench().measure(serial, []),
    "typed, no reason": lambda day, s: day.bench().type_code(s, tag(s), reason="", second=SECOND),
    "taken over where it is": lambda day, serial: day.bench().take_over(serial),
    "abandoned, no reason": lambda day, serial: day.bench().abandon(serial, "", vials=0),
    "abandoned, too few vials": lambda day, serial: day.bench().abandon(serial, REASON, vials=-1),
    "rejected, no reason": lambda day, serial: day.bench().reject(serial, ""),
    "rejected by the verifier, no reason": lambda day, serial: day.verification().reject(serial, " "),
}


@pytest.mark.req("REQ-AUD-001")
@pytest.mark.parametrize("command", REFUSED.values(), ids=REFUSED.keys())
def test_a_refusal_of_a_started_bag_is_an_entry(day: Day, command: Callable[[Day, str], object]) -> None:
    serial = day.bench().start(day.accept(), 1)
    with pytest.raises(RulesRefused) as refusal:
        command(day, serial)
    entry = newest(day)
    assert (entry.act, entry.thing) in {
        ("bench-refused", "bag 2611230001"),
        ("verification-refused", "bag 2611230001"),
    }
    for each in refusal.value.findings:
        assert each.code in entry.facts


@pytest.mark.req("REQ-AUD-001")
@pytest.mark.parametrize(("order", "thing"), [("RX-1001", "order RX-1001"), ("x" * 5000, "orders")])
def test_a_bag_that_no_plan_has_is_refused_with_an_entry(day: Day, order: str, thing: str) -> None:
    day.accept()
    with pytest.raises(RulesRefused):
        day.bench().start(order, 99)
    entry = newest(day)
    assert (entry.act, entry.thing) == ("start-refused", thing)
    assert "bench.no-plan" in entry.facts


@pytest.mark.req("REQ-AUD-001")
def test_after_9999_bags_of_a_day_the_next_is_refused_with_an_entry(day: Day) -> None:
    number = day.accept()
    bench = day.bench()
    (event,) = bench.view(bench.start(number, 1)).bag.events
    bench.abandon(event.serial, REASON, vials=0)
    with day.database() as work:
        last = type(event)("2611239999", 1, event.at, event.person, "Bench 2", event.what)
        keep_event(work, last, actor=TECHNICIAN, site=day.book.site)
        work.commit()
    day.bench().abandon("2611239999", REASON, vials=0)
    with pytest.raises(RulesRefused):
        day.bench().start(number, 1)
    assert "bench.no-serial-left" in newest(day).facts
