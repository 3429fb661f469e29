"""The reminders of each indication and cycle, in their words."""

from __future__ import annotations

import pytest

from pharmacy_app.domain.finding import Mark, Severity
from pharmacy_app.domain.reminder import reminders
from pharmacy_app.wording import load
from tests.support.orders import order
from tests.support.rulebooks import protocol

FOLLOW = "; follow your institutional protocol."
DEXAMETHASONE_WITHIN_1_H = (
    "Dexamethasone 20 mg IV within 1 h before the first dose of this cycle. "
    "Guide, treatment overview, table 1" + FOLLOW
)
PREDNISONE = (
    "Prednisone 100 mg IV or equivalent (such as dexamethasone 16 mg) 1 h before the first dose of "
    "this cycle. Guide, treatment overview, table 2" + FOLLOW
)
DEXAMETHASONE_1_H = (
    "Dexamethasone 20 mg IV 1 h before the first dose. Guide, treatment overview, table 3" + FOLLOW
)
ESCALATION = (
    "Consider dexamethasone before the day-8 dose increase, and before a restart after 4 h or more (United "
    "States Prescribing Information, not approved by Health Canada). Guide, treatment overview, table 3"
    + FOLLOW
)
HOSPITAL = "In hospital for the first {} days of this cycle. Guide, treatment overview" + FOLLOW
SUPERVISION = (
    "Supervision by a health-care professional, or hospital, for the start and each re-initiation. "
    "Guide, treatment overview" + FOLLOW
)
CNS = (
    "Intrathecal prophylaxis against CNS relapse before and during treatment. Guide, treatment overview"
    + FOLLOW
)
PREPHASE = (
    "With 50 % or more blasts in the marrow, or more than 15 × 10^9/L in the blood: dexamethasone, not more "
    "than 24 mg/day, for up to 4 days before the first dose. Guide, treatment overview, table 3" + FOLLOW
)
TUMOUR_LYSIS = (
    "First cycle: prevent tumour lysis, and watch closely for the first 48 h after the first infusion "
    "begins. Guide, key points" + FOLLOW
)
EXAMINATION = (
    "Before the start: neurological examination, liver enzymes and bilirubin. Guide, neurotoxicity and CRS"
    + FOLLOW
)
STANDING_ORDERS = (
    "Consider standing orders for dexamethasone and tocilizumab. Guide, cytokine release syndrome" + FOLLOW
)
START_TIME = (
    "Choose a start at which toxicities can be watched and every bag change can be kept. "
    "Guide, administration" + FOLLOW
)
ALWAYS_LAST = [EXAMINATION, STANDING_ORDERS, START_TIME]

EXPECTED = {
    ("consolidation", 1): [DEXAMETHASONE_WITHIN_1_H, HOSPITAL.format(3), CNS, TUMOUR_LYSIS],
    ("consolidation", 2): [DEXAMETHASONE_WITHIN_1_H, HOSPITAL.format(2), CNS],
    ("consolidation", 3): [DEXAMETHASONE_WITHIN_1_H, SUPERVISION, CNS],
    ("consolidation", 4): [DEXAMETHASONE_WITHIN_1_H, SUPERVISION, CNS],
    ("mrd-positive", 1): [PREDNISONE, HOSPITAL.format(3), CNS, TUMOUR_LYSIS],
    ("mrd-positive", 2): [PREDNISONE, HOSPITAL.format(2), CNS],
    ("mrd-positive", 3): [PREDNISONE, SUPERVISION, CNS],
    ("mrd-positive", 4): [PREDNISONE, SUPERVISION, CNS],
    ("relapsed-refractory", 1): [
        DEXAMETHASONE_1_H,
        ESCALATION,
        HOSPITAL.format(9),
        CNS,
        PREPHASE,
        TUMOUR_LYSIS,
    ],
    ("relapsed-refractory", 2): [DEXAMETHASONE_1_H, HOSPITAL.format(2), CNS],
    ("relapsed-refractory", 3): [DEXAMETHASONE_1_H, SUPERVISION, CNS],
    ("relapsed-refractory", 5): [DEXAMETHASONE_1_H, SUPERVISION, CNS],
    ("relapsed-refractory", 6): [DEXAMETHASONE_1_H, SUPERVISION, CNS],
    ("relapsed-refractory", 9): [DEXAMETHASONE_1_H, SUPERVISION, CNS],
}


@pytest.mark.req("REQ-ORD-002", "REQ-ORD-008", "REQ-ORD-009")
@pytest.mark.parametrize(("indication", "cycle"), EXPECTED)
def test_each_cycle_has_its_reminders(indication: str, cycle: int) -> None:
    found = reminders(order(indication=indication, cycle=cycle), protocol())
    words = load()
    assert [words.finding(each) for each in found] == EXPECTED[indication, cycle] + ALWAYS_LAST


@pytest.mark.req("REQ-ORD-008")
@pytest.mark.parametrize(("indication", "cycle"), EXPECTED)
def test_a_reminder_is_a_note_that_names_its_section_and_the_institutional_protocol(
    indication: str, cycle: int
) -> None:
    for each in reminders(order(indication=indication, cycle=cycle), protocol()):
        assert each.severity is Severity.NOTE
        assert "Guide, " in load().finding(each)
        assert load().finding(each).endswith("follow your institutional protocol.")


@pytest.mark.req("REQ-ORD-002")
def test_what_only_the_united_states_text_says_is_marked_so() -> None:
    marks = {each.code: each.source for each in reminders(order(), protocol())}
    assert [code for code, mark in marks.items() if mark is Mark.QUOTED_US] == [
        "reminder.premedication.escalation"
    ]
    assert set(marks.values()) == {Mark.QUOTED, Mark.QUOTED_US}
