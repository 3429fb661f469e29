"""Labels and tags: composed, drawn, read back, judged, and only then given out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.finding import Finding, has_stop, stops_first
from pharmacy_app.domain.label import Content, LabelContent, ReadBack, TagContent
from pharmacy_app.domain.label_content import (
    BagTimes,
    compose,
    compose_tag,
    gtin_of,
    released,
    specimen,
)
from pharmacy_app.domain.label_lint import judge
from pharmacy_app.domain.person import Permission
from pharmacy_app.domain.plan import Plan, PlannedBag
from pharmacy_app.domain.print_job import check_released
from pharmacy_app.domain.site import Site
from pharmacy_app.workflow.label_ground import LabelGround, plan_not_in_force, same_bags
from pharmacy_app.workflow.order import thing_of
from pharmacy_app.workflow.ports import LabelRenderer, Phrases
from pharmacy_app.workflow.record import entry, refuse
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.unit_of_work import StoredLabel, UnitOfWork
from pharmacy_app.workflow.worksheet import bag_of

ContentType = TypeVar("ContentType", bound=Content)
ContentType_co = TypeVar("ContentType_co", bound=Content, covariant=True)


@dataclass(frozen=True, slots=True)
class Paper:
    """What a document is drawn for: the stock, such as `4x3`, and the printer's dots per inch."""

    stock: str
    dpi: int


@dataclass(frozen=True, slots=True)
class MadeDocument(Generic[ContentType_co]):
    """A document that was drawn. With a stop among the findings `pdf` is empty and nothing may be given out.

    `read_back` is None where it could not be drawn.
    """

    plan: Plan
    bag: PlannedBag
    content: ContentType_co
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


MadeLabel = MadeDocument[LabelContent]
MadeTag = MadeDocument[TagContent]


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
    made = _made(plan, bag, content=content, renderer=renderer, paper=Paper(stock, dpi))
    found = (*plan.findings, *made.findings)
    return replace(made, pdf=b"" if has_stop(found) else made.pdf, findings=stops_first(found))


def make_released_label(
    ground: LabelGround,
    print_number: int,
    *,
    site: Site,
    words: Phrases,
    renderer: LabelRenderer,
    paper: Paper,
) -> MadeLabel:
    """The dispensing label of a bag that was released, read back from its picture and judged.

    Raises:
        RulesRefused: the bag was not released (REQ-VER-005).
    """
    release = ground.bag.released
    if release is None:
        raise RulesRefused(check_released(ground.bag))
    occasion = released(
        words,
        serial=ground.bag.serial,
        print_number=print_number,
        times=BagTimes(release.prepared_at, release.start_by, release.expires),
        prepared_by=ground.prepared_by,
        verified_by=ground.verified_by,
        gtin=gtin_of(ground.planned, site),
        training=not ground.bag.started.commissioned,
    )
    revision = ground.plan_revision
    content = compose(
        ground.plan, ground.planned, site=site, words=words, occasion=occasion, plan_revision=revision
    )
    return _made(ground.plan, ground.planned, content=content, renderer=renderer, paper=paper)


def make_tag(ground: LabelGround, *, words: Phrases, renderer: LabelRenderer, paper: Paper) -> MadeTag:
    """The in-process tag of a bag that is being made, read back from its picture and judged."""
    content = compose_tag(
        ground.plan,
        ground.planned,
        serial=ground.bag.serial,
        words=words,
        plan_revision=ground.plan_revision,
        training=not ground.bag.started.commissioned,
    )
    return _made(ground.plan, ground.planned, content=content, renderer=renderer, paper=paper)


def _made(
    plan: Plan, bag: PlannedBag, *, content: ContentType, renderer: LabelRenderer, paper: Paper
) -> MadeDocument[ContentType]:
    """Drawn, read back and judged (REQ-LBL-005)."""
    drawn = renderer.draw(content, stock=paper.stock, dpi=paper.dpi)
    found = [*drawn.findings]
    read_back: ReadBack | None = None
    if not has_stop(found):
        read_back = renderer.read_back(drawn.pdf, dpi=paper.dpi)
        found.extend(judge(content, read_back))
    pdf = b"" if has_stop(found) else drawn.pdf
    return MadeDocument(plan, bag, content, paper.stock, paper.dpi, pdf, read_back, stops_first(found))


def keep_label(made: MadeLabel, station: Station, *, plan_revision: int) -> None:
    """Keep that a label was made, with its entry.

    Raises:
        RulesRefused: the label is refused, or its plan is not the newest one on file.
        StationTrouble: the database does not take it; nothing was kept.
    """
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
    site = station.rulebook().site
    with station.open_unit_of_work() as work:
        thing, found = thing_of(label.order_number, work), _why_not(work, made, plan_revision)
        if found:
            no, act = RulesRefused(found), "label-refused"
            refuse(work, no, act=act, thing=thing, actor=actor, at=now, site=site)
        work.labels.add(label)
        digest = label.sha256
        work.audit.add(
            entry("label-made", actor=actor, thing=thing, at=now, site=site, facts=facts, digest_after=digest)
        )
        work.commit()


def _why_not(work: UnitOfWork, made: MadeLabel, plan_revision: int) -> tuple[Finding, ...]:
    """A label belongs to the plan in force: another station may have accepted a newer one."""
    if made.refused:
        return made.findings
    order_number = made.plan.order.order_number
    latest = work.plans.latest(order_number)
    if latest is None or latest.revision != plan_revision or not same_bags(latest.content, made.plan):
        return (plan_not_in_force(order_number, plan_revision),)
    return ()
