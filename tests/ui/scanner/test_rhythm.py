"""What tells a scanner from a person's hands."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from ui.rhythm import Press, Setting, is_broken_scan, is_scanner

ALONE = Setting()


def presses(steps: Sequence[int], *, rolled: Sequence[int] = ()) -> tuple[list[Press], int]:
    """A character before each step; the last step leads to the end key, whose time comes with them."""
    at, found = 0, []
    for place, step in enumerate(steps):
        found.append(Press(at, "x", rolled=place in rolled))
        at += step
    return found, at


def judged(steps: Sequence[int], *, rolled: Sequence[int] = (), setting: Setting = ALONE) -> bool:
    return is_scanner(*presses(steps, rolled=rolled), setting)


@pytest.mark.parametrize("step", [0, 1, 2, 5, 10, 15, 20])
@pytest.mark.parametrize("length", [4, 8, 12, 60])
def test_four_characters_faster_than_hands_are_a_scanners(step: int, length: int) -> None:
    assert judged([step] * length)


@pytest.mark.parametrize("step", [25, 30, 35, 40, 45])
@pytest.mark.parametrize("length", [8, 12, 60])
def test_eight_characters_at_a_slow_scanners_even_beat_are_a_scanners(step: int, length: int) -> None:
    assert judged([step] * length)


def test_a_slow_scanners_beat_may_waver() -> None:
    assert judged([40, 36, 44, 40, 47, 38, 40, 40, 33, 41])
    assert judged([40, 48, 40, 32, 40, 40, 40, 40], setting=Setting(silence=150))


def test_shift_may_come_with_its_character_or_take_a_beat_of_its_own() -> None:
    together = [Press(40 * place, "A") for place in range(9)]
    together.insert(4, Press(159, ""))
    assert is_scanner(together, 360, ALONE)
    apart = [Press(0, "a"), Press(40, "b"), Press(80, ""), Press(120, "C"), Press(160, "d"), Press(200, "e")]
    apart += [Press(240, ""), Press(280, "F"), Press(320, "g"), Press(360, "h")]
    assert is_scanner(apart, 400, ALONE)


def test_around_ctrl_the_beat_is_not_looked_at() -> None:
    """As a scanner was seen to send its separator: Ctrl, the key 20 ms later, the next one after 61."""
    sent = [Press(41 * place, "0") for place in range(8)]
    sent += [Press(328, "", with_control=True), Press(348, "\x1d", with_control=True)]
    sent += [Press(409 + 41 * place, "1") for place in range(6)]
    assert is_scanner(sent, 655, ALONE)
    without = [Press(each.at, each.text) for each in sent]
    assert not is_scanner(without, 655, ALONE)


def test_keys_around_ctrl_alone_are_no_scanners() -> None:
    sent = [Press(30 * place, "\x1d", with_control=True) for place in range(12)]
    assert not is_scanner(sent, 360, ALONE)


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        ([1, 1, 1], "three characters"),
        ([25] * 5, "five characters, slower than the fastest"),
        ([40] * 7, "seven characters at a slow beat"),
        ([46] * 12, "slower than 45 ms"),
        ([66] * 12, "15 keys a second"),
        ([30, 50, 38, 30, 50, 40, 35, 49], "an uneven beat"),
        ([40] * 7 + [65], "a late end key"),
    ],
)
def test_less_is_a_persons(steps: Sequence[int], why: str) -> None:
    assert not judged(steps), why


def test_a_key_that_goes_down_before_the_former_comes_up_is_a_hands() -> None:
    assert judged([40] * 10)
    assert not judged([40] * 10, rolled=[6])
    assert judged([28] * 10)
    assert not judged([28] * 10, rolled=[6])


def test_in_the_middle_of_typing_a_slow_beat_is_a_hands() -> None:
    assert not judged([40] * 10, setting=Setting(silence=149))
    assert judged([10] * 10, setting=Setting(silence=70))


def test_at_a_secret_the_beat_must_be_more_even() -> None:
    steps = [40, 36, 50, 40, 40, 38, 40, 40]
    assert judged(steps)
    assert not judged(steps, setting=Setting(at_a_secret=True))
    assert judged([40, 38, 42, 40, 40, 41, 40, 39], setting=Setting(at_a_secret=True))


@pytest.mark.parametrize(
    ("step", "length", "broken"),
    [(1, 8, True), (1, 7, False), (30, 8, True), (40, 12, True), (40, 11, False), (66, 40, False)],
)
def test_a_code_without_its_end_is_thrown_away_only_if_no_hand_can_have_typed_it(
    step: int, length: int, broken: bool
) -> None:
    found, _ = presses([step] * length)
    assert is_broken_scan(found, ALONE) is broken


# Steps in ms, made up after what typing looks like: words by fast typists, a secret known by heart, a
# numeric pad, fingers drummed over the home row, and letters of one word rolled off by one hand.
HANDS: dict[str, Sequence[int]] = {
    "a fast typist's word": [94, 62, 118, 71, 55, 88, 103, 66, 140],
    "a word of double letters": [112, 148, 61, 132, 58, 97, 125, 180],
    "a very fast burst": [48, 71, 39, 66, 52, 83, 44, 58, 120],
    "a secret by heart": [77, 59, 91, 64, 83, 55, 102, 70, 68, 95],
    "six digits on the pad": [92, 88, 96, 90, 94, 101],
    "twelve digits on the pad": [85, 92, 88, 96, 84, 90, 94, 87, 91, 99, 86, 110],
    "three fingers and Return": [24, 31, 95],
    "five fingers drummed": [22, 35, 19, 41, 130],
}


@pytest.mark.parametrize("steps", HANDS.values(), ids=HANDS.keys())
def test_hands_of_many_kinds_are_no_scanner(steps: Sequence[int]) -> None:
    assert not judged(steps)
    assert not judged(steps, setting=Setting(at_a_secret=True))
    assert not is_broken_scan(presses(steps)[0], ALONE)


@pytest.mark.parametrize("keys_a_second", [10, 12, 15])
def test_of_ten_thousand_words_typed_fast_none_is_taken_for_a_code(keys_a_second: int) -> None:
    """Steps scatter by a third about their mean, and every second key is rolled to from the one before."""
    hands = random.Random(20261123)
    mean = 1000 / keys_a_second
    for _ in range(10_000):
        length = hands.randint(4, 16)
        steps = [round(hands.gammavariate(9, mean / 9)) for _ in range(length)]
        rolled = [place for place in range(1, length) if hands.random() < 0.5]
        assert not judged(steps, rolled=rolled)
        assert not is_broken_scan(presses(steps, rolled=rolled)[0], ALONE)
