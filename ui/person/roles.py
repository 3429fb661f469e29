"""Roles in words. Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pharmacy_app.domain.person import Actor, Role
    from ui.words import Words


def role_words(roles: Iterable[Role], words: Words) -> str:
    """The roles after each other, such as `pharmacist, administrator`."""
    return ", ".join(words(f"ui.role.{role.value}") for role in roles)


def roles_of(actor: Actor, words: Words) -> str:
    """What stands beside the name of whoever works here: the first role, and how many more."""
    first, more = role_words(actor.roles[:1], words), len(actor.roles) - 1
    return words("ui.frame.roles", first=first, more=str(more)) if more > 0 else first
