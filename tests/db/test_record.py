"""The record on file: chained, sealed, and checked against what is on file."""

import errno
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.address import file_of, read_url
from db.engine import Database, open_database
from db.seal import SealFile
from pharmacy_app.domain.audit import ChainCheck, Seal
from pharmacy_app.domain.errors import StationTrouble
from tests.support.databases import run, without_guards
from tests.support.records import entry, keep, keep_one_of_each, numbered


def check(database: Database) -> ChainCheck:
    """What a check finds."""
    with database(reading=True) as work:
        return work.audit.check()


def codes(database: Database) -> list[str]:
    """The codes of its findings."""
    return [each.code for each in check(database).findings]


def seal_of(database: Database) -> SealFile:
    """Where the seal stands."""
    return database.seal_file


def note(database: Database, times: int = 1) -> None:
    """Adds entries, each in its own transaction."""
    for _ in range(times):
        with database() as work:
            work.audit.add(entry("order-refused"))
            work.commit()


@pytest.mark.req("REQ-AUD-001")
def test_an_entry_says_who_where_when_what_and_on_which_thing(database: Database, engine: Engine) -> None:
    keep(database, numbered("RX-1001"))
    with engine.connect() as connection:
        row = connection.exec_driver_sql("SELECT * FROM audit_entry").mappings().one()
    assert dict(row) | {"digest_after": "", "digest": ""} == {
        "number": 1,
        "at": "2026-11-20T17:00:00.000000Z",
        "site_time": "2026-11-20T12:00:00.000000-05:00",
        "site_zone": "America/Toronto",
        "act": "order-added",
        "thing": "order RX-1001",
        "person": "training",
        "station": "desk",
        "facts": '{"ends at":"2026-12-21T19:00:00.000000Z","starts at":"2026-11-23T19:00:00.000000Z"}',
        "digest_before": "",
        "digest_after": "",
        "previous": "0" * 64,
        "digest": "",
    }


@pytest.mark.req("REQ-AUD-002")
def test_a_record_as_the_program_writes_it_is_whole(database: Database) -> None:
    keep_one_of_each(database)
    assert check(database) == ChainCheck(entries=27, first_bad=None, sealed=27, findings=())


def test_two_entries_of_one_transaction_follow_each_other(database: Database) -> None:
    with database() as work:
        work.audit.add(entry("order-refused"))
        work.audit.add(entry("order-refused"))
        work.commit()
    assert check(database) == ChainCheck(entries=2, first_bad=None, sealed=2, findings=())


def test_a_long_record_is_walked_in_portions(database: Database) -> None:
    with database() as work:
        for _ in range(1100):
            work.audit.add(entry("order-refused"))
        work.commit()
    assert check(database) == ChainCheck(entries=1100, first_bad=None, sealed=1100, findings=())


@pytest.mark.req("REQ-AUD-002")
@pytest.mark.parametrize(
    ("falsified", "expected", "first_bad"),
    [
        ("UPDATE audit_entry SET person = 'somebody' WHERE number = 3", ["audit.changed"], 3),
        ("UPDATE audit_entry SET facts = '[]' WHERE number = 1", ["audit.changed"], 1),
        ("DELETE FROM audit_entry WHERE number = 2", ["audit.removed"], 2),
        ("DELETE FROM audit_entry WHERE number > 3", ["audit.cut-off"], 4),
        ("DELETE FROM audit_entry", ["audit.cut-off"], 1),
    ],
)
def test_a_falsified_record_is_found(
    database: Database, engine: Engine, falsified: str, expected: list[str], first_bad: int
) -> None:
    note(database, 5)
    without_guards(engine)
    run(engine, falsified)
    assert codes(database) == expected
    assert check(database).first_bad == first_bad


@pytest.mark.parametrize(
    ("falsified", "expected"),
    [
        ("UPDATE order_ SET weight_kg = '17.5'", ["audit.order-changed"]),
        ("UPDATE order_ SET document = '{}'", ["audit.order-changed"]),
        (
            "UPDATE order_ SET digest = '" + "e" * 64 + "'",
            ["audit.order-changed", "audit.order-without-entry", "audit.fact-missing"],
        ),
        ("UPDATE prescribed_dose SET dose_mcg_per_day = '28'", ["audit.order-changed"]),
        ("DELETE FROM prescribed_dose WHERE from_day = 8", ["audit.order-changed"]),
        ("UPDATE wished_duration SET duration_h = 96 WHERE position = 1", ["audit.order-changed"]),
        ("DELETE FROM closed_day WHERE weekday = 'sunday'", ["audit.order-changed"]),
        ('UPDATE planning SET content = \'{"prepare_days":["monday"]}\'', ["audit.order-changed"]),
        ("UPDATE planning SET content = '{\"prepare_days\":[]}'", ["audit.order-changed"]),
        ("DELETE FROM planning", ["audit.order-changed"]),
        ("UPDATE plan SET protocol_digest = 'other'", ["audit.plan-changed"]),
        ("UPDATE planned_bag SET rate_ml_per_h = '1.8' WHERE number = 2", ["audit.plan-changed"]),
        ("UPDATE label SET sha256 = '" + "e" * 64 + "'", ["audit.label-without-entry", "audit.fact-missing"]),
        ("DELETE FROM label", ["audit.fact-missing"]),
    ],
)
def test_a_falsified_fact_is_found(
    database: Database, engine: Engine, falsified: str, expected: list[str]
) -> None:
    keep_one_of_each(database)
    without_guards(engine)
    run(engine, falsified)
    assert codes(database) == expected


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_value_on_file_that_cannot_be_read_is_found_not_fatal(database: Database, engine: Engine) -> None:
    keep_one_of_each(database)
    without_guards(engine)
    run(engine, "PRAGMA ignore_check_constraints = ON", "UPDATE order_ SET cycle = 1, setting = 'moon'")
    assert codes(database) == ["audit.file-damaged", "audit.order-changed"]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.req("REQ-AUD-002")
