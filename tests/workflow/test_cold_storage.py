"""Lots of the kit taken out of the refrigerator and put back; on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from db.engine import Database
from pharmacy_app.domain.audit import EVERY_ENTRY, RecordedEntry
from pharmacy_app.domain.errors import InputRefused, RulesRefused
from pharmacy_app.domain.person import Actor
from pharmacy_app.domain.product import ProductKind
from pharmacy_app.workflow.cold_storage import Handled
from tests.support.products import DRUG_CODE, SALINE_CODE, saline
from tests.support.stations import ADMINISTRATOR, NOW, PRINTER, TECHNICIAN
from tests.support.stocks import codes, receipt, stock, stocked

HOUR = timedelta(hours=1)


def handled(time: str = "", reason: str = "Door open", *, code: str = DRUG_CODE) -> Handled:
    return Handled(code, "7K114", time, reason)


def newest(database: Database, count: int = 1) -> tuple[RecordedEntry, ...]:
    with database(reading=True) as work:
        return work.audit.entries(EVERY_ENTRY, limit=count)


@pytest.mark.req("REQ-BUD-007")
def test_a_technician_takes_a_lot_out_and_puts_it_back_and_the_record_says_both(database: Database) -> None:
    stocked(database)  # at 10:00 in Toronto
    stay = stock(database, actor=TECHNICIAN, now=NOW + HOUR).take_out(handled())
    assert (stay.number, stay.out_at, stay.back_at, stay.reason) == (1, NOW + HOUR, None, "Door open")
    back = stock(database, actor=TECHNICIAN, now=NOW + 4 * HOUR).put_back(handled("13:10", "Door shut"))
    assert (back.number, back.out_at, back.back_at) == (
        1,
        NOW + HOUR,
        datetime(2026, 11, 20, 18, 10, tzinfo=UTC),
    )

    put_back, taken_out = newest(database, 2)
    assert (taken_out.act, taken_out.person) == ("kit-taken-out", "mroy")
    assert json.loads(taken_out.facts) == {"out at": "2026-NOV-20 11:00", "reason": "Door open"}
    assert (put_back.act, put_back.thing) == ("kit-put-back", "lot 7K114 of product 02000000000015")
    assert json.loads(put_back.facts) == {
        "out at": "2026-NOV-20 11:00",
        "back at": "2026-NOV-20 13:10",
        "outside in all": "2 h 10 min",
        "reason": "Door shut",
    }
    assert put_back.digest_before == taken_out.digest_after


@pytest.mark.req("REQ-BUD-007")
def test_the_shelf_says_how_long_a_lot_was_outside_and_since_when_it_is(database: Database) -> None:
    stocked(database)
    (before,) = stock(database).look().shelf
    assert before.outside is None
    stock(database, now=NOW + HOUR).take_out(handled())
    stock(database, now=NOW + 2 * HOUR).put_back(handled())
    stock(database, now=NOW + 5 * HOUR).take_out(handled())
    (after,) = stock(database, now=NOW + 7 * HOUR).look().shelf
    assert after.outside is not None
    assert (after.outside.spent, after.outside.since) == (3 * HOUR, NOW + 5 * HOUR)


@pytest.mark.req("REQ-BUD-007")
def test_a_lot_that_is_over_the_sites_limit_is_not_offered(database: Database) -> None:
    stocked(database).receive(receipt(lot="LATER", expires_on=date(2028, 1, 31), quantity=1))
    stock(database, now=NOW).take_out(handled())
    offered = [
        stock(database, now=NOW + timedelta(minutes=minutes)).first_to_expire(ProductKind.DRUG_VIAL)
        for minutes in (480, 481)  # the training pharmacy's example: 8 h
    ]
    assert [each.lot.lot for each in offered if each is not None] == ["7K114", "LATER"]


@pytest.mark.req("REQ-BUD-007")
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("09:30", datetime(2026, 11, 20, 14, 30, tzinfo=UTC)),
        ("2026-11-19 23:15", datetime(2026, 11, 20, 4, 15, tzinfo=UTC)),
        ("2026-11-01 01:30", datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),  # twice that night: the first
    ],
)
def test_a_time_is_typed_by_the_clock_of_the_site(database: Database, typed: str, meant: datetime) -> None:
    stocked(database)
    first = stock(database, now=datetime(2026, 10, 20, 14, 0, tzinfo=UTC))
    first.receive(receipt(lot="OLD"))
    assert stock(database).take_out(Handled(DRUG_CODE, "OLD", typed, "Found")).out_at == meant


@pytest.mark.req("REQ-BUD-007")
def test_of_a_clock_time_that_came_twice_the_longer_stay_counts(database: Database) -> None:
    stocked(database)
    stock(database, now=datetime(2026, 10, 20, 14, 0, tzinfo=UTC)).receive(receipt(lot="OLD"))
    stock(database).take_out(Handled(DRUG_CODE, "OLD", "2026-10-31 23:00", "Found"))
    stay = stock(database).put_back(Handled(DRUG_CODE, "OLD", "2026-11-01 01:30", "Found"))
    assert stay.back_at == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


@pytest.mark.req("REQ-BUD-007")
@pytest.mark.parametrize("typed", ["now", "9:30", "25:00", "2026-02-30 10:00", "2026-03-08 02:30", " 09:30"])
def test_what_is_no_time_is_refused_and_recorded(database: Database, typed: str) -> None:
    here = stocked(database)
    for act, name in ((here.take_out, "kit-taken-out-refused"), (here.put_back, "kit-put-back-refused")):
        with pytest.raises(InputRefused) as refused:
            act(handled(typed))
        assert (refused.value.field, refused.value.code) == ("time", "expected.time-or-now")
        (entry,) = newest(database)
        assert (entry.act, json.loads(entry.facts)) == (name, {"findings": "expected.time-or-now"})


@pytest.mark.req("REQ-BUD-007")
def test_a_refusal_is_recorded_and_keeps_nothing(database: Database) -> None:
    here = stocked(database)
    with pytest.raises(RulesRefused) as refused:
        here.put_back(handled(reason=" "))
    assert codes(refused) == ["stock.reason", "stock.outside-not-out"]
    with pytest.raises(RulesRefused) as refused:
        here.take_out(handled("2026-11-20 10:01", reason=""))
    assert codes(refused) == ["stock.reason", "stock.outside-later"]
    taken_out, put_back = newest(database, 2)
    assert (put_back.act, taken_out.act) == ("kit-put-back-refused", "kit-taken-out-refused")
    (lot,) = here.look().shelf
    assert lot.outside is None


@pytest.mark.req("REQ-BUD-007")
def test_only_the_kit_and_a_lot_on_file_is_taken_out(database: Database) -> None:
    here = stocked(database)
    here.keep_product(saline())
    here.receive(receipt(code=SALINE_CODE))
    with pytest.raises(RulesRefused) as refused:
        here.take_out(handled(code=SALINE_CODE))
    assert codes(refused) == ["stock.outside-not-kit"]
    with pytest.raises(RulesRefused) as refused:
        here.take_out(Handled(DRUG_CODE, "7K115", "", "Door open"))
    assert codes(refused) == ["stock.lot-unknown"]


@pytest.mark.req("REQ-BUD-007")
def test_units_that_arrive_later_do_not_forbid_an_earlier_time(database: Database) -> None:
    stocked(database)
    stock(database, now=NOW + 2 * HOUR).receive(receipt(quantity=1))
    assert stock(database, now=NOW + 3 * HOUR).take_out(handled("11:00")).out_at == NOW + HOUR
    with pytest.raises(RulesRefused) as refused:
        stock(database, now=NOW + 3 * HOUR).put_back(handled("09:59"))
    assert codes(refused) == ["stock.outside-before-received", "stock.outside-before-out"]


@pytest.mark.req("REQ-BUD-007")
def test_a_recalled_lot_may_still_be_recorded(database: Database) -> None:
    here = stocked(database)
    here.take_out(handled())
    here.recall(DRUG_CODE, "7K114", "letter")
    assert here.put_back(handled()).back_at == NOW
    assert here.take_out(handled()).number == 2


@pytest.mark.req("REQ-BUD-007", "REQ-VER-001")
@pytest.mark.parametrize("actor", [ADMINISTRATOR, PRINTER], ids=lambda actor: actor.person)
def test_who_may_not_receive_stock_records_no_time_outside(database: Database, actor: Actor) -> None:
    stocked(database)
    for act in (stock(database, actor=actor).take_out, stock(database, actor=actor).put_back):
        with pytest.raises(RulesRefused) as refusal:
            act(handled())
        assert codes(refusal) == ["person.not-permitted.receive-stock"]


@pytest.mark.req("REQ-BUD-007", "REQ-AUD-002")
def test_every_stay_has_its_entry(database: Database) -> None:
    here = stocked(database)
    for _ in range(3):
        here.take_out(handled())
        here.put_back(handled())
    with database(reading=True) as work:
        assert work.audit.check().findings == ()
        assert [each.number for each in work.times_outside.all()] == [1, 2, 3]
