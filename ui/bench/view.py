"""What the Bench page shows, ready to be shown. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ui.remarks import Remark


class Mark(Enum):
    """How a step or a unit stands: each has its own shape and word, never a colour alone."""

    DONE = "done"
    NOW = "now"
    TO_DO = "to-do"
    LATE = "late"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class DueRow:
    """One bag of the worklist. `act` is what its button says; empty: nothing can be done here."""

    order_number: str
    bag: int
    serial: str
    when: str
    how_soon: str
    patient: str
    what: str
    state: str
    mark: Mark
    act: str
    takes_over: bool


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step in the list at the left."""

    name: str
    detail: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class UnitCard:
    """One thing that the step asks to be scanned."""

    name: str
    detail: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class StepView:
    """The step that waits. `volume` is the large number, empty where the step has none.

    `instruments` are preselected for the entries; `all_instruments` can be chosen. `asks_fill`: how the bag
    was filled is asked. `look` is what the one button says, `sentence` what is to be done or looked for.
    """

    count: str
    name: str
    volume: str
    hints: tuple[str, ...]
    cards: tuple[UnitCard, ...]
    sentence: str
    asks_tag: bool
    asks_volume: bool
    opens_later: str
    asks_fill: bool
    instruments: tuple[str, ...]
    all_instruments: tuple[str, ...]
    look: str
    may_add_vial: bool


@dataclass(frozen=True, slots=True)
class BagView:
    """The bag that is being made. Volumes are in mL as texts; `filled` is thousandths of its size."""

    title: str
    facts: tuple[tuple[str, str], ...]
    serial: str
    steps: tuple[StepRow, ...]
    step: StepView | None
    in_the_bag: str
    after_step: str
    filled: int
    filled_after: int
    vials: str
    vials_mark: Mark
    resumed: str


@dataclass(frozen=True, slots=True)
class StopView:
    """The stop that fills the page. `leads_back`: by its hint; else only a scan leads on."""

    sentence: str
    others: tuple[str, ...]
    scanned: str
    scanned_lines: tuple[str, ...]
    needs: str
    needs_lines: tuple[str, ...]
    to_do: tuple[str, ...]
    why: tuple[str, ...]
    recorded: str
    hint: str
    leads_back: bool


@dataclass(frozen=True, slots=True)
class BenchView:
    """Everything. One of `bag` and `rows` is shown; with `stop` nothing else is; `done` is a bag made."""

    bag: BagView | None
    rows: tuple[DueRow, ...]
    later: str
    nothing: str
    done: tuple[str, str] | None
    stop: StopView | None
    remarks: tuple[Remark, ...]
    expected: str
