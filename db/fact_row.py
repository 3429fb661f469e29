"""The rows of facts: one table for each class, all of one form. `db.fact` turns them into facts and back."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from db.row import STRICT, Row, at_least, digest, filled, moment

LONGEST_KEY = 500


class FactRow(Row):
    """One fact. Triggers refuse to change or remove one, and to number one otherwise than as the key's next.

    `content` is the fact's canonical JSON, `digest` its SHA-256, `at` when it was kept.
    """

    __abstract__ = True

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[object, ...]:
        return (
            filled("key", LONGEST_KEY),
            at_least("revision", 1),
            moment("at"),
            CheckConstraint("length(content) > 1", name="content"),
            digest("digest"),
            STRICT,
        )

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(Text)
    content: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(Text)


class PersonRow(FactRow):
    """An account."""

    __tablename__ = "person"


class SignInRow(FactRow):
    """Wrong secrets in a row."""

    __tablename__ = "sign_in"


class AcceptanceRow(FactRow):
    """An order that was accepted."""

    __tablename__ = "acceptance"


class WeightRow(FactRow):
    """A later weight of an order's patient."""

    __tablename__ = "weight"


class ProductRow(FactRow):
    """A product of the catalogue."""

    __tablename__ = "product"


class LotRow(FactRow):
    """A lot of a product."""

    __tablename__ = "lot"


class TimeOutsideRow(FactRow):
    """A stay of a lot outside the refrigerator."""

    __tablename__ = "time_outside"


class InfusionStopRow(FactRow):
    """An infusion that was stopped."""

    __tablename__ = "infusion_stop"


class InfusionRestartRow(FactRow):
    """A stopped infusion that begins again."""

    __tablename__ = "infusion_restart"


class DiscontinuationRow(FactRow):
    """A treatment that was ended for good."""

    __tablename__ = "discontinuation"


class EscalationAnswerRow(FactRow):
    """The answer before the full dose is given again."""

    __tablename__ = "escalation_answer"


class IceScoreRow(FactRow):
    """An ICE score."""

    __tablename__ = "ice_score"


class FigureRow(FactRow):
    """A figure that was typed."""

    __tablename__ = "figure"


class SignatureRow(FactRow):
    """A signature under a group of figures."""

    __tablename__ = "signature"


class InstallationRow(FactRow):
    """What the installation is for."""

    __tablename__ = "installation"


class PrintJobRow(FactRow):
    """A print of a label."""

    __tablename__ = "print_job"