def test_bytes_changed_in_the_file_are_found(database: Database, url: str) -> None:
    note(database, 3)
    database.close()
    file = Path(url.removeprefix("sqlite:///"))
    content = file.read_bytes()
    assert content.count(b"order-refused") == 3
    file.write_bytes(content.replace(b"order-refused", b"order-granted", 1))
    assert check(database).first_bad in {1, 2, 3}
    assert codes(database) == ["audit.changed"]


@pytest.mark.req("REQ-AUD-002")
def test_the_seal_stands_outside_the_database_and_names_the_newest_entry(database: Database) -> None:
    note(database, 3)
    seal = seal_of(database).read()
    assert seal is not None
    assert seal.number == 3


@pytest.mark.req("REQ-AUD-002")
def test_what_was_not_committed_is_not_sealed(database: Database) -> None:
    note(database)
    with database() as work:
        work.audit.add(entry("order-refused"))
    seal = seal_of(database).read()
    assert seal is not None
    assert seal.number == 1


class FullDisk(SealFile):
    """A seal's place on a disk without room."""

    def write(self, seal: Seal) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


def trouble_of_next_entry(database: Database) -> StationTrouble:
    """What storing one more entry runs into."""
    with pytest.raises(StationTrouble) as trouble:
        note(database)
    return trouble.value


@pytest.mark.req("REQ-AUD-002")
def test_a_seal_that_cannot_be_written_is_station_trouble_and_loses_nothing(database: Database) -> None:
    note(database)
    path = seal_of(database).path
    trouble = trouble_of_next_entry(replace(database, seal_file=FullDisk(path)))
    assert (trouble.code, trouble.values) == ("trouble.database.not-sealed", {"place": str(path)})
    assert check(database) == ChainCheck(entries=2, first_bad=None, sealed=1, findings=())
    note(database)
    assert check(database) == ChainCheck(entries=3, first_bad=None, sealed=3, findings=())


def test_a_seal_that_cannot_be_read_is_station_trouble_and_loses_nothing(database: Database) -> None:
    note(database)
    seal_of(database).path.write_text("not a seal", encoding="ascii")
    assert trouble_of_next_entry(database).code == "trouble.database.seal-unreadable"
    assert check(database).entries == 2
    assert seal_of(database).path.read_text(encoding="ascii") == "not a seal"


@pytest.mark.req("REQ-AUD-002")
def test_a_seal_that_contradicts_the_record_is_left_as_evidence(database: Database, engine: Engine) -> None:
    note(database, 4)
    before = seal_of(database).read()
    without_guards(engine)
    run(engine, "DELETE FROM audit_entry WHERE number > 2")
    assert trouble_of_next_entry(database).code == "trouble.database.seal-contradicts"
    assert seal_of(database).read() == before
    assert check(database).entries == 3
    assert check(database).first_bad is not None


def test_an_unreadable_seal_is_found(database: Database) -> None:
    note(database)
    seal_of(database).path.write_text("not a seal", encoding="ascii")
    assert codes(database) == ["audit.not-sealed", "audit.seal-unreadable"]


@pytest.mark.req("REQ-AUD-002")
def test_a_cut_off_end_is_not_healed_by_removing_the_seal(
    database: Database, engine: Engine, url: str
) -> None:
    note(database, 3)
    path = seal_of(database).path
    path.unlink()
    without_guards(engine)
    run(engine, "DELETE FROM audit_entry WHERE number > 1")
    for entries in (2, 3):
        assert codes(database) == ["audit.not-sealed"]
        trouble = trouble_of_next_entry(database)
        assert (trouble.code, trouble.values) == ("trouble.database.seal-missing", {"place": str(path)})
        if (
            file_of(read_url(url)) is not None
        ):  # a server's station that starts again counts as one that joins
            open_database(url).close()
        assert check(database).entries == entries
    assert codes(database) == ["audit.not-sealed"]
    assert not path.exists()


@pytest.mark.req("REQ-AUD-002")
def test_an_empty_record_is_sealed_at_once(database: Database) -> None:
    assert seal_of(database).read() == Seal(0, "0" * 64)
    assert check(database) == ChainCheck(entries=0, first_bad=None, sealed=0, findings=())


@pytest.mark.req("REQ-AUD-002")
def test_power_lost_before_the_first_seal_leaves_one_that_lags(database: Database) -> None:
    trouble_of_next_entry(replace(database, seal_file=FullDisk(seal_of(database).path)))
    assert check(database) == ChainCheck(entries=1, first_bad=None, sealed=0, findings=())
    note(database)
    assert check(database) == ChainCheck(entries=2, first_bad=None, sealed=2, findings=())


def test_the_first_entries_make_the_seal_where_the_empty_record_got_none(database: Database) -> None:
    seal_of(database).path.unlink()
    with database() as work:
        work.audit.add(entry("order-refused"))
        work.audit.add(entry("order-refused"))
        work.commit()
    assert check(database) == ChainCheck(entries=2, first_bad=None, sealed=2, findings=())


def test_a_seal_that_is_put_back_is_taken_up_again(database: Database) -> None:
    note(database)
    former = seal_of(database).path.read_bytes()
    seal_of(database).path.unlink()
    trouble_of_next_entry(database)
    seal_of(database).path.write_bytes(former)
    note(database)
    assert check(database) == ChainCheck(entries=3, first_bad=None, sealed=3, findings=())
