"""What the Orders page shows, worked out by the presenter. Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ui.order.draft import Draft
from ui.remarks import Remark


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One row of the list. `typing` marks the draft; `order_number` may then still be empty.

    `accepted`: by a pharmacist, as it stands on file.
    """

    order_number: str
    name: str
    course: str
    state: str
    start: str
    typing: bool
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What the order asks for. Empty, with `why_empty`, where no figure may be shown."""

    doses: tuple[tuple[str, str], ...] = ()
    why_empty: str = ""
    refused: bool = False
    changes_title: str = ""
    changes: tuple[str, ...] = ()
    reminders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormView:
    """The form and what stands beside it.

    `remarks` are by field of the form, `general` belongs to no field. `to_fill_in`, `refusals` and
    `reasons` count what keeps the order from being saved; `next_field` is the first field of each.
    `accepts`: saving is accepting too. `may_be_accepted`: it is on file, and whoever works here accepts it.
    `may_add_weight`: it is accepted, and a weight taken during the course can be added.
    """

    title: str
    state: str
    locked: bool
    draft: Draft
    remarks: Mapping[str, tuple[Remark, ...]] = field(default_factory=dict)
    general: tuple[Remark, ...] = ()
    asked: Asked = Asked()
    struck_cycles: frozenset[str] = frozenset()
    indication_words: str = ""
    to_fill_in: int = 0
    refusals: int = 0
    reasons: int = 0
    next_to_fill_in: str = ""
    next_refusal: str = ""
    next_reason: str = ""
    may_save: bool = False
    why_not: str = ""
    accepts: bool = False
    may_be_accepted: bool = False
    may_add_weight: bool = False
    on_file_note: str = ""


@dataclass(frozen=True, slots=True)
class OrdersView:
    """The whole page. `form` is None when nothing is chosen; `first_start` offers the training pharmacy."""

    rows: tuple[OrderRow, ...]
    chosen: int | None
    form: FormView | None
    first_start: bool
    count: str
