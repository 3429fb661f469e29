"""The rows of an order on file. `db.order` turns them into domain orders and back."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.row import (
    STRICT,
    Row,
    amount,
    at_least,
    clock_time,
    day,
    digest,
    filled,
    moment,
    one_of,
    yes_no_not_known,
)
from db.types import AmountText, Choice, ClockTimeText, DayText, UtcText, YesNoNotKnown
from pharmacy_app.domain.order import AdverseEvent, BenzylAlcohol, Preference, Setting, Weekday
from pharmacy_app.domain.quantity import DoseRate, Weight

LONGEST_NUMBER = 20
MODIFICATION = ("modification_event", "modification_grade", "modification_day", "modification_reason")


class DurationList(Enum):
    """Which of the order's two lists of bag durations: those permitted, or a sequence fixed by hand."""

    PERMITTED = "permitted"
    SEQUENCE = "sequence"


class PrescribedDoseRow(Row):
    """What the prescriber wrote for a run of days."""

    __tablename__ = "prescribed_dose"
    __table_args__ = (
        at_least("from_day", 1),
        CheckConstraint("to_day >= from_day", name="to_day"),
        amount("dose_mcg_per_day"),
        STRICT,
    )

    order_number: Mapped[str] = mapped_column(Text, ForeignKey("order_.order_number"), primary_key=True)
    from_day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    to_day: Mapped[int]
    dose_mcg_per_day: Mapped[DoseRate] = mapped_column(AmountText(DoseRate))


