"""A label's PDF against a bare canvas that draws the same; and its read-back."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial

from tests.bench.alternating import take_turns
from tests.bench.drawing import drawing_of, things
from tests.bench.environments import peer_python
from tests.bench.figures import Aim, Figure, Result, paired
from tests.bench.label_contents import KINDS
from tests.bench.processes import BenchFault, Conversation
from tests.bench.setting import PEERS, ROOT, Setting, clean_environment, own_command, own_environment

PACKAGES = ("reportlab", "pillow", "charset-normalizer")
STYLES = {"plain": Aim(1.3, "ratio"), "terse": None}
"""How the bare canvas is used: a call for each string and rectangle, or as few calls as can be."""
READ_BACK_AIM = Aim(60, "ours")
SEED = "2026"
WARM_UP = 4  # labels of each kind that are drawn first and not counted


def measure(setting: Setting) -> Result:
    """Both kinds of label; each label is another one, and drawn once by each side."""
    count = setting.counts.labels
    command = own_command("-m", "tests.bench.label_worker", str(WARM_UP + count), SEED)
    with ExitStack() as open_until_end:
        ours = open_until_end.enter_context(Conversation(command, own_environment()))
        peer, missing = None, ""
        try:
            peer = open_until_end.enter_context(_bare_canvas(command, WARM_UP + count, setting))
        except BenchFault as fault:
            missing = str(fault)
        for side in (ours, peer):
            if side is not None:
                side.stay_on_one_processor()
        return Result(tuple(_figures(ours, peer, count=count, missing=missing)))


def _bare_canvas(command: tuple[str, ...], count: int, setting: Setting) -> Conversation:
    """The peer, with what stands on each label: drawn once before, in a process that measures nothing."""
    python = peer_python("label", PACKAGES, setting)
    with Conversation(command, own_environment()) as before:
        drawings = [drawing_of(_pdf(before, "pdf", number)) for number in range(count * len(KINDS))]
    file = setting.folder / "drawings.json"
    file.write_text(json.dumps(drawings), encoding="utf-8")
    fonts = ROOT / "pharmacy_app" / "fonts"
    return Conversation((python, "-I", str(PEERS / "label.py"), str(file), str(fonts)), clean_environment())


def _pdf(side: Conversation, deed: str, number: int) -> bytes:
    return base64.b64decode(side.ask(f"{deed} {number}"))


def _figures(ours: Conversation, peer: Conversation | None, *, count: int, missing: str) -> Iterator[Figure]:
    read_backs = []
    for place, kind in enumerate(KINDS):
        first = place * (WARM_UP + count)
        sides = [partial(_timed, ours, "draw", first)]
        if peer is not None:
            _compare(ours, peer, first)
            sides += [partial(_timed, peer, style, first) for style in STYLES]
        drawn, *others = take_turns(sides, count=count, warm_up=WARM_UP)
        for style, aim in STYLES.items():
            what = f"Label PDF, {kind} bag; {style}"
            figure = Figure(f"label-{kind}-{style}", what, "ms", aim=aim, missing=missing)
            yield paired(figure, drawn, others[list(STYLES).index(style)] if others else ())
        read = [_timed(ours, "read", first + WARM_UP, number) for number in range(count)]
        figure = Figure(f"read-back-{kind}", f"Its read-back, {kind} bag", "ms", aim=READ_BACK_AIM)
        read_backs.append(paired(figure, read))
    yield from read_backs


def _timed(side: Conversation, deed: str, first: int, number: int) -> float:
    return float(side.ask(f"{deed} {first + number}"))


def _compare(ours: Conversation, peer: Conversation, number: int) -> None:
    """The peer's labels must hold the same things, and look the same. Raises `BenchFault` otherwise.

    The looks of the terse one are compared dot for dot; of the plain one they differ by single dots, since
    renderers smooth the edges of a path, but not those of a rectangle.
    """
    from labels.readback import picture

    expected = _pdf(ours, "pdf", number)
    plain, terse = (_pdf(peer, f"pdf-{style}", number) for style in STYLES)
    same_things = things(drawing_of(expected)) == things(drawing_of(plain)) == things(drawing_of(terse))
    if not same_things or picture(terse, dpi=203) != picture(expected, dpi=203):
        message = "the peer's label is not the same as ours: not all of the drawing was found"
        raise BenchFault(message)
