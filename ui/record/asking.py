"""What the Record page asks of the desk, off the window's thread, and its refusals in words. Knows no Qt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pharmacy_app.domain.errors import InputRefused, PharmacyError, RulesRefused
from pharmacy_app.files import write_whole
from pharmacy_app.workflow.record_question import QuestionRefused
from ui.remarks import Remark, in_order, remark_of_finding, remark_of_refusal

if TYPE_CHECKING:
    from pharmacy_app.workflow.desk import Desk
    from pharmacy_app.workflow.record_export import Export
    from ui.words import Words


def give_out(desk: Desk, export: Export, path: Path) -> Path:
    """Keep that a part of the record is given out, then write it: none leaves without its entry."""
    desk.record.keep_export(export)
    write_whole(path, export.content)
    return path


def remarks_of(error: PharmacyError, words: Words) -> tuple[Remark, ...]:
    """A refusal in words, everything that is wrong at once.

    Raises:
        TypeError: it is none of the refusals of the record.
    """
    match error:
        case RulesRefused(findings=findings):
            return in_order(remark_of_finding(each, words) for each in findings)
        case QuestionRefused(refusals=refusals):
            return tuple(remark_of_refusal(each, words) for each in refusals)
        case InputRefused():
            return (remark_of_refusal(error, words),)
        case _:
            raise TypeError(f"no refusal of the record: {error!r}")