class WishedDurationRow(Row):
    """One bag duration of one of the order's lists, in its place."""

    __tablename__ = "wished_duration"
    __table_args__ = (
        one_of("list", DurationList),
        at_least("position", 1),
        at_least("duration_h", 1),
        STRICT,
    )

    order_number: Mapped[str] = mapped_column(Text, ForeignKey("order_.order_number"), primary_key=True)
    list: Mapped[DurationList] = mapped_column(Choice(DurationList), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    duration_h: Mapped[int]


class ClosedDayRow(Row):
    """A day of the week on which the order wants no bag change."""

    __tablename__ = "closed_day"
    __table_args__ = (one_of("weekday", Weekday), STRICT)

    order_number: Mapped[str] = mapped_column(Text, ForeignKey("order_.order_number"), primary_key=True)
    weekday: Mapped[Weekday] = mapped_column(Choice(Weekday), primary_key=True)


class OrderReasonRow(Row):
    """Why a pharmacist accepted a finding."""

    __tablename__ = "order_reason"
    __table_args__ = (filled("finding"), filled("reason", longest=2000), STRICT)

    order_number: Mapped[str] = mapped_column(Text, ForeignKey("order_.order_number"), primary_key=True)
    finding: Mapped[str] = mapped_column(Text, primary_key=True)
    reason: Mapped[str] = mapped_column(Text)


class PlanningRow(Row):
    """What the order wishes of hours, days of preparation and phases, as `db.planning` writes it."""

    __tablename__ = "planning"
    __table_args__ = (CheckConstraint("length(content) > 2", name="content"), STRICT)

    order_number: Mapped[str] = mapped_column(Text, ForeignKey("order_.order_number"), primary_key=True)
    content: Mapped[str] = mapped_column(Text)


class OrderRow(Row):
    """One cycle for one patient, as asked. `document` and `digest` are those of `order_document`."""

    __tablename__ = "order_"
    __table_args__ = (
        filled("order_number", LONGEST_NUMBER),
        filled("record_number", LONGEST_NUMBER),
        filled("family_name"),
        filled("given_names"),
        day("date_of_birth"),
        amount("weight_kg"),
        day("weight_taken_on"),
        yes_no_not_known("benzyl_alcohol_hypersensitivity"),
        yes_no_not_known("pregnant"),
        yes_no_not_known("breastfeeding"),
        filled("prescriber"),
        filled("indication"),
        at_least("cycle", 1),
        clock_time("start_at"),
        filled("time_zone"),
        one_of("setting", Setting),
        filled("destination"),
        one_of("modification_event", AdverseEvent),
        CheckConstraint("modification_grade BETWEEN 1 AND 5", name="modification_grade"),
        at_least("modification_day", 1),
        filled("modification_reason"),
        CheckConstraint(
            f"({' AND '.join(f'{each} IS NULL' for each in MODIFICATION)}) OR "
            f"({' AND '.join(f'{each} IS NOT NULL' for each in MODIFICATION)})",
            name="modification_whole",
        ),
        one_of("benzyl_alcohol", BenzylAlcohol),
        filled("holidays", LONGEST_NUMBER),
        at_least("hospital_days", 0),
        one_of("prefer", Preference),
        moment("stored_at"),
        moment("starts_at"),
        moment("ends_at"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("length(document) > 1", name="document"),
        digest("digest"),
        Index(None, "record_number", "starts_at"),
        Index(None, "family_name"),
        Index(None, "date_of_birth"),
        Index(None, "starts_at"),
        STRICT,
    )

    order_number: Mapped[str] = mapped_column(Text, primary_key=True)
    record_number: Mapped[str] = mapped_column(Text)
    family_name: Mapped[str] = mapped_column(Text)
    given_names: Mapped[str] = mapped_column(Text)
    date_of_birth: Mapped[date] = mapped_column(DayText)
    weight_kg: Mapped[Weight] = mapped_column(AmountText(Weight))
    weight_taken_on: Mapped[date] = mapped_column(DayText)
    benzyl_alcohol_hypersensitivity: Mapped[bool | None] = mapped_column(YesNoNotKnown, nullable=False)
    pregnant: Mapped[bool | None] = mapped_column(YesNoNotKnown, nullable=False)
    breastfeeding: Mapped[bool | None] = mapped_column(YesNoNotKnown, nullable=False)
    prescriber: Mapped[str] = mapped_column(Text)
    indication: Mapped[str] = mapped_column(Text)
    cycle: Mapped[int]
    start_at: Mapped[datetime] = mapped_column(ClockTimeText)
    time_zone: Mapped[str] = mapped_column(Text)
    setting: Mapped[Setting] = mapped_column(Choice(Setting))
    destination: Mapped[str] = mapped_column(Text)
    modification_event: Mapped[AdverseEvent | None] = mapped_column(Choice(AdverseEvent))
    modification_grade: Mapped[int | None]
    modification_day: Mapped[int | None]
    modification_reason: Mapped[str | None] = mapped_column(Text)
    benzyl_alcohol: Mapped[BenzylAlcohol] = mapped_column(Choice(BenzylAlcohol))
    holidays: Mapped[str | None] = mapped_column(Text)
    hospital_days: Mapped[int]
    prefer: Mapped[Preference] = mapped_column(Choice(Preference))
    stored_at: Mapped[datetime] = mapped_column(UtcText)
    starts_at: Mapped[datetime] = mapped_column(UtcText)
    ends_at: Mapped[datetime] = mapped_column(UtcText)
    document: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(Text)

    prescribed: Mapped[list[PrescribedDoseRow]] = relationship(
        lazy="selectin", order_by=PrescribedDoseRow.from_day, passive_deletes="all"
    )
    durations: Mapped[list[WishedDurationRow]] = relationship(
        lazy="selectin", order_by=WishedDurationRow.position, passive_deletes="all"
    )
    closed_days: Mapped[list[ClosedDayRow]] = relationship(lazy="selectin", passive_deletes="all")
    planning: Mapped[PlanningRow | None] = relationship(lazy="joined", passive_deletes="all")
    reasons: Mapped[list[OrderReasonRow]] = relationship(
        lazy="selectin", order_by=OrderReasonRow.finding, passive_deletes="all"
    )
