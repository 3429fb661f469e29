"""What the Supplies page shows, ready to be drawn. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from pharmacy_app.domain.product import Product
from ui.remarks import Remark


class Shelf(Enum):
    """What the table shows; the value is its name in the catalogue."""

    LOTS = "lots"
    PRODUCTS = "products"


@dataclass(frozen=True, slots=True)
class State:
    """Shape (an icon's name) and word: never colour alone."""

    icon: str
    word: str


@dataclass(frozen=True, slots=True)
class SupplyRow:
    """One line of the table. `lot` is empty where the row is a product; `detail` says more of the state."""

    key: str
    product: Product
    kind: str
    lot: str
    expires: str
    when: str
    on_hand: str
    state: State
    detail: str = ""

    @property
    def spoken(self) -> str:
        """All of it in one sentence, for a screen reader."""
        parts = (
            self.product.name,
            self.kind,
            self.lot,
            self.expires,
            self.when,
            self.on_hand,
            self.state.word,
            self.detail,
        )
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Act:
    """What can be done with the chosen row. `why_not` is empty where it can; `offered`: it may ever apply."""

    name: str
    why_not: str = ""
    offered: bool = True


@dataclass(frozen=True, slots=True)
class SuppliesView:
    """The page. `chosen` is the row's place in `rows`, None: none is chosen.

    `about` says what is behind the state of the chosen row, `kept` how it is stored and how long it was
    outside, `remarks` why its product is not for use.
    `attention` are lines about what runs out or expires soon. `empty` stands in place of an empty table.
    """

    shelf: Shelf
    rows: tuple[SupplyRow, ...]
    chosen: int | None
    facts: tuple[tuple[str, str], ...]
    about: str
    kept: str
    remarks: tuple[Remark, ...]
    acts: tuple[Act, ...]
    attention: tuple[State, ...]
    empty: str

    @property
    def row(self) -> SupplyRow | None:
        """The chosen row."""
        return None if self.chosen is None else self.rows[self.chosen]

    def why_not(self, name: str) -> str:
        """Why an act cannot be done now; empty: it can."""
        return next(each.why_not for each in self.acts if each.name == name)

    def offers(self, name: str) -> bool:
        """Whether an act is shown for the chosen row."""
        return next(each.offered for each in self.acts if each.name == name)
