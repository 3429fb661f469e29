"""`label ORDER.json --bag N --pdf FILE`: a specimen, written only when nothing stops it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.support.command_line import ORDER, Result, ask, errors_of, leftovers, write
from tests.support.orders import order_document


def label(folder: Path, *options: str, **changes: object) -> Result:
    """The answer for bag 2 of the promised order with changes; the file is label.pdf in the folder."""
    order = write(folder, order_document(**changes))
    return ask("label", order, "--bag", "2", "--pdf", folder / "label.pdf", *options, "--json")


@pytest.mark.req("REQ-LBL-011")
def test_the_document_is_as_promised_and_names_the_files_digest(tmp_path: Path) -> None:
    result = label(tmp_path)
    document = result.document
    assert (result.code, errors_of("label", document)) == (0, [])
    assert set(document) == {
        "order_number", "bag", "serial", "stock", "dpi", "code128", "datamatrix", "sha256", "findings",
    }  # fmt: skip
    assert {name: document[name] for name in ("order_number", "bag", "stock", "dpi")} == {
        "order_number": "RX-1001",
        "bag": 2,
        "stock": "4x3",
        "dpi": 203,
    }
    content = (tmp_path / "label.pdf").read_bytes()
    assert (content[:5], content.rstrip()[-5:]) == (b"%PDF-", b"%%EOF")
    assert document["sha256"] == hashlib.sha256(content).hexdigest()
    assert leftovers(tmp_path) == ["label.pdf", "order.json"]


@pytest.mark.parametrize(("stock", "dpi"), [("4x3", 300), ("4x6", 203), ("4x6", 300)])
def test_each_stock_and_resolution_can_be_asked_for(tmp_path: Path, stock: str, dpi: int) -> None:
    document = label(tmp_path, "--stock", stock, "--dpi", str(dpi), "--language", "en").document
    assert (document["stock"], document["dpi"], errors_of("label", document)) == (stock, dpi, [])


def test_the_same_order_gives_the_same_bytes(tmp_path: Path) -> None:
    first = label(tmp_path).document
    first_bytes = (tmp_path / "label.pdf").read_bytes()
    assert label(tmp_path).document == first
    assert (tmp_path / "label.pdf").read_bytes() == first_bytes


def test_the_text_names_the_file_and_the_serial(tmp_path: Path) -> None:
    pdf = tmp_path / "x.pdf"
    result = ask("label", ORDER, "--bag", "1", "--pdf", pdf)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("Specimen label written to ")
    assert leftovers(tmp_path) == ["x.pdf"]


def test_a_refused_label_is_its_findings_and_leaves_the_former_file(tmp_path: Path) -> None:
    former = tmp_path / "label.pdf"
    former.write_bytes(b"former")
    result = label(tmp_path, cycle=10)
    assert (result.code, set(result.document), errors_of("label", result.document)) == (3, {"findings"}, [])
    assert "order.cycle" in result.codes
    assert former.read_bytes() == b"former"
    assert leftovers(tmp_path) == ["label.pdf", "order.json"]


@pytest.mark.req("REQ-LBL-003")
def test_a_name_of_60_characters_fits_or_is_refused_in_words(tmp_path: Path) -> None:
    names = {
        "patient.family_name": "Wolfeschlegelsteinhausen-Ba",
        "patient.given_names": "Hubert Blaine Adolph Charles Dav",
    }
    assert sum(map(len, names.values())) + len(", ") > 60
    result = label(tmp_path, **names)
    assert result.code in {0, 3}
    assert (tmp_path / "label.pdf").exists() == (result.code == 0)


@pytest.mark.req("REQ-LBL-003")
def test_what_does_not_fit_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    result = label(tmp_path, **{"patient.family_name": "W" * 200})
    stops = [each["message"] for each in result.document["findings"] if each["severity"] == "stop"]
    assert (result.code, leftovers(tmp_path)) == (3, ["order.json"])
    assert any("name" in message for message in stops), stops


def test_a_former_label_is_replaced_whole(tmp_path: Path) -> None:
    (tmp_path / "label.pdf").write_bytes(b"former" * 100_000)
    document = label(tmp_path).document
    assert hashlib.sha256((tmp_path / "label.pdf").read_bytes()).hexdigest() == document["sha256"]
