"""The rows at the left of the Figures page, with the state of each group. Knows no Qt."""

from __future__ import annotations

from pharmacy_app.workflow.commissioning_on_file import GroupOnFile, Overview
from ui.figures.group_rows import progress_of
from ui.figures.names import group_title
from ui.figures.view import ListRow, Part
from ui.words import Words


def list_rows(overview: Overview, words: Words) -> tuple[ListRow, ...]:
    """The protocol's groups, the site's, then what concerns the installation."""
    rows: list[ListRow] = []
    of_site: bool | None = None
    for group in overview.groups:
        heading = ""
        if group.group.of_site is not of_site:
            of_site = group.group.of_site
            heading = words("ui.figures.of-site" if of_site else "ui.figures.of-protocol")
        state, tone = _state(group, words)
        rows.append(ListRow(group.group.name, group_title(group.group.name, words), state, tone, heading))
    rows.extend(_others(overview, words))
    return tuple(rows)


def _state(group: GroupOnFile, words: Words) -> tuple[str, str]:
    progress = progress_of(group)
    if progress.differs or group.differing:
        return words("ui.figures.state.differs"), "stop"
    if group.agreed:
        return words("ui.figures.state.agreed"), "done"
    if group.signed:
        return words("ui.figures.state.signed"), "note"
    if progress.done:
        done, every = str(progress.done), str(len(group.group.figures))
        return words("ui.figures.state.begun", done=done, all=every), "now"
    if any(not each.own for each in group.signatures):
        return words("ui.figures.state.other-signed"), "note"
    return words("ui.figures.state.open"), ""


def _others(overview: Overview, words: Words) -> list[ListRow]:
    opened = not overview.training
    code = "ui.figures.opening.row-open" if opened else "ui.figures.opening.row"
    rows = [
        ListRow(
            key=Part.OPENING.value,
            title=words(code),
            state="",
            tone="" if not opened else "done" if overview.commissioned else "stop",
            heading=words("ui.figures.of-installation"),
        )
    ]
    if overview.bags:
        stopped = any(
            each.must_be_listed or not each.released_again for each in overview.bags if not each.hangs
        )
        tone = "stop" if stopped else "done"
        rows.append(ListRow(Part.BAGS.value, words("ui.figures.bags.row"), "", tone, ""))
    rows.append(ListRow(Part.REVISIONS.value, words("ui.figures.revisions.row"), "", "", ""))
    return rows
