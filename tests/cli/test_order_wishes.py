"""`order add` of a file with interruptions, or with wishes of hours, days of preparation and phases."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_order import numbers, on
from tests.support.command_line import ask, write
from tests.support.orders import order_document


@pytest.mark.req("REQ-INT-001", "REQ-AUD-001")
def test_an_order_with_an_interruption_is_planned_from_its_file_and_not_kept(
    url: str, tmp_path: Path
) -> None:
    stopped = {"stopped_at": "2026-11-27T09:30", "restarted_at": "2026-11-28T10:00", "kind": "plain"}
    path = write(tmp_path, order_document(interruptions=[stopped]))
    assert ask("plan", path, "--json").code == 0
    result = on(url, "order", "add", path)
    assert (result.code, result.codes[0], numbers(url)) == (3, "order.interruptions-in-file", [])
    assert on(url, "audit", "verify").document["entries"] == 1
    assert (
        "Stop: An order on file has no interruptions. Leave them out here, and record the stop and the "
        "restart in the program when they happen. [REQ-INT-001]"
    ) in ask("order", "add", path, "--database", url).out


def test_what_an_order_wishes_of_hours_days_and_phases_is_kept_and_shown(url: str, tmp_path: Path) -> None:
    hours = {"from": "08:00", "to": "16:00"}
    wishes = {
        "change_hours": hours,
        "prepare_days": ["monday", "thursday"],
        "prepare_hours": hours,
        "phases": {
            "hospital": {"durations_h": [24, 48], "prepare_days": ["monday"]},
            "home": {
                "durations_h": [24, 96],
                "closed_days": ["sunday"],
                "holidays": "CA-BC",
                "change_hours": hours,
                "prepare_days": ["friday"],
            },
        },
    }
    changes = {f"bags.{name}": value for name, value in wishes.items()}
    assert on(url, "order", "add", write(tmp_path, order_document(**changes))).code == 0
    shown = on(url, "order", "show", "RX-1001").document["order"]["bags"]
    assert {name: shown[name] for name in wishes} == wishes
    assert on(url, "audit", "verify").document["findings"] == []
