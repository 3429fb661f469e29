"""Commissioning: two people, every figure, and what a difference does (REQ-PRO-003)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace as dataclass_replace

import pytest

from pharmacy_app.domain.commissioning import (
    GroupSigned,
    check_commissioned,
    check_group,
    check_signed,
    check_site_differences,
    check_typed,
    commissioned,
    is_agreed,
    not_agreed,
    required_not_set,
    site_in_force,
    standing,
    values_digest,
)
from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.figure_group import FigureGroup, groups_of
from pharmacy_app.domain.finding import Severity
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.wording import load
from tests.support.commissioning import MONOGRAPH, group, signed
from tests.support.protocols import altered
from tests.support.rulebooks import protocol, rulebook

STERILITY = {"sterility.refrigerated": "240", "sterility.room": "96", "handling.allowance": "1"}


def all_signed(
    *people: str, of: Protocol | None = None, wrong: Mapping[str, str] | None = None
) -> list[GroupSigned]:
    """Every group of the protocol signed by these people; `wrong` are values of the last one by figure."""
    found = []
    for number, person in enumerate(people):
        for each in groups_of(of or protocol()):
            if not each.of_site:
                texts = {name: MONOGRAPH[name] for name in each.names}
                if number == len(people) - 1:
                    texts |= {name: value for name, value in (wrong or {}).items() if name in texts}
                found.append(signed(each, person, texts, minute=number))
    return found


@pytest.mark.req("REQ-PRO-003")
def test_one_pharmacist_cannot_commission_alone() -> None:
    alone = all_signed("achen")
    assert len(not_agreed(protocol(), alone)) == 17
    assert len(not_agreed(protocol(), [*alone, *all_signed("achen")])) == 17, "nor by signing twice"


@pytest.mark.req("REQ-PRO-003")
def test_two_pharmacists_who_typed_every_figure_right_have_commissioned_the_protocol() -> None:
    assert not_agreed(protocol(), all_signed("achen", "spark")) == ()


@pytest.mark.req("REQ-PRO-003")
@pytest.mark.parametrize("figure", sorted(MONOGRAPH))
def test_one_wrong_figure_of_one_pharmacist_leaves_its_group_open(figure: str) -> None:
    other = {"preservative-free": "bacteriostatic", "bacteriostatic": "preservative-free"}
    others = {"none": "0.2-or-0.22-micron", "0.2-or-0.22-micron": "none", **other}
    wrong = others.get(MONOGRAPH[figure]) or MONOGRAPH[figure].partition(", ")[0]
    if wrong == MONOGRAPH[figure]:
        wrong = "3" if wrong != "3" else "4"
    (found,) = not_agreed(protocol(), all_signed("achen", "spark", wrong={figure: wrong}))
    (of,) = [each.name for each in groups_of(protocol()) if figure in each.names]
    assert dict(found.values) == {"group": of, "signed": "1", "needed": "2"}


@pytest.mark.req("REQ-PRO-003")
def test_a_difference_is_a_stop_that_names_figure_program_value_and_typed_value() -> None:
    figure = protocol().figure("bag.96h.28mcg.drug")
    (found,) = check_typed(figure, "10.8")
    assert (found.severity, found.requirement) == (Severity.STOP, "REQ-PRO-003")
    assert load().finding(found) == (
        "bag.96h.28mcg.drug: program 10.7 mL, typed 10.8 mL. Commissioning waits."
    )


@pytest.mark.req("REQ-PRO-003")
@pytest.mark.parametrize(
    ("figure", "same"),
    [
        ("bag.96h.28mcg.drug", "10.70"),
        ("bag.72h.28mcg.drug", "8.0"),
        ("bag.durations", "168, 96, 72, 48, 24"),
        ("filter.pore_sizes", "0.22, 0.20"),
        ("supply.dehp_free_materials", "EVA, PVC, polyolefin"),
        ("bag.168h.diluent", "bacteriostatic"),
    ],
)
def test_another_writing_of_the_same_value_agrees(figure: str, same: str) -> None:
    assert check_typed(protocol().figure(figure), same) == ()


@pytest.mark.req("REQ-PRO-003")
@pytest.mark.parametrize(
    ("figure", "other"),
    [
        ("bag.96h.28mcg.drug", "10.71"),
        ("bag.96h.28mcg.drug", "107"),
        ("bag.durations", "24, 48, 72, 96"),
        ("bag.168h.diluent", "preservative-free"),
        ("preservative-free.steps", "stabilizer, saline-preservative-free, drug"),
    ],
)
def test_another_value_differs(figure: str, other: str) -> None:
    assert [each.code for each in check_typed(protocol().figure(figure), other)] == ["commissioning.differs"]


@pytest.mark.req("REQ-PRO-003")
@pytest.mark.parametrize(
    ("figure", "unreadable"),
    [
        ("bag.96h.28mcg.drug", "10,7"),
        ("bag.96h.28mcg.drug", ""),
        ("bag.96h.28mcg.drug", "10.7 mL"),
        ("bag.96h.28mcg.vials", "4.0"),
        ("bag.96h.diluent", "saline"),
        ("bag.durations", "24,48"),
    ],
)
def test_what_cannot_be_read_is_refused_not_compared(figure: str, unreadable: str) -> None:
    with pytest.raises(InputRefused) as refused:
        check_typed(protocol().figure(figure), unreadable)
    assert refused.value.field == figure


@pytest.mark.req("REQ-PRO-003")
def test_a_group_that_is_not_typed_whole_names_every_figure_that_is_missing() -> None:
    texts = {name: MONOGRAPH[name] for name in group("bag-96h").names}
    del texts["bag.96h.rate"], texts["bag.96h.filter"]
    found = check_group(group("bag-96h"), texts)
    assert [(each.code, each.field) for each in found] == [
        ("commissioning.not-typed", "bag.96h.rate"),
        ("commissioning.not-typed", "bag.96h.filter"),
    ]


@pytest.mark.req("REQ-PRO-003")
def test_every_figure_of_the_protocol_stands_in_exactly_one_group() -> None:
    names = [name for each in groups_of(protocol()) if not each.of_site for name in each.names]
    assert sorted(names) == sorted(MONOGRAPH)
    assert len(names) == len(set(names)) == 108


@pytest.mark.req("REQ-PRO-003")
def test_a_signature_under_another_file_counts_for_nothing() -> None:
    changed = altered("bag.96h.28mcg.drug", "10.8")
    assert changed.digest != protocol().digest
    assert len(not_agreed(changed, all_signed("achen", "spark"))) == 17


@pytest.mark.req("REQ-PRO-003")
def test_a_signature_that_lacks_a_figure_counts_for_nothing() -> None:
    under = group("doses")
    texts = {name: MONOGRAPH[name] for name in under.names}
    short = {name: value for name, value in texts.items() if name != "dose.full"}
    assert not is_agreed(under, [signed(under, "achen", texts), signed(under, "spark", short)])
    assert is_agreed(under, [signed(under, "achen", texts), signed(under, "spark", texts)])


@pytest.mark.req("REQ-PRO-003")
def test_a_signed_value_that_cannot_be_read_any_more_counts_for_nothing() -> None:
    under = group("doses")
    texts = {name: MONOGRAPH[name] for name in under.names}
    found = check_signed(under, signed(under, "achen", {**texts, "dose.full": "28 mcg"}))
    assert [(each.code, each.field) for each in found] == [("commissioning.not-typed", "dose.full")]


@pytest.mark.req("REQ-PRO-003")
def test_the_digest_of_a_signature_covers_protocol_group_and_each_value() -> None:
    under = group("doses")
    texts = {name: MONOGRAPH[name] for name in under.names}
    others = {
        values_digest(under, texts),
        values_digest(under, {**texts, "dose.full": "28.0"}),
        values_digest(group("doses", altered("dose.tolerance", "2.4")), texts),
        values_digest(FigureGroup("other", under.digest, under.figures), texts),
    }
    assert len(others) == 4


def test_the_newest_signature_of_each_person_stands_the_newest_first() -> None:
    under = group("site-sterility")
    found = standing(under, [signed(under, "achen", STERILITY), signed(under, "spark", STERILITY, minute=2),
                             signed(under, "achen", STERILITY, minute=1)])  # fmt: skip
    assert [(each.person, each.at.minute) for each in found] == [("spark", 14), ("achen", 13)]


def in_force(*signatures: GroupSigned) -> dict[str, str]:
    return site_in_force(protocol(), signatures)


def sterility(person: str, minute: int, **changes: str) -> GroupSigned:
    texts = {**STERILITY, **{name.replace("__", "."): value for name, value in changes.items()}}
    return signed(group("site-sterility"), person, texts, minute=minute)


@pytest.mark.req("REQ-PRO-003", "REQ-BUD-003")
def test_a_site_figure_is_in_force_when_two_people_signed_the_same_value() -> None:
    assert in_force() == {}
    assert in_force(sterility("achen", 0)) == {}
    assert in_force(sterility("achen", 0), sterility("achen", 1)) == {}, "one person twice is one"
    assert in_force(sterility("achen", 0), sterility("spark", 1, sterility__room="96.0")) == STERILITY


@pytest.mark.req("REQ-PRO-003", "REQ-BUD-003")
def test_a_site_figure_on_which_two_people_differ_is_not_in_force_and_is_named_without_its_values() -> None:
    one, other = sterility("achen", 0), sterility("spark", 1, sterility__room="48")
    assert "sterility.room" not in in_force(one, other)
    assert in_force(one, other)["sterility.refrigerated"] == "240"
    (found,) = check_site_differences(group("site-sterility"), (other, one))
    assert dict(found.values) == {"figure": "sterility.room"}
    assert not is_agreed(group("site-sterility"), [one, other])


@pytest.mark.req("REQ-PRO-003", "REQ-BUD-003")
def test_a_new_value_of_one_person_ends_the_old_one_until_a_second_signs_it() -> None:
    agreed = (sterility("achen", 0), sterility("spark", 1))
    shorter = sterility("achen", 2, sterility__room="24")
    assert "sterility.room" not in in_force(*agreed, shorter)
    assert in_force(*agreed, shorter, sterility("mlee", 3, sterility__room="24"))["sterility.room"] == "24"


@pytest.mark.req("REQ-PRO-003", "REQ-BUD-003")
def test_two_earlier_signatures_do_not_outvote_a_third_person() -> None:
    found = in_force(sterility("achen", 0), sterility("spark", 1), sterility("mlee", 2, sterility__room="24"))
    assert "sterility.room" not in found


def pharmacy(person: str, minute: int, zone: str) -> GroupSigned:
    texts = {"pharmacy.name": "General", "pharmacy.telephone": "555 0100", "pharmacy.time_zone": zone,
             "station.lock_after": "5"}  # fmt: skip
    return signed(group("site-pharmacy"), person, texts, minute=minute)


@pytest.mark.req("REQ-PRO-003")
def test_a_required_figure_keeps_its_agreed_value_until_another_is_agreed() -> None:
    agreed = (pharmacy("achen", 0, "America/Halifax"), pharmacy("spark", 1, "America/Halifax"))
    moved = pharmacy("achen", 2, "America/Moncton")
    assert in_force(*agreed, moved)["pharmacy.time_zone"] == "America/Halifax"
    both = (*agreed, moved, pharmacy("spark", 3, "America/Moncton"))
    assert in_force(*both)["pharmacy.time_zone"] == "America/Moncton"


@pytest.mark.req("REQ-PRO-003")
def test_each_required_figure_of_the_site_that_is_not_set_is_named() -> None:
    fields = [each.field for each in required_not_set(protocol(), {"weight.age_limit": "7"})]
    assert fields == ["pharmacy.name", "pharmacy.telephone", "pharmacy.time_zone", "station.lock_after",
                      "set.primed_by"]  # fmt: skip


@pytest.mark.req("REQ-PRO-006")
def test_the_commissioned_digest_differs_from_the_training_one_and_follows_the_file() -> None:
    in_use = commissioned(protocol())
    assert in_use.commissioned
    assert in_use.figures == protocol().figures
    digests = {protocol().digest, in_use.digest, commissioned(altered("dose.tolerance", "2.4")).digest}
    assert len(digests) == 3
    assert all(len(each) == 71 and each.startswith("sha256:") for each in digests)


@pytest.mark.req("REQ-PRO-003")
def test_an_uncommissioned_protocol_outside_training_is_a_stop_and_nothing_else_is() -> None:
    training = rulebook().site
    for_patients = dataclass_replace(training, training=False)
    assert check_commissioned(protocol(), training) == ()
    assert check_commissioned(commissioned(protocol()), for_patients) == ()
    (found,) = check_commissioned(protocol(), for_patients)
    assert (found.code, found.severity, found.requirement) == (
        "commissioning.not-commissioned",
        Severity.STOP,
        "REQ-PRO-003",
    )


def test_every_finding_of_commissioning_has_its_words() -> None:
    words = load()
    site = group("site-sterility")
    findings: Mapping[str, object] = {
        each.code: words.finding(each)
        for each in (
            *check_typed(protocol().figure("dose.full"), "9"),
            *check_group(group("doses"), {}),
            *check_site_differences(site, (sterility("achen", 0), signed(site, "spark", {}))),
            *not_agreed(protocol(), ()),
            *required_not_set(protocol(), {}),
            *check_commissioned(protocol(), dataclass_replace(rulebook().site, training=False)),
        )
    }
    assert len(findings) == 6
