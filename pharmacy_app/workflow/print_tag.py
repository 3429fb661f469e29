"""Printing the in-process tag: for a bag that is being made, before its release (REQ-VER-007)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.finding import stops_first
from pharmacy_app.domain.print_job import TAG, PrintJob, PrintState, check_tag_may_be_printed
from pharmacy_app.workflow.bag_on_file import read_bag
from pharmacy_app.workflow.label import MadeTag, Paper, make_tag
from pharmacy_app.workflow.label_ground import read_ground
from pharmacy_app.workflow.print_record import keep_job, refuse, tag_of
from pharmacy_app.workflow.print_send import AtStation, Target, hand_over, new_job

if TYPE_CHECKING:
    from pharmacy_app.domain.finding import Finding
    from pharmacy_app.workflow.ports import LabelRenderer, Phrases
    from pharmacy_app.workflow.printers import Printers
    from pharmacy_app.workflow.station import Station
    from pharmacy_app.workflow.unit_of_work import UnitOfWork


def made_tag(
    serial: str, paper: Paper, *, words: Phrases, renderer: LabelRenderer, station: Station
) -> MadeTag:
    """The tag of a bag that is being made. Raises as `read_ground`."""
    with station.open_unit_of_work(reading=True) as work:
        ground = read_ground(work, serial, station.rulebook(), now=station.now())
    return make_tag(ground, words=words, renderer=renderer, paper=paper)


def print_tag(made: MadeTag, target: Target, *, reason: str, printers: Printers, at: AtStation) -> PrintJob:
    """Print a tag; a second one of the same bag with the reason for it. Raises as `Printing.print_label`."""
    station, actor = at.station, at.actor
    found = made.findings
    job = new_job(
        made,
        TAG,
        target,
        state=PrintState.SENT,
        reason=reason,
        second_person="",
        station=station,
        actor=actor,
    )
    with station.open_unit_of_work() as work:
        found += _stops(work, made.serial, reason)
        if not found:
            keep_job(work, job, actor=actor, site=station.rulebook().site)
            work.commit()
    if found:
        refuse(station, made.serial, RulesRefused(stops_first(found)), actor=actor)
    return hand_over(job, made.pdf, printers=printers, at=at)


def _stops(work: UnitOfWork, serial: str, reason: str) -> tuple[Finding, ...]:
    return check_tag_may_be_printed(read_bag(work, serial), tag_of(work, serial), reason)
