"""What can be typed after the program's name."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.intake.strict_json import shortened

if TYPE_CHECKING:
    from pharmacy_app.workflow.ports import Phrases


class _Parser(argparse.ArgumentParser):
    """Refuses like everything else here, instead of leaving the program."""

    def error(self, message: str) -> NoReturn:
        raise InputRefused("arguments", self.prog, "expected.usage", {"problem": shortened(message)})


def parse(arguments: Sequence[str], words: Phrases) -> argparse.Namespace:
    """The command and its options.

    Raises:
        InputRefused: no such command or option, or a value is missing.
        SystemExit: --help was asked for and has been printed.
    """
    return _parser(words).parse_args(list(arguments))


def _parser(words: Phrases) -> argparse.ArgumentParser:
    parser = _Parser(prog="pharmacy-app", description=words("cli.description"), allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str) -> argparse.ArgumentParser:
        help_text = words(f"cli.help-{name}")
        added = commands.add_parser(name, help=help_text, description=help_text, allow_abbrev=False)
        return added

    def common(sub: argparse.ArgumentParser) -> None:
        sub.add_argument("--json", action="store_true", help=words("cli.help-json"))
        sub.add_argument("--protocol", metavar="FILE", help=words("cli.help-protocol-file"))

    plan, worksheet, label = command("plan"), command("worksheet"), command("label")
    for sub in (plan, worksheet, label):
        sub.add_argument("order", metavar="ORDER.json")
        common(sub)
    for sub in (worksheet, label):
        sub.add_argument("--bag", required=True, metavar="N", help=words("cli.help-bag"))
    worksheet.add_argument("--pdf", metavar="FILE", help=words("cli.help-pdf"))
    label.add_argument("--pdf", metavar="FILE", required=True, help=words("cli.help-pdf"))
    label.add_argument("--zpl", metavar="FILE", help=argparse.SUPPRESS)
    label.add_argument("--stock", default="4x3")
    label.add_argument("--language", default="en")
    label.add_argument("--dpi", default="203")
    check = command("check")
    check.add_argument("supplies", metavar="SUPPLIES.json")
    common(check)
    schema = command("schema")
    schema.add_argument("document", metavar="DOCUMENT")
    common(schema)
    protocol = command("protocol")
    protocol.add_argument("act", choices=("show", "verify"))
    common(protocol)
    _add_stored(command, common, words)
    return parser


def _add_stored(command, common, words: Phrases) -> None:  # type: ignore[no-untyped-def]
    order, audit = command("order"), command("audit")
    order.add_argument("act", choices=("add", "list", "show"))
    order.add_argument("what", nargs="?", metavar="ORDER.json|NUMBER")
    audit.add_argument("act", choices=("verify",))
    for sub in (order, audit):
        common(sub)
        sub.add_argument("--database", metavar="URL", help=words("cli.help-database"))
