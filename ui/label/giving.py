"""What may be done with the label that is shown: saved as a specimen, printed, decided upon, printed again.

Knows no Qt.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, assert_never
from zoneinfo import ZoneInfo

from pharmacy_app.domain.finding import has_stop
from pharmacy_app.domain.preparation_scan import shown_serial
from pharmacy_app.domain.print_job import PrintJob, PrintState, Turn
from pharmacy_app.domain.scan import BagScan
from ui.dates import short_moment_text

if TYPE_CHECKING:
    from pharmacy_app.workflow.printing import BagsLabel
    from ui.words import Words


class Way(Enum):
    """What the page offers to do with the label."""

    SAVE = "save"  # a specimen, as a file
    PRINT = "print"
    DECIDE = "decide"  # it went to the printer: scan it, or say what became of it
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Giving:
    """`sign` and `told` say where the newest print is; `why_not` why nothing can be printed, or is empty.

    `may_say_printed`: a label of which it is known that it never went to a printer did not print.
    `waits_for_scan`: label and tag are to be scanned together.
    """

    way: Way
    sign: str
    told: str
    why_not: str
    may_say_printed: bool = True
    waits_for_scan: bool = False


@dataclass(frozen=True, slots=True)
class UnknownPrint:
    """A print of which nobody knows whether it is on paper; `told` is it in words."""

    serial: str
    number: int
    told: str


def giving_of(label: BagsLabel, words: Words, *, zone: str, printers: tuple[str, ...]) -> Giving:
    """What may be done with the label of a released bag."""
    why_not = _why_not(label, words, printers)
    last = label.jobs[-1] if label.jobs else None
    if last is None:
        return Giving(Way.PRINT, "", "", why_not)
    values = {"number": str(last.number), "printer": last.printer, "at": _at(last.at, zone)}
    match label.turn:
        case Turn.OPEN:
            sign = "unknown" if last.state is PrintState.UNKNOWN else "now"
            told = words(f"ui.label.print.{last.state.value}", **values)
            went = last.state is not PrintState.QUEUED
            return Giving(Way.DECIDE, sign, told, "", went, went)
        case Turn.AFTER_FAILURE:
            told = words("ui.label.print.failed", **values, reason=last.told)
            return Giving(Way.PRINT, "reason", told, why_not)
        case Turn.REPRINT:
            matched = last.number in label.matched
            code = "ui.label.print.matched" if matched else "ui.label.print.confirmed"
            sign, told = "done" if matched else "now", words(code, **values)
            return Giving(Way.AGAIN, sign, told, why_not, waits_for_scan=not matched)
        case Turn.FIRST:
            raise AssertionError("a first print has no print before it")
        case _:
            assert_never(label.turn)


def _why_not(label: BagsLabel, words: Words, printers: tuple[str, ...]) -> str:
    if has_stop(label.findings):
        return words("ui.label.not-saved.refused")
    return "" if printers else words("ui.label.print.no-printer")


def unknown_print(job: PrintJob, words: Words, *, zone: str) -> UnknownPrint:
    """A job in words."""
    values = {"serial": shown_serial(job.serial), "number": str(job.number), "printer": job.printer}
    told = words("ui.label.print.not-known", **values, at=_at(job.at, zone))
    return UnknownPrint(job.serial, job.number, told)


def _at(moment: datetime, zone: str) -> str:
    return short_moment_text(moment.astimezone(ZoneInfo(zone)))


@dataclass(frozen=True, slots=True)
class Pair:
    """Tag and label of one bag, as far as they were scanned. Either may come first."""

    tag: BagScan | None = None
    label: BagScan | None = None

    def with_scan(self, scan: BagScan) -> Pair:
        """The pair with one more scan; the same kind scanned again takes the former's place."""
        return Pair(scan, self.label) if scan.print_number == 0 else Pair(self.tag, scan)

    @property
    def both(self) -> tuple[BagScan, BagScan] | None:
        """Tag and label; None while one is missing."""
        return None if self.tag is None or self.label is None else (self.tag, self.label)
