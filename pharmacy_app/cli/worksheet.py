"""`worksheet ORDER.json --bag N`: what goes into one bag."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pharmacy_app.cli.answer import Answer, code_of, findings_document, findings_text, refused
from pharmacy_app.cli.documents import bag_document, exact, protocol_document, rounded
from pharmacy_app.cli.plan import plan_of_file
from pharmacy_app.domain.finding import has_stop
from pharmacy_app.domain.protocol import IngredientKind
from pharmacy_app.domain.rounding import two_decimals
from pharmacy_app.files import write_whole
from pharmacy_app.workflow.worksheet import Worksheet, make_worksheet

if TYPE_CHECKING:
    from pharmacy_app.cli.tools import Tools
    from pharmacy_app.workflow.ports import Phrases
    from pharmacy_app.workflow.rulebook import Rulebook


def run(order_file: Path, number: int, *, pdf: Path | None, rulebook: Rulebook, tools: Tools) -> Answer:
    """The worksheet of one bag; with `pdf` also as a file."""
    plan = plan_of_file(order_file, rulebook, tools)
    if plan.refused:
        return refused(plan.findings, tools.words)
    worksheet = make_worksheet(plan, number, rulebook.site)
    if has_stop(worksheet.findings):
        return refused(worksheet.findings, tools.words)
    if pdf is not None:
        drawn = tools.worksheet_renderer().draw(worksheet)
        if has_stop(drawn.findings):
            return refused((*worksheet.findings, *drawn.findings), tools.words)
        write_whole(pdf, drawn.pdf)
    document = worksheet_document(worksheet, zone=ZoneInfo(rulebook.site.time_zone), words=tools.words)
    return Answer(code_of(worksheet.findings), document, _text(worksheet, tools.words))


def worksheet_document(worksheet: Worksheet, *, zone: ZoneInfo, words: Phrases) -> dict[str, object]:
    """A worksheet as a document; `zone` is the pharmacy's."""
    check = worksheet.dose_check
    return {
        "order_number": worksheet.plan.order.order_number,
        "protocol": protocol_document(worksheet.plan.protocol),
        "bag": bag_document(worksheet.bag, zone),
        "ingredients": _ingredients(worksheet),
        "dose_check": {
            "table_drug_ml": check.table_drug.number,
            "first_principles_drug_ml": exact(two_decimals(check.first_principles_drug.value)),
            "delivered_mcg_per_day": rounded(check.delivered.value),
            "deviation_percent": rounded(check.deviation_percent),
            "limit_percent": exact(check.limit_percent),
        },
        "findings": findings_document(worksheet.findings, words),
    }


def _ingredients(worksheet: Worksheet) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for step, ingredient in enumerate(worksheet.ingredients, start=1):
        row: dict[str, object] = {
            "step": step,
            "kind": ingredient.kind.value,
            "volume_ml": ingredient.volume.number,
        }
        if ingredient.kind is IngredientKind.DRUG:
            row["vials"] = worksheet.bag.recipe.vials
        rows.append(row)
    return rows


def _text(worksheet: Worksheet, words: Phrases) -> str:
    bag = worksheet.bag
    lines = [words("cli.training")] if not worksheet.plan.protocol.commissioned else []
    values = {"order": worksheet.plan.order.order_number, "number": str(bag.number), "dose": bag.dose.text}
    lines.append(words("cli.worksheet-title", **values, duration=str(bag.duration_h)))
    for step, each in enumerate(worksheet.ingredients, start=1):
        name = words(f"ingredient.{each.kind.value}")
        lines.append(words("cli.ingredient", step=str(step), name=name, volume=each.volume.text))
    lines.extend(f"   {line.left} = {line.right}" for line in worksheet.working)
    return "\n".join([*lines, *findings_text(worksheet.findings, words)])
