"""A bag's life: its states, and the one table of moves that are legal.

A bag has no state before a technician takes it: until then it stands in the plan alone.
"""

from __future__ import annotations

from enum import Enum

from pharmacy_app.domain.finding import Finding, Mark, Severity, finding


class BagState(Enum):
    """Where a bag is in its life. What is abandoned, rejected, void or ended never comes back."""

    IN_PREPARATION = "in-preparation"
    PREPARED = "prepared"
    RELEASED = "released"
    DISPENSED = "dispensed"
    HUNG = "hung"
    STOPPED = "stopped"
    ENDED = "ended"
    ABANDONED = "abandoned"
    REJECTED = "rejected"
    VOID = "void"


class BagMove(Enum):
    """What can happen to a bag."""

    START = "start"
    WORK = "work"  # a scan, a volume, a look: the bag stays in preparation
    FINISH = "finish"
    ABANDON = "abandon"
    CHECK = "check"  # the verifier's own figures: the bag stays prepared
    RELEASE = "release"
    REJECT = "reject"
    MATCH = "match"  # tag and label scanned together, also after a reprint
    REFRIGERATE = "refrigerate"
    TAKE_OUT = "take-out"
    DISPENSE = "dispense"
    HANG = "hang"
    MOVE_LINE = "move-line"  # to a peripheral line: the bag hangs on
    STOP = "stop"
    RELEASE_AGAIN = "release-again"  # a stopped bag, by a pharmacist, within its limits
    END = "end"
    VOID = "void"


_S, _M = BagState, BagMove
_STORED = {_S.PREPARED: _S.PREPARED, _S.RELEASED: _S.RELEASED, _S.DISPENSED: _S.DISPENSED}

MOVES: dict[BagMove, dict[BagState, BagState]] = {
    _M.START: {},  # legal only where no bag is yet
    _M.WORK: {_S.IN_PREPARATION: _S.IN_PREPARATION},
    _M.FINISH: {_S.IN_PREPARATION: _S.PREPARED},
    _M.ABANDON: {_S.IN_PREPARATION: _S.ABANDONED},
    _M.CHECK: {_S.PREPARED: _S.PREPARED},
    _M.RELEASE: {_S.PREPARED: _S.RELEASED},
    _M.REJECT: {
        _S.IN_PREPARATION: _S.REJECTED,
        _S.PREPARED: _S.REJECTED,
        _S.RELEASED: _S.REJECTED,
        _S.DISPENSED: _S.REJECTED,
    },
    _M.MATCH: {_S.RELEASED: _S.RELEASED, _S.DISPENSED: _S.DISPENSED},
    _M.REFRIGERATE: _STORED,
    _M.TAKE_OUT: _STORED,
    _M.DISPENSE: {_S.RELEASED: _S.DISPENSED},
    _M.HANG: {_S.DISPENSED: _S.HUNG},
    _M.MOVE_LINE: {_S.HUNG: _S.HUNG},
    _M.STOP: {_S.HUNG: _S.STOPPED},
    _M.RELEASE_AGAIN: {_S.STOPPED: _S.DISPENSED},
    _M.END: {_S.HUNG: _S.ENDED, _S.STOPPED: _S.ENDED},
    _M.VOID: {
        _S.IN_PREPARATION: _S.VOID,
        _S.PREPARED: _S.VOID,
        _S.RELEASED: _S.VOID,
        _S.DISPENSED: _S.VOID,
        _S.STOPPED: _S.VOID,
    },
}

OPEN = (_S.IN_PREPARATION, _S.PREPARED, _S.RELEASED, _S.DISPENSED, _S.HUNG, _S.STOPPED)


def state_after(state: BagState, move: BagMove) -> BagState | None:
    """The state that a move leads to; None: it is not legal there."""
    return MOVES[move].get(state)


def check_move(state: BagState, move: BagMove) -> tuple[Finding, ...]:
    """A stop where the bag's state does not allow the move."""
    if state_after(state, move) is not None:
        return ()
    values = {"state": state.value, "move": move.value}
    return (finding("bag.illegal-move", Severity.STOP, "REQ-VER-005", Mark.DERIVED, **values),)
