"""The gateway, as far as the Orders page's presenter needs it. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from pharmacy_app.domain.errors import PharmacyError

Answer = TypeVar("Answer")


class Gate(Protocol):
    """The gateway, as far as this presenter needs it."""

    def ask(
        self,
        question: Callable[[], Answer],
        *,
        done: Callable[[Answer], None],
        refused: Callable[[PharmacyError], None] | None = None,
        topic: str = "",
    ) -> None: ...


class Change(Protocol):
    """Stores something, and tells the window which nouns changed."""

    def __call__(
        self,
        act: Callable[[], None],
        *,
        done: Callable[[None], None],
        refused: Callable[[PharmacyError], None],
        broken_off: Callable[[], None],
        again: Callable[[], None],
    ) -> None: ...
