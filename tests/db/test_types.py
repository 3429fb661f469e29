"""Column types: what goes in comes out, exactly, on both engines; everything else is refused."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, bindparam, text
from sqlalchemy.exc import StatementError
from sqlalchemy.types import TypeEngine

from db.types import AmountText, Choice, ClockTimeText, DamagedText, DayText, UtcText, YesNo, YesNoNotKnown
from pharmacy_app.domain.order import Setting, Weekday
from pharmacy_app.domain.quantity import Volume, Weight

TORONTO_SUMMER = timezone(timedelta(hours=-4))


class Colour(Enum):
    """An enumeration that no column keeps."""

    RED = "inpatient"


def through(engine: Engine, kind: TypeEngine[Any], value: object) -> object:
    """The value after a journey to the database and back."""
    journey = text("SELECT CAST(:value AS TEXT) AS value").bindparams(bindparam("value", value, kind))
    with engine.connect() as connection:
        return connection.scalar(journey.columns(value=kind))


def on_file(engine: Engine, kind: TypeEngine[Any], value: object) -> object:
    """The text that the database gets."""
    journey = text("SELECT CAST(:value AS TEXT)").bindparams(bindparam("value", value, kind))
    with engine.connect() as connection:
        return connection.scalar(journey)


def reading(engine: Engine, kind: TypeEngine[Any], words: str) -> object:
    """What the program makes of a text on file."""
    journey = text("SELECT CAST(:value AS TEXT) AS value").bindparams(value=words)
    with engine.connect() as connection:
        return connection.scalar(journey.columns(value=kind))


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (AmountText(Volume), Volume(Decimal("0.1")), "0.1"),
        (AmountText(Volume), Volume(Decimal("10.70")), "10.70"),
        (AmountText(Volume), Volume(Decimal("1E+2")), "100"),
        (AmountText(Volume), Volume(Decimal("123456789.123456789123456789")), "123456789.123456789123456789"),
        (UtcText(), datetime(2026, 11, 1, 6, 30, tzinfo=UTC), "2026-11-01T06:30:00.000000Z"),
        (UtcText(), datetime(2026, 11, 1, 6, 30, 0, 1, tzinfo=UTC), "2026-11-01T06:30:00.000001Z"),
        (UtcText(), datetime(2026, 7, 1, 14, 0, tzinfo=TORONTO_SUMMER), "2026-07-01T18:00:00.000000Z"),
        (ClockTimeText(), datetime(2026, 11, 23, 14, 0), "2026-11-23T14:00"),  # noqa: DTZ001 - a clock time
        (DayText(), date(2028, 2, 29), "2028-02-29"),
        (YesNo(), True, "yes"),
        (YesNo(), False, "no"),
        (YesNoNotKnown(), True, "yes"),
        (YesNoNotKnown(), None, "not-known"),
        (Choice(Setting), Setting.HOME, "home"),
        (Choice(Weekday), Weekday.SUNDAY, "sunday"),
        (UtcText(), None, None),
        (AmountText(Volume), None, None),
    ],
)
def test_a_value_is_kept_as_this_text_and_comes_back_the_same(
    engine: Engine, kind: TypeEngine[Any], value: object, words: str | None
) -> None:
    assert on_file(engine, kind, value) == words
    assert through(engine, kind, value) == value


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_every_decimal_keeps_each_of_its_digits(engine: Engine, number: Decimal) -> None:
    found = through(engine, AmountText(Volume), Volume(number))
    assert isinstance(found, Volume)
    assert found.value.as_tuple() == number.as_tuple() or (number == 0 and found.value == 0)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.datetimes(timezones=st.timezones()))
def test_every_moment_comes_back_as_the_same_moment_in_utc(engine: Engine, moment: datetime) -> None:
    found = through(engine, UtcText(), moment)
    assert isinstance(found, datetime)
    assert found.utcoffset() == timedelta(0)
    assert found == moment.astimezone(UTC)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (AmountText(Volume), Weight(Decimal("71.5"))),
        (AmountText(Volume), Decimal("71.5")),
        (AmountText(Volume), 71.5),
        (UtcText(), datetime(2026, 11, 23, 14, 0)),  # noqa: DTZ001 - the point
        (ClockTimeText(), datetime(2026, 11, 23, 14, 0, tzinfo=UTC)),
        (ClockTimeText(), datetime(2026, 11, 23, 14, 0, 30)),  # noqa: DTZ001 - a clock time
        (DayText(), datetime(2026, 11, 23, 14, 0, tzinfo=UTC)),
        (YesNo(), 1),
        (YesNo(), "yes"),
        (Choice(Setting), "inpatient"),
        (Choice(Setting), Colour.RED),
    ],
)
def test_what_is_not_of_the_columns_kind_is_refused(
    engine: Engine, kind: TypeEngine[Any], value: object
) -> None:
    with pytest.raises(StatementError) as refusal:
        through(engine, kind, value)
    assert isinstance(refusal.value.orig, TypeError | ValueError)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (AmountText(Volume), "1,5"),
        (AmountText(Volume), "1e5"),
        (AmountText(Volume), "NaN"),
        (AmountText(Volume), " 1"),
        (AmountText(Volume), "\u0661"),
        (UtcText(), "2026-11-23T14:00:00.000000+01:00"),
        (UtcText(), "2026-11-23 14:00"),
        (UtcText(), "2026-13-23T14:00:00.000000Z"),
        (ClockTimeText(), "2026-11-23T14:00Z"),
        (DayText(), "2027-02-29"),
        (DayText(), "20270228"),
        (YesNo(), "true"),
        (YesNo(), "not-known"),
        (YesNoNotKnown(), ""),
        (Choice(Setting), "Inpatient"),
    ],
)
def test_a_text_on_file_that_the_program_did_not_write_is_damage(
    engine: Engine, kind: TypeEngine[Any], words: str
) -> None:
    with pytest.raises(DamagedText):
        reading(engine, kind, words)
