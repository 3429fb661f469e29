"""`protocol show|verify`: the figures in use, and whether they agree with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmacy_app.cli.answer import Answer, code_of, findings_document, findings_text
from pharmacy_app.cli.documents import protocol_document
from pharmacy_app.domain.calculation import check_protocol

if TYPE_CHECKING:
    from pharmacy_app.cli.tools import Tools
    from pharmacy_app.workflow.rulebook import Rulebook


def show(rulebook: Rulebook) -> Answer:
    """Every figure with its unit, mark and source."""
    protocol = rulebook.protocol
    document = protocol_document(protocol)
    document["figures"] = [
        {
            "name": each.name,
            "value": each.value,
            "unit": each.unit,
            "mark": each.mark.value,
            "source": each.source,
        }
        for each in protocol.figures.values()
    ]
    lines = [f"{name}: {document[name]}" for name in protocol_document(protocol)]
    lines.extend(
        f"{each.name} = {each.value} {each.unit} [{each.mark.value}] {each.source}"
        for each in protocol.figures.values()
    )
    return Answer(0, document, "\n".join(lines))


def verify(rulebook: Rulebook, tools: Tools) -> Answer:
    """Every disagreement among the figures."""
    found = check_protocol(rulebook.protocol, rulebook.site)
    lines = findings_text(found, tools.words) or [tools.words("cli.protocol-right")]
    document: dict[str, object] = {"findings": findings_document(found, tools.words)}
    return Answer(code_of(found), document, "\n".join(lines))
