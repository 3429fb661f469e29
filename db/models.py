"""All tables, for whoever compares them with the migrations."""

from db.audit_row import AuditEntryRow
from db.label import LabelRow
from db.order_row import ClosedDayRow, OrderReasonRow, OrderRow, PrescribedDoseRow, WishedDurationRow
from db.plan_row import PlannedBagRow, PlanRow
from db.row import Row

METADATA = Row.metadata
ROWS: tuple[type[Row], ...] = (
    OrderRow,
    PrescribedDoseRow,
    WishedDurationRow,
    ClosedDayRow,
    OrderReasonRow,
    PlanRow,
    PlannedBagRow,
    LabelRow,
    AuditEntryRow,
)
