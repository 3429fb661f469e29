"""`check SUPPLIES.json`: the supply rules alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pharmacy_app.cli.answer import Answer, code_of, findings_document, findings_text
from pharmacy_app.domain.supply import check_supplies
from pharmacy_app.intake.supplies_json import read_supplies_file

if TYPE_CHECKING:
    from pharmacy_app.cli.tools import Tools
    from pharmacy_app.workflow.rulebook import Rulebook


def run(supplies_file: Path, rulebook: Rulebook, tools: Tools) -> Answer:
    """Every finding about the supplies in a file."""
    supplies = read_supplies_file(supplies_file, rulebook.protocol)
    found = check_supplies(supplies, rulebook.protocol)
    lines = findings_text(found, tools.words) or [tools.words("cli.supplies-right")]
    document: dict[str, object] = {"findings": findings_document(found, tools.words)}
    return Answer(code_of(found), document, "\n".join(lines))
