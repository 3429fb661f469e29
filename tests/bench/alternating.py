"""A B A B: things measured in turn, so that a machine's noise falls on all alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Measured = TypeVar("Measured")


def take_turns(
    sides: Sequence[Callable[[int], Measured]], *, count: int, warm_up: int = 1
) -> list[list[Measured]]:
    """What each side measured in `count` rounds, after `warm_up` more that are not kept.

    Each round begins with another side, so that none always comes after the same one.

    >>> take_turns([lambda number: number, lambda number: -number], count=2)
    [[1, 2], [-1, -2]]
    """
    kept: list[list[Measured]] = [[] for _ in sides]
    for number in range(warm_up + count):
        for turn in range(len(sides)):
            place = (number + turn) % len(sides)
            value = sides[place](number)
            if number >= warm_up:
                kept[place].append(value)
    return kept
