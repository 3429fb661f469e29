"""A pharmacist accepts an order before its plan, and alone gives the reasons that a rule asks for."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text

from db.engine import Database
from pharmacy_app.domain.acceptance import OrderAcceptance
from pharmacy_app.domain.order_document import order_digest
from pharmacy_app.domain.person import Actor
from pharmacy_app.workflow.order import (
    accept_order,
    acceptance_of,
    accepted_orders,
    check_with_file,
    keep_order,
)
from pharmacy_app.workflow.plan import make_plan
from pharmacy_app.workflow.plan_on_file import keep_plan
from tests.support.orders import order
from tests.support.rulebooks import NOW, rulebook
from tests.support.sign_ins import codes, entries
from tests.support.stations import (
    ADMINISTRATOR,
    OTHER_PHARMACIST,
    PHARMACIST,
    PRINTER,
    TECHNICIAN,
    station_of,
)
from tests.support.stations import NOW as AT

DOSES = [{"from_day": 1, "to_day": 7, "mcg_per_day": "9"}, {"from_day": 8, "to_day": 28, "mcg_per_day": "28"}]
ORDER = order(prescribed=DOSES)
ASKING = order()  # it does not say which doses were prescribed: a reason
REASONS = {"order.prescribed-missing": "Read out on the telephone"}


STOPPED = order(
    prescribed=DOSES,
    interruptions=[
        {"stopped_at": "2026-11-27T09:30", "restarted_at": "2026-11-28T10:00", "kind": "plain"},
    ],
)


@pytest.mark.req("REQ-INT-001", "REQ-AUD-001")
def test_an_order_with_an_interruption_is_not_kept_and_the_refusal_is_an_entry(
    database: Database, engine: Engine
) -> None:
    found = check_with_file(STOPPED, rulebook(), database, now=NOW)
    assert (found[0].code, found[0].field) == ("order.interruptions-in-file", "interruptions")
    refused = codes(lambda: keep_order(STOPPED, {}, station_of(database)))
    assert "order.interruptions-in-file" in refused
    told = entries(engine)[-1]
    assert (told["act"], told["thing"]) == ("order-refused", "order RX-1001")
    assert "order.interruptions-in-file" in json.loads(told["facts"])["findings"]
    with database(reading=True) as work:
        assert work.orders.all() == ()


@pytest.mark.req("REQ-VER-002", "REQ-AUD-001")
def test_a_pharmacist_accepts_an_order_on_file(database: Database, engine: Engine) -> None:
    keep_order(ORDER, {}, station_of(database, actor=TECHNICIAN))
    assert acceptance_of("RX-1001", database) is None
    accept_order("RX-1001", station_of(database))
    expected = OrderAcceptance("RX-1001", order_digest(ORDER), "achen", AT)
    assert acceptance_of("RX-1001", database) == expected
    assert accepted_orders(database) == {"RX-1001"}
    told = entries(engine)[-1]
    assert (told["act"], told["thing"], told["person"]) == ("order-accepted", "order RX-1001", "achen")
    assert json.loads(told["facts"]) == {"order digest": order_digest(ORDER)}


@pytest.mark.req("REQ-VER-002")
@pytest.mark.parametrize("actor", [TECHNICIAN, PRINTER, ADMINISTRATOR], ids=lambda each: each.person)
def test_nobody_else_accepts_one(database: Database, engine: Engine, actor: Actor) -> None:
    keep_order(ORDER, {}, station_of(database))
    refused = codes(lambda: accept_order("RX-1001", station_of(database, actor=actor)))
    assert refused == ["person.not-permitted.accept-order"]
    assert acceptance_of("RX-1001", database) is None
    assert entries(engine)[-1]["person"] == actor.person


@pytest.mark.req("REQ-VER-002")
def test_a_technician_does_not_accept_while_saving(database: Database) -> None:
    refused = codes(lambda: keep_order(ORDER, {}, station_of(database, actor=TECHNICIAN), accept=True))
    assert refused == ["person.not-permitted.accept-order"]
    with database(reading=True) as work:
        assert work.orders.all() == ()


def test_saving_and_accepting_is_one_act(database: Database) -> None:
    keep_order(ORDER, {}, station_of(database), accept=True)
    assert accepted_orders(database) == {"RX-1001"}


@pytest.mark.req("REQ-VER-002")
def test_a_refused_order_is_not_accepted_either(database: Database) -> None:
    light = order(**{"patient.weight_kg": "44.9"})
    assert "order.weight" in codes(lambda: keep_order(light, {}, station_of(database), accept=True))
    assert accepted_orders(database) == frozenset()


@pytest.mark.req("REQ-VER-002")
def test_the_same_content_is_accepted_once_by_whoever_was_first(database: Database, engine: Engine) -> None:
    keep_order(ORDER, {}, station_of(database), accept=True)
    before = len(entries(engine))
    accept_order("RX-1001", station_of(database, actor=OTHER_PHARMACIST))
    keep_order(ORDER, {}, station_of(database, actor=OTHER_PHARMACIST), accept=True)
    assert len(entries(engine)) == before
    found = acceptance_of("RX-1001", database)
    assert found is not None
    assert found.person == "achen"


def test_an_order_on_file_is_accepted_by_saving_it_again_with_acceptance(database: Database) -> None:
    keep_order(ORDER, {}, station_of(database, actor=PRINTER))
    keep_order(ORDER, {}, station_of(database), accept=True)
    assert accepted_orders(database) == {"RX-1001"}


def test_an_order_that_is_not_on_file_is_not_accepted(database: Database) -> None:
    assert codes(lambda: accept_order("RX-2", station_of(database))) == ["order.not-on-file"]
    assert acceptance_of("RX-2", database) is None


@pytest.mark.req("REQ-VER-002", "REQ-AUD-001")
def test_a_plan_waits_for_the_acceptance_of_its_order(database: Database, engine: Engine) -> None:
    keep_order(ORDER, {}, station_of(database))
    plan = make_plan(ORDER, rulebook(), now=NOW)
    assert codes(lambda: keep_plan(plan, {}, station_of(database))) == ["order.not-accepted"]
    told = entries(engine)[-1]
    assert (told["act"], json.loads(told["facts"])) == ("plan-refused", {"findings": "order.not-accepted"})
    accept_order("RX-1001", station_of(database))
    assert keep_plan(plan, {}, station_of(database)) == 1


@pytest.mark.req("REQ-VER-002")
def test_a_plan_of_another_content_than_the_accepted_one_is_not_kept(database: Database) -> None:
    keep_order(ORDER, {}, station_of(database), accept=True)
    other = order(prescribed=DOSES, **{"patient.weight_kg": "80"})
    plan = make_plan(other, rulebook(), now=NOW)
    assert codes(lambda: keep_plan(plan, {}, station_of(database))) == ["order.not-accepted"]


@pytest.mark.req("REQ-VER-002")
def test_an_acceptance_of_another_digest_does_not_count(database: Database) -> None:
    from pharmacy_app.workflow.record import keep

    keep_order(ORDER, {}, station_of(database))
    former = OrderAcceptance("RX-1001", "0" * 64, "achen", AT)
    with database() as work:
        keep(work, work.acceptances, former, act="order-accepted", thing="order RX-1001", actor=PHARMACIST,
             at=AT, site=rulebook().site)  # fmt: skip
        work.commit()
    assert acceptance_of("RX-1001", database) is None
    assert accepted_orders(database) == frozenset()
    plan = make_plan(ORDER, rulebook(), now=NOW)
    assert codes(lambda: keep_plan(plan, {}, station_of(database))) == ["order.not-accepted"]


@pytest.mark.req("REQ-PLN-009")
def test_a_sequence_by_hand_is_no_other_order(database: Database) -> None:
    keep_order(ORDER, {}, station_of(database), accept=True)
    by_hand = order(prescribed=DOSES, **{"bags.sequence_h": [96, 72, 96, 96, 96, 96, 96, 24]})
    assert keep_plan(make_plan(by_hand, rulebook(), now=NOW), {}, station_of(database)) == 1


# Reasons


@pytest.mark.req("REQ-VER-006")
@pytest.mark.parametrize("actor", [TECHNICIAN, PRINTER], ids=lambda each: each.person)
def test_only_a_pharmacist_gives_a_reason_with_an_order(database: Database, actor: Actor) -> None:
    refused = codes(lambda: keep_order(ASKING, REASONS, station_of(database, actor=actor)))
    assert refused == ["person.not-permitted.give-reason"]
    with database(reading=True) as work:
        assert work.orders.all() == ()


@pytest.mark.req("REQ-VER-006")
def test_a_technician_keeps_the_order_with_its_reason_open_and_the_plan_asks_a_pharmacist(
    database: Database, engine: Engine
) -> None:
    keep_order(ASKING, None, station_of(database, actor=TECHNICIAN))
    accept_order("RX-1001", station_of(database))
    plan = make_plan(ASKING, rulebook(), now=NOW)
    assert codes(lambda: keep_plan(plan, {}, station_of(database))) == ["order.reason-missing"]
    assert keep_plan(plan, REASONS, station_of(database)) == 1
    with engine.connect() as connection:
        query = "SELECT person, facts FROM audit_entry WHERE act = 'plan-accepted'"
        person, facts = connection.execute(text(query)).one()
    assert person == "achen"
    assert "Read out on the telephone" in facts


COMMANDS: dict[str, Callable[[Database, Actor], object]] = {
    "enter an order": lambda database, actor: keep_order(ORDER, {}, station_of(database, actor=actor)),
    "accept a plan": lambda database, actor: keep_plan(
        make_plan(ORDER, rulebook(), now=NOW), {}, station_of(database, actor=actor)
    ),
}


@pytest.mark.req("REQ-VER-001")
@pytest.mark.parametrize(
    ("command", "actor", "code"),
    [
        ("enter an order", ADMINISTRATOR, "person.not-permitted.enter-order"),
        ("accept a plan", ADMINISTRATOR, "person.not-permitted.accept-plan"),
        ("accept a plan", TECHNICIAN, "person.not-permitted.accept-plan"),
        ("accept a plan", PRINTER, "person.not-permitted.accept-plan"),
    ],
)
def test_each_command_asks_for_its_own_permission(
    database: Database, command: str, actor: Actor, code: str
) -> None:
    assert codes(lambda: COMMANDS[command](database, actor)) == [code]
