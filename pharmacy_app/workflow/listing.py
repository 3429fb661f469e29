"""A list to be read on paper: everything in words already, so that whoever draws it decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol as Port


@dataclass(frozen=True, slots=True)
class ListingItem:
    """One thing of the list: `head` in bold, `beside` at its right, `lines` under it, `small` ones last."""

    head: str
    beside: str
    lines: tuple[str, ...] = ()
    small: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """`mark` stands on top of every page, empty: none. `facts` are captions and values under the title."""

    mark: str
    title: str
    facts: tuple[tuple[str, str], ...]
    items: tuple[ListingItem, ...]
    page: str  # what stands before the number of each page


class ListingRenderer(Port):
    """Draws a list on as many pages as it takes."""

    def draw(self, listing: Listing) -> bytes:
        """The list as PDF. What no font can draw is written as the number of its character."""
        ...
