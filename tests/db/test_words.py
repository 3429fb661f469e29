"""Whatever the database or the check of the record has to say, there is a sentence for it."""

from string import Formatter

import pytest

from db import audit, schema, trouble, unit_of_work
from pharmacy_app.wording import load

PLACE = {"place"}
TROUBLE = {
    trouble.BUSY: PLACE,
    trouble.DAMAGED: PLACE,
    trouble.DISK: PLACE,
    trouble.FULL: PLACE,
    trouble.NO_ANSWER: PLACE,
    trouble.NOT_A_DATABASE: PLACE,
    trouble.NOT_PERMITTED: PLACE,
    trouble.NOT_WHOLE: PLACE,
    trouble.NOT_WRITABLE: PLACE,
    schema.FOREIGN: PLACE,
    schema.MISSING: PLACE,
    schema.NEWER: PLACE | {"found", "known"},
    audit.SEAL_CONTRADICTS: PLACE,
    audit.SEAL_MISSING: PLACE,
    audit.SEAL_UNREADABLE: PLACE,
    unit_of_work.NOT_SEALED: PLACE,
    unit_of_work.OUTCOME_UNKNOWN: PLACE,
}
FINDINGS = {
    "audit.bag-event-changed": {"serial", "number"},
    "audit.bag-event-without-entry": {"serial", "number"},
    "audit.changed": {"number"},
    "audit.cut-off": {"number", "sealed"},
    "audit.definition-changed": {"object", "count"},
    "audit.does-not-follow": {"number"},
    "audit.fact-changed": {"table", "key", "revision"},
    "audit.fact-missing": {"number"},
    "audit.fact-without-entry": {"table", "key", "revision"},
    "audit.file-damaged": set[str](),
    "audit.inserted": {"number"},
    "audit.label-changed": {"order", "serial"},
    "audit.label-without-entry": {"order", "serial"},
    "audit.not-sealed": set[str](),
    "audit.order-changed": {"order"},
    "audit.order-without-entry": {"order"},
    "audit.photograph-changed": {"sha256"},
    "audit.photograph-without-event": {"sha256"},
    "audit.plan-changed": {"order", "revision"},
    "audit.plan-without-entry": {"order", "revision"},
    "audit.removed": {"number", "entry"},
    "audit.seal-differs": {"number"},
    "audit.seal-unreadable": {"place"},
}


@pytest.mark.parametrize(("code", "values"), [*TROUBLE.items(), *FINDINGS.items()])
def test_the_sentence_needs_no_more_than_what_it_is_given(code: str, values: set[str]) -> None:
    sentence = load()(code, **{name: f"<{name}>" for name in values})
    assert sentence.endswith(".")
    assert {name for _, name, _, _ in Formatter().parse(sentence) if name} == set()


def test_no_sentence_of_the_database_or_the_record_is_left_over() -> None:
    written = {code for code in load().codes if code.startswith(("trouble.database.", "audit."))}
    assert written == {*TROUBLE, *FINDINGS}


def test_every_code_that_a_driver_can_lead_to_is_among_them() -> None:
    assert {*trouble.SQLITE_CODES.values(), *trouble.POSTGRESQL_CODES.values()} <= set(TROUBLE)
