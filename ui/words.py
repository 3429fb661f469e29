"""What the window needs of the wording catalogue: the workflow's port, under its name here."""

from __future__ import annotations

from pharmacy_app.workflow.ports import Phrases as Words

__all__ = ["Words"]
