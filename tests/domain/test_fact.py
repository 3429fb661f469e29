"""Facts as documents: what is written is read again as it was, and nothing else is read at all."""

from __future__ import annotations

import hashlib
import json
import types
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Any, ClassVar, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.domain.acceptance import OrderAcceptance, WeightTaken
from pharmacy_app.domain.bag_event import BagEvent, Happening
from pharmacy_app.domain.commissioning import FigureTyped, GroupSigned, Installation
from pharmacy_app.domain.fact import NotAFact, fact_digest, fact_document, fact_of, fact_text
from pharmacy_app.domain.person import Person, SignIns
from pharmacy_app.domain.print_job import PrintJob
from pharmacy_app.domain.product import Lot, Product
from pharmacy_app.domain.quantity import Amount, Mass, Volume

CLASSES = [
    Person,
    SignIns,
    OrderAcceptance,
    WeightTaken,
    Product,
    Lot,
    FigureTyped,
    GroupSigned,
    Installation,
    PrintJob,
    BagEvent,
    *get_args(Happening),
]
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=6)
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(),
    int: st.integers(),
    bool: st.booleans(),
    Decimal: NUMBERS,
    datetime: MOMENTS,
    date: st.dates(),
    type(None): st.none(),
}


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    """Any value that a field of this kind can hold."""
    if get_origin(hint) in {Union, types.UnionType}:
        return st.one_of([values_of(each) for each in get_args(hint)])
    if get_origin(hint) is tuple:
        return st.lists(values_of(get_args(hint)[0]), max_size=3).map(tuple)
    if hint in PLAIN:
        return PLAIN[hint]
    if issubclass(hint, Enum):
        return st.sampled_from(hint)
    if issubclass(hint, Amount):
        return NUMBERS.map(hint)
    assert isinstance(hint, type)
    assert is_dataclass(hint)
    hints = get_type_hints(hint)
    return st.builds(hint, **{each.name: values_of(hints[each.name]) for each in fields(hint)})


class Colour(Enum):
    """A choice."""

    RED = "red"
    BLUE = "blue"


class Level(IntEnum):
    """A choice whose values are no texts."""

    LOW = 1


@dataclass(frozen=True, slots=True)
class Part:
    """Something within a thing."""

    move: ClassVar[str] = "is no field"
    size: Mass


@dataclass(frozen=True, slots=True)
class Other:
    """Something else within a thing, with the same fields."""

    size: Mass


@dataclass(frozen=True, slots=True)
class Thing:
    """A fact with a field of each kind."""

    name: str
    count: int
    good: bool
    amount: Volume
    factor: Decimal
    day: date
    at: datetime
    colour: Colour
    part: Part | Other
    sizes: tuple[Mass, ...]
    hint: Colour | None

    @property
    def key(self) -> str:
        """Its name."""
        return self.name


THING = Thing(
    name="a\n\u00e9 \ud800",
    count=-1,
    good=True,
    amount=Volume(Decimal("2.50")),
    factor=Decimal("1E+2"),
    day=date(2026, 2, 28),
    at=datetime(2026, 11, 23, 14, 0, tzinfo=timezone(timedelta(hours=-5))),
    colour=Colour.RED,
    part=Part(Mass(Decimal(0))),
    sizes=(Mass(Decimal("0.1")), Mass(Decimal(-1))),
    hint=None,
)
# Typed by hand; the digest by the command sha256sum.
ITS_TEXT = (
    '{"amount":"2.50","at":"2026-11-23T19:00:00.000000Z","colour":"red","count":-1,"day":"2026-02-28",'
    '"factor":"100","good":true,"hint":null,"is":"Thing","name":"a\\n\\u00e9 \\ud800",'
    '"part":{"is":"Part","size":"0"},"sizes":["0.1","-1"]}'
)
ITS_DIGEST = "7817b874fed1e981b92adc751d14b8e08e5adac9729f434c2ebfe615bf9dc1e3"


def test_a_fact_is_written_in_one_way() -> None:
    assert fact_text(THING) == ITS_TEXT
    assert hashlib.sha256(ITS_TEXT.encode("ascii")).hexdigest() == ITS_DIGEST
    assert fact_digest(THING) == ITS_DIGEST


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_every_fact_is_read_again_as_it_was(kind: type[object], data: st.DataObject) -> None:
    fact = data.draw(values_of(kind))
    again = fact_of(kind, json.loads(fact_text(fact)))
    assert again == fact
    assert type(again) is kind
    assert fact_digest(again) == fact_digest(fact)


def test_a_moment_is_the_same_in_every_zone() -> None:
    assert fact_digest(replace(THING, at=THING.at.astimezone(UTC))) == ITS_DIGEST
    assert fact_of(Thing, fact_document(THING)).at.utcoffset() == timedelta(0)


