"""The one gate through which the window asks the file for anything.

Every change and every question runs on one thread of its own, one after the other, so the window never
waits and two changes never meet; a long question may run aside, on a second thread, so that no change waits
for it. The answer comes back on the window's thread. A refusal goes to the page that asked; station trouble
and bugs go to the window. After a change the gateway says which nouns changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal

from ui.errors import Bug, Refused, Report, Trouble, no_from, to_the_log

if TYPE_CHECKING:
    from pharmacy_app.domain.errors import PharmacyError
    from ui.page import Noun

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class _Request:
    act: Callable[[], Any]
    done: Callable[[Any], None]
    refused: Callable[[PharmacyError], None] | None
    nouns: frozenset[Noun] = frozenset()
    topic: str = ""
    aside: bool = False
    broken_off: Callable[[], None] | None = None
    again: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True)
class _Outcome:
    number: int
    request: _Request
    result: Any = None
    error: BaseException | None = None


class _Run(QRunnable):
    def __init__(self, number: int, request: _Request, report: Callable[[_Outcome], None]) -> None:
        super().__init__()
        self._number = number
        self._request = request
        self._report = report

    def run(self) -> None:
        try:
            outcome = _Outcome(self._number, self._request, result=self._request.act())
        except Exception as error:  # noqa: BLE001 - the top: ui.errors tells every kind of no apart
            outcome = _Outcome(self._number, self._request, error=error)
        self._report(outcome)


class Gateway(QObject):
    """`changed` carries the nouns that are new on file, `troubled` a Trouble, `failed` a Bug.

    `recovered` says that the file answered again.
    """

    changed = Signal(object)  # frozenset[Noun]
    troubled = Signal(object)  # Trouble
    failed = Signal(object)  # Bug
    recovered = Signal()

    _returned = Signal(object)  # _Outcome, from the other thread

    def __init__(self, parent: QObject | None = None, *, report: Report = to_the_log) -> None:
        super().__init__(parent)
        self._report = report
        self._pool, self._aside = QThreadPool(self), QThreadPool(self)
        for pool in (self._pool, self._aside):
            pool.setMaxThreadCount(1)
            pool.setExpiryTimeout(-1)
        self._newest: dict[str, int] = {}
        self._count = 0
        self._waiting = 0
        self._closed = False
        self._returned.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether anything is still under way."""
        return self._waiting > 0

    def change(
        self,
        act: Callable[[], Answer],
        *,
        nouns: frozenset[Noun],
        done: Callable[[Answer], None],
        refused: Callable[[PharmacyError], None] | None = None,
        broken_off: Callable[[], None] | None = None,
        again: Callable[[], None] | None = None,
    ) -> None:
        """Do this change, then call `done` with what it returned and say that `nouns` changed.

        After station trouble or a bug nothing was changed: `broken_off` is called, and *Try again* calls
        `again`, or else does the same once more.
        """
        self._start(_Request(act, done, refused, nouns, broken_off=broken_off, again=again))

    def ask(
        self,
        question: Callable[[], Answer],
        *,
        done: Callable[[Answer], None],
        refused: Callable[[PharmacyError], None] | None = None,
        topic: str = "",
        aside: bool = False,
    ) -> None:
        """Read something. Of several questions with one topic only the newest is answered.

        `aside` is for a long one: it sees one state of the file, and changes go on meanwhile.
        """
        self._start(_Request(question, done, refused, topic=topic, aside=aside))

    def branch(self) -> Branch:
        """A way in for what may be gone before its answers come."""
        return Branch(self)

    def close(self) -> None:
        """Wait for what is under way; nothing is delivered any more."""
        self._closed = True
        self._pool.waitForDone()
        self._aside.waitForDone()

    def _start(self, request: _Request) -> None:
        if self._closed:
            return
        self._count += 1
        self._waiting += 1
        if request.topic:
            self._newest[request.topic] = self._count
        pool = self._aside if request.aside else self._pool
        pool.start(_Run(self._count, request, self._returned.emit))

    def _deliver(self, outcome: _Outcome) -> None:
        self._waiting -= 1
        if self._closed or self._outdated(outcome):
            return
        if outcome.error is not None:
            self._say_no(outcome.request, outcome.error)
            return
        self.recovered.emit()
        outcome.request.done(outcome.result)
        if outcome.request.nouns:
            self.changed.emit(outcome.request.nouns)

    def _outdated(self, outcome: _Outcome) -> bool:
        topic = outcome.request.topic
        return bool(topic) and self._newest[topic] != outcome.number

    def _say_no(self, request: _Request, error: BaseException) -> None:
        again = request.again or partial(self._start, request)
        no = no_from(error, again=again, report=self._report)
        if not isinstance(no, Refused) and request.broken_off is not None:
            request.broken_off()
        match no:
            case Trouble():
                self.troubled.emit(no)
            case Bug():
                self.failed.emit(no)
            case Refused(error=refusal):
                if request.refused is None:
                    self._say_no(request, AssertionError(f"nobody takes this refusal: {refusal!r}"))
                else:
                    request.refused(refusal)


class Branch:
    """The gateway for one person's pages. Once closed, what they asked is still done, and nobody is told.

    `change` and `ask` are the gateway's.
    """

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._closed = False

    def change(
        self,
        act: Callable[[], Answer],
        *,
        nouns: frozenset[Noun],
        done: Callable[[Answer], None],
        refused: Callable[[PharmacyError], None] | None = None,
        broken_off: Callable[[], None] | None = None,
        again: Callable[[], None] | None = None,
    ) -> None:
        """Do this change, as `Gateway.change` does."""
        self._gateway.change(
            act,
            nouns=nouns,
            done=self._while_open(done),
            refused=None if refused is None else self._while_open(refused),
            broken_off=None if broken_off is None else partial(self._call, broken_off),
            again=None if again is None else partial(self._call, again),
        )

    def ask(
        self,
        question: Callable[[], Answer],
        *,
        done: Callable[[Answer], None],
        refused: Callable[[PharmacyError], None] | None = None,
        topic: str = "",
        aside: bool = False,
    ) -> None:
        """Read something, as `Gateway.ask` does; a topic is this branch's own."""
        self._gateway.ask(
            question,
            done=self._while_open(done),
            refused=None if refused is None else self._while_open(refused),
            topic=f"{id(self)} {topic}" if topic else "",
            aside=aside,
        )

    def close(self) -> None:
        """Nothing is delivered here any more."""
        self._closed = True

    def _while_open(self, take: Callable[[Answer], None]) -> Callable[[Answer], None]:
        def deliver(answer: Answer) -> None:
            if not self._closed:
                take(answer)

        return deliver

    def _call(self, act: Callable[[], None]) -> None:
        if not self._closed:
            act()
