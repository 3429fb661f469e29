"""The three kinds of no, told apart where they arrive: a refusal, station trouble, a bug."""

from __future__ import annotations

import logging
import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType

from pharmacy_app.domain.errors import PharmacyError, StationTrouble

log = logging.getLogger("pharmacy_app.ui")


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
    """Our mistake. The log has the details under this reference, such as `7F3A-22`."""

    reference: str


def new_reference() -> str:
    """Four and two hexadecimal digits: short enough to be read out on the telephone."""
    digits = secrets.token_hex(3).upper()
    return f"{digits[:4]}-{digits[4:]}"


def no_from(error: BaseException, *, again: Callable[[], None], reference: str) -> Refused | Trouble | Bug:
    """Which kind of no this is. A bug is logged with its traceback."""
    match error:
        case StationTrouble():
            return Trouble(error, again)
        case PharmacyError():
            return Refused(error)
        case _:
            log.error("bug %s", reference, exc_info=error)
            return Bug(reference)


def catch_bugs(show: Callable[[Bug], None]) -> None:
    """From now on a mistake on the window's own thread is logged and shown, and the window stays."""

    def hook(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, traceback)
            return
        no = no_from(error, again=lambda: None, reference=new_reference())
        show(no if isinstance(no, Bug) else _logged(error))

    sys.excepthook = hook


def _logged(error: BaseException) -> Bug:
    # A refusal that nobody took is a mistake too.
    bug = Bug(new_reference())
    log.error("bug %s", bug.reference, exc_info=error)
    return bug
