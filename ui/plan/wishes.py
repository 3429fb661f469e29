"""What a person wishes of one bag in the picture. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Days:
    """The bag is to cover so many days."""

    number: int
    days: int


@dataclass(frozen=True, slots=True)
class Step:
    """The bag is to get the next longer or shorter duration."""

    number: int
    longer: bool


@dataclass(frozen=True, slots=True)
class Join:
    """The bag and the next are to be one."""

    number: int


@dataclass(frozen=True, slots=True)
class Menu:
    """Every duration of the bag is to be shown, to choose from."""

    number: int


Wish = Days | Step | Join | Menu
