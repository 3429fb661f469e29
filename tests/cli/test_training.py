"""`training --through STAGE`: the training bag, walked by the commands that people give."""

from __future__ import annotations

import pytest

from tests.support.command_line import Result, ask


def on(url: str, *arguments: str) -> Result:
    """One command on a database, as a document."""
    return ask(*arguments, "--database", url, "--json")


def walked(url: str, stage: str) -> dict[str, object]:
    result = on(url, "training", "--through", stage)
    assert result.code == 0, result.out
    return result.document


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Labels go into a folder of the test."""
    monkeypatch.setenv("PHARMACY_APP_PRINT_FOLDER", str(tmp_path_factory.mktemp("prints")))


@pytest.mark.req("REQ-PRO-004")
def test_the_training_bag_is_walked_stage_by_stage_and_stays_one_bag(url: str) -> None:
    assert (walked(url, "order")["serial"], walked(url, "plan")["serial"]) == (None, None)
    prepared = walked(url, "prepared")
    assert prepared["order_number"] == "TRAINING-0001"
    assert prepared["serial"] == "2610010001"  # the tests' day, 2026-10-01
    assert walked(url, "released")["serial"] == "2610010001"
    assert walked(url, "printed") == {
        "through": "printed",
        "order_number": "TRAINING-0001",
        "bag": 1,
        "serial": "2610010001",
        "label": "261001000101",
        "findings": [],
    }
    verified = on(url, "audit", "verify").document
    assert (verified["first_bad"], verified["findings"]) == (None, [])


@pytest.mark.parametrize(
    ("stage", "state"), [("prepared", "prepared"), ("released", "released"), ("printed", "released")]
)
def test_a_stage_is_reached_in_one_go(url: str, stage: str, state: str) -> None:
    serial = str(walked(url, stage)["serial"])
    bag = on(url, "bag", serial).document
    assert (bag["state"], bag["answer"]) == (state, "not-yet")


def test_a_bag_that_has_come_so_far_is_followed_by_another(url: str) -> None:
    assert walked(url, "prepared")["serial"] == "2610010001"
    assert walked(url, "prepared")["serial"] == "2610010002"


@pytest.mark.parametrize("arguments", [(), ("--through",), ("--through", "hung"), ("--through", "")])
def test_a_stage_that_there_is_not_is_refused(url: str, arguments: tuple[str, ...]) -> None:
    result = on(url, "training", *arguments)
    assert result.code == 2
    assert result.document["error"]["field"] == "--through"
