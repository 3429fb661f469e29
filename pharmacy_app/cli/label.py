"""`label ORDER.json --bag N --pdf FILE`: a specimen of one bag's label."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pharmacy_app.cli.answer import Answer, code_of, findings_document, findings_text, refused
from pharmacy_app.cli.plan import plan_of_file
from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.files import write_whole
from pharmacy_app.intake.strict_json import shortened

if TYPE_CHECKING:
    from pharmacy_app.cli.tools import Tools
    from pharmacy_app.workflow.rulebook import Rulebook

STOCKS_TO_COME = ("4x2.5", "100x75mm", "76x50mm")
RESOLUTIONS = ("203", "300")
USUAL_STOCK, USUAL_DPI, LANGUAGE = "4x3", "203", "en"


@dataclass(frozen=True, slots=True)
class LabelRequest:
    """What was asked for, still as typed."""

    order_file: Path
    bag: int
    pdf: Path
    stock: str
    dpi: str
    language: str


def run(request: LabelRequest, rulebook: Rulebook, tools: Tools) -> Answer:
    """Compose, draw, read back, judge; the file is written only when nothing stops it."""
    _check_options(request)
    renderer = tools.label_renderer()
    check_stock(request.stock, renderer.stocks)
    plan = plan_of_file(request.order_file, rulebook, tools)
    if plan.refused:
        return refused(plan.findings, tools.words)
    from pharmacy_app.workflow.label import make_specimen

    made = make_specimen(
        plan,
        request.bag,
        site=rulebook.site,
        words=tools.words,
        renderer=renderer,
        stock=request.stock,
        dpi=int(request.dpi),
    )
    if made.refused:
        return refused(made.findings, tools.words)
    write_whole(request.pdf, made.pdf)
    document: dict[str, object] = {
        "order_number": plan.order.order_number,
        "bag": made.bag.number,
        "serial": made.serial,
        "stock": made.stock,
        "dpi": made.dpi,
        "code128": made.content.code128,
        "datamatrix": made.content.datamatrix,
        "sha256": made.sha256,
        "findings": findings_document(made.findings, tools.words),
    }
    text = tools.words("cli.label-made", path=shortened(str(request.pdf)), serial=made.content.serial)
    lines = [text, *findings_text(made.findings, tools.words)]
    return Answer(code_of(made.findings), document, "\n".join(lines))


def _check_options(request: LabelRequest) -> None:
    if request.language != LANGUAGE:
        raise InputRefused("--language", shortened(request.language), "expected.language-later")
    check_dpi(request.dpi)


def check_dpi(dpi: str) -> None:
    """Refuses a resolution that no label is drawn for."""
    if dpi not in RESOLUTIONS:
        raise InputRefused("--dpi", shortened(dpi), "expected.dpi")


def check_stock(stock: str, stocks: tuple[str, ...]) -> None:
    """Refuses a stock that has no layout."""
    if stock not in stocks:
        code = "expected.stock-later" if stock in STOCKS_TO_COME else "expected.stock"
        raise InputRefused("--stock", shortened(stock), code, {"stocks": ", ".join(stocks)})
