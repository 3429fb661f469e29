"""Labels on file: which were made, for which bag of which plan, and the digest of their bytes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.kept import Kept
from db.row import STRICT, Row, at_least, digest, filled, moment, require_kinds
from db.types import UtcText
from pharmacy_app.domain.audit import utc_text
from pharmacy_app.workflow.unit_of_work import StoredLabel


class LabelRow(Row):
    """One label that was made. Making it again is another row."""

    __tablename__ = "label"
    __table_args__ = (
        ForeignKeyConstraint(
            ["order_number", "plan_revision", "bag"],
            ["planned_bag.order_number", "planned_bag.revision", "planned_bag.number"],
        ),
        filled("serial"),
        filled("stock"),
        at_least("dpi", 1),
        digest("sha256"),
        moment("made_at"),
        Index(None, "order_number"),
        Index(None, "serial"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_number: Mapped[str] = mapped_column(Text)
    plan_revision: Mapped[int]
    bag: Mapped[int]
    serial: Mapped[str] = mapped_column(Text)
    stock: Mapped[str] = mapped_column(Text)
    dpi: Mapped[int]
    sha256: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcText)


class SqlLabels:
    """The labels of one transaction. `added` tells of those added in it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.added: list[Kept] = []

    def add(self, label: StoredLabel) -> None:
        """Puts the label on file; the bag must stand in the plan named."""
        self._session.add(
            LabelRow(
                order_number=label.order_number,
                plan_revision=label.plan_revision,
                bag=label.bag,
                serial=label.serial,
                stock=label.stock,
                dpi=label.dpi,
                sha256=label.sha256,
                made_at=label.made_at,
            )
        )
        self._session.flush()
        self.added.append(Kept(label.sha256, utc_text(label.made_at)))

    def of_order(self, order_number: str) -> tuple[StoredLabel, ...]:
        """All labels made for an order, in the order in which they were made."""
        query = select(LabelRow).where(LabelRow.order_number == order_number).order_by(LabelRow.id)
        return tuple(_to_domain(row) for row in self._session.scalars(query))


def _to_domain(row: LabelRow) -> StoredLabel:
    require_kinds(row)
    return StoredLabel(
        order_number=row.order_number,
        plan_revision=row.plan_revision,
        bag=row.bag,
        serial=row.serial,
        stock=row.stock,
        dpi=row.dpi,
        sha256=row.sha256,
        made_at=row.made_at,
    )
