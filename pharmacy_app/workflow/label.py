"""Labels: composed, drawn, read back, judged, and only then given out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding, has_stop, stops_first
from pharmacy_app.domain.label import LabelContent, ReadBack
from pharmacy_app.domain.label_content import compose, specimen
from pharmacy_app.domain.label_lint import judge
from pharmacy_app.domain.person import Permission
from pharmacy_app.domain.plan import Plan, PlannedBag
from pharmacy_app.domain.plan_record import PlanRecord, plan_record
from pharmacy_app.domain.site import Site
from pharmacy_app.workflow.ports import LabelRenderer, Phrases, StoredLabel, UnitOfWork
from pharmacy_app.workflow.record import entry
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.worksheet import bag_of


@dataclass(frozen=True, slots=True)
class MadeLabel:
    """A label that was drawn. With a stop among the findings `pdf` is empty and nothing may be given out.

    `read_back` is None where the label could not be drawn.
    """

    plan: Plan
    bag: PlannedBag
    content: LabelContent
    stock: str
    dpi: int
    pdf: bytes
    read_back: ReadBack | None
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> bool:
        """Whether a rule stops it."""
        return has_stop(self.findings)

    @property
    def sha256(self) -> str:
        """The digest of its bytes, 64 hexadecimal digits."""
        return hashlib.sha256(self.pdf).hexdigest()

    @property
    def serial(self) -> str:
        """The bag's ten digits."""
        return self.content.serial.replace(" ", "")


def make_specimen(
    plan: Plan,
    number: int,
    *,
    site: Site,
    words: Phrases,
    renderer: LabelRenderer,
    stock: str,
    dpi: int,
    plan_revision: int = 1,
) -> MadeLabel:
    """A specimen of one bag's label, read back from its picture and judged (REQ-LBL-005, -011).

    Raises:
        InputRefused: the plan has no such bag.
    """
    bag = bag_of(plan, number)
    occasion = specimen(bag, words, training=not plan.protocol.commissioned)
    content = compose(plan, bag, site=site, words=words, occasion=occasion, plan_revision=plan_revision)
    drawn = renderer.draw(content, stock=stock, dpi=dpi)
    found = [*plan.findings, *drawn.findings]
    read_back: ReadBack | None = None
    pdf = drawn.pdf
    if not has_stop(drawn.findings):
        read_back = renderer.read_back(pdf, dpi=dpi)
        found.extend(judge(content, read_back))
    if has_stop(found):
        pdf = b""
    return MadeLabel(plan, bag, content, stock, dpi, pdf, read_back, stops_first(found))


def keep_label(made: MadeLabel, station: Station, *, plan_revision: int) -> None:
    """Keep that a label was made, with its entry.

    Raises:
        RulesRefused: the label is refused, or its plan is not the newest one on file.
        StationTrouble: the database does not take it; nothing was kept.
    """
    if made.refused:
        raise RulesRefused(made.findings)
    actor, now = station.permitted(Permission.PRINT), station.now()
    label = StoredLabel(
        order_number=made.plan.order.order_number,
        plan_revision=plan_revision,
        bag=made.bag.number,
        serial=made.serial,
        stock=made.stock,
        dpi=made.dpi,
        sha256=made.sha256,
        made_at=now,
    )
    facts = (
        ("bag", str(label.bag)),
        ("dpi", str(label.dpi)),
        ("plan", str(plan_revision)),
        ("serial", label.serial),
        ("stock", label.stock),
    )
    thing = f"order {label.order_number}"
    with station.open_unit_of_work() as work:
        _require_newest_plan(work, made, plan_revision)
        work.labels.add(label)
        work.audit.add(
            entry(
                "label-made",
                actor=actor,
                thing=thing,
                at=now,
                site=station.rulebook().site,
                facts=facts,
                digest_after=label.sha256,
            )
        )
        work.commit()


def _require_newest_plan(work: UnitOfWork, made: MadeLabel, plan_revision: int) -> None:
    """A label belongs to the plan in force: another station may have accepted a newer one."""
    order_number = made.plan.order.order_number
    latest = work.plans.latest(order_number)
    if latest is None or latest.revision != plan_revision or not _same_bags(latest.content, made.plan):
        values = {"order": order_number, "plan": str(plan_revision)}
        raise RulesRefused(
            (finding("label.plan-not-in-force", Severity.STOP, "REQ-PLN-009", Mark.DERIVED, **values),)
        )


def _same_bags(kept: PlanRecord, plan: Plan) -> bool:
    now = plan_record(plan)
    return (kept.protocol_digest, kept.bags) == (now.protocol_digest, now.bags)
