"""The three kinds of no, told apart where they arrive: a refusal, station trouble, a bug."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType

from pharmacy_app.domain.errors import PharmacyError, StationTrouble

Report = Callable[[BaseException], str]


@dataclass(frozen=True, slots=True)
class Refused:
    """The request is refused: the page that asked says so, in words."""

    error: PharmacyError


@dataclass(frozen=True, slots=True)
class Trouble:
    """The station is in trouble. Nothing is wrong with the request; `again` asks for the same once more."""

    error: StationTrouble
    again: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Bug:
    """Our mistake. The log has the details under this reference, such as `7F3A-22`.

    `rolled_back`: it broke off a request of the gateway, whose transaction left nothing behind. Elsewhere, as
    while an answer is shown, what was asked for may well be on file.
    """

    reference: str
    rolled_back: bool


def to_the_log(error: BaseException) -> str:
    """Log a mistake with its traceback; returns a reference short enough to be read out on the telephone."""
    import logging
    import secrets

    digits = secrets.token_hex(3).upper()
    reference = f"{digits[:4]}-{digits[4:]}"
    logging.getLogger("pharmacy_app.ui").error("bug %s", reference, exc_info=error)
    return reference


def no_from(error: BaseException, *, again: Callable[[], None], report: Report) -> Refused | Trouble | Bug:
    """Which kind of no this is. A bug is reported."""
    match error:
        case StationTrouble():
            return Trouble(error, again)
        case PharmacyError():
            return Refused(error)
        case _:
            return Bug(report(error), rolled_back=True)


def catch_bugs(show: Callable[[Bug], None], report: Report) -> None:
    """From now on a mistake on the window's own thread is reported and shown, and the window stays."""

    def hook(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, traceback)
        else:
            show(Bug(report(error), rolled_back=False))

    sys.excepthook = hook
