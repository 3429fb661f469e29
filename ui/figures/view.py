"""What the Figures page shows, ready to be drawn. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ui.remarks import Remark


class Part(Enum):
    """What stands at the right: a group of figures, or one of three other parts, by the key of its row."""

    GROUP = "group"
    OPENING = "opening"
    BAGS = "bags"
    REVISIONS = "revisions"


class InputKind(Enum):
    """How a figure is given."""

    LINE = "line"
    ONE = "one"
    MANY = "many"
    IN_ORDER = "in-order"


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row at the left. `heading` stands above it; `tone` names the shape, empty: none."""

    key: str
    title: str
    state: str
    tone: str
    heading: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure. `program` is None while it is covered.

    `example` stands in an empty line. `verdict` is a word with the shape `tone`; both are empty until a value
    is typed. `note` and `remarks` stand under the row.
    """

    name: str
    caption: str
    note: str
    program: str | None
    unit: str
    kind: InputKind
    options: tuple[tuple[str, str], ...]
    example: str
    text: str
    verdict: str
    tone: str
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    """One group. `signatures` are pairs of a shape's name and a sentence; `why_not` empty: one may sign."""

    key: str
    title: str
    columns: tuple[str, str, str]
    rows: tuple[FigureRow, ...]
    progress: str
    signatures: tuple[tuple[str, str], ...]
    meaning: str
    sign_word: str
    may_type: bool
    why_not: str


@dataclass(frozen=True, slots=True)
class OpeningView:
    """Opening for patients. `serials` are those of `bags`, the open bags that two people must have seen."""

    sentence: str
    since: str
    explained: str
    remarks: tuple[Remark, ...]
    ready: str
    bags: tuple[str, ...]
    serials: tuple[str, ...]
    asks: bool
    why_not: str


@dataclass(frozen=True, slots=True)
class BagRow:
    """An open bag of another revision. `lines` say what differs and what replaces it."""

    serial: str
    title: str
    order: str
    tone: str
    sentence: str
    lines: tuple[str, ...]
    may_release: bool


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """A figure in which two revisions differ; a value that is not there says so."""

    caption: str
    old: str
    old_source: str
    new: str
    new_source: str


@dataclass(frozen=True, slots=True)
class RevisionsView:
    """Two revisions side by side; `headings` are empty before a file was chosen."""

    headings: tuple[str, str]
    sentence: str
    rows: tuple[RevisionRow, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class FiguresView:
    """Everything the page shows. One of the four parts is what stands at the right."""

    facts: tuple[tuple[str, str], ...]
    rows: tuple[ListRow, ...]
    chosen: str
    part: Part
    group: GroupView | None
    opening: OpeningView
    bags: tuple[BagRow, ...]
    revisions: RevisionsView
    said: tuple[Remark, ...]
