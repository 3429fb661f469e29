"""The rules in force: what follows from what two pharmacists have signed (REQ-PRO-003, -006)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from db.engine import Database
from pharmacy_app.domain.commissioning import Installation, check_commissioned
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.figure_group import groups_of
from pharmacy_app.domain.quantity import Duration
from pharmacy_app.intake.site_file import training_texts
from pharmacy_app.workflow.people import Credentials, sign_in
from pharmacy_app.workflow.record import keep
from pharmacy_app.workflow.rules_in_force import fresh
from tests.support.commissioning import SECRET, Site, signed
from tests.support.protocols import altered
from tests.support.rulebooks import protocol
from tests.support.stations import ADMINISTRATOR, OTHER_PHARMACIST, PHARMACIST, TECHNICIAN

STERILITY = {"sterility.refrigerated": "240", "sterility.room": "96", "handling.allowance": "1"}


@pytest.fixture
def site(database: Database) -> Site:
    """Two pharmacists, an administrator and a technician, nothing commissioned."""
    made = Site(database)
    made.hire(PHARMACIST, OTHER_PHARMACIST, ADMINISTRATOR, TECHNICIAN)
    return made


def codes(refused: pytest.ExceptionInfo[RulesRefused]) -> list[str]:
    return [each.code for each in refused.value.findings]


def hours(number: int) -> Duration:
    return Duration(Decimal(number))


@pytest.mark.req("REQ-PRO-003")
def test_a_changed_file_is_not_commissioned_and_stops_every_release(site: Site) -> None:
    site.commission()
    changed = Site(site.database, altered("dose.tolerance", "2.4"))
    rules = changed.rules()
    assert (rules.site.training, rules.protocol.commissioned) == (False, False)
    assert [each.code for each in check_commissioned(rules.protocol, rules.site)] == [
        "commissioning.not-commissioned"
    ]
    with pytest.raises(RulesRefused) as refused:
        changed.open_for_patients()
    assert len(codes(refused)) == 17


@pytest.mark.req("REQ-PRO-003")
def test_a_changed_file_is_in_use_once_it_was_signed_and_opened_anew(site: Site) -> None:
    site.commission()
    changed = Site(site.database, altered("dose.tolerance", "2.4"))
    changed.sign_protocol(PHARMACIST, OTHER_PHARMACIST)
    assert changed.rules().protocol.commissioned is False, "it was not opened for patients with this file"
    changed.open_for_patients()
    assert changed.rules().protocol.commissioned is True
    assert Site(site.database).rules().protocol.commissioned is False, "the former file is out of use"


@pytest.mark.req("REQ-PRO-003", "REQ-BUD-003")
def test_in_an_installation_for_patients_the_training_examples_count_for_nothing(site: Site) -> None:
    site.sign_protocol(PHARMACIST, OTHER_PHARMACIST)
    unset = dict.fromkeys(("sterility__refrigerated", "sterility__room", "handling__allowance",
                           "dose__recorded_limit", "set__priming_volume",
                           "stock__low_vials"), "")  # fmt: skip
    site.sign_site(PHARMACIST, OTHER_PHARMACIST, weight__age_limit="6", **unset)
    site.open_for_patients()
    real = site.rules().site
    assert real.training is False
    assert real.sterility_refrigerated is None
    assert real.sterility_room is None
    assert real.handling_allowance is None
    assert real.recorded_dose_limit_percent is None
    assert real.priming_volume is None
    assert real.low_vials is None
    assert real.weight_age_limit_days == 6


@pytest.mark.req("REQ-BUD-003")
def test_a_limit_that_only_one_pharmacist_has_changed_is_not_set(site: Site) -> None:
    site.commission()
    assert site.rules().site.sterility_room == hours(96)
    site.now += timedelta(hours=1)
    for figure, text in {**STERILITY, "sterility.room": "24"}.items():
        site.commissioning().type_figure(figure, text)
    assert site.rules().site.sterility_room == hours(96), "what is typed and not signed changes nothing"
    (found,) = site.commissioning().sign("site-sterility", secret=SECRET)
    assert dict(found.values) == {"figure": "sterility.room"}
    assert site.rules().site.sterility_room is None
    assert site.rules().site.sterility_refrigerated == hours(240)
    for figure, text in {**STERILITY, "sterility.room": "24.0"}.items():
        site.commissioning(OTHER_PHARMACIST).type_figure(figure, text)
    assert site.commissioning(OTHER_PHARMACIST).sign("site-sterility", secret=SECRET) == ()
    assert site.rules().site.sterility_room == hours(24)


@pytest.mark.req("REQ-PRO-003")
def test_in_training_an_agreed_figure_stands_in_place_of_the_example(site: Site) -> None:
    for who in (PHARMACIST, OTHER_PHARMACIST):
        for figure, text in {**STERILITY, "sterility.room": "24"}.items():
            site.commissioning(who).type_figure(figure, text)
        site.commissioning(who).sign("site-sterility", secret=SECRET)
    rules = site.rules()
    assert rules.site.training is True
    assert rules.site.sterility_room == hours(24)
    assert rules.site.priming_volume is not None, "the example of another group"
    assert rules.protocol.digest == protocol().digest


@pytest.mark.req("REQ-PRO-003")
def test_without_a_required_figure_the_installation_stays_in_training(site: Site) -> None:
    site.sign_protocol(PHARMACIST, OTHER_PHARMACIST)
    with pytest.raises(RulesRefused) as refused:
        site.open_for_patients()
    assert [each.field for each in refused.value.findings] == [
        "pharmacy.name", "pharmacy.telephone", "pharmacy.time_zone", "station.lock_after", "weight.age_limit",
        "set.primed_by",
    ]  # fmt: skip


@pytest.mark.req("REQ-PRO-003")
def test_another_station_sees_what_was_signed_when_it_looks_again(site: Site) -> None:
    site.commission()
    elsewhere = Site(site.database)
    assert elsewhere.rules().site.sterility_room == hours(96)
    site.now += timedelta(hours=1)
    for figure, text in {**STERILITY, "sterility.room": "24"}.items():
        site.commissioning().type_figure(figure, text)
    site.commissioning().sign("site-sterility", secret=SECRET)
    with site.database(reading=True) as work:
        assert fresh(elsewhere.station(), work).site.sterility_room is None
    assert elsewhere.rules().site.sterility_room is None


@pytest.mark.req("REQ-PRO-003", "REQ-PRO-006")
def test_a_sign_in_sees_that_another_station_opened_the_installation_for_patients(site: Site) -> None:
    elsewhere = Site(site.database)
    assert elsewhere.rules().site.training is True
    site.commission()
    sign_in(Credentials(TECHNICIAN.person, SECRET), elsewhere.station(None))
    assert elsewhere.rules().site.training is False


@pytest.mark.req("REQ-PRO-003", "REQ-BUD-003")
def test_a_figure_of_the_site_that_is_left_empty_is_signed_as_not_set(site: Site) -> None:
    for who in (PHARMACIST, OTHER_PHARMACIST):
        site.commissioning(who).type_figure("sterility.refrigerated", "240")
        assert site.commissioning(who).sign("site-sterility", secret=SECRET) == ()
    assert site.rules().site.sterility_room is None, "the training example does not stand in for it"
    seen = site.commissioning().overview()
    assert seen.agreed == {"sterility.refrigerated": "240", "sterility.room": "", "handling.allowance": ""}
    assert next(each for each in seen.groups if each.group.name == "site-sterility").signed


@pytest.mark.req("REQ-PRO-003", "REQ-BUD-007")
def test_a_site_that_was_opened_before_there_was_a_limit_for_the_kit_goes_on_without_one(site: Site) -> None:
    people = (PHARMACIST, OTHER_PHARMACIST)
    site.sign_protocol(*people)
    texts = training_texts(protocol())
    groups = [each for each in groups_of(protocol()) if each.of_site and each.name != "site-kit"]
    site.put(*(signed(each, who.person, {name: texts.get(name, "") for name in each.names}, minute=minute)
               for minute, who in enumerate(people) for each in groups))  # fmt: skip
    site.open_for_patients()
    rules = site.rules()
    assert (rules.site.training, rules.protocol.commissioned) == (False, True)
    assert rules.site.kit_room_limit is None, "the training example does not stand in for it"
    assert (rules.site.low_vials, rules.site.sterility_room) == (10, hours(96))


@pytest.mark.req("REQ-PRO-003")
def test_a_required_figure_is_not_signed_as_not_set(site: Site) -> None:
    with pytest.raises(RulesRefused) as refused:
        site.commissioning().sign("site-weight", secret=SECRET)
    assert [each.field for each in refused.value.findings] == ["weight.age_limit"]


@pytest.mark.req("REQ-PRO-003")
@pytest.mark.parametrize(("protocol_signed", "site_signed"), [(False, True), (True, False)])
def test_an_opened_installation_without_the_signatures_is_not_commissioned(
    site: Site, *, protocol_signed: bool, site_signed: bool
) -> None:
    people = (PHARMACIST, OTHER_PHARMACIST)
    if protocol_signed:
        site.sign_protocol(*people)
    if site_signed:
        site.sign_site(*people)
    opened = Installation(
        training=False,
        protocol_digest=protocol().digest,
        person="achen",
        second_person="spark",
        at=site.now,
        figures=(),
    )
    with site.database() as work:
        keep(
            work, work.installations, opened, act="opened-for-patients", thing="installation",
            actor=PHARMACIST, at=site.now, site=site.rules.base.site,
        )  # fmt: skip
        work.commit()
    rules = site.rules.refresh()
    assert (rules.site.training, rules.protocol.commissioned) == (False, False)
    assert len(check_commissioned(rules.protocol, rules.site)) == 1
