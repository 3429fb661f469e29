"""Two pharmacists, an administrator and a technician at one station, with a file of their own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from db.engine import open_database
from pharmacy_app.domain.person import Actor
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.workflow.desk import Desk
from tests.support.commissioning import MONOGRAPH, SECRET, Site, group
from tests.support.rulebooks import protocol
from tests.support.stations import ADMINISTRATOR, OTHER_PHARMACIST, PHARMACIST, TECHNICIAN
from tests.ui.desks import real_desk


class Office:
    """One installation and its desks."""

    def __init__(self, file: Path, of: Protocol | None = None, *, hire: bool = True) -> None:
        self.file = file
        self.site = Site(open_database(f"sqlite:///{file}"), of or protocol())
        if hire:
            self.site.hire(PHARMACIST, OTHER_PHARMACIST, ADMINISTRATOR, TECHNICIAN)

    def desk(self, actor: Actor = PHARMACIST) -> Desk:
        """The desk with this person at it."""
        return replace(real_desk(self.file), station=self.site.station(actor))

    def type(self, name: str, actor: Actor = PHARMACIST, *, sign: bool = False, **changes: str) -> None:
        """Type a whole group right, but for changes such as `dose__full`."""
        texts = {figure: MONOGRAPH[figure] for figure in group(name).names}
        for figure, text in {
            **texts,
            **{key.replace("__", "."): text for key, text in changes.items()},
        }.items():
            self.site.commissioning(actor).type_figure(figure, text)
        if sign:
            self.site.commissioning(actor).sign(name, secret=SECRET)
