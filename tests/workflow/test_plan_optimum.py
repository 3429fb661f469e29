"""What `plan --json` answers is the true optimum: compared with every sequence, and with a second method.

Both are of `tests.support`, written from the promised command line; they share nothing with the program.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from pharmacy_app.cli.plan import run
from pharmacy_app.cli.tools import Tools
from pharmacy_app.workflow.rulebook import Rulebook
from tests.support.command_line import start, tools, write
from tests.support.cycle_model import CycleModel, ModelBag
from tests.support.cycle_totals import totals_of
from tests.support.enumeration import (
    LARGEST,
    Method,
    TooManySequences,
    best_bags,
    best_of_every_sequence,
    cheapest_path,
)
from tests.support.plan_wishes import EPOCH, MINUTE
from tests.support.random_orders import DURATIONS_H, after_midnight_document, random_document
from tests.support.rulebooks import rulebook

CHUNKS, IN_A_CHUNK = 80, 25
ALL_FIVE_CHUNKS = 20
SUBSETS = [each for size in (1, 2, 2, 3, 3, 4) for each in combinations(DURATIONS_H, size)]
BESIDE = {
    "fewest-changes": "least-changes",
    "fewest-vials": "least-vials",
    "fewest-line-changes": "least-line-changes",
}

pytestmark = pytest.mark.req("REQ-PLN-006", "REQ-PLN-008", "REQ-MIX-008")


def small_documents(chunk: int) -> Iterator[tuple[dict[str, Any], CycleModel]]:
    """The chunk's documents that have at most 100,000 sequences."""
    seed, found = chunk * 10_000, 0
    while found < IN_A_CHUNK:
        document = random_document(seed, SUBSETS[seed % len(SUBSETS)])
        model = CycleModel(document)
        if best_bags(model, cheapest_path)[1] <= LARGEST:
            found += 1
            yield document, model
        seed += 1


@cache
def what_a_run_uses() -> tuple[Rulebook, Tools]:
    """Read once for all orders."""
    return rulebook(), tools()


def answer_of(document: dict[str, Any], folder: Path) -> dict[str, Any]:
    """What `plan ORDER.json --json` prints, by the command's own function."""
    answer = run(write(folder, document), *what_a_run_uses())
    printed: dict[str, Any] = json.loads(json.dumps(answer.document))
    assert answer.code == (3 if printed["totals"] is None else 0)
    return printed


def assert_is(answer: dict[str, Any], bags: list[ModelBag] | None) -> None:
    """The answer has exactly these bags and these totals, or is refused where there are none."""
    if bags is None or not pumpable(bags):
        assert (answer["bags"], answer["totals"]) == ([], None)
        return
    assert [bag["duration_h"] for bag in answer["bags"]] == [bag.kind[1] for bag in bags]
    assert answer["totals"] == totals_of(bags)
    for bag, expected in zip(answer["bags"], bags, strict=True):
        assert_bag(bag, expected)


def assert_bag(bag: dict[str, Any], expected: ModelBag) -> None:
    assert (bag["dose_mcg_per_day"], bag["duration_h"]) == tuple(map(str, expected.kind[:1])) + expected.kind[
        1:
    ]
    assert (bag["first_day"], bag["last_day"]) == (expected.days[0], expected.days[-1])
    assert (instant(bag["start_at"]), instant(bag["change_at"])) == (expected.start, expected.change)
    window = (expected.open_spans[0][0], expected.open_spans[-1][1]) if expected.open_spans else (None, None)
    assert (instant(bag["prepare_from"]), instant(bag["prepare_until"])) == window


def pumpable(bags: list[ModelBag]) -> bool:
    """Whether every run is of whole quarters of an hour; the rules stop what no pump takes."""
    return not any((bag.change - bag.start) % 15 for bag in bags if not bag.stopped)


def instant(text: str | None) -> int | None:
    return None if text is None else (datetime.fromisoformat(text) - EPOCH) // MINUTE


