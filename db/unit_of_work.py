"""One transaction: facts and the entries that tell of them, together or not at all."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from db.audit import SqlAudit
from db.connection import READING
from db.label import SqlLabels
from db.order import SqlOrders
from db.plan import SqlPlans
from db.seal import SealFile
from db.trouble import NO_ANSWER, ConstraintBroken, as_station_trouble, file_trouble, trouble_code
from pharmacy_app.domain.errors import StationTrouble

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
        self._session = Session(engine, expire_on_commit=False)
        self.orders = SqlOrders(self._session)
        self.plans = SqlPlans(self._session)
        self.labels = SqlLabels(self._session)
        self.audit = SqlAudit(self._session, seal_file)

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
        self._refuse_fact_without_entry()
        seal_trouble = self.audit.seal_trouble() if self.audit.added else None
        try:
            self._session.commit()
        except DBAPIError as error:
            if trouble_code(error) == NO_ANSWER:
                raise StationTrouble(OUTCOME_UNKNOWN, {"place": self._place}) from error
            raise
        self._seal(seal_trouble)

    def _refuse_fact_without_entry(self) -> None:
        if self._reading:
            raise RuntimeError("a transaction for reading has nothing to commit")
        told = {entry.digest_after for entry in self.audit.added}
        untold = {*self.orders.added, *self.plans.added, *self.labels.added} - told
        if untold:
            raise RuntimeError(
                f"stored without an entry of the record that has this digest: {sorted(untold)}"
            )

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
