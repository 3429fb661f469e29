"""What a command may use. Each callable builds its part when it is first needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pharmacy_app.workflow.desk import Desk
    from pharmacy_app.workflow.ports import LabelRenderer, Phrases, WorksheetRenderer
    from pharmacy_app.workflow.rulebook import Rulebook


class OpenDesk(Protocol):
    """Opens the desk on a database; without `create`, one that is named must be there already."""

    def __call__(self, database: str | None, protocol: Path | None, *, create: bool = True) -> Desk: ...


@dataclass(frozen=True, slots=True)
class Tools:
    """Given by the bootstrap."""

    words: Phrases
    clock: Callable[[], datetime]
    rulebook: Callable[[Path | None], Rulebook]
    label_renderer: Callable[[], LabelRenderer]
    worksheet_renderer: Callable[[], WorksheetRenderer]
    open_desk: OpenDesk
