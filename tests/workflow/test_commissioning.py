"""Commissioning at the workflow: two people, their secrets, and what is in force afterwards (REQ-PRO-003)."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from db.engine import Database
from pharmacy_app.domain.commissioning import check_commissioned
from pharmacy_app.domain.errors import InputRefused, RulesRefused
from pharmacy_app.domain.finding import Severity
from pharmacy_app.domain.person import Actor, Role
from pharmacy_app.workflow.people import Credentials
from tests.support.commissioning import MONOGRAPH, SECRET, Site, group
from tests.support.protocols import shipped_text
from tests.support.rulebooks import protocol
from tests.support.stations import ADMINISTRATOR, OTHER_PHARMACIST, PHARMACIST, PRINTER, TECHNICIAN

THIRD = Actor("mlee", "M. Lee", (Role.PHARMACIST,), "desk")
STERILITY = {"sterility.refrigerated": "240", "sterility.room": "96", "handling.allowance": "1"}


@pytest.fixture
def site(database: Database) -> Site:
    """Two pharmacists, an administrator and a technician, nothing commissioned."""
    made = Site(database)
    made.hire(PHARMACIST, OTHER_PHARMACIST, ADMINISTRATOR, TECHNICIAN)
    return made


def type_group(site: Site, name: str, actor: Actor = PHARMACIST, **changes: str) -> None:
    texts = {figure: MONOGRAPH[figure] for figure in group(name).names}
    for figure, text in {**texts, **{key.replace("__", "."): text for key, text in changes.items()}}.items():
        site.commissioning(actor).type_figure(figure, text)


def codes(refused: pytest.ExceptionInfo[RulesRefused]) -> list[str]:
    return [each.code for each in refused.value.findings]


@pytest.mark.req("REQ-PRO-003")
def test_a_new_installation_is_for_training_and_nothing_is_commissioned(site: Site) -> None:
    rules = site.rules()
    assert (rules.site.training, rules.protocol.commissioned) == (True, False)
    assert rules.protocol.digest == protocol().digest


@pytest.mark.req("REQ-PRO-003")
def test_one_pharmacist_cannot_open_an_installation_alone(site: Site) -> None:
    site.sign_protocol(PHARMACIST)
    site.sign_site(PHARMACIST, OTHER_PHARMACIST)
    with pytest.raises(RulesRefused) as refused:
        site.open_for_patients()
    assert codes(refused) == ["commissioning.group-not-agreed"] * 17
    assert site.rules().site.training is True
    (entry,) = site.entries("opening-refused")
    assert "bag-96h" in json.loads(entry.facts)["about"]


@pytest.mark.req("REQ-PRO-003")
def test_nobody_is_the_second_person_to_himself(site: Site) -> None:
    site.sign_protocol(PHARMACIST, OTHER_PHARMACIST)
    site.sign_site(PHARMACIST, OTHER_PHARMACIST)
    with pytest.raises(RulesRefused) as refused:
        site.open_for_patients(PHARMACIST, PHARMACIST)
    assert codes(refused) == ["person.second-is-the-same"]
    assert site.rules().protocol.commissioned is False


@pytest.mark.req("REQ-PRO-003", "REQ-PRO-006")
def test_after_both_have_signed_everything_two_people_open_it_for_patients(site: Site) -> None:
    site.sign_protocol(PHARMACIST, OTHER_PHARMACIST)
    site.sign_site(PHARMACIST, OTHER_PHARMACIST)
    assert site.rules().protocol.commissioned is False, "signatures alone open nothing"
    site.open_for_patients(ADMINISTRATOR, PHARMACIST)
    rules = site.rules()
    assert (rules.site.training, rules.protocol.commissioned) == (False, True)
    assert rules.protocol.digest != protocol().digest
    assert rules.as_filed.digest == protocol().digest
    assert check_commissioned(rules.protocol, rules.site) == ()
    (entry,) = site.entries("opened-for-patients")
    facts = json.loads(entry.facts)
    assert (entry.person, facts["second person"]) == ("admin", "achen")
    assert facts["protocol"] == protocol().digest


@pytest.mark.req("REQ-PRO-003")
@pytest.mark.parametrize("second", [ADMINISTRATOR, TECHNICIAN])
def test_the_second_person_is_a_pharmacist(site: Site, second: Actor) -> None:
    site.sign_protocol(PHARMACIST, OTHER_PHARMACIST)
    site.sign_site(PHARMACIST, OTHER_PHARMACIST)
    with pytest.raises(RulesRefused) as refused:
        site.open_for_patients(PHARMACIST, second)
    assert codes(refused) == ["person.not-permitted.commission"]


@pytest.mark.req("REQ-PRO-003")
def test_a_technician_types_signs_and_opens_nothing(site: Site) -> None:
    commands = site.commissioning(TECHNICIAN)
    second = Credentials(PHARMACIST.person, SECRET)
    for give in (
        lambda: commands.type_figure("dose.full", "28"),
        lambda: commands.sign("doses", secret=SECRET),
        lambda: commands.open_for_patients(secret=SECRET, second=second),
    ):
        with pytest.raises(RulesRefused) as refused:
            give()
        assert refused.value.findings[0].code.startswith("person.not-permitted.")


@pytest.mark.req("REQ-PRO-003")
def test_an_administrator_and_a_station_type_no_figure(site: Site) -> None:
    for actor in (ADMINISTRATOR, PRINTER, replace(PHARMACIST, training=True)):
        with pytest.raises(RulesRefused):
            site.commissioning(actor).type_figure("dose.full", "28")


@pytest.mark.req("REQ-PRO-003")
def test_one_wrong_figure_of_104_keeps_everything_in_training_and_is_named(site: Site) -> None:
    site.sign_site(PHARMACIST, OTHER_PHARMACIST)
    site.sign_protocol(PHARMACIST)
    site.sign_protocol(OTHER_PHARMACIST, but="bag-96h")
    type_group(site, "bag-96h", OTHER_PHARMACIST, bag__96h__28mcg__drug="10.8")
    with pytest.raises(RulesRefused) as unsigned:
        site.commissioning(OTHER_PHARMACIST).sign("bag-96h", secret=SECRET)
    assert codes(unsigned) == ["commissioning.differs"]
    with pytest.raises(RulesRefused) as refused:
        site.open_for_patients()
    differs, still_open = refused.value.findings
    assert dict(differs.values) == {
        "figure": "bag.96h.28mcg.drug", "program": "10.7 mL", "typed": "10.8 mL",
    }  # fmt: skip
    assert dict(still_open.values)["group"] == "bag-96h"
    assert site.rules().site.training is True
    assert site.rules().protocol.commissioned is False


@pytest.mark.req("REQ-PRO-003")
def test_typed_right_after_all_it_can_be_signed_and_opened(site: Site) -> None:
    site.sign_site(PHARMACIST, OTHER_PHARMACIST)
    site.sign_protocol(PHARMACIST)
    site.sign_protocol(OTHER_PHARMACIST, but="bag-96h")
    type_group(site, "bag-96h", OTHER_PHARMACIST, bag__96h__28mcg__drug="10.8")
    site.commissioning(OTHER_PHARMACIST).type_figure("bag.96h.28mcg.drug", "10.70")
    assert site.commissioning(OTHER_PHARMACIST).sign("bag-96h", secret=SECRET) == ()
    site.open_for_patients()
    assert site.rules().protocol.commissioned is True


@pytest.mark.req("REQ-PRO-003")
def test_a_third_pharmacist_whose_monograph_differs_is_heard(site: Site) -> None:
    site.hire(THIRD)
    site.sign_protocol(PHARMACIST, OTHER_PHARMACIST)
    site.sign_site(PHARMACIST, OTHER_PHARMACIST)
    site.commissioning(THIRD).type_figure("vial.concentration", "12.4")
    with pytest.raises(RulesRefused) as refused:
        site.open_for_patients()
    assert codes(refused) == ["commissioning.differs"]


@pytest.mark.req("REQ-PRO-003")
@pytest.mark.parametrize("secret", ["", "badge-achen", "correct horse 8"])
def test_a_badge_or_a_wrong_secret_never_signs(site: Site, secret: str) -> None:
    type_group(site, "doses")
    with pytest.raises(RulesRefused) as refused:
        site.commissioning().sign("doses", secret=secret)
    assert codes(refused) == ["person.sign-in-refused"]
    assert site.commissioning().overview().groups[1].signatures == ()


@pytest.mark.req("REQ-PRO-003")
def test_a_group_in_which_a_figure_is_missing_is_not_signed_and_each_one_is_named(site: Site) -> None:
    site.commissioning().type_figure("dose.full", "28")
    with pytest.raises(RulesRefused) as refused:
        site.commissioning().sign("doses", secret=SECRET)
    missing = [each.field for each in refused.value.findings]
    assert missing == ["dose.low", "cycle.infusion_days", "dose.tolerance"]
    (entry,) = site.entries("group-refused")
    assert json.loads(entry.facts)["about"] == "cycle.infusion_days, dose.low, dose.tolerance"


@pytest.mark.req("REQ-PRO-003")
def test_what_is_typed_is_told_at_once_and_stands_in_no_entry_of_the_record(site: Site) -> None:
    (found,) = site.commissioning().type_figure("bag.96h.28mcg.drug", "10.8")
    assert (found.code, found.severity) == ("commissioning.differs", Severity.STOP)
    site.commissioning().type_figure("sterility.room", "48.25")
    for entry in site.entries("figure-typed"):
        assert "10.8" not in entry.facts
        assert "48.25" not in entry.facts
    assert [json.loads(each.facts)["differs"] for each in site.entries("figure-typed")] == ["no", "yes"]


@pytest.mark.req("REQ-PRO-003")
def test_the_second_pharmacist_does_not_see_what_the_first_typed(site: Site) -> None:
    type_group(site, "doses")
    site.commissioning().sign("doses", secret=SECRET)
    seen = site.commissioning(OTHER_PHARMACIST).overview()
    assert all(not each.typed for each in seen.groups)
    (signature,) = seen.groups[1].signatures
    assert (signature.display_name, signature.own) == ("A. Chen", False)
    own = site.commissioning(PHARMACIST).overview().groups[1]
    assert own.typed == {
        "dose.low": "9",
        "dose.full": "28",
        "cycle.infusion_days": "28",
        "dose.tolerance": "2.5",
    }
    assert own.signed


@pytest.mark.req("REQ-PRO-003")
@pytest.mark.parametrize("text", ["10,7", "", "10.7 mL", "1e1"])
def test_what_cannot_be_read_is_refused_and_not_kept(site: Site, text: str) -> None:
    with pytest.raises(InputRefused) as refused:
        site.commissioning().type_figure("bag.96h.28mcg.drug", text)
    assert refused.value.field == "bag.96h.28mcg.drug"
    assert site.entries("figure-typed") == []


def test_a_figure_or_group_that_does_not_exist_is_refused(site: Site) -> None:
    with pytest.raises(InputRefused) as figure:
        site.commissioning().type_figure("bag.36h.rate", "7")
    assert (figure.value.field, figure.value.given) == ("figure", "bag.36h.rate")
    with pytest.raises(InputRefused) as named:
        site.commissioning().sign("dosing", secret=SECRET)
    assert (named.value.field, named.value.given) == ("group", "dosing")


def test_the_same_value_typed_again_is_not_kept_twice(site: Site) -> None:
    site.commissioning().type_figure("dose.full", "28")
    site.commissioning().type_figure("dose.full", "28")
    assert len(site.entries("figure-typed")) == 1


@pytest.mark.req("REQ-PRO-003")
def test_the_page_is_told_who_signed_what_is_missing_and_who_may(site: Site) -> None:
    site.sign_protocol(PHARMACIST, OTHER_PHARMACIST, but="vial")
    seen = site.commissioning(TECHNICIAN).overview()
    assert (seen.may_commission, seen.may_open, seen.training, seen.commissioned) == (
        False,
        False,
        True,
        False,
    )
    agreed = {each.group.name for each in seen.groups if each.agreed}
    assert len(agreed) == 16
    assert "vial" not in agreed
    assert [each.code for each in seen.stops].count("commissioning.group-not-agreed") == 1
    assert site.commissioning(ADMINISTRATOR).overview().may_open


@pytest.mark.req("REQ-PRO-003")
def test_another_revision_in_a_file_is_shown_beside_the_one_in_use(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "revision-2.toml"
    text = shipped_text().replace("revision = 1\n", "revision = 2\n")
    path.write_text(
        text.replace('value = "10.7", unit = "mL"', 'value = "10.8", unit = "mL"'), encoding="utf-8"
    )
    other, found = site.commissioning().compare(path)
    assert other.revision == 2
    (difference,) = found
    assert difference.old is not None
    assert difference.new is not None
    assert (difference.name, difference.old.value, difference.new.value) == (
        "bag.96h.28mcg.drug", "10.7", "10.8",
    )  # fmt: skip
