"""The figures of a site: what is read, what is refused, what an unset one leaves open."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.quantity import DoseRate, Duration, Volume
from pharmacy_app.domain.site import BagGtin, Instrument, PrimedBy, Site
from pharmacy_app.domain.site_figure import site_figures, site_of
from pharmacy_app.intake.site_file import parse_site, training_site, training_texts
from pharmacy_app.wording import load
from tests.support.rulebooks import protocol


def texts(**changes: str) -> dict[str, str]:
    """The training pharmacy's figures with others; `set__primed_by` stands for `set.primed_by`."""
    return {
        **training_texts(protocol()),
        **{name.replace("__", "."): value for name, value in changes.items()},
    }


def site(**changes: str) -> Site:
    return site_of(texts(**changes), protocol(), training=True)


def millilitres(number: str) -> Volume:
    return Volume(Decimal(number))


@pytest.mark.req("REQ-BUD-003")
def test_a_sterility_limit_that_is_not_set_is_none_and_no_figure_stands_in_for_it() -> None:
    open_site = site(sterility__refrigerated="", sterility__room="")
    assert open_site.sterility_refrigerated is None
    assert open_site.sterility_room is None


def test_what_may_stay_unset_is_none_when_it_is() -> None:
    may_stay_unset = ("set.priming", "handling.", "dose.", "measured.", "stock.", "instruments.", "kit.")
    given = {name: value for name, value in texts().items() if not name.startswith(may_stay_unset)}
    open_site = site_of(given, protocol(), training=False)
    assert open_site.priming_volume is None
    assert open_site.handling_allowance is None
    assert open_site.recorded_dose_limit_percent is None
    assert open_site.measured_tolerance is None
    assert open_site.expires_soon_days is None
    assert open_site.low_vials is None
    assert open_site.kit_room_limit is None
    assert open_site.instruments == ()
    assert open_site.bag_gtins == ()
    assert open_site.training is False


def test_the_training_pharmacy_has_its_marked_examples() -> None:
    example = training_site(protocol())
    assert example.primed_by is PrimedBy.BEDSIDE
    assert example.recorded_dose_limit_percent == Decimal(5)
    assert example.handling_allowance == Duration(Decimal(1))
    assert example.measured_tolerance is None
    assert example.kit_room_limit == Duration(Decimal(8))
    assert example.lock_after_minutes == 5
    assert example.bag_gtins == ()
    assert example.instruments == (
        Instrument("1 mL syringe", millilitres("1"), millilitres("0.01")),
        Instrument("3 mL syringe", millilitres("3"), millilitres("0.1")),
        Instrument("5 mL syringe", millilitres("5"), millilitres("0.2")),
        Instrument("10 mL syringe", millilitres("10"), millilitres("0.2")),
        Instrument("20 mL syringe", millilitres("20"), millilitres("1")),
        Instrument("60 mL syringe", millilitres("60"), millilitres("1")),
        Instrument("filling pump", millilitres("1000"), millilitres("0.5")),
    )


@pytest.mark.parametrize(
    "name",
    [
        "pharmacy.name",
        "pharmacy.telephone",
        "pharmacy.time_zone",
        "station.lock_after",
        "weight.age_limit",
        "set.primed_by",
    ],
)
def test_a_figure_without_which_nothing_can_be_done_may_not_be_empty(name: str) -> None:
    with pytest.raises(InputRefused) as refused:
        site_of({**texts(), name: ""}, protocol(), training=True)
    assert (refused.value.field, refused.value.given) == (name, "nothing")


@pytest.mark.parametrize(
    ("name", "given", "code"),
    [
        ("sterility.room", "96,5", "expected.site-number"),
        ("sterility.room", "0", "expected.site-number"),
        ("sterility.room", "-1", "expected.site-number"),
        ("sterility.room", " 96", "expected.site-number"),
        ("sterility.room", "1e2", "expected.site-number"),
        ("weight.age_limit", "7.5", "expected.whole-number"),
        ("station.lock_after", "0", "expected.whole-number"),
        ("set.primed_by", "nurse", "expected.one-of"),
        ("pharmacy.time_zone", "Toronto", "expected.time-zone"),
        ("pharmacy.time_zone", "Factory", "expected.time-zone"),
        ("pharmacy.time_zone", "../etc", "expected.time-zone"),
        ("pharmacy.time_zone", "America", "expected.time-zone"),
        ("pharmacy.name", " Pharmacy", "expected.text-printable-short"),
        ("pharmacy.name", "P\n", "expected.text-printable-short"),
        ("pharmacy.name", "P" * 61, "expected.text-printable-short"),
        ("instruments.syringes", "10", "expected.syringes"),
        ("instruments.syringes", "10/0.3", "expected.syringes"),  # 0.3 does not go into 10
        ("instruments.syringes", "10/0.2,20/1", "expected.syringes"),
        ("instruments.syringes", "10/0.2, 10/0.5", "expected.syringes"),  # the same syringe twice
        ("instruments.filling_pump", "1000/0.5, 500/1", "expected.filling-pump"),
        ("gtin.96h.28mcg", "614141123452", "expected.gtin"),  # a GTIN-12
        ("gtin.96h.28mcg", "10614141000416", "expected.gtin"),  # its check digit is 5
    ],
)
def test_what_cannot_be_read_is_refused_and_named(name: str, given: str, code: str) -> None:
    with pytest.raises(InputRefused) as refused:
        site_of({**texts(), name: given}, protocol(), training=True)
    assert (refused.value.field, refused.value.given, refused.value.code) == (name, given, code)
    assert load().error(refused.value)


def test_a_figure_that_no_site_has_is_refused() -> None:
    with pytest.raises(InputRefused) as refused:
        site_of({**texts(), "sterility.frozen": "24"}, protocol(), training=True)
    assert refused.value.code == "expected.no-such-site-figure"


@pytest.mark.req("REQ-LBL-004")
def test_a_gtin_of_the_site_is_taken_with_its_bag() -> None:
    # 1061414100041 and check digit 5: the worked example of GS1's general specifications
    given = site_of({**texts(), "gtin.96h.28mcg": "10614141000415"}, protocol(), training=True)
    assert given.bag_gtins == (BagGtin(96, DoseRate(Decimal(28)), "10614141000415"),)


def test_each_figure_of_a_site_names_the_rule_that_rests_on_it_once() -> None:
    figures = site_figures(protocol())
    assert len({each.name for each in figures}) == len(figures) == 17 + 10
    assert all(each.rests_on.startswith("REQ-") for each in figures)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('{ name = "sterility.frozen", value = "24", unit = "h" }', "expected.no-such-site-figure"),
        ('{ name = "sterility.room", value = "4", unit = "days" }', "expected.unit"),
        ('{ name = "sterility.room", value = "96", unit = "h", mark = "S" }', "expected.no-such-field"),
        ('{ name = "sterility.room", unit = "h" }', "expected.field"),
        (
            ", ".join(['{ name = "sterility.room", value = "", unit = "h" }'] * 2),
            "expected.once",
        ),
    ],
)
def test_a_site_file_is_read_strictly(line: str, code: str) -> None:
    with pytest.raises(InputRefused) as refused:
        parse_site(f"figures = [{line}]", protocol())
    assert refused.value.code == code
