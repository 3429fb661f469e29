"""Orders on file: each comes back equal to what was kept."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from db.engine import Database
from pharmacy_app.domain.errors import StationTrouble
from pharmacy_app.domain.order import (
    AdverseEvent,
    BagWishes,
    BenzylAlcohol,
    DoseModification,
    Hours,
    Interruption,
    InterruptionKind,
    Order,
    Patient,
    PhaseWishes,
    Preference,
    PrescribedDose,
    Setting,
    Weekday,
)
from pharmacy_app.domain.quantity import DoseRate, Weight
from pharmacy_app.workflow.unit_of_work import StoredOrder
from tests.support.databases import without_guards
from tests.support.orders import order
from tests.support.records import keep, numbered, stored

NUMBERS = count(1)

line = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=200)
day = st.dates(date(1900, 1, 1), date(2100, 12, 31))
flag = st.sampled_from([True, False, None])
amount = st.decimals(Decimal("0.0001"), Decimal(999999), places=4)
some_durations = st.none() | st.lists(st.sampled_from([24, 48, 72, 96, 168]), min_size=1).map(tuple)

some_days = st.none() | st.frozensets(st.sampled_from(Weekday), min_size=1)
times = st.times(time(0), time(23, 59)).map(lambda each: each.replace(second=0, microsecond=0))
some_hours = st.none() | st.tuples(times, times).map(lambda both: Hours(min(both), max(both)))

patients = st.builds(
    Patient,
    record_number=st.text("ABCxyz019-./_", min_size=1, max_size=20),
    family_name=line,
    given_names=line,
    date_of_birth=day,
    weight=amount.map(Weight),
    weight_taken_on=day,
    benzyl_alcohol_hypersensitivity=flag,
    pregnant=flag,
    breastfeeding=flag,
)
wishes = st.builds(
    BagWishes,
    durations_h=some_durations,
    sequence_h=some_durations,
    benzyl_alcohol=st.sampled_from(BenzylAlcohol),
    closed_days=st.frozensets(st.sampled_from(Weekday)),
    holidays=st.none() | st.just("CA-ON"),
    hospital_days=st.integers(0, 28),
    prefer=st.sampled_from(Preference),
    change_hours=some_hours,
    prepare_days=some_days,
    prepare_hours=some_hours,
    hospital=st.builds(PhaseWishes, durations_h=some_durations, prepare_days=some_days),
    home=st.builds(
        PhaseWishes,
        durations_h=some_durations,
        closed_days=some_days,
        holidays=st.none() | st.just("CA-BC"),
        change_hours=some_hours,
        prepare_days=some_days,
    ),
)
doses = st.lists(
    st.tuples(st.integers(1, 28), amount), min_size=1, max_size=4, unique_by=lambda each: each[0]
).map(lambda found: tuple(PrescribedDose(first, 28, DoseRate(dose)) for first, dose in sorted(found)))
orders = st.builds(
    Order,
    order_number=st.just(""),
    patient=patients,
    prescriber=line,
    indication=st.sampled_from(["consolidation", "mrd-positive", "relapsed-refractory"]),
    cycle=st.integers(1, 9),
    start_at=st.datetimes(datetime(2020, 1, 1), datetime(2099, 1, 1)).map(  # noqa: DTZ001 - clock times
        lambda moment: moment.replace(second=0, microsecond=0)
    ),
    time_zone=st.sampled_from(["America/Toronto", "America/St_Johns"]),
    setting=st.sampled_from(Setting),
    destination=line,
    dose_modification=st.none()
    | st.builds(DoseModification, st.sampled_from(AdverseEvent), st.integers(1, 5), st.just(1), line),
    prescribed=st.none() | doses,
    bags=wishes,
)


def found(database: Database, order_number: str) -> StoredOrder | None:
    """The order on file, read in a transaction of its own."""
    with database(reading=True) as work:
        return work.orders.with_number(order_number)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(orders)
def test_any_order_comes_back_equal(database: Database, given_order: Order) -> None:
    number = f"RX-{next(NUMBERS)}"
    kept = stored(replace(given_order, order_number=number))
    keep(database, kept)
    assert found(database, number) == kept


@pytest.mark.parametrize(
    "name",
    ["O'BRIEN & <SON>", "Nguyễn", "ᐊᓂᖅ", "Łukasz", "Müller\u2011Schmidt", "'; DROP TABLE order_; --", "名前"],
)
def test_a_name_comes_back_letter_for_letter(database: Database, name: str) -> None:
    keep(database, stored(order(**{"patient.family_name": name})))
    kept = found(database, "RX-1001")
    assert kept is not None
    assert kept.order.patient.family_name == name


def test_the_reasons_a_pharmacist_gave_come_back_by_their_findings(database: Database) -> None:
    reasons = (("order.start-past", "running since Monday"), ("order.weight-old", "weighed by phone"))
    keep(database, stored(reasons=reasons))
    kept = found(database, "RX-1001")
    assert kept is not None
    assert kept.reasons == reasons


def test_an_order_number_that_is_not_on_file_gives_nothing(database: Database) -> None:
    assert found(database, "RX-1001") is None


def test_orders_are_listed_by_start_newest_first(database: Database) -> None:
    keep(database, numbered("B", starting=30), numbered("A"), numbered("C", starting=60))
    with database(reading=True) as work:
        assert [each.order.order_number for each in work.orders.all()] == ["C", "B", "A"]


@pytest.mark.req("REQ-ORD-007")
def test_the_orders_of_a_record_number_are_found(database: Database) -> None:
    other = stored(order(**{"order_number": "RX-2", "patient.record_number": "4471024"}))
    keep(database, numbered("RX-1"), other, numbered("RX-3", starting=42))
    with database(reading=True) as work:
        mine = work.orders.of_patient("4471023")
    assert [each.order.order_number for each in mine] == ["RX-3", "RX-1"]


NO_DAY: frozenset[Weekday] = frozenset()


@pytest.mark.parametrize(
    "empty",
    [
        {"prescribed": ()},
        {"bags": BagWishes(durations_h=())},
        {"bags": BagWishes(sequence_h=())},
        {"bags": BagWishes(prepare_days=NO_DAY)},
        {"bags": BagWishes(hospital=PhaseWishes(durations_h=()))},
        {"bags": BagWishes(hospital=PhaseWishes(prepare_days=NO_DAY))},
        {"bags": BagWishes(home=PhaseWishes(durations_h=()))},
        {"bags": BagWishes(home=PhaseWishes(closed_days=NO_DAY))},
        {"bags": BagWishes(home=PhaseWishes(prepare_days=NO_DAY))},
    ],
)
def test_an_empty_list_that_would_come_back_as_none_is_refused(
    database: Database, empty: dict[str, object]
) -> None:
    with pytest.raises(ValueError, match="empty list"):
        keep(database, stored(replace(order(), **empty)))  # type: ignore[arg-type]  # by name
    assert found(database, "RX-1001") is None


@pytest.mark.req("REQ-INT-001")
def test_an_order_with_an_interruption_is_not_put_on_file(database: Database) -> None:
    stopped = Interruption(
        datetime(2026, 11, 27, 14, 30, tzinfo=UTC),
        datetime(2026, 11, 28, 15, 0, tzinfo=UTC),
        InterruptionKind.PLAIN,
    )
    with pytest.raises(ValueError, match="interruption"):
        keep(database, stored(replace(order(), interruptions=(stopped,))))
    assert found(database, "RX-1001") is None


def rows_of_planning(engine: Engine) -> list[tuple[object, ...]]:
    """What stands in the table of wishes of hours, days of preparation and phases."""
    with engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql("SELECT * FROM planning")]


def test_wishes_of_days_and_phases_are_one_canonical_line_and_an_order_without_them_has_none(
    database: Database, engine: Engine
) -> None:
    keep(database, stored())
    assert rows_of_planning(engine) == []
    wishes = {"bags.prepare_days": ["friday", "monday"], "bags.phases.hospital.durations_h": [48, 24]}
    keep(database, stored(order(order_number="RX-2", **wishes)))
    assert rows_of_planning(engine) == [
        ("RX-2", '{"phases":{"hospital":{"durations_h":[48,24]}},"prepare_days":["monday","friday"]}')
    ]


@pytest.mark.parametrize(
    "damaged",
    [
        "not JSON",
        "[1]",
        '"text"',
        "{} ",
        '{"prepare_days":["monday","friday"]} ',
        '{"prepare_days":["friday","monday"]}',
        '{"prepare_days":["Monday"]}',
        '{"prepare_days":["someday"]}',
        '{"prepare_days":7}',
        '{"change_hours":{"from":"08:00"}}',
        '{"change_hours":{"from":"08:00","to":"24:00"}}',
        '{"change_hours":"08:00"}',
        '{"phases":[]}',
        '{"phases":{"home":[]}}',
        '{"phases":{"home":{"durations_h":[24.5]}}}',
        '{"more":1}',
    ],
)
def test_wishes_that_are_not_as_they_were_kept_are_damage_and_no_guess(
    database: Database, engine: Engine, damaged: str
) -> None:
    keep(database, stored(order(**{"bags.prepare_days": ["monday", "friday"]})))
    without_guards(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE planning SET content = :content"), {"content": damaged})
    with pytest.raises(StationTrouble) as raised:
        found(database, "RX-1001")
    assert raised.value.code == "trouble.database.damaged"


def test_the_document_on_file_is_the_order_file_in_one_canonical_line(
    database: Database, engine: Engine
) -> None:
    keep(database, stored())
    with engine.connect() as connection:
        document, digest = connection.exec_driver_sql("SELECT document, digest FROM order_").one()
    # Typed by hand from the order file; the digest by the command sha256sum.
    assert document == (
        '{"bags":{"benzyl_alcohol":"permitted","closed_days":["saturday","sunday"],'
        '"durations_h":[24,48,72,96,168],"holidays":"CA-ON","hospital_days":9,"prefer":"fewest-changes"},'
        '"cycle":1,"destination":"6 East, bed 12","dose_modification":null,'
        '"indication":"relapsed-refractory","order_number":"RX-1001",'
        '"patient":{"benzyl_alcohol_hypersensitivity":false,"breastfeeding":false,'
        '"date_of_birth":"1979-03-14","family_name":"Tremblay","given_names":"Anne-Marie","pregnant":false,'
        '"record_number":"4471023","weight_kg":"71.5","weight_taken_on":"2026-11-20"},'
        '"prescriber":"Dr. L. Okafor","setting":"inpatient","start_at":"2026-11-23T14:00",'
        '"time_zone":"America/Toronto"}'
    )
    assert digest == "fbd0ea03aa5d899d4077487238c43509be2a8a136456784e10db8532577d6c16"