def assert_beside(answer: dict[str, Any], model: CycleModel, method: Method) -> None:
    """The three named others too have the least of what they are named after."""
    if answer["totals"] is None:
        return
    assert [each["name"] for each in answer["alternatives"]] == list(BESIDE)
    for each in answer["alternatives"]:
        bags, _ = best_bags(model, method, BESIDE[each["name"]])
        assert bags is not None
        assert each["totals"] == (totals_of(bags) if pumpable(bags) else None)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_plan_is_the_best_of_every_sequence(chunk: int, tmp_path: Path) -> None:
    for document, model in small_documents(chunk):
        answer = answer_of(document, tmp_path)
        assert_is(answer, best_bags(model, best_of_every_sequence)[0])
        assert_beside(answer, model, best_of_every_sequence)


@pytest.mark.parametrize("chunk", range(ALL_FIVE_CHUNKS))
def test_with_all_five_durations_the_plan_is_the_cheapest_path(chunk: int, tmp_path: Path) -> None:
    for seed in range(chunk * 25, chunk * 25 + 25):
        document = random_document(seed, DURATIONS_H)
        model = CycleModel(document)
        answer = answer_of(document, tmp_path)
        assert_is(answer, best_bags(model, cheapest_path)[0])
        assert_beside(answer, model, cheapest_path)


@pytest.mark.req("REQ-PLN-005")
@pytest.mark.parametrize("chunk", range(5))
def test_the_plan_is_the_optimum_where_an_early_change_falls_on_the_day_before(
    chunk: int, tmp_path: Path
) -> None:
    for seed in range(chunk * 24, chunk * 24 + 24):
        document = after_midnight_document(seed)
        bags, _ = best_bags(CycleModel(document), cheapest_path)
        assert_is(answer_of(document, tmp_path), bags)


def test_a_process_of_its_own_answers_the_same(tmp_path: Path) -> None:
    for seed in (3, 21, 24):
        document = random_document(seed, DURATIONS_H)
        printed = start("plan", write(tmp_path, document), "--json", home=tmp_path)
        model = CycleModel(document)
        assert_is(printed.document, best_bags(model, cheapest_path)[0])
        assert_beside(printed.document, model, cheapest_path)


def test_the_two_methods_of_comparing_agree_with_each_other() -> None:
    for _, model in small_documents(chunk=0):
        for order in [None, *BESIDE.values()]:
            of_all = best_bags(model, best_of_every_sequence, order)
            assert best_bags(model, cheapest_path, order) == of_all


def test_too_many_sequences_are_not_enumerated() -> None:
    """28 days in single days, two, three and four are 54,114,452 sequences."""
    document = random_document(0, DURATIONS_H)
    document |= {"indication": "consolidation", "dose_modification": None, "interruptions": []}
    document["bags"] |= {"durations_h": [24, 48, 72, 96], "phases": None}
    assert best_bags(CycleModel(document), cheapest_path)[1] == 54_114_452
    with pytest.raises(TooManySequences):
        best_bags(CycleModel(document), best_of_every_sequence)


def test_the_compared_orders_are_of_every_kind() -> None:
    """What is drawn: enough of each in every fifth chunk, so that no rule is compared by chance alone."""
    models = [model for chunk in range(0, CHUNKS, 5) for _, model in small_documents(chunk)]
    plans = [best_bags(model, cheapest_path) for model in models]
    bags = [each for each, _ in plans if each is not None]
    assert CHUNKS * IN_A_CHUNK == 2000
    assert len(models) == 400
    assert sum(count > 10_000 for _, count in plans) >= 40
    assert sum(each is None for each, _ in plans) >= 10
    assert sum(model.wall is not None for model in models) >= 150
    assert sum(model.fewest_vials for model in models) >= 150
    assert sum(bool(model.stops) for model in models) >= 80
    assert sum(any(stop.grade_3 for stop in model.stops) for model in models) >= 40
    assert sum(any(bag.closed for bag in each) for each in bags) >= 100
    assert sum(any(not bag.open_spans for bag in each) for each in bags) >= 10
    assert sum(totals_of(each)["vials"] != totals_of(each)["vials_shared"] for each in bags) >= 40
    assert sum(ends_early(model, each) for model, each in zip(models, plans, strict=True)) >= 8


def ends_early(model: CycleModel, plan: tuple[list[ModelBag] | None, int]) -> bool:
    """Whether the cycle is changed at a room limit somewhere, before the clock time."""
    clock = f"{model.start:%H:%M}"
    bags = plan[0] or []
    changes = [(EPOCH + bag.change * MINUTE).astimezone(model.zone) for bag in bags]
    return not model.stops and any(f"{change:%H:%M}" < clock for change in changes)
