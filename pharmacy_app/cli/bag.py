"""`bag SERIAL`: a bag's state, its times, and what a scan of it answers now."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from pharmacy_app.cli.answer import Answer, code_of, findings_document, findings_text
from pharmacy_app.cli.documents import exact, moment
from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.preparation_scan import shown_serial
from pharmacy_app.domain.rounding import two_decimals
from pharmacy_app.domain.scan import BagScan
from pharmacy_app.intake.strict_json import shortened

if TYPE_CHECKING:
    from pharmacy_app.cli.tools import Tools
    from pharmacy_app.domain.ledger import BagAnswer
    from pharmacy_app.workflow.desk import Desk
    from pharmacy_app.workflow.ports import Phrases

# The serial, as its code says it or as it is shown, and the number of a print if the code is typed whole.
_TYPED = re.compile(r"([0-9]{6}) ?([0-9]{4})([0-9]{2})?")
_TIMES = ("hang_at", "start_by", "change_at", "expires")


def run(desk: Desk, typed: str, tools: Tools) -> Answer:
    """The answer for the bag's current label, or for the print whose number was typed with the serial.

    Raises:
        InputRefused: that is no serial, or no bag on file has it.
    """
    serial, scan = read_typed(typed)
    found = desk.ledger.answer(serial, scan)
    document = answer_document(found, scan, tools.words)
    return Answer(code_of(found.findings), document, _text(found, document, tools.words))


def read_typed(typed: str) -> tuple[str, BagScan | None]:
    """The serial, and the whole code if it was typed with the number of a print.

    Raises:
        InputRefused: it is not ten or twelve digits, with a space after the sixth at most.
    """
    match = _TYPED.fullmatch(typed)
    if match is None:
        raise InputRefused("SERIAL", shortened(typed), "expected.bag-code")
    day, count, number = match.groups()
    serial = f"{day}{count}"
    return serial, None if number is None else BagScan(serial, int(number), "")


def answer_document(found: BagAnswer, scan: BagScan | None, words: Phrases) -> dict[str, object]:
    """The answer with state and times. What does not apply, or is not known, is null."""
    document: dict[str, object] = {
        "serial": found.serial,
        "state": None,
        "answer": found.answer.value,
        "order_number": None,
        "bag": None,
        "dose_mcg_per_day": None,
        "duration_h": None,
        "print_number": None if scan is None else scan.print_number,
        **dict.fromkeys(_TIMES),
        "volume_to_infuse_ml": None if found.volume is None else found.volume.number,
        "room_time_h": None,
    }
    ledger, times = found.ledger, found.times
    if ledger is not None and times is not None:
        bag, started = ledger.bag, ledger.bag.started
        document |= {"state": bag.state.value, "order_number": started.order_number}
        document |= {"bag": started.bag_number, "duration_h": started.duration_h}
        document["dose_mcg_per_day"] = started.dose.number
        if scan is None and ledger.jobs:
            document["print_number"] = ledger.jobs[-1].number
        moments = (times.due, times.start_by, found.change_at, times.expires)
        document |= {
            name: None if each is None else moment(each.astimezone(ledger.zone))
            for name, each in zip(_TIMES, moments, strict=True)
        }
        if times.counted is not None:
            hours = Decimal(times.counted.counted // timedelta(seconds=1)) / 3600
            document["room_time_h"] = exact(two_decimals(hours))
    document["findings"] = findings_document(found.findings, words)
    return document


def _text(found: BagAnswer, document: dict[str, object], words: Phrases) -> str:
    answer, serial = words(f"cli.answer.{found.answer.value}"), shown_serial(found.serial)
    lines = [words("cli.bag-answer", serial=serial, answer=answer)]
    if found.ledger is not None:
        names = ("state", "bag", "order_number", "dose_mcg_per_day", "duration_h")
        state, bag, order, dose, duration = (str(document[name]) for name in names)
        lines.append(words("cli.bag-of", state=state, bag=bag, order=order, dose=dose, duration=duration))
        known = {name: str(document[name]) for name in _TIMES if document[name] is not None}
        lines += [words(f"cli.bag-time.{name.replace('_', '-')}", time=time) for name, time in known.items()]
        lines.append(words("cli.bag-volume", volume=str(document["volume_to_infuse_ml"])))
    return "\n".join([*lines, *findings_text(found.findings, words)])
