"""The schemas and the readers agree: what a schema calls right is read, and the other way round.

What a schema cannot say stands in lists of its own: right by the schema, and refused by the reader.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from pharmacy_app.cli.schema import document_names, run
from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.intake.order_json import read_order
from pharmacy_app.intake.strict_json import parse
from pharmacy_app.intake.supplies_json import read_supplies
from tests.support.command_line import EXAMPLES
from tests.support.orders import order_document
from tests.support.rulebooks import protocol
from tests.support.supplies import supplies_document, supplies_document_7_days

Path = tuple[str | int, ...]
Document = dict[str, Any]

RESTART = {"event": "crs", "grade": 3, "restart_on_infusion_day": 1, "reason": "CRS grade 3, resolved"}
PRESCRIBED = [
    {"from_day": 1, "to_day": 7, "mcg_per_day": "9"},
    {"from_day": 8, "to_day": 28, "mcg_per_day": "28"},
]
HOURS = {"from": "08:00", "to": "16:00"}
PHASES = {
    "hospital": {"durations_h": [24, 48], "prepare_days": ["monday"]},
    "home": {
        "durations_h": [96, 168],
        "closed_days": ["sunday"],
        "holidays": "CA-ON",
        "change_hours": HOURS,
        "prepare_days": ["monday", "friday"],
    },
}
# Either time may become 2026-11-23T14:00 and still be in order.
INTERRUPTION = {
    "stopped_at": "2026-11-20T10:00",
    "restarted_at": "2026-12-05T16:00-05:00",
    "kind": "grade-3",
    "keep_clock_time": True,
}
FILTER = {"pore_micron": "0.2", "low_protein_binding": True, "sterile": True, "non_pyrogenic": True}
BASES: Mapping[str, list[Document]] = {
    "order": [
        order_document(),
        order_document(
            prescribed=[{"from_day": 1, "to_day": 84, "mcg_per_day": "28"}],
            dose_modification=RESTART,
            interruptions=[INTERRUPTION],
            **{
                "bags.sequence_h": [96, 72, 168, 168, 168],
                "bags.change_hours": HOURS,
                "bags.prepare_days": ["monday"],
                "bags.prepare_hours": HOURS,
                "bags.phases": PHASES,
            },
        ),
    ],
    "supplies": [
        supplies_document(**{"tubing.built_in_filter": FILTER}),
        supplies_document_7_days(),
    ],
}
VALUES: list[object] = [
    None, True, False, 0, 1, 2, 3, 4, 5, 7, 9, 10, 24, 84, 85, 96, 168, -1, 999_999_999, "", " ", "a",
    "x" * 20, "x" * 21, "x" * 200, "x" * 201, "RX 1", " a", "a ", "a\n", "\u00a0a", "a\u0000b",
    "a\u200bb", "\u202ea", "\ud800", "é", "\ufeff", "28", "28,125", "+5", "05", "5.", "1.2345",
    "1.23456", "999999", "1000000", "2026-11-23", "2026-11-23\n", "2026-11-23T14:00",
    "2026-11-23T14:00Z", "2026-11-23T14:00-05:00", "2026-11-23T14:00-0500", "20261123", "08:00", "8:00",
    "24:00", "08:60", "plain", "grade-3", "America/Toronto", "inpatient", "home", "consolidation", "crs",
    "permitted", "avoid", "saturday", "CA-BC", "CA-XX", "fewest-vials", "PVC", "other", "central",
    "preservative-free", [], [24], [24, 24], [24, 36], ["24"], ["saturday"], ["saturday", "saturday"],
    ["bacteriostatic"], ["bacteriostatic", "bacteriostatic"], [None], [[]], {}, {"a": 1}, PRESCRIBED,
    RESTART, FILTER, HOURS, {"from": "08:00"}, {**HOURS, "until": "17:00"}, PHASES, PHASES["home"],
    [INTERRUPTION], [{**INTERRUPTION, "kind": "grade-4"}], [INTERRUPTION] * 51,
]  # fmt: skip

# Right by the schema, refused by the reader: calendar, zones, clock, and one field against another.
BEYOND_A_SCHEMA: Mapping[str, list[tuple[Path, object]]] = {
    "order": [
        (("patient", "date_of_birth"), "2026-02-30"),
        (("patient", "date_of_birth"), "1899-12-31"),
        (("patient", "weight_taken_on"), "2200-01-01"),
        (("start_at",), "2026-11-31T14:00"),
        (("start_at",), "2026-11-23T24:00"),
        (("start_at",), "2027-03-14T02:30"),
        (("start_at",), "2026-11-01T01:30"),
        (("start_at",), "2200-01-01T14:00"),
        (("time_zone",), "america/toronto"),
        (("time_zone",), "../../etc/passwd"),
        (("time_zone",), "Europe/Atlantis"),
        (("prescribed",), [{"from_day": 8, "to_day": 7, "mcg_per_day": "9"}]),
        (("cycle",), 1.0),
        (("interruptions",), [{**INTERRUPTION, "stopped_at": "2027-03-14T02:30"}]),
        (("interruptions",), [{**INTERRUPTION, "stopped_at": "2026-11-01T01:30"}]),
        (("interruptions",), [{**INTERRUPTION, "stopped_at": "2026-11-20T10:00-04:00"}]),
        (("interruptions",), [{**INTERRUPTION, "stopped_at": "2026-11-31T10:00"}]),
        (("interruptions",), [{**INTERRUPTION, "stopped_at": "2026-12-05T16:00"}]),
        (("interruptions",), [INTERRUPTION, INTERRUPTION]),
        (("bags", "change_hours"), {"from": "08:00", "to": "07:59"}),
        (("bags", "phases"), {"home": {"durations_h": [24.0]}}),
        (("bags", "hospital_days"), 9.0),
        (("bags", "durations_h"), [24.0]),
        (("prescriber",), "tag \U000e0041 of a plane that few can see"),
        (("prescriber",), "private \U000f0000 sign"),
        (("prescriber",), "not assigned \u0378"),
    ],
    "supplies": [(("access", "lumens"), 2.0), (("duration_h",), 96.0)],
}


def pattern(_: object, expected: str, instance: object, schema: object) -> Iterator[ValidationError]:
    """A pattern as the standard means it: its end is the text's end, also before a last line feed."""
    strict = re.sub(r"\$$", r"\\Z", expected)
    if isinstance(instance, str) and not re.search(strict, instance):
        yield ValidationError(f"{instance!r} does not match {expected!r}")


