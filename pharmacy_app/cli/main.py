"""Runs one command and prints its answer to standard output, everything else to standard error."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pharmacy_app.cli.answer import (
    DONE,
    NOT_READABLE,
    REFUSED,
    TROUBLE,
    Answer,
    findings_document,
    findings_text,
)
from pharmacy_app.cli.arguments import parse
from pharmacy_app.cli.output import say, write_line
from pharmacy_app.domain.errors import InputRefused, RulesRefused, StationTrouble
from pharmacy_app.intake.strict_json import shortened

if TYPE_CHECKING:
    from pharmacy_app.cli.tools import Tools
    from pharmacy_app.workflow.desk import Desk
    from pharmacy_app.workflow.rulebook import Rulebook

_BAG_NUMBER = re.compile(r"[1-9][0-9]{0,2}")


def run(arguments: Sequence[str], tools: Tools) -> int:
    """The exit code of one command. With --json exactly one JSON document is printed, also when refused."""
    as_json = "--json" in arguments
    try:
        options = parse(arguments, tools.words)
        answer = _help(options.help_text) if options.help_text is not None else _answer(options, tools)
    except InputRefused as refusal:
        return _refuse_input(refusal, tools, as_json=as_json)
    except RulesRefused as refusal:
        document: dict[str, object] = {"findings": findings_document(refusal.findings, tools.words)}
        text = "\n".join(findings_text(refusal.findings, tools.words))
        return _print(Answer(REFUSED, document, text), tools, as_json=as_json)
    except StationTrouble as trouble:
        return _trouble(trouble, tools, as_json=as_json)
    return _print(answer, tools, as_json=as_json)


def _help(text: str) -> Answer:
    return Answer(DONE, {"help": text}, text.rstrip("\n"))


def _answer(options: argparse.Namespace, tools: Tools) -> Answer:
    match options.command:
        case "plan":
            from pharmacy_app.cli import plan

            return plan.run(Path(options.order), _rulebook(options, tools), tools)
        case "worksheet":
            from pharmacy_app.cli import worksheet

            pdf = None if options.pdf is None else Path(options.pdf)
            number = _bag_number(options.bag)
            book = _rulebook(options, tools)
            return worksheet.run(Path(options.order), number, pdf=pdf, rulebook=book, tools=tools)
        case "label":
            return _label(options, tools)
        case "check":
            from pharmacy_app.cli import check

            return check.run(Path(options.supplies), _rulebook(options, tools), tools)
        case "schema":
            from pharmacy_app.cli import schema

            _rulebook(options, tools)  # a protocol file that is named passes its checks here too
            return schema.run(options.document)
        case "protocol":
            from pharmacy_app.cli import protocol

            book = _rulebook(options, tools)
            if options.act == "diff":
                return protocol.diff(book, [Path(each) for each in options.files], tools)
            return protocol.show(book) if options.act == "show" else protocol.verify(book, tools)
        case _:
            return _on_file(options, tools)


def _on_file(options: argparse.Namespace, tools: Tools) -> Answer:
    """The commands that need a database."""
    match options.command:
        case "audit":
            from pharmacy_app.cli import audit

            return audit.verify(_desk(options, tools, create=False), tools)
        case "print":
            return _print_label(options, tools)
        case "bag":
            from pharmacy_app.cli import bag

            return bag.run(_desk(options, tools, create=False), options.serial, tools)
        case "training":
            from pharmacy_app.cli import training

            stage = training.stage_of(options.through)
            return training.walk(_desk(options, tools, create=True), stage, tools)
        case _:
            return _order(options, tools)


def _print_label(options: argparse.Namespace, tools: Tools) -> Answer:
    from pharmacy_app.cli import label, print_label

    request = print_label.PrintRequest(
        serial=options.serial,
        printer=options.printer,
        stock=options.stock or label.USUAL_STOCK,
        dpi=options.dpi or label.USUAL_DPI,
    )
    return print_label.run(_desk(options, tools, create=False), request, tools)


def _label(options: argparse.Namespace, tools: Tools) -> Answer:
    from pharmacy_app.cli import label

    request = label.LabelRequest(
        order_file=Path(options.order),
        bag=_bag_number(options.bag),
        pdf=Path(options.pdf),
        stock=options.stock or label.USUAL_STOCK,
        dpi=options.dpi or label.USUAL_DPI,
        language=options.language or label.LANGUAGE,
    )
    return label.run(request, _rulebook(options, tools), tools)


def _order(options: argparse.Namespace, tools: Tools) -> Answer:
    from pharmacy_app.cli import order

    if options.act == "list":
        return order.list_orders(_desk(options, tools, create=False), tools)
    if options.act == "show":
        return order.show(_desk(options, tools, create=False), options.what)
    return order.add(_desk(options, tools, create=True), Path(options.what), tools)


def _bag_number(typed: str) -> int:
    if _BAG_NUMBER.fullmatch(typed):
        return int(typed)
    raise InputRefused("--bag", shortened(typed), "expected.number")


def _rulebook(options: argparse.Namespace, tools: Tools) -> Rulebook:
    return tools.rulebook(_protocol_file(options))


def _protocol_file(options: argparse.Namespace) -> Path | None:
    named = options.protocol or os.environ.get("PHARMACY_APP_PROTOCOL")
    return Path(named) if named else None


def _desk(options: argparse.Namespace, tools: Tools, *, create: bool) -> Desk:
    return tools.open_desk(options.database, _protocol_file(options), create=create)


def _refuse_input(refusal: InputRefused, tools: Tools, *, as_json: bool) -> int:
    expected = tools.words.error(refusal)
    error = {"field": refusal.field, "given": refusal.given, "expected": expected}
    sentence = tools.words("refusal.sentence", **error)
    if as_json:
        return _print(Answer(NOT_READABLE, {"error": error}, sentence), tools, as_json=True)
    say(sentence)
    return NOT_READABLE


def _trouble(trouble: StationTrouble, tools: Tools, *, as_json: bool) -> int:
    sentence = tools.words.error(trouble)
    if as_json:
        error = {"field": trouble.code, "given": sentence, "expected": tools.words("expected.no-trouble")}
        _print(Answer(TROUBLE, {"error": error}, sentence), tools, as_json=True)
    else:
        say(sentence)
    return TROUBLE


def _print(answer: Answer, tools: Tools, *, as_json: bool) -> int:
    """Print the answer; an answer that cannot be written is station trouble."""
    text = json.dumps(answer.document, ensure_ascii=False, indent=2) if as_json else answer.text
    reason = write_line(sys.stdout, text)
    if reason is None:
        return answer.code
    say(tools.words("trouble.answer", reason=reason))
    return TROUBLE
