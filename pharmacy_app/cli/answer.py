"""An answer: one JSON document, or text for people, with an exit code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pharmacy_app.domain.finding import Finding, has_stop

if TYPE_CHECKING:
    from pharmacy_app.workflow.ports import Phrases

DONE, BUG, NOT_READABLE, REFUSED, TROUBLE = 0, 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class Answer:
    """`document` is printed with --json, `text` without; both say the same."""

    code: int
    document: dict[str, object]
    text: str


def code_of(findings: Iterable[Finding]) -> int:
    """3 when a rule stops it, else 0."""
    return REFUSED if has_stop(findings) else DONE


def finding_document(finding: Finding, words: Phrases) -> dict[str, object]:
    """A finding as it stands in every document."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": words.finding(finding),
        "requirement": finding.requirement,
        "source": words.source(finding.source),
    }


def findings_document(findings: Iterable[Finding], words: Phrases) -> list[dict[str, object]]:
    """All findings in their order."""
    return [finding_document(finding, words) for finding in findings]


def findings_text(findings: Iterable[Finding], words: Phrases) -> list[str]:
    """A line for each finding: severity, sentence, rule."""
    return [
        f"{words(f'severity.{each.severity.value}')}: {words.finding(each)} [{each.requirement}]"
        for each in findings
    ]


def refused(findings: tuple[Finding, ...], words: Phrases) -> Answer:
    """The answer that consists of findings alone."""
    document: dict[str, object] = {"findings": findings_document(findings, words)}
    return Answer(code_of(findings), document, "\n".join(findings_text(findings, words)))
