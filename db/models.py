"""All tables, for whoever compares them with the migrations."""

from db.audit_row import AuditEntryRow
from db.bag_event import BagEventRow
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
from db.label import LabelRow
from db.order_row import (
    ClosedDayRow,
    OrderReasonRow,
    OrderRow,
    PlanningRow,
    PrescribedDoseRow,
    WishedDurationRow,
)
from db.photograph import PhotographRow
from db.plan_row import PlannedBagRow, PlanRow
from db.row import Row

METADATA = Row.metadata
ROWS: tuple[type[Row], ...] = (
    OrderRow,
    PrescribedDoseRow,
    WishedDurationRow,
    ClosedDayRow,
    PlanningRow,
    OrderReasonRow,
    PlanRow,
    PlannedBagRow,
    LabelRow,
    PersonRow,
    SignInRow,
    AcceptanceRow,
    WeightRow,
    ProductRow,
    LotRow,
    TimeOutsideRow,
    InfusionStopRow,
    InfusionRestartRow,
    DiscontinuationRow,
    EscalationAnswerRow,
    IceScoreRow,
    FigureRow,
    SignatureRow,
    InstallationRow,
    PrintJobRow,
    PhotographRow,
    BagEventRow,
    AuditEntryRow,
)
