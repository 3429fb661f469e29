"""The planner's answer is the true optimum: compared with every sequence, and with a second method."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest

from pharmacy_app.domain.plan import Plan
from tests.support.cycle_model import Cost, CycleModel
from tests.support.enumeration import best_of_every_sequence, cheapest_path, count_sequences
from tests.support.random_orders import DURATIONS_H, after_midnight_document, random_document
from tests.support.rulebooks import plan_of

LARGEST = 100_000
CHUNKS, IN_A_CHUNK = 24, 18
SUBSETS = [each for size in (1, 2, 3, 4) for each in combinations(DURATIONS_H, size)]

pytestmark = pytest.mark.req("REQ-PLN-006", "REQ-PLN-008")


def small_documents(chunk: int) -> Iterator[tuple[dict[str, Any], CycleModel]]:
    """The chunk's documents that have at most 100,000 sequences."""
    seed, found = chunk * 10_000, 0
    while found < IN_A_CHUNK:
        document = random_document(seed, SUBSETS[seed % len(SUBSETS)])
        model = CycleModel(document)
        if count_sequences(model) <= LARGEST:
            found += 1
            yield document, model
        seed += 1


def assert_is(plan: Plan, best: tuple[Cost, tuple[int, ...]] | None, model: CycleModel) -> None:
    """The plan has exactly this sequence and these figures, or is refused where there is none."""
    if best is None:
        assert [each.code for each in plan.findings if each.severity.value == "stop"] == ["plan.none"]
        assert (plan.bags, plan.totals) == ((), None)
        return
    cost, sequence_h = best
    assert plan.sequence_h == sequence_h
    assert figures(plan) == model.figures(cost)


def figures(plan: Plan) -> dict[str, int]:
    """The plan's totals as whole numbers."""
    totals = plan.totals
    assert totals is not None
    assert totals.drug_ordered.value % 1 == totals.drug_discarded.value % 1 == 0
    return {
        "bags": totals.bags,
        "changes": totals.changes,
        "closed_day_changes": totals.closed_day_changes,
        "line_changes": totals.line_changes,
        "vials": totals.vials,
        "drug_mcg_ordered": int(totals.drug_ordered.value),
        "drug_mcg_discarded": int(totals.drug_discarded.value),
        "benzyl_alcohol_days": totals.benzyl_alcohol_days,
    }


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_plan_is_the_best_of_every_sequence(chunk: int) -> None:
    for document, model in small_documents(chunk):
        assert_is(plan_of(document), best_of_every_sequence(model), model)


@pytest.mark.parametrize("chunk", range(8))
def test_with_all_five_durations_the_plan_is_the_cheapest_path(chunk: int) -> None:
    for seed in range(chunk * 12, chunk * 12 + 12):
        document = random_document(seed, DURATIONS_H)
        model = CycleModel(document)
        assert_is(plan_of(document), cheapest_path(model), model)


@pytest.mark.req("REQ-PLN-005")
@pytest.mark.parametrize("chunk", range(5))
def test_the_plan_is_the_optimum_where_an_early_change_falls_on_the_day_before(chunk: int) -> None:
    for seed in range(chunk * 24, chunk * 24 + 24):
        document = after_midnight_document(seed)
        model = CycleModel(document)
        best = cheapest_path(model)
        assert_is(plan_of(document), best, model)
        if count_sequences(model) <= LARGEST:
            assert best_of_every_sequence(model) == best


def test_the_two_methods_of_comparing_agree_with_each_other() -> None:
    for _, model in small_documents(chunk=0):
        assert cheapest_path(model) == best_of_every_sequence(model)


def test_the_compared_orders_are_of_every_kind() -> None:
    """What is drawn: enough of each, so that no rule is compared by chance alone."""
    models = [model for chunk in range(CHUNKS) for _, model in small_documents(chunk)]
    costs = [(model, cheapest_path(model)) for model in models]
    assert len(models) == 432
    assert sum(count_sequences(model) > 10_000 for model in models) >= 50
    assert sum(model.wall is not None for model in models) >= 150
    assert sum(best is None for _, best in costs) >= 10
    assert sum(best is not None and best[0].closed > 0 for _, best in costs) >= 80
    assert sum(hours(model) != 672 for model in models) >= 100
    assert sum(ends_early(model, best) for model, best in costs if best is not None) >= 15
    assert sum(model.fewest_vials for model in models) >= 150
    assert sum(bool(model.holidays) for model in models) >= 150


def hours(model: CycleModel) -> float:
    """The hours between the first and the last clock time of the cycle."""
    return (model.clock[-1] - model.clock[0]).total_seconds() / 3600


def ends_early(model: CycleModel, best: tuple[Cost, tuple[int, ...]]) -> bool:
    """Whether the best sequence reaches its end before the clock time."""
    day, instant = 0, model.clock[0]
    for duration_h in best[1]:
        step = next(each for each in model.after(day, instant) if each.duration_h == duration_h)
        day, instant = step.last_day, step.change
    return instant < model.clock[-1]
