"""The rules in force: what the files say, and what two pharmacists have signed since (REQ-PRO-003, -006).

In a training installation figures of the site that were agreed stand in place of the training pharmacy's
examples. In one for patients the examples count for nothing: what is not agreed is not set.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pharmacy_app.domain.commissioning import (
    INSTALLATION,
    GroupSigned,
    commissioned,
    not_agreed,
    required_not_set,
    site_in_force,
)
from pharmacy_app.domain.figure_group import NO_DIGEST
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.domain.site_figure import site_figures, site_of
from pharmacy_app.workflow.rulebook import Rulebook
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.unit_of_work import OpenUnitOfWork, UnitOfWork


@dataclass(slots=True)
class RulesInForce:
    """Gives the rules in force, as they were when last looked up. `base` is what the files say.

    `examples` are the training pharmacy's figures as texts. Whoever changes what the rules rest on calls
    `refresh` afterwards; another station sees it at its next sign-in, or where it asks with `fresh`.
    """

    base: Rulebook
    examples: Mapping[str, str]
    open_unit_of_work: OpenUnitOfWork
    _known: Rulebook | None = field(default=None, init=False)

    def __call__(self) -> Rulebook:
        """The rules as last looked up."""
        return self._known or self.refresh()

    def refresh(self) -> Rulebook:
        """Look them up in a transaction of its own."""
        with self.open_unit_of_work(reading=True) as work:
            return self.fresh(work)

    def fresh(self, work: UnitOfWork) -> Rulebook:
        """Look them up in this transaction, in which nothing was added."""
        self._known = rules_in_force(self.base, self.examples, work)
        return self._known


def fresh(station: Station, work: UnitOfWork) -> Rulebook:
    """The rules in force at this moment, whatever another station signed in between."""
    rules = station.rulebook
    return rules.fresh(work) if isinstance(rules, RulesInForce) else rules()


def refresh(station: Station) -> None:
    """Look the rules up again: after a change of what they rest on, and at a sign-in."""
    if isinstance(station.rulebook, RulesInForce):
        station.rulebook.refresh()


def rules_in_force(base: Rulebook, examples: Mapping[str, str], work: UnitOfWork) -> Rulebook:
    """The rules that follow from the files and from what is on file."""
    installation = work.installations.latest(INSTALLATION)
    signatures = work.signatures.all()
    if installation is None and not signatures:
        return replace(base, examples=frozenset(name for name, text in examples.items() if text))
    file = base.protocol
    agreed = agreed_site_figures(file, work)
    training = installation is None or installation.training
    opened = installation is not None and not training and installation.protocol_digest == file.digest
    in_use = opened and not not_agreed(file, signatures) and not required_not_set(file, agreed)
    required = {each.name for each in site_figures(file) if each.required}
    stand_ins = {name: text for name, text in examples.items() if training or name in required}
    return replace(
        base,
        protocol=commissioned(file) if in_use else file,
        site=site_of({**stand_ins, **agreed}, file, training=training),
        file=file,
        examples=frozenset(name for name, text in stand_ins.items() if text and name not in agreed),
    )


def agreed_site_figures(file: Protocol, work: UnitOfWork) -> dict[str, str]:
    """The site's figures on which two pharmacists agree, by name; an empty text: agreed not to be set."""
    history: list[GroupSigned] = []
    for signed in work.signatures.all():
        if signed.protocol_digest == NO_DIGEST:
            history.extend(work.signatures.history(signed.key))
    return site_in_force(file, history)