def test_facts_of_two_classes_with_the_same_fields_have_different_digests() -> None:
    size = Mass(Decimal(1))
    assert fact_digest(Part(size)) != fact_digest(Other(size))
    assert fact_digest(replace(THING, part=Part(size))) != fact_digest(replace(THING, part=Other(size)))


@pytest.mark.parametrize(
    "changes",
    [
        {"name": 1},
        {"name": None},
        {"count": "1"},
        {"count": True},
        {"count": None},
        {"good": 1},
        {"good": "yes"},
        {"amount": 2.5},
        {"amount": 2},
        {"amount": "2,5"},
        {"amount": "1E+2"},
        {"amount": " 2.5"},
        {"amount": "2.5\n"},
        {"amount": ".5"},
        {"amount": "NaN"},
        {"amount": "Infinity"},
        {"amount": "٢"},
        {"amount": ""},
        {"factor": "+1"},
        {"factor": "1_000"},
        {"day": "2026-02-29"},
        {"day": "2026-2-28"},
        {"day": "20260228"},
        {"day": "2026-02-28T00:00:00.000000Z"},
        {"at": "2026-11-23T19:00:00.000000"},
        {"at": "2026-11-23T19:00:00.000000+00:00"},
        {"at": "2026-11-23T19:00:00Z"},
        {"at": "2026-11-23T24:00:00.000000Z"},
        {"at": "2026-11-23"},
        {"colour": "RED"},
        {"colour": "green"},
        {"colour": None},
        {"part": {"size": "0"}},
        {"part": {"is": "Thing", "size": "0"}},
        {"part": {"is": "Part"}},
        {"part": {"is": "Part", "size": "0", "more": "0"}},
        {"part": {"is": "Part", "size": None}},
        {"part": "Part"},
        {"part": None},
        {"part": []},
        {"sizes": "0.1"},
        {"sizes": None},
        {"sizes": {"0": "0.1"}},
        {"sizes": ["0.1", 1]},
        {"sizes": [["0.1"]]},
        {"hint": "green"},
        {"hint": {}},
        {"is": "Part"},
        {"is": None},
        {"more": "1"},
        {"move": "is no field"},
    ],
    ids=str,
)
def test_a_field_of_another_kind_is_not_read(changes: dict[str, object]) -> None:
    with pytest.raises(NotAFact):
        fact_of(Thing, {**fact_document(THING), **changes})


@pytest.mark.parametrize("name", ["is", *(each.name for each in fields(Thing))])
def test_a_document_without_one_of_its_fields_is_not_read(name: str) -> None:
    document = fact_document(THING)
    del document[name]
    with pytest.raises(NotAFact):
        fact_of(Thing, document)


@pytest.mark.parametrize("document", [None, [], "Thing", 1, {}])
def test_what_is_no_document_is_not_read(document: object) -> None:
    with pytest.raises(NotAFact):
        fact_of(Thing, document)


@pytest.mark.parametrize(
    "changes",
    [
        {"name": Colour.RED},
        {"count": True},
        {"count": Decimal(1)},
        {"good": 1},
        {"good": None},
        {"amount": Mass(Decimal(1))},
        {"amount": Decimal(1)},
        {"factor": Decimal("NaN")},
        {"factor": 1},
        {"day": datetime(2026, 2, 28, tzinfo=UTC)},
        {"at": date(2026, 2, 28)},
        {"colour": "red"},
        {"colour": Level.LOW},
        {"part": THING},
        {"sizes": (Volume(Decimal(1)),)},
        {"sizes": Mass(Decimal(1))},
    ],
    ids=str,
)
def test_a_fact_that_could_not_be_read_again_as_it_was_is_not_written(changes: dict[str, Any]) -> None:
    with pytest.raises(NotAFact):
        fact_text(replace(THING, **changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"factor": 0.5},
        {"sizes": [Mass(Decimal(1))]},
        {"sizes": {Mass(Decimal(1))}},
        {"part": Part},
        {"part": {"size": "0"}},
        {"name": b"a"},
        {"at": datetime(2026, 11, 23, 14, 0)},  # noqa: DTZ001 - the point
    ],
    ids=str,
)
def test_what_no_fact_can_hold_is_not_written(changes: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        fact_text(replace(THING, **changes))


@pytest.mark.parametrize("value", ["$argon2id$v=19$secret", {"secret": "secret"}])
def test_a_refusal_says_where_and_never_what_stands_there(value: object) -> None:
    with pytest.raises(NotAFact) as refused:
        fact_of(Thing, {**fact_document(THING), "part": {"is": "Part", "size": value}})
    assert str(refused.value) in {"part: size: no Mass", "part: size: expected a text"}
    assert refused.value.__cause__ is None
