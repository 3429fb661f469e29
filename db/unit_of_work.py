"""One transaction: facts and the entries that tell of them, together or not at all."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from db.audit import SqlAudit
from db.bag_event import SqlBagEvents
from db.connection import READING
from db.fact import SqlFacts
from db.fact_row import (
    AcceptanceRow,
    DiscontinuationRow,
    EscalationAnswerRow,
    FigureRow,
    IceScoreRow,
    InfusionRestartRow,
    InfusionStopRow,
    InstallationRow,
    LotRow,
    PersonRow,
    PrintJobRow,
    ProductRow,
    SignatureRow,
    SignInRow,
    TimeOutsideRow,
    WeightRow,
)
from db.kept import Repository, refuse_what_is_not_told
from db.label import SqlLabels
from db.order import SqlOrders
from db.photograph import SqlPhotographs
from db.plan import SqlPlans
from db.seal import SealFile
from db.trouble import NO_ANSWER, ConstraintBroken, as_station_trouble, file_trouble, trouble_code
from pharmacy_app.domain.acceptance import OrderAcceptance, WeightTaken
from pharmacy_app.domain.cold_storage import TimeOutside
from pharmacy_app.domain.commissioning import FigureTyped, GroupSigned, Installation
from pharmacy_app.domain.errors import StationTrouble
from pharmacy_app.domain.ice_score import IceScore
from pharmacy_app.domain.infusion_stop import (
    Discontinuation,
    EscalationAnswer,
    InfusionRestart,
    InfusionStop,
)
from pharmacy_app.domain.person import Person, SignIns
from pharmacy_app.domain.print_job import PrintJob
from pharmacy_app.domain.product import Lot, Product

NOT_SEALED = "trouble.database.not-sealed"
OUTCOME_UNKNOWN = "trouble.database.outcome-unknown"


class SqlUnitOfWork:
    """One transaction on one connection. Leaving the block without `commit()` rolls everything back.

    What the database cannot do leaves the block as `StationTrouble`.
    """

    def __init__(self, engine: Engine, *, place: str, seal_file: SealFile, reading: bool) -> None:
        self._place = place
        self._seal_file = seal_file
        self._reading = reading
        session = self._session = Session(engine, expire_on_commit=False)
        self.orders = SqlOrders(session)
        self.plans = SqlPlans(session)
        self.labels = SqlLabels(session)
        self.people = SqlFacts(session, PersonRow, Person)
        self.sign_ins = SqlFacts(session, SignInRow, SignIns)
        self.acceptances = SqlFacts(session, AcceptanceRow, OrderAcceptance)
        self.weights = SqlFacts(session, WeightRow, WeightTaken)
        self.products = SqlFacts(session, ProductRow, Product)
        self.lots = SqlFacts(session, LotRow, Lot)
        self.times_outside = SqlFacts(session, TimeOutsideRow, TimeOutside)
        self.infusion_stops = SqlFacts(session, InfusionStopRow, InfusionStop)
        self.infusion_restarts = SqlFacts(session, InfusionRestartRow, InfusionRestart)
        self.discontinuations = SqlFacts(session, DiscontinuationRow, Discontinuation)
        self.escalation_answers = SqlFacts(session, EscalationAnswerRow, EscalationAnswer)
        self.ice_scores = SqlFacts(session, IceScoreRow, IceScore)
        self.figures = SqlFacts(session, FigureRow, FigureTyped)
        self.signatures = SqlFacts(session, SignatureRow, GroupSigned)
        self.installations = SqlFacts(session, InstallationRow, Installation)
        self.print_jobs = SqlFacts(session, PrintJobRow, PrintJob)
        self.photographs = SqlPhotographs(session)
        self.bag_events = SqlBagEvents(session)
        self._facts = tuple(each for each in vars(self).values() if isinstance(each, SqlFacts))
        self.audit = SqlAudit(session, seal_file, self._facts)

    def __enter__(self) -> Self:
        try:
            with as_station_trouble(self._place):
                self._session.connection(execution_options={READING: self._reading})
        except BaseException:
            self._session.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        with as_station_trouble(self._place):
            self._session.close()
        if isinstance(error, IntegrityError):
            raise ConstraintBroken(error) from None  # PostgreSQL's own words hold the patient's data
        code = trouble_code(error)
        if code is not None:
            raise StationTrouble(code, {"place": self._place}) from error

    def commit(self) -> None:
        """Makes everything last, then seals the record.

        Raises:
            StationTrouble: nothing was stored; or it was stored and only the seal failed, or nobody can
                say whether it was stored: the code tells which.
            RuntimeError: a fact has no entry, or the transaction was opened for reading: a bug.
        """
        self._refuse_what_is_not_told()
        seal_trouble = self.audit.seal_trouble() if self.audit.added else None
        try:
            self._session.commit()
        except DBAPIError as error:
            if trouble_code(error) == NO_ANSWER:
                raise StationTrouble(OUTCOME_UNKNOWN, {"place": self._place}) from error
            raise
        self._seal(seal_trouble)

    def _refuse_what_is_not_told(self) -> None:
        if self._reading:
            raise RuntimeError("a transaction for reading has nothing to commit")
        others: tuple[Repository, ...] = (self.orders, self.plans, self.labels, self.bag_events)
        refuse_what_is_not_told((*others, *self._facts), self.audit.added)
        if not self.bag_events.photographs.issuperset(self.photographs.added):
            raise RuntimeError("a photograph was stored without an event that names it")

    def _seal(self, trouble: str | None) -> None:
        if not self.audit.added:
            return
        values = {"place": str(self._seal_file.path)}
        if trouble is not None:  # left as it is: it may be the only trace of what is missing
            raise StationTrouble(trouble, values)
        try:
            self._seal_file.write(self.audit.newest)
        except OSError as error:
            raise StationTrouble(NOT_SEALED, values) from file_trouble(error, values["place"])
