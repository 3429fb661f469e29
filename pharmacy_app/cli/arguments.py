"""What can be typed after the program's name. Each refusal names the argument or option."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.intake.strict_json import shortened

if TYPE_CHECKING:
    from pharmacy_app.workflow.ports import Phrases

PROGRAM = "pharmacy-app"
HELP = ("--help", "-h")
USAGE = {
    "plan": "ORDER.json [--json]",
    "worksheet": "ORDER.json --bag N [--json | --pdf FILE]",
    "label": "ORDER.json --bag N --pdf FILE [--stock 4x3] [--language en] [--dpi 203|300] [--json]",
    "check": "SUPPLIES.json [--json]",
    "schema": "DOCUMENT",
    "protocol": "show | verify | diff FILE [FILE] [--json]",
    "order": "add ORDER.json | list | show NUMBER [--database URL] [--json]",
    "audit": "verify [--database URL] [--json]",
    "print": "SERIAL --printer NAME [--stock 4x3] [--dpi 203|300] [--database URL] [--json]",
    "bag": "SERIAL [--database URL] [--json]",
    "training": "--through order|plan|prepared|released|printed [--database URL] [--json]",
}
COMMANDS_TO_COME = ("station", "database")
ACTS = {"protocol": ("show", "verify", "diff"), "order": ("add", "list", "show"), "audit": ("verify",)}
POSITIONAL = {
    "plan": {"order": "ORDER.json"},
    "worksheet": {"order": "ORDER.json"},
    "label": {"order": "ORDER.json"},
    "check": {"supplies": "SUPPLIES.json"},
    "schema": {"document": "DOCUMENT"},
    "print": {"serial": "SERIAL"},
    "bag": {"serial": "SERIAL"},
}
OPTIONS = {"label": ("--stock", "--language", "--dpi"), "print": ("--printer", "--stock", "--dpi"),
           "training": ("--through",)}  # fmt: skip


class _Once(argparse.Action):
    """An option with a value, given once; twice is not silently the last."""

    def __call__(
        self, parser: object, namespace: argparse.Namespace, values: object, option_string: str | None = None
    ) -> None:
        del parser
        option, given = option_string or self.dest, str(values)
        if getattr(namespace, self.dest) is not None:
            raise InputRefused(option, shortened(given), "expected.option-once")
        if not given:
            raise InputRefused(option, "nothing", "expected.option-value")
        setattr(namespace, self.dest, given)


def parse(arguments: Sequence[str], words: Phrases) -> argparse.Namespace:
    """The command and its options; where help is asked for, `help_text` and nothing else counts.

    Raises:
        InputRefused: no such command or option yet, or something is missing, too much, or given twice.
    """
    first = arguments[0] if arguments else ""
    if first in HELP:
        return argparse.Namespace(help_text=_overview(words))
    _check_choice("command", first, choices=tuple(USAGE), to_come=COMMANDS_TO_COME)
    parser = _parser(first, words)
    try:
        options, rest = parser.parse_known_args(list(arguments[1:]))
    except argparse.ArgumentError as error:
        raise _without_value(error, arguments) from None
    if options.help:
        return argparse.Namespace(help_text=parser.format_help())
    if rest:
        raise InputRefused("arguments", shortened(rest[0]), "expected.option")
    options.command, options.help_text = first, None
    _check(options)
    return options


def _overview(words: Phrases) -> str:
    lines = [words("cli.description"), ""]
    for name, usage in USAGE.items():
        lines += [f"{PROGRAM} {name} {usage}", f"    {words(f'cli.help-{name}')}"]
    return "\n".join(lines)


def _parser(command: str, words: Phrases) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        usage=f"{PROGRAM} {command} {USAGE[command]}",
        description=words(f"cli.help-{command}"),
        add_help=False,
        allow_abbrev=False,
        exit_on_error=False,
    )
    for name, shown in POSITIONAL.get(command, {}).items():
        parser.add_argument(name, nargs="?", metavar=shown)
    if command in ACTS:
        parser.add_argument("act", nargs="?", metavar="|".join(ACTS[command]))
    if command == "protocol":
        parser.add_argument("files", nargs="*", metavar="FILE")
    if command == "order":
        parser.add_argument("what", nargs="?", metavar="ORDER.json|NUMBER")
    if command in {"worksheet", "label"}:
        _add(parser, "--bag", metavar="N", help_text=words("cli.help-bag-number"))
        _add(parser, "--pdf", metavar="FILE", help_text=words("cli.help-pdf"))
    for name in OPTIONS.get(command, ()):
        _add(parser, name, metavar=name.removeprefix("--").upper(), help_text=None)
    if command == "label":
        _add(parser, "--zpl", metavar="FILE", help_text=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true", help=words("cli.help-json"))
    _add(parser, "--protocol", metavar="FILE", help_text=words("cli.help-protocol-file"))
    if command in {"order", "audit", "print", "bag", "training"}:
        _add(parser, "--database", metavar="URL", help_text=words("cli.help-database"))
    parser.add_argument(*HELP, action="store_true", help=argparse.SUPPRESS)
    return parser


def _add(parser: argparse.ArgumentParser, option: str, *, metavar: str, help_text: str | None) -> None:
    parser.add_argument(
        option, action=_Once, dest=option.removeprefix("--"), metavar=metavar, help=help_text, default=None
    )


def _without_value(error: argparse.ArgumentError, arguments: Sequence[str]) -> InputRefused:
    """An option at the end without its value, or a value for an option that takes none (`--json=1`)."""
    option = error.argument_name or "arguments"
    for given in arguments:
        if given.startswith(f"{option.split('/')[0]}="):
            return InputRefused("arguments", shortened(given), "expected.option")
    return InputRefused(option, "nothing", "expected.option-value")


NEEDED: Final = {"worksheet": ("bag",), "label": ("bag", "pdf"), "print": ("printer",),
                  "training": ("through",)}  # fmt: skip


def _check(options: argparse.Namespace) -> None:
    """What must be there is there, and what comes later is refused in words."""
    command = options.command
    if command in ACTS:
        _check_choice(command, options.act, choices=ACTS[command], to_come=())
    for name, shown in POSITIONAL.get(command, {}).items():
        if not getattr(options, name):
            raise InputRefused(shown, "nothing", "expected.field")
    if command == "label" and options.zpl is not None:
        raise InputRefused("--zpl", shortened(options.zpl), "expected.zpl-later")
    for name in NEEDED.get(command, ()):
        if getattr(options, name) is None:
            raise InputRefused(f"--{name}", "nothing", "expected.field")
    if command == "order":
        _check_order_argument(options)
    if command == "protocol":
        _check_protocol_files(options)


def _check_order_argument(options: argparse.Namespace) -> None:
    if (options.act == "list") == (options.what is not None):
        given = f"order {options.act}" if options.what is None else shortened(options.what)
        code = "expected.order-argument" if options.what is None else "expected.no-argument"
        raise InputRefused("arguments", given, code)


def _check_protocol_files(options: argparse.Namespace) -> None:
    """`diff` compares one file with the protocol in use, or two files with each other."""
    files = options.files
    if options.act == "diff" and not files:
        raise InputRefused("FILE", "nothing", "expected.field")
    most = 2 if options.act == "diff" else 0
    if len(files) > most:
        raise InputRefused("arguments", shortened(files[most]), "expected.option")


def _check_choice(
    field: str, given: str | None, *, choices: tuple[str, ...], to_come: tuple[str, ...]
) -> None:
    if given in choices:
        return
    code = "expected.command-later" if given in to_come else "expected.command"
    shown = "nothing" if not given else shortened(given)
    raise InputRefused(field, shown, code, {"choices": ", ".join(choices)})
