"""What the Label page asks for and is given: a label drawn, read back and judged, and where it can go.

Knows no Qt.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pharmacy_app.domain.plan import Plan
from pharmacy_app.files import write_whole
from pharmacy_app.workflow.label import MadeLabel, Paper
from pharmacy_app.workflow.ports import Picture
from pharmacy_app.workflow.printers import PrinterList
from ui.plan.loading import plan_in_use

if TYPE_CHECKING:
    from pharmacy_app.domain.print_job import PrintJob
    from pharmacy_app.workflow.desk import Desk
    from pharmacy_app.workflow.printing import BagsLabel


@dataclass(frozen=True, slots=True)
class LabelRequest:
    """Which label is wanted: all that a person chose."""

    order_number: str
    bag: int
    stock: str
    dpi: int


@dataclass(frozen=True, slots=True)
class LabelAnswer:
    """What became of a request. `made` is None where the plan has no bags; `picture` where nothing was drawn.

    `plan_revision` is that of the plan on file, 0 where the plan was not accepted. `label` is that of the
    released bag; None: the bag was not released, and `made` is a specimen.
    """

    request: LabelRequest
    plan: Plan
    plan_revision: int
    made: MadeLabel | None
    picture: Picture | None
    label: BagsLabel | None = None


@dataclass(frozen=True, slots=True)
class AtThePrinter:
    """The printers of this station, and the prints of which nobody knows whether they are on paper.

    `zone` is the pharmacy's own: it says when something was sent.
    """

    printers: PrinterList
    unknown: tuple[PrintJob, ...]
    zone: str


def make_label(desk: Desk, request: LabelRequest) -> LabelAnswer | None:
    """Draw, read back and judge a label; None: no such order. A bag beyond the plan's last is its last."""
    found = plan_in_use(desk, request.order_number)
    if found is None:
        return None
    revision = (desk.plan_revision(request.order_number) or 0) if found.kept else 0
    if not found.plan.bags:
        return LabelAnswer(request, found.plan, revision, None, None)
    bag = min(max(request.bag, 1), len(found.plan.bags))
    serial = desk.printing.serial_of(request.order_number, bag)
    if serial is not None:
        label = desk.printing.label(serial, Paper(request.stock, request.dpi))
        picture = _picture(desk, label.made)
        return LabelAnswer(replace(request, bag=bag), found.plan, revision, label.made, picture, label)
    made = desk.label(found.plan, bag, stock=request.stock, dpi=request.dpi, plan_revision=max(revision, 1))
    return LabelAnswer(replace(request, bag=bag), found.plan, revision, made, _picture(desk, made))


def _picture(desk: Desk, made: MadeLabel | None) -> Picture | None:
    return desk.picture(made.pdf, dpi=made.dpi) if made is not None and made.pdf else None


def at_the_printer(desk: Desk) -> AtThePrinter:
    """What this station can print on, and what was left open."""
    return AtThePrinter(desk.printing.found_printers(), desk.printing.unknown_jobs(), desk.site.time_zone)


def save_label(desk: Desk, made: MadeLabel, plan_revision: int, path: Path) -> Path:
    """Keep that the label was made, then give it out: no label leaves without its entry in the record."""
    desk.keep_label(made, plan_revision=plan_revision)
    write_whole(path, made.pdf)
    return path
