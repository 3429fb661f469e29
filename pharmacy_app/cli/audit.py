"""`audit verify`: walks the record and names the first entry that is not as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmacy_app.cli.answer import Answer, code_of, findings_document, findings_text

if TYPE_CHECKING:
    from pharmacy_app.cli.tools import Tools
    from pharmacy_app.workflow.desk import Desk


def verify(desk: Desk, tools: Tools) -> Answer:
    """Whether the record is whole."""
    check = desk.check_record()
    document: dict[str, object] = {
        "entries": check.entries,
        "first_bad": check.first_bad,
        "sealed": check.sealed,
        "findings": findings_document(check.findings, tools.words),
    }
    values = {"entries": str(check.entries), "sealed": str(check.sealed or 0)}
    lines = findings_text(check.findings, tools.words) or [tools.words("cli.record-unbroken", **values)]
    return Answer(code_of(check.findings), document, "\n".join(lines))
