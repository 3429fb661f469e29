"""`training --through STAGE`: walk the training bag by the workflow commands; its serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmacy_app.cli.answer import DONE, Answer
from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.intake.strict_json import shortened
from pharmacy_app.workflow.training_walk import Stage

if TYPE_CHECKING:
    from pharmacy_app.cli.tools import Tools
    from pharmacy_app.workflow.desk import Desk


def stage_of(typed: str) -> Stage:
    """The stage of that name.

    Raises:
        InputRefused: there is none.
    """
    names = [each.value for each in Stage]
    if typed not in names:
        raise InputRefused("--through", shortened(typed), "expected.one-of", {"choices": ", ".join(names)})
    return Stage(typed)


def walk(desk: Desk, through: Stage, tools: Tools) -> Answer:
    """Walk it. `serial` is null before anybody took the bag, `label` before it was printed."""
    walked = desk.training_walk.through(through)
    document: dict[str, object] = {
        "through": through.value,
        "order_number": walked.order_number,
        "bag": 1,
        "serial": walked.serial or None,
        "label": walked.label or None,
        "findings": [],
    }
    text = walked.serial or tools.words("cli.training-order", order=walked.order_number)
    return Answer(DONE, document, text)
