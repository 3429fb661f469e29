"""The protocol file: every figure is data, marked with its source, and nothing in it is guessed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.intake.protocol_file import read_protocol, shipped_protocol
from tests.support.answers import answers
from tests.support.protocol_figures import MARKED, WHOLE_UNITS
from tests.support.protocols import altered, line_of, parsed, shipped_text, text_with, text_without
from tests.support.rulebooks import protocol


@cache
def shipped_answers() -> dict[str, object]:
    return answers(protocol())


@pytest.mark.req("REQ-PRO-001")
def test_the_shipped_protocol_is_blinatumomab_in_canada_of_2026_02_27() -> None:
    shipped = shipped_protocol()
    assert (shipped.drug, shipped.brand, shipped.country) == ("blinatumomab", "BLINCYTO", "CA")
    assert (shipped.monograph.isoformat(), shipped.revision) == ("2026-02-27", 1)
    assert shipped.commissioned is False


@pytest.mark.req("REQ-PRO-001")
@pytest.mark.parametrize("name", MARKED)
def test_a_protocol_without_a_figure_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(InputRefused) as refused:
        parsed(text_without(name))
    assert (refused.value.field, refused.value.given) == (name, "nothing")
    assert refused.value.code == "expected.protocol-figure"


@pytest.mark.req("REQ-PRO-001")
def test_a_figure_that_no_rule_knows_is_refused() -> None:
    line = line_of("dose.full")
    more = shipped_text().replace(line, line + "\n" + line.replace("dose.full", "dose.double"))
    with pytest.raises(InputRefused) as refused:
        parsed(more)
    assert (refused.value.field, refused.value.code) == ("dose.double", "expected.no-such-figure")


@pytest.mark.req("REQ-PRO-001")
def test_a_figure_that_stands_twice_is_refused_even_with_the_same_value() -> None:
    line = line_of("dose.full")
    with pytest.raises(InputRefused) as refused:
        parsed(shipped_text().replace(line, line + "\n" + line))
    assert (refused.value.field, refused.value.given) == ("dose.full", "twice")


UNREADABLE = (
    "",
    "-28",
    "+28",
    "0",
    "0.0",
    "2.8e1",
    "28,0",
    " 28",
    "28 ",
    "028",
    "28.",
    ".28",
    "28.00001",
    "NaN",
    "Infinity",
    "twenty-eight",
    "٢٨",
    "9" * 150,
    "9" * 10_000,
)


@pytest.mark.req("REQ-PRO-001")
@pytest.mark.parametrize("value", UNREADABLE, ids=lambda value: str(value)[:12])
@pytest.mark.parametrize(
    "name", ["dose.full", "vial.concentration", "cycle.infusion_days", "bag.96h.28mcg.vials"]
)
def test_a_figure_that_is_not_a_plain_number_above_0_is_refused(name: str, value: str) -> None:
    with pytest.raises(InputRefused) as refused:
        altered(name, value)
    assert refused.value.field == name or refused.value.field.endswith(".value")


@pytest.mark.req("REQ-PRO-001")
@pytest.mark.parametrize("unit", sorted(WHOLE_UNITS))
def test_a_figure_that_counts_is_a_whole_number_up_to_99(unit: str) -> None:
    name = next(name for name, figure in MARKED.items() if figure[1] == unit)
    for value in ("1.5", "100"):
        with pytest.raises(InputRefused) as refused:
            altered(name, value)
        assert (refused.value.field, refused.value.code) == (name, "expected.whole-figure")


@pytest.mark.req("REQ-PRO-001")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("bag.96h.diluent", "glucose"),
        ("bag.96h.filter", "1.2-micron"),
        ("supply.dehp_free_materials", "polyolefin, glass"),
        ("supply.dehp_free_materials", "polyolefin, other"),
        ("supply.dehp_free_materials", "polyolefin, polyolefin"),
        ("preservative-free.steps", "saline-preservative-free, water, drug"),
        ("preservative-free.steps", "saline-preservative-free, drug"),
        ("preservative-free.steps", "saline-preservative-free, stabilizer, stabilizer, drug"),
        ("preservative-free.steps", "saline-bacteriostatic, stabilizer, drug"),
        ("bacteriostatic.steps", "saline-bacteriostatic, stabilizer, drug"),
        ("filter.pore_sizes", "0.2, 0.2"),
        ("filter.pore_sizes", "0.2; 0.22"),
        ("bag.durations", "24, 48, 72, 96, 168, 168"),
        ("bag.durations", "24, 36.5"),
        ("bag.durations", "24, , 48"),
        ("bag.durations", "0"),
    ],
)
def test_a_name_or_list_that_no_rule_knows_is_refused(name: str, value: str) -> None:
    with pytest.raises(InputRefused) as refused:
        altered(name, value)
    assert (refused.value.field, refused.value.given) == (name, value)


@pytest.mark.req("REQ-PRO-001")
def test_a_duration_without_its_row_of_the_table_is_refused_by_the_missing_figure() -> None:
    with pytest.raises(InputRefused) as refused:
        altered("bag.durations", "24, 120")
    assert (refused.value.field, refused.value.given) == ("bag.120h.9mcg.drug", "nothing")


@pytest.mark.req("REQ-PRO-001")
def test_a_dose_without_its_row_of_the_table_is_refused_by_the_missing_figure() -> None:
    with pytest.raises(InputRefused) as refused:
        altered("dose.full", "15")
    assert refused.value.field == "bag.24h.15mcg.drug"


@pytest.mark.req("REQ-PRO-001")
def test_supervision_from_a_later_cycle_needs_the_hospital_days_of_the_cycles_before() -> None:
    with pytest.raises(InputRefused) as refused:
        altered("course.mrd-positive.supervised_from_cycle", "4")
    assert refused.value.field == "course.mrd-positive.hospital_days.cycle_3"


@pytest.mark.req("REQ-PRO-001")
@pytest.mark.parametrize(
    ("name", "unit"), [("vial.concentration", "mg/mL"), ("bacteriostatic.room_limit", "days")]
)
def test_a_figure_in_another_unit_is_refused(name: str, unit: str) -> None:
    with pytest.raises(InputRefused) as refused:
        parsed(text_with(name, unit, key="unit"))
    assert (refused.value.field, refused.value.given, refused.value.code) == (name, unit, "expected.unit")
    assert refused.value.values == {"unit": MARKED[name][1]}


@pytest.mark.req("REQ-PRO-001")
@pytest.mark.parametrize(
    ("key", "value"), [("mark", "X"), ("mark", ""), ("source", ""), ("source", " guide")]
)
def test_a_figure_without_a_known_mark_and_a_source_is_refused(key: str, value: str) -> None:
    with pytest.raises(InputRefused) as refused:
        parsed(text_with("dose.full", value, key=key))
    assert refused.value.field.endswith(f".{key}")


@pytest.mark.req("REQ-PRO-001")
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('value = "28", unit = "mcg/day"', 'value = 28, unit = "mcg/day"'),
        ('value = "28", unit = "mcg/day"', 'value = 28.0, unit = "mcg/day"'),
        ('value = "28", unit = "mcg/day"', 'value = true, unit = "mcg/day"'),
        ('value = "28", unit = "mcg/day"', 'value = ["28"], unit = "mcg/day"'),
        ('value = "28", unit = "mcg/day"', 'value = "28", unit = "mcg/day", least = "9"'),
        ('value = "28", unit = "mcg/day"', 'unit = "mcg/day"'),
        ('monograph = "2026-02-27"', "monograph = 2026-02-27"),
        ('monograph = "2026-02-27"', 'monograph = "2026-02-30"'),
        ('monograph = "2026-02-27"', ""),
        ("revision = 1", 'revision = "1"'),
        ("revision = 1", "revision = 0"),
        ("revision = 1", "revision = -1"),
        ("revision = 1", "revision = 1.0"),
        ("revision = 1", "revision = true"),
        ("revision = 1", f"revision = {'9' * 10_000}"),
        ("revision = 1", f"revision = 0x{'f' * 10_000}"),
        ("revision = 1", "revision = 1\nrevision = 1"),
        ("revision = 1", "revision = 1\nedition = 2"),
        ('country = "CA"', 'country = "XX"'),
        ('country = "CA"', ""),
        ('drug = "blinatumomab"', 'drug = ""'),
        ('drug = "blinatumomab"', 'drug = "blinatumomab\\u0000"'),
        ("figures = [", "figures = 4\nother = ["),
        ("commissioned = false", ""),
        ("commissioned = false", 'commissioned = "false"'),
        ("commissioned = false", "commissioned = 0"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused(before: str, after: str) -> None:
    text = shipped_text()
    assert before in text
    with pytest.raises(InputRefused):
        parsed(text.replace(before, after, 1))


@pytest.mark.req("REQ-PRO-006")
def test_a_file_that_calls_itself_commissioned_is_refused() -> None:
    with pytest.raises(InputRefused) as refused:
        parsed(shipped_text().replace("commissioned = false", "commissioned = true"))
    assert (refused.value.field, refused.value.given) == ("commissioned", "true")
    assert refused.value.code == "expected.not-commissioned"


@pytest.mark.req("REQ-PRO-001")
@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[", b"figures = []", b"a" * 1_000_001])
def test_a_file_that_is_no_protocol_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "protocol.toml"
    path.write_bytes(content)
    with pytest.raises(InputRefused):
        read_protocol(path)


@pytest.mark.req("REQ-PRO-001")
@pytest.mark.parametrize(
    "content", [b"a = 1\n" * 20_000, b"a." * 500 + b"a = 1", b"a = 1\n[" + b"a." * 500 + b"a]"]
)
def test_a_protocol_that_would_take_long_to_read_is_refused_unread(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "protocol.toml"
    path.write_bytes(content)
    with pytest.raises(InputRefused) as refused:
        read_protocol(path)
    assert refused.value.code == "expected.protocol-size"


@pytest.mark.req("REQ-PRO-001")
def test_a_file_that_is_not_there_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        read_protocol(tmp_path / "none.toml")
    assert refused.value.code == "expected.file-there"
    assert refused.value.given.startswith("/")


@pytest.mark.req("REQ-PRO-001")
def test_a_folder_is_not_a_protocol(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        read_protocol(tmp_path)
    assert refused.value.code == "expected.file-readable"
