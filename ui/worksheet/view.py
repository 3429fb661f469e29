"""What the Worksheet page shows, as values. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from ui.remarks import Remark
from ui.worksheet.bag_layout import BagContents
from ui.worksheet.supplies_form import Kind

Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class StripItem:
    """One of the four results on top: a caption, the number, what stands under it."""

    caption: str
    value: str
    below: str


@dataclass(frozen=True, slots=True)
class WayView:
    """One way to the dose: its working line by line, and what it comes to."""

    title: str
    rows: Rows
    remark: str
    result: str
    below: str


@dataclass(frozen=True, slots=True)
class DoseView:
    """Both ways side by side. `differs_at` is the first row that differs, where they do not agree."""

    agrees: bool
    verdict: str
    table: WayView
    principles: WayView
    differs_at: int | None


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question about the supplies with its answer and what the rules say of it."""

    key: str
    kind: Kind
    text: str
    options: Rows
    values: tuple[str, ...]
    asked: bool
    answered: bool
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class SuppliesView:
    """The questions in groups, and how many are still a stop."""

    groups: tuple[tuple[str, tuple[QuestionView, ...]], ...]
    stops: int
    reasons: int
    summary: str


@dataclass(frozen=True, slots=True)
class SheetView:
    """All of one bag's worksheet."""

    contents: BagContents
    total: str
    fill_known: bool
    fill: QuestionView
    strip: tuple[StripItem, ...]
    dose: DoseView
    filter_text: str
    times_title: str
    times: Rows
    steps: tuple[str, ...]
    limits: Rows
    storage: tuple[str, ...]
    reminders: tuple[str, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class WorksheetView:
    """Everything the page shows. `sheet` is None where there is no bag; `notice` says why.

    `which` are cycle and days of the bag; `accepted`: its plan is on file.
    """

    title: str
    facts: Rows
    notice: str
    notice_remarks: tuple[Remark, ...]
    bag: int
    last_bag: int
    which: str
    accepted: bool
    sheet: SheetView | None
    supplies: SuppliesView | None
    may_save: bool
