"""Whatever a file holds, the program answers by its promise: never a bug, never half an answer."""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pharmacy_app import bootstrap
from pharmacy_app.cli.tools import Tools
from tests.support.command_line import ask, errors_of, tools, write
from tests.support.orders import order_document
from tests.support.supplies import supplies_document

RESTART = {"event": "other", "grade": 3, "restart_on_infusion_day": 1, "reason": "resolved"}
ORDER = order_document(
    prescribed=[{"from_day": 1, "to_day": 28, "mcg_per_day": "28"}],
    dose_modification=RESTART,
    **{"bags.sequence_h": [168, 96, 72, 168, 168]},
)
HOURS = {"from": "08:00", "to": "16:00"}
STOPPED = order_document(
    interruptions=[
        {"stopped_at": "2026-11-26T20:07", "restarted_at": "2026-11-28T09:45", "kind": "plain"},
        {
            "stopped_at": "2026-12-03T23:07-05:00",
            "restarted_at": "2026-12-05T08:15",
            "kind": "grade-3",
            "keep_clock_time": True,
        },
    ],
    **{
        "bags.change_hours": HOURS,
        "bags.prepare_days": ["monday", "thursday"],
        "bags.prepare_hours": HOURS,
        "bags.phases": {
            "hospital": {"durations_h": [24, 48], "prepare_days": ["monday"]},
            "home": {
                "durations_h": [24, 96, 168],
                "closed_days": ["sunday"],
                "holidays": "CA-BC",
                "change_hours": HOURS,
                "prepare_days": ["friday"],
            },
        },
    },
)
SUPPLIES = supplies_document()

ZONES = [
    "America/Toronto",
    "America/St_Johns",
    "Pacific/Apia",
    "Europe/Amsterdam",
    "Africa/Monrovia",
    "Etc/GMT+12",
]
ZONES += ["Antarctica/Troll", "Australia/Lord_Howe", "America/Vancouver", "Pacific/Kiritimati", "Factory"]
years = st.integers(1898, 2201)
dates = st.one_of(
    st.builds("{:04}-{:02}-{:02}".format, years, st.integers(0, 13), st.integers(0, 32)),
    st.sampled_from(["2026-11-20", "2026-11-23", "2008-11-23", "2028-02-29", "1900-01-01", "2199-12-31"]),
)
hours_of_day = st.builds("{:02}:{:02}".format, st.integers(0, 24), st.integers(0, 60))
weekdays = st.lists(
    st.sampled_from(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]),
    unique=True,
)
times = st.builds("{}T{:02}:{:02}".format, dates, st.integers(0, 24), st.integers(0, 60))
numbers = st.one_of(
    st.decimals(allow_nan=True).map(str), st.sampled_from(["9", "28", "45.0", "44.9", "0", "999999.9999"])
)
words = st.sampled_from([
    "consolidation", "mrd-positive", "relapsed-refractory", "inpatient", "home", "crs", "neurologic",
    "other", "avoid", "permitted", "saturday", "CA-QC", "fewest-vials", "PVC", "EVA", "central",
    "peripheral", "bacteriostatic", "preservative-free", *ZONES,
])  # fmt: skip
durations = st.lists(st.sampled_from([24, 48, 72, 96, 168]), max_size=30)
small = st.one_of(st.integers(-2, 100), st.booleans(), st.none())
any_text = st.text(st.characters(exclude_categories=[]), max_size=30)
leaves = st.one_of(small, words, dates, times, numbers, durations, any_text, st.floats(), st.integers())
values = st.recursive(
    leaves,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(any_text, inner, max_size=3)),
    max_leaves=8,
)


