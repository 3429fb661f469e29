"""`protocol show|verify|diff`: the figures in use, whether they agree, and how another file differs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pharmacy_app.cli.answer import Answer, code_of, findings_document, findings_text
from pharmacy_app.cli.documents import protocol_document
from pharmacy_app.domain.calculation import check_protocol
from pharmacy_app.domain.revision import differences
from pharmacy_app.intake.protocol_file import read_protocol

if TYPE_CHECKING:
    from pharmacy_app.cli.tools import Tools
    from pharmacy_app.domain.protocol import Figure
    from pharmacy_app.workflow.rulebook import Rulebook


def show(rulebook: Rulebook) -> Answer:
    """Every figure with its unit, mark and source."""
    protocol = rulebook.protocol
    document = protocol_document(protocol)
    document["figures"] = [
        {"name": each.name, **_figure_document(each)} for each in protocol.figures.values()
    ]
    lines = [f"{name}: {document[name]}" for name in protocol_document(protocol)]
    lines.extend(f"{each.name} = {_figure_text(each)}" for each in protocol.figures.values())
    return Answer(0, document, "\n".join(lines))


def verify(rulebook: Rulebook, tools: Tools) -> Answer:
    """Every disagreement among the figures."""
    found = check_protocol(rulebook.protocol, rulebook.site)
    lines = findings_text(found, tools.words) or [tools.words("cli.protocol-right")]
    document: dict[str, object] = {"findings": findings_document(found, tools.words)}
    return Answer(code_of(found), document, "\n".join(lines))


def diff(rulebook: Rulebook, files: Sequence[Path], tools: Tools) -> Answer:
    """Every figure in which two revisions differ: the last file and the one before it, or the one in use."""
    *before, last = (read_protocol(each, field="FILE") for each in files)
    old, new = (before[0] if before else rulebook.protocol), last
    found = differences(old, new)
    document: dict[str, object] = {
        "old": protocol_document(old),
        "new": protocol_document(new),
        "differences": [
            {
                "name": each.name,
                "old": each.old and _figure_document(each.old),
                "new": each.new and _figure_document(each.new),
            }
            for each in found
        ],
    }
    headings = zip(protocol_document(old).items(), protocol_document(new).values(), strict=True)
    lines = [f"{name}: {was} -> {now}" for (name, was), now in headings if was != now]
    for each in found:
        lines.append(each.name)
        lines.extend(
            f"  {sign} {_figure_text(figure)}"
            for sign, figure in (("-", each.old), ("+", each.new))
            if figure is not None
        )
    return Answer(0, document, "\n".join(lines) or tools.words("cli.protocols-same"))


def _figure_document(figure: Figure) -> dict[str, str]:
    return {
        "value": figure.value,
        "unit": figure.unit,
        "mark": figure.mark.value,
        "source": figure.source,
    }


def _figure_text(figure: Figure) -> str:
    return f"{figure.value} {figure.unit} [{figure.mark.value}] {figure.source}"
