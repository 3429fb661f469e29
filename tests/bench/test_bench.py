"""The bench works, counts rightly, and says what it could not measure. No figure is asserted."""

import json
from pathlib import Path

import pytest

from tests.bench import environments
from tests.bench.__main__ import main
from tests.bench.alternating import take_turns
from tests.bench.bad_files import bad_files
from tests.bench.enumeration import cheapest
from tests.bench.environments import locked_lines
from tests.bench.figures import Aim, Case, Figure, Result, paired, spread_of
from tests.bench.problems import problems
from tests.bench.processes import BenchFault, Conversation, Spawner
from tests.bench.report import as_text
from tests.bench.setting import clean_environment, own_command
from tests.support.rulebooks import rulebook

LOCK = "one==1.0 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\nother==2.0 ; x \\\n    --hash=sha256:cc\n"


def test_a_run_without_peers_measures_ours_and_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environments, "FOLDER", tmp_path / "peers")
    file = tmp_path / "out" / "bench.json"

    code = main(["--quick", "--no-install", "--out", str(file)])

    document = json.loads(file.read_text(encoding="utf-8"))
    figures = {each["name"]: each for each in document["figures"]}
    assert code == 0
    assert [each["name"] for each in document["figures"] if each["ours"] is None] == []
    for name in ("label-96 h-plain", "label-7-day-plain", "window-time-no screen", "plan-with-holidays"):
        assert figures[name]["verdict"] == "not measured"
        assert "may not install" in figures[name]["missing"]
    assert figures["optimum-enumeration"]["ratio"]["count"] == 1
    assert [each["refused"] for each in document["bad_input"]] == [True, True, True]
    assert "the peer's environment .bench/label is missing" in capsys.readouterr().out


def test_a_measurement_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["speed"])
    assert "given speed, expected label, window" in capsys.readouterr().err


def test_sides_take_turns_and_each_begins_in_its_round() -> None:
    order: list[str] = []

    def side(name: str, number: int) -> int:
        order.append(f"{name}{number}")
        return number

    kept = take_turns([lambda number: side("a", number), lambda number: side("b", number)], count=2)
    assert order == ["a0", "b0", "b1", "a1", "a2", "b2"]
    assert kept == [[1, 2], [1, 2]]


def test_a_ratio_is_the_middle_of_the_pairs_ratios() -> None:
    figure = paired(Figure("x", "X", "ms", aim=Aim(2, "ratio")), [10, 30, 22], [10, 10, 10])
    assert figure.ratio is not None
    assert (figure.ratio.median, figure.ratio.smallest, figure.ratio.largest) == (2.2, 1.0, 3.0)
    assert figure.verdict == "not met"


def test_a_spread_has_the_middle_half_and_the_outermost() -> None:
    spread = spread_of([5, 1, 4, 2, 3])
    assert (spread.smallest, spread.lower, spread.median, spread.upper, spread.largest) == (1, 2, 3, 4, 5)


@pytest.mark.parametrize(
    ("aim", "verdict"),
    [
        (Aim(2, "ours"), "met"),
        (Aim(2, "ours", "largest"), "not met"),
        (Aim(2, "ratio"), "not measured"),
        (None, "no aim"),
    ],
)
def test_the_verdict_is_about_what_the_aim_says(aim: Aim | None, verdict: str) -> None:
    assert Figure("x", "X", "ms", spread_of([1, 2, 3]), aim=aim).verdict == verdict


def test_the_table_says_in_words_what_is_not_met_and_what_was_not_refused() -> None:
    figures = (Figure("x", "X", "ms", spread_of([7]), aim=Aim(5, "ours")),)
    cases = (Case("a bad file", 0.1, 20, 0, 2, ""), Case("a worse file", 60, 20, None, 2, ""))
    text = as_text([Result(figures, cases)])
    assert "7.00 ms (7.00–7.00)  7.00 ms  –     –      ≤ 5 ms  not met" in text
    assert "a bad file    0.10 s   20 MB  0        –      NOT REFUSED AS PROMISED" in text
    assert "a worse file  60.00 s  20 MB  stopped  –      NOT REFUSED AS PROMISED" in text


def test_a_peers_requirements_are_the_locks_own_lines() -> None:
    assert locked_lines(LOCK, ("other",)) == "other==2.0 ; x \\\n    --hash=sha256:cc\n"
    with pytest.raises(BenchFault, match=r"not in requirements.lock: third"):
        locked_lines(LOCK, ("one", "third"))


def test_a_process_is_measured_from_outside() -> None:
    act = (
        "import sys; sys.stdout.write('word'); sys.stdout.flush(); memory = bytearray(100 << 20); sys.exit(3)"
    )
    with Spawner() as spawner:
        large = spawner.run(own_command("-c", act), clean_environment())
        small = spawner.run(own_command("-c", "pass"), clean_environment())
    assert (large.exit_code, large.output) == (3, "word")
    assert large.first_output_s is not None
    assert large.first_output_s <= large.seconds
    assert 80 < large.peak_mb - small.peak_mb < 120
    assert small.first_output_s is None


def test_a_process_that_does_not_end_is_stopped() -> None:
    with Spawner() as spawner:
        run = spawner.run(own_command("-c", "import time; time.sleep(60)"), clean_environment(), limit_s=0.2)
    assert run.exit_code is None


def test_a_process_that_fails_is_a_fault_with_its_last_words() -> None:
    with Spawner() as spawner, pytest.raises(BenchFault, match="ended with 1: no such luck"):
        spawner.run_well(own_command("-c", "import sys; sys.exit('no such luck')"), clean_environment())


def test_a_conversation_that_breaks_off_is_a_fault() -> None:
    with (
        Conversation(own_command("-c", "pass"), clean_environment()) as silent,
        pytest.raises(BenchFault, match="ended when asked: draw 1"),
    ):
        silent.ask("draw 1")


def test_bad_files_are_made_as_they_are_called() -> None:
    sizes = {bad.what: len(bad.make()) for bad in bad_files()}
    assert all(size >= 50_000_000 for what, size in sizes.items() if "50 MB" in what and "TOML" not in what)
    taken = [what for what, size in sizes.items() if "50 MB" not in what and size > 1_000_000]
    assert taken == [], "too large: refused before its content is looked at"


def test_enumeration_prices_every_sequence() -> None:
    one, *_ = problems(1, permitted_h=(72, 96), rulebook=rulebook(), seed=3)
    best, count = cheapest(one)
    # 28 days without a wall in bags of 3 and 4 days: 8 of 3 and 1 of 4 → 9 orders, 4 and 4 → 70, 0 and 7 → 1.
    # With a wall after day 7: 2 orders (3 + 4, 4 + 3) of week 1, times 21 days: 7 of 3 → 1, 3 and 3 → 20.
    assert count == (2 * 21 if one.stretch.cells[-1].run == 1 else 80)
    assert best == one.best()