def places(value: object, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a document."""
    found = [here] if here else []
    if isinstance(value, dict):
        inner = list(value.items())
    else:
        inner = list(enumerate(value)) if isinstance(value, list) else []
    for step, each in inner:
        found += places(each, (*here, step))
    return found


one_of_hours = st.one_of(st.none(), st.fixed_dictionaries({"from": hours_of_day, "to": hours_of_day}))
days_of_cycle = st.integers(20, 50).map(lambda day: f"2026-{11 + day // 31}-{day % 31 + 1:02}")
stops = st.builds(
    "{}T{}{}".format, days_of_cycle, hours_of_day, st.sampled_from(["", "", "-05:00", "-04:00"])
)
nothing: st.SearchStrategy[Any] = st.one_of(st.none(), st.just({}), st.just([]))
# What could stand in a field of this name: right or nearly.
PLAUSIBLE: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(["date_of_birth", "weight_taken_on"], dates),
    "start_at": times,
    **dict.fromkeys(["stopped_at", "restarted_at"], stops),
    **dict.fromkeys(["from", "to"], hours_of_day),
    **dict.fromkeys(["closed_days", "prepare_days"], weekdays),
    **dict.fromkeys(["change_hours", "prepare_hours"], one_of_hours),
    "kind": st.sampled_from(["plain", "grade-3", "grade-4"]),
    **dict.fromkeys(["phases", "hospital", "home", "interruptions"], nothing),
    **dict.fromkeys(
        ["weight_kg", "mcg_per_day", "rate_ml_per_h", "pore_micron", "rate_step_ml_per_h"], numbers
    ),
    "durations_h": st.lists(st.sampled_from([24, 48, 72, 96, 168]), unique=True),
    "sequence_h": st.one_of(durations, st.none()),
    **dict.fromkeys(["dose_modification", "prescribed", "bags", "holidays"], st.none()),
    **dict.fromkeys(["cycle", "hospital_days", "from_day", "to_day", "grade", "lumens", "duration_h"], small),
    "time_zone": st.sampled_from(ZONES),
    **dict.fromkeys(
        ["family_name", "given_names", "prescriber", "destination", "reason", "order_number"], any_text
    ),
}
OTHERWISE = st.one_of(words, st.booleans(), st.none())


@st.composite
def mutants(draw: st.DrawFn, document: dict[str, object], most: int = 4) -> dict[str, object]:
    """A document with some places changed, left out, or with strangers beside them."""
    mutant: Any = copy.deepcopy(document)
    for path in draw(st.lists(st.sampled_from(places(document)), min_size=1, max_size=most)):
        holder = mutant
        for step in path[:-1]:
            holder = holder[step] if isinstance(holder, dict | list) and _has(holder, step) else None
        if holder is None or not isinstance(holder, dict | list) or not _has(holder, path[-1]):
            continue
        match draw(st.sampled_from(["plausible"] * 6 + ["change", "remove", "add"])):
            case "plausible":
                holder[path[-1]] = draw(PLAUSIBLE.get(str(path[-1]), OTHERWISE))
            case "change":
                holder[path[-1]] = draw(values)
            case "remove":
                del holder[path[-1]]
            case _ if isinstance(holder, dict):
                holder[draw(any_text)] = draw(leaves)
    assert isinstance(mutant, dict)
    return mutant


def _has(holder: dict[Any, Any] | list[Any], step: Any) -> bool:
    return step in holder if isinstance(holder, dict) else isinstance(step, int) and step < len(holder)


@cache
def quick() -> Tools:
    """Tools that read the protocol and the words once for all examples."""
    return tools(rulebook=cache(bootstrap.rulebook))


def answers_as_promised(path: Path, command: str, *options: str) -> int:
    """The exit code, which is 0, 2 or 3, with one document that its schema calls right."""
    result = ask(command, path, *options, "--json", using=quick())
    assert result.code in {0, 2, 3}, result
    schema = "error" if result.code == 2 else command
    assert errors_of(schema, result.document) == [], result
    return result.code


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for all examples of a test."""
    return tmp_path_factory.mktemp("fuzz")


one_folder = settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])


@one_folder
@given(st.binary(max_size=400))
def test_arbitrary_bytes_are_refused(folder: Path, content: bytes) -> None:
    assert answers_as_promised(write(folder, content), "plan") == 2


@one_folder
@given(st.integers(0, 900), st.binary(max_size=3))
def test_an_order_with_a_few_other_bytes_is_answered(folder: Path, at: int, content: bytes) -> None:
    order = json.dumps(ORDER).encode()
    answers_as_promised(write(folder, order[:at] + content + order[at + len(content) :]), "plan")


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(mutants(ORDER))
def test_a_changed_order_is_answered(folder: Path, document: dict[str, object]) -> None:
    answers_as_promised(write(folder, json.dumps(document).encode()), "plan")


@one_folder
@given(times, st.sampled_from(ZONES), st.booleans())
def test_every_start_in_every_zone_is_answered(folder: Path, start: str, zone: str, closed: bool) -> None:
    bags = {"holidays": "CA-NL", "closed_days": ["sunday"], "prepare_days": ["monday"]} if closed else {}
    document = order_document(
        start_at=start,
        time_zone=zone,
        bags=bags,
        **{"patient.weight_taken_on": "1900-01-01", "patient.date_of_birth": "1900-01-01"},
    )
    answers_as_promised(write(folder, document), "plan")


@one_folder
@given(mutants(SUPPLIES))
def test_changed_supplies_are_answered(folder: Path, document: dict[str, object]) -> None:
    answers_as_promised(write(folder, json.dumps(document).encode(), "supplies.json"), "check")


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(mutants(STOPPED, most=2))
def test_a_changed_order_that_was_interrupted_is_answered(folder: Path, document: dict[str, object]) -> None:
    answers_as_promised(write(folder, json.dumps(document).encode()), "plan")


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(mutants(ORDER), mutants(STOPPED)), st.one_of(st.integers(-1, 12).map(str), any_text))
def test_a_changed_order_and_any_bag_give_a_worksheet_or_a_refusal(
    folder: Path, document: dict[str, object], bag: str
) -> None:
    answers_as_promised(write(folder, json.dumps(document).encode()), "worksheet", f"--bag={bag}")


@one_folder
@given(
    st.lists(
        st.one_of(any_text, st.sampled_from(["plan", "check", "--json", "--bag", "--protocol", "-h"])),
        max_size=5,
    )
)
def test_arbitrary_arguments_are_refused_or_answered(arguments: list[str]) -> None:
    result = ask(*arguments, using=quick())
    assert result.code in {0, 2}
    if result.code == 2 and "--json" not in arguments:
        assert (result.out, result.err.count("\n")) == ("", 1)
