"""What the window needs of the wording catalogue: the workflow's port, under its name here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pharmacy_app.workflow.ports import Phrases as Words
else:
    # Only annotations use the name, and the port would bring the whole domain before the first paint.
    Words = object

__all__ = ["Words"]
