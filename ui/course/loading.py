"""What the Course page asks the desk, on the gateway's thread. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pharmacy_app.workflow.course_told import CourseTold, course_told

if TYPE_CHECKING:
    from pharmacy_app.domain.ledger import BagAnswer
    from pharmacy_app.domain.next_cycle import NextCycle
    from pharmacy_app.domain.protocol import Protocol
    from pharmacy_app.domain.scan import BagScan
    from pharmacy_app.workflow.course import CourseView
    from pharmacy_app.workflow.desk import Desk


@dataclass(frozen=True, slots=True)
class LoadedCourse:
    """An order's course, its bags made and not ended, who told what, and what follows."""

    view: CourseView
    bags: tuple[BagAnswer, ...]
    told: CourseTold
    next: NextCycle | None
    protocol: Protocol


def load_course(desk: Desk, order_number: str) -> LoadedCourse:
    """Everything on file of one order's course.

    Raises:
        InputRefused: there is no such order.
    """
    return LoadedCourse(
        view=desk.course.look(order_number),
        bags=desk.ledger.not_ended(order_number),
        told=course_told(order_number, desk.station),
        next=desk.course.next_cycle(order_number),
        protocol=desk.protocol,
    )


def order_of(desk: Desk, scan: BagScan) -> str:
    """The number of the order for which a bag was made; empty: it was never a bag.

    Raises:
        InputRefused: no bag on file has this serial.
    """
    found = desk.ledger.answer(scan.serial, scan)
    return "" if found.ledger is None else found.ledger.bag.started.order_number
