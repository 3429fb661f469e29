"""How everything looks: colours, type, distances, and the one style sheet made of them.

Colours are asked for when something is drawn (`colours()`), never kept, so that the window follows the
system when it turns dark. Every pair of text and ground has a contrast of at least 4.5.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

FAMILY = "Atkinson Hyperlegible"
FACES = ("AtkinsonHyperlegible-Regular.ttf", "AtkinsonHyperlegible-Bold.ttf")

# Type, in pixels. Nothing is smaller than SMALL.
SMALL = 14
TABLE = 15
BODY = 16
TITLE = 18
NAME = 24
RESULT = 28
NUMBER = 40
STOP = 72
BENCH_NUMBER = 144
BENCH_UNIT = 56

# Distances and sizes, in pixels.
SPACES = (4, 8, 12, 16, 20, 26)
RADIUS_TAG = 4
RADIUS_FIELD = 6
RADIUS_CARD = 8
FIELD_HEIGHT = 38
LARGE_FIELD_HEIGHT = 64
BUTTON_HEIGHT = 44
BENCH_BUTTON_HEIGHT = 64
CARD_GAP = 14
PAGE_EDGE = 20
BAND_HEIGHT = 26
BAR_HEIGHT = 48
SCAN_LINE_HEIGHT = 44
NAVIGATION_WIDTH = 148
HEAD_HEIGHT = 60


@dataclass(frozen=True, slots=True)
class Tone:
    """The colour of a meaning, and the ground it stands on."""

    ink: str
    ground: str


@dataclass(frozen=True, slots=True)
class Colours:
    """One colour scheme. `line` is decoration only; `edge` is the border of what can be used."""

    text: str
    muted: str
    surface: str
    canvas: str
    sunken: str
    action: str
    on_action: str
    chosen: str
    edge: str
    line: str
    dose_high: Tone
    dose_low: Tone
    stop: Tone
    reason: Tone
    note: Tone
    done: Tone
    unknown: Tone
    training: Tone

    def tone(self, name: str) -> Tone:
        """The tone called `stop`, `reason`, `note`, `done`, `unknown`, `training` or `now`."""
        if name == "now":
            return Tone(self.action, self.surface)
        found = getattr(self, name)
        if not isinstance(found, Tone):
            raise KeyError(name)
        return found


_TRAINING = Tone("#14202A", "#FFD447")

LIGHT = Colours(
    text="#14202A",
    muted="#46545F",
    surface="#FFFFFF",
    canvas="#F2F4F6",
    sunken="#E6EAEE",
    action="#0A5A87",
    on_action="#FFFFFF",
    chosen="#1F4E79",
    edge="#66737F",
    line="#C5CDD5",
    dose_high=Tone("#FFFFFF", "#1F4E79"),
    dose_low=Tone("#14202A", "#DCE9F5"),
    stop=Tone("#A1140E", "#FDEBE9"),
    reason=Tone("#7A4300", "#FFF1D6"),
    note=Tone("#0A5A87", "#E6F1F8"),
    done=Tone("#135C36", "#E4F3EA"),
    unknown=Tone("#5A3791", "#F0EAF8"),
    training=_TRAINING,
)

DARK = Colours(
    text="#F0F4F7",
    muted="#B3C0CB",
    surface="#1A232B",
    canvas="#11181E",
    sunken="#0C1217",
    action="#7CC4EE",
    on_action="#0C1217",
    chosen="#A9CDF0",
    edge="#8796A3",
    line="#34414C",
    dose_high=Tone("#0C1217", "#A9CDF0"),
    dose_low=Tone("#F0F4F7", "#24384B"),
    stop=Tone("#FFA69E", "#43100D"),
    reason=Tone("#FFCB7A", "#3D2600"),
    note=Tone("#9BD2F2", "#0C2F45"),
    done=Tone("#8FDBB0", "#0D3320"),
    unknown=Tone("#D2BCF5", "#2F1D4D"),
    training=_TRAINING,
)


def colours() -> Colours:
    """The scheme in use now: the system's."""
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return DARK if dark else LIGHT


def colour(value: str) -> QColor:
    """A token as a colour to draw with."""
    return QColor(value)


def font(size: int = BODY, *, bold: bool = False) -> QFont:
    """The shipped face at a size in pixels, with digits of one width."""
    face = QFont(FAMILY)
    face.setPixelSize(size)
    face.setBold(bold)
    face.setFeature(QFont.Tag("tnum"), 1)
    return face


def dress(application: QApplication) -> None:
    """Give the application its face, its colours and its style sheet, and follow the system's scheme."""
    for name in FACES:
        data = resources.files("pharmacy_app.fonts").joinpath(name).read_bytes()
        QFontDatabase.addApplicationFontFromData(data)
    application.setStyle("Fusion")
    application.setFont(font())
    _colour(application)
    application.styleHints().colorSchemeChanged.connect(lambda _scheme: _colour(application))


def _colour(application: QApplication) -> None:
    scheme = colours()
    application.setPalette(_palette(scheme))
    application.setStyleSheet(stylesheet(scheme))


def _palette(scheme: Colours) -> QPalette:
    palette = QPalette()
    for role, value in (
        (QPalette.ColorRole.Window, scheme.canvas),
        (QPalette.ColorRole.WindowText, scheme.text),
        (QPalette.ColorRole.Base, scheme.surface),
        (QPalette.ColorRole.AlternateBase, scheme.canvas),
        (QPalette.ColorRole.Text, scheme.text),
        (QPalette.ColorRole.PlaceholderText, scheme.muted),
        (QPalette.ColorRole.Button, scheme.surface),
        (QPalette.ColorRole.ButtonText, scheme.text),
        (QPalette.ColorRole.Highlight, scheme.action),
        (QPalette.ColorRole.HighlightedText, scheme.on_action),
        (QPalette.ColorRole.ToolTipBase, scheme.surface),
        (QPalette.ColorRole.ToolTipText, scheme.text),
        (QPalette.ColorRole.Link, scheme.action),
    ):
        palette.setColor(role, QColor(value))
    return palette


def stylesheet(scheme: Colours) -> str:
    """The style sheet of a scheme. Sizes of type are set by `font`, never here."""
    template = Template(resources.files("ui").joinpath("style.qss").read_text(encoding="utf-8"))
    flat = {
        name: getattr(scheme, name) for name in Colours.__slots__ if isinstance(getattr(scheme, name), str)
    }
    tones = {name: scheme.tone(name) for name in ("stop", "reason", "note", "done", "unknown", "training")}
    inks = {f"{name}_ink": tone.ink for name, tone in tones.items()}
    grounds = {f"{name}_ground": tone.ground for name, tone in tones.items()}
    return template.substitute(flat | inks | grounds)
