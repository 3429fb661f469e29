"""The rows of a plan on file. `db.plan` turns them into what is kept of a plan, and back."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.row import STRICT, Row, amount, at_least, day, digest, filled, moment, one_of, yes_no
from db.types import AmountText, Choice, DayText, UtcText, YesNo
from pharmacy_app.domain.protocol import Diluent, FilterRule
from pharmacy_app.domain.quantity import DoseRate, Duration, Mass, Rate, Volume


class PlannedBagRow(Row):
    """One bag of one plan. Times are UTC."""

    __tablename__ = "planned_bag"
    __table_args__ = (
        ForeignKeyConstraint(["order_number", "revision"], ["plan.order_number", "plan.revision"]),
        at_least("number", 1),
        at_least("first_day", 1),
        CheckConstraint("last_day >= first_day", name="last_day"),
        amount("dose_mcg_per_day"),
        at_least("duration_h", 1),
        amount("elapsed_h"),
        one_of("diluent", Diluent),
        one_of("filter", FilterRule),
        amount("rate_ml_per_h"),
        amount("volume_to_infuse_ml"),
        amount("bag_volume_ml"),
        amount("overfill_ml", zero=True),
        amount("drug_ml"),
        at_least("vials", 1),
        amount("ordered_mcg"),
        moment("start_at"),
        moment("change_at"),
        CheckConstraint("change_at > start_at", name="change_after_start"),
        yes_no("line_change"),
        yes_no("dose_change"),
        yes_no("closed_day_change"),
        amount("early_h", zero=True),
        yes_no("clock_time_skipped"),
        yes_no("clock_time_twice"),
        STRICT,
    )

    order_number: Mapped[str] = mapped_column(Text, primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    first_day: Mapped[int]
    last_day: Mapped[int]
    dose_mcg_per_day: Mapped[DoseRate] = mapped_column(AmountText(DoseRate))
    duration_h: Mapped[int]
    elapsed_h: Mapped[Duration] = mapped_column(AmountText(Duration))
    diluent: Mapped[Diluent] = mapped_column(Choice(Diluent))
    filter: Mapped[FilterRule] = mapped_column(Choice(FilterRule))
    rate_ml_per_h: Mapped[Rate] = mapped_column(AmountText(Rate))
    volume_to_infuse_ml: Mapped[Volume] = mapped_column(AmountText(Volume))
    bag_volume_ml: Mapped[Volume] = mapped_column(AmountText(Volume))
    overfill_ml: Mapped[Volume] = mapped_column(AmountText(Volume))
    drug_ml: Mapped[Volume] = mapped_column(AmountText(Volume))
    vials: Mapped[int]
    ordered_mcg: Mapped[Mass] = mapped_column(AmountText(Mass))
    start_at: Mapped[datetime] = mapped_column(UtcText)
    change_at: Mapped[datetime] = mapped_column(UtcText)
    line_change: Mapped[bool] = mapped_column(YesNo)
    dose_change: Mapped[bool] = mapped_column(YesNo)
    closed_day_change: Mapped[bool] = mapped_column(YesNo)
    early_h: Mapped[Duration] = mapped_column(AmountText(Duration))
    clock_time_skipped: Mapped[bool] = mapped_column(YesNo)
    clock_time_twice: Mapped[bool] = mapped_column(YesNo)


class PlanRow(Row):
    """One plan of one order. `digest` is that of its `plan_record`."""

    __tablename__ = "plan"
    __table_args__ = (
        at_least("revision", 1),
        digest("order_digest"),
        filled("protocol_drug"),
        filled("protocol_country"),
        day("protocol_monograph"),
        at_least("protocol_revision", 1),
        filled("protocol_digest"),
        yes_no("protocol_commissioned"),
        filled("zone_data"),
        yes_no("chosen"),
        moment("made_at"),
        at_least("bag_count", 1),
        at_least("changes", 0),
        at_least("closed_day_changes", 0),
        at_least("line_changes", 0),
        at_least("vials", 1),
        amount("drug_ordered_mcg"),
        amount("drug_discarded_mcg", zero=True),
        at_least("benzyl_alcohol_days", 0),
        digest("digest"),
        STRICT,
    )

    order_number: Mapped[str] = mapped_column(Text, ForeignKey("order_.order_number"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    order_digest: Mapped[str] = mapped_column(Text)
    protocol_drug: Mapped[str] = mapped_column(Text)
    protocol_country: Mapped[str] = mapped_column(Text)
    protocol_monograph: Mapped[date] = mapped_column(DayText)
    protocol_revision: Mapped[int]
    protocol_digest: Mapped[str] = mapped_column(Text)
    protocol_commissioned: Mapped[bool] = mapped_column(YesNo)
    zone_data: Mapped[str] = mapped_column(Text)
    chosen: Mapped[bool] = mapped_column(YesNo)
    made_at: Mapped[datetime] = mapped_column(UtcText)
    bag_count: Mapped[int]
    changes: Mapped[int]
    closed_day_changes: Mapped[int]
    line_changes: Mapped[int]
    vials: Mapped[int]
    drug_ordered_mcg: Mapped[Mass] = mapped_column(AmountText(Mass))
    drug_discarded_mcg: Mapped[Mass] = mapped_column(AmountText(Mass))
    benzyl_alcohol_days: Mapped[int]
    digest: Mapped[str] = mapped_column(Text)

    bags: Mapped[list[PlannedBagRow]] = relationship(
        lazy="selectin", order_by=PlannedBagRow.number, passive_deletes="all"
    )