Validator = extend(Draft202012Validator, {"pattern": pattern})  # type: ignore[no-untyped-call]


@cache
def validator(name: str) -> Any:
    """The validator of a schema."""
    return Validator(run(name).document)


def by_schema(name: str, document: object) -> bool:
    """Whether the schema calls the document right."""
    return bool(validator(name).is_valid(document))


def by_reader(name: str, document: object) -> bool:
    """Whether the reader takes the document, from its bytes on."""
    try:
        read = parse(json.dumps(document).encode(), name="it.json")
    except InputRefused:
        return False
    if name == "order":
        return read_order(read, protocol()).order is not None
    refusals: list[InputRefused] = []
    read_supplies(read, protocol(), refusals)
    return not refusals


def paths(value: object, here: Path = ()) -> Iterator[Path]:
    """Every place in a document."""
    if here:
        yield here
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from paths(inner, (*here, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from paths(inner, (*here, index))


def place(document: Document, path: Path) -> Any:
    """What holds the last step of a path."""
    found: Any = document
    for step in path[:-1]:
        found = found[step]
    return found


def changed(document: Document, path: Path, value: object) -> Document:
    """The document with another value at a place."""
    changed_one = copy.deepcopy(document)
    place(changed_one, path)[path[-1]] = copy.deepcopy(value)
    return changed_one


def without(document: Document, path: Path) -> Document:
    """The document without one place."""
    changed_one = copy.deepcopy(document)
    del place(changed_one, path)[path[-1]]
    return changed_one


def mutations(name: str) -> Iterator[tuple[str, Document]]:
    """Every value at every place, every place left out, a stranger in every object; each with its story."""
    seen: set[Path] = set()
    for base in BASES[name]:
        yield "as it is", base
        for path in paths(base):
            if path in seen and path != ("dose_modification",):
                continue
            seen.add(path)
            yield f"without {path}", without(base, path)
            for value in VALUES:
                if path != ("time_zone",) or not isinstance(value, str):
                    yield f"{path} = {value!r}", changed(base, path, value)
            if isinstance(place(base, (*path, "")), dict):
                yield f"a stranger in {path}", changed(base, (*path, "stranger"), None)
        yield "a stranger", {**base, "stranger": None}


@pytest.mark.parametrize("name", ["order", "supplies"])
def test_schema_and_reader_agree_on_every_changed_document(name: str) -> None:
    answers = [
        (story, by_schema(name, document), by_reader(name, document)) for story, document in mutations(name)
    ]
    assert len(answers) > 2000
    assert [story for story, schema, reader in answers if schema != reader] == []
    assert {reader for _, _, reader in answers} == {True, False}


@pytest.mark.parametrize("name", ["order", "supplies"])
def test_what_a_schema_cannot_say_the_reader_refuses(name: str) -> None:
    for path, value in BEYOND_A_SCHEMA[name]:
        document = changed(BASES[name][0], path, value)
        assert (by_schema(name, document), by_reader(name, document)) == (True, False), (path, value)


def test_a_name_that_stands_twice_is_seen_by_the_reader_alone() -> None:
    text = json.dumps(order_document())
    twice = text[:-1] + ', "cycle": 1}'
    assert by_schema("order", json.loads(twice))
    with pytest.raises(InputRefused):
        parse(twice.encode(), name="order.json")


def test_the_examples_are_right_by_schema_and_reader() -> None:
    for path in EXAMPLES.glob("*.json"):
        name = "supplies" if path.name.startswith("supplies") else "order"
        document = json.loads(path.read_bytes())
        assert (by_schema(name, document), by_reader(name, document)) == (True, True), path.name


def test_the_durations_of_the_schemas_are_those_of_the_shipped_protocol() -> None:
    assert run("order").document["$defs"]["duration"]["enum"] == list(protocol().durations_h)  # type: ignore[index]
    properties = run("supplies").document["properties"]
    assert properties["duration_h"]["enum"] == [*protocol().durations_h, None]  # type: ignore[index]


@pytest.mark.parametrize("name", document_names())
def test_a_schema_is_one_and_says_in_words_what_it_is(name: str) -> None:
    schema = run(name).document
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert str(schema["title"])
    assert str(schema["description"])[-1] == "."


def test_a_part_that_several_schemas_share_is_the_same_in_each() -> None:
    shared: dict[str, object] = {}
    for name in document_names():
        for part, definition in (run(name).document.get("$defs") or {}).items():  # type: ignore[attr-defined]
            assert shared.setdefault(part, definition) == definition, f"{part} in {name}"


def test_schemas_are_utf_8_and_end_with_a_line() -> None:
    for name in document_names():
        text = resources.files("pharmacy_app.schemas").joinpath(f"{name}.json").read_text(encoding="utf-8")
        assert text.endswith("}\n")
