"""ICE scores of an order's patient: taken, kept, and when the next one is due (REQ-MOD-005)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pharmacy_app.domain.errors import InputRefused, RulesRefused
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.ice_score import (
    IceAnswer,
    IceScore,
    ice_key,
    is_complete,
    must_ask_whether_roused,
    points_of,
)
from pharmacy_app.domain.person import Permission
from pharmacy_app.workflow.record import keep, refuse
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class IceTaken:
    """The answers as typed; what was not asked is not among them. `roused` is asked at no points alone."""

    answers: tuple[IceAnswer, ...]
    roused: bool | None
    symptoms: bool | None


@dataclass(frozen=True, slots=True)
class IceScores:
    """The commands about ICE scores."""

    station: Station

    def of_order(self, order_number: str) -> tuple[IceScore, ...]:
        """Every score of an order's patient, oldest first."""
        with self.station.open_unit_of_work(reading=True) as work:
            return tuple(_scores(work, order_number))

    def keep(self, order_number: str, taken: IceTaken) -> IceScore:
        """Keep a score that was taken now.

        Raises:
            RulesRefused: a question is open; recorded.
            InputRefused: there is no such order; recorded.
        """
        actor, site, now = (
            self.station.permitted(Permission.MOVE_BAG),
            self.station.rulebook().site,
            self.station.now(),
        )
        with self.station.open_unit_of_work() as work:
            if work.orders.with_number(order_number) is None:
                none = InputRefused("order", order_number, "expected.order-on-file")
                refuse(work, none, act="ice-refused", thing="orders", actor=actor, at=now, site=site)
            thing, found = f"order {order_number}", tuple(open_questions(taken))
            if found:
                refuse(
                    work, RulesRefused(found), act="ice-refused", thing=thing, actor=actor, at=now, site=site
                )
            number = len(tuple(_scores(work, order_number))) + 1
            symptoms = taken.symptoms is True
            score = IceScore(order_number, number, now, taken.answers, taken.roused, symptoms)
            points = (("points", str(score.points)), ("symptoms", "yes" if symptoms else "no"))
            keep(
                work, work.ice_scores, score, act="ice-taken", thing=thing, actor=actor, at=now, site=site,
                told=points,
            )  # fmt: skip
            work.commit()
        return score


def open_questions(taken: IceTaken) -> Iterator[Finding]:
    """Every stop about a score: none of a part of the questions; 0 points are not graded silently."""
    complete = is_complete(taken.answers)
    if not complete:
        yield _stop("ice.incomplete")
    none = complete and must_ask_whether_roused(points_of(taken.answers))
    if none and taken.roused is None:
        yield _stop("ice.roused-not-answered")
    if complete and not none and taken.roused is not None:
        yield _stop("ice.roused-not-asked")
    if taken.symptoms is None:
        yield _stop("ice.symptoms-not-answered")


def _scores(work: UnitOfWork, order_number: str) -> Iterator[IceScore]:
    number = 1
    while (score := work.ice_scores.latest(ice_key(order_number, number))) is not None:
        yield score
        number += 1


def _stop(code: str) -> Finding:
    return finding(code, Severity.STOP, "REQ-MOD-005", Mark.QUOTED)
