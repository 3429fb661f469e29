"""Every figure of the shipped protocol is marked, rests on its source, and moves an answer."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from pharmacy_app.cli.documents import plan_document
from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.finding import has_stop
from pharmacy_app.domain.label_content import compose, specimen
from pharmacy_app.intake.protocol_file import shipped_protocol
from pharmacy_app.intake.site_file import training_site
from tests.support.answers import WORDS, answers
from tests.support.orders import order_document
from tests.support.protocol_figures import MARKED, OTHER_NAMES, WHOLE_UNITS
from tests.support.protocols import altered, parsed, shipped_text
from tests.support.rulebooks import plan_of, protocol


@cache
def shipped_answers() -> dict[str, object]:
    return answers(protocol())


@pytest.mark.req("REQ-PRO-001", "REQ-ORD-002", "REQ-PLN-001", "REQ-MIX-002", "REQ-MIX-003", "REQ-BUD-002")
def test_every_figure_has_the_value_unit_and_mark_of_the_rules() -> None:
    figures = shipped_protocol().figures
    assert {name: (each.value, each.unit, each.mark.value) for name, each in figures.items()} == MARKED


@pytest.mark.req("REQ-PRO-001")
@pytest.mark.parametrize("name", MARKED)
def test_every_figure_names_its_source(name: str) -> None:
    source = shipped_protocol().figure(name).source
    assert len(source) >= 8
    if MARKED[name][2] == "Q":
        assert source.startswith("guide: ")
    if MARKED[name][2] == "R":
        assert source.startswith("recalled")


@pytest.mark.req("REQ-BUD-002")
def test_both_beyond_use_figures_of_the_only_labelling_read_stand_beside_the_recalled_ones() -> None:
    figures = shipped_protocol().figures
    assert "8 days" in figures["preservative-free.refrigerated_limit"].source
    assert "48 h" in figures["preservative-free.room_limit"].source


@pytest.mark.req("REQ-PRO-001")
@pytest.mark.parametrize("name", MARKED)
def test_an_answer_rests_on_every_figure(name: str) -> None:
    value, unit, _ = MARKED[name]
    if name in OTHER_NAMES:
        other = OTHER_NAMES[name]
    elif unit in WHOLE_UNITS:
        other = str(int(value) + 1)
    else:
        other = format((Decimal(value) * Decimal("1.1")).normalize(), "f")
    try:
        found = answers(altered(name, other))
    except InputRefused:
        return  # then it rests on another figure of the file
    assert found != shipped_answers(), f"{name} = {other} changes nothing"


@pytest.mark.req("REQ-PRO-001")
def test_the_same_figures_give_the_same_answers() -> None:
    assert answers(parsed(shipped_text())) == shipped_answers()


@pytest.mark.req("REQ-PRO-002", "REQ-PRO-006")
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('value = "45", unit = "kg"', 'value = "46", unit = "kg"'),
        ('mark = "P", source = "Health Canada, 2018"', 'mark = "S", source = "Health Canada, 2018"'),
        ('source = "Health Canada, 2018"', 'source = "Health Canada, 2019"'),
        ("revision = 1", "revision = 2"),
        ('monograph = "2026-02-27"', 'monograph = "2026-02-28"'),
        ('country = "CA"', 'country = "US"'),
    ],
)
def test_the_digest_covers_every_figure_mark_source_and_edition(before: str, after: str) -> None:
    text = shipped_text()
    assert before in text
    assert parsed(text.replace(before, after, 1)).digest != protocol().digest


@pytest.mark.req("REQ-PRO-006")
def test_the_digest_covers_whether_the_file_is_commissioned() -> None:
    from pharmacy_app.intake.protocol_file import _digest, _shipped_document

    document = _shipped_document()
    assert _digest(document) == protocol().digest
    assert _digest({**document, "commissioned": True}) != protocol().digest


@pytest.mark.req("REQ-PRO-002")
def test_the_digest_does_not_cover_comments_blank_lines_or_the_order_of_keys() -> None:
    text = "# another comment\n\n" + shipped_text().replace("  # The vial\n", "\n")
    text = text.replace(
        'drug = "blinatumomab"\nbrand = "BLINCYTO"', 'brand = "BLINCYTO"\ndrug = "blinatumomab"'
    )
    assert parsed(text).digest == protocol().digest


@pytest.mark.req("REQ-PRO-002")
def test_a_digest_is_sha256_in_64_hexadecimal_digits() -> None:
    name, digits = protocol().digest.split(":")
    assert name == "sha256"
    assert len(digits) == 64
    assert set(digits) <= set("0123456789abcdef")


@pytest.mark.req("REQ-PRO-002")
def test_plan_and_label_carry_country_monograph_date_revision_and_digest() -> None:
    plan = plan_of(order_document())
    digest = protocol().digest
    assert plan_document(plan, (), zone=ZoneInfo("America/Toronto"), words=WORDS)["protocol"] == {
        "drug": "blinatumomab",
        "country": "CA",
        "monograph": "2026-02-27",
        "revision": 1,
        "digest": digest,
        "commissioned": False,
    }
    bag = plan.bags[0]
    occasion = specimen(bag, WORDS, training=True)
    label = compose(plan, bag, site=training_site(shipped_protocol()), words=WORDS, occasion=occasion)
    assert label.protocol == f"Canada · monograph 2026-FEB-27 · revision 1 · {digest[7:15]}"
    assert label.datamatrix.endswith(f"(92){digest[7:15]}")


@pytest.mark.req("REQ-PRO-002")
def test_united_states_rates_on_the_canadian_rows_are_stopped() -> None:
    plan = answers(altered("bag.72h.rate", "1.8"))["protocol"]
    assert isinstance(plan, list)
    # 28 mcg/day: 8 mL × 12.5 mcg/mL ÷ 283.5 mL × 1.8 mL/h × 24 h = 15.24 mcg/day, 55 % of 28
    stops = [each for each in plan if "72 h bag at 28 mcg/day" in each]
    assert stops[0].startswith("stop: 72 h bag at 28 mcg/day: the table's drug volume gives 15.24 mcg/day")


@pytest.mark.req("REQ-PRO-004")
def test_the_training_site_is_marked_as_training_and_a_plan_says_so() -> None:
    assert training_site(shipped_protocol()).training is True
    plan = plan_of(order_document())
    assert not has_stop(plan.findings)
    assert "site.training-figures" in {each.code for each in plan.findings}


@pytest.mark.req("REQ-PRO-004", "REQ-LBL-011")
def test_a_label_carries_the_training_mark() -> None:
    plan = plan_of(order_document())
    occasion = specimen(plan.bags[0], WORDS, training=not plan.protocol.commissioned)
    assert occasion.marks == ("TRAINING – NOT FOR PATIENT USE",)


@pytest.mark.req("REQ-ORD-006", "REQ-BUD-003")
def test_the_training_site_has_the_marked_example_figures() -> None:
    site = training_site(shipped_protocol())
    assert site.weight_age_limit_days == 7
    assert site.priming_volume is not None
    assert site.sterility_refrigerated is not None
    assert site.sterility_room is not None
    assert site.time_zone == "America/Toronto"
