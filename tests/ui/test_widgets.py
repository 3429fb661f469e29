"""The parts that pages are put together from."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.finding import Severity
from pharmacy_app.wording import Catalogue
from tests.support.cut_text import cut_texts
from ui import theme
from ui.icons import Icon, draw_icon
from ui.remarks import Remark
from ui.widgets.button import Button, ExplainedButton
from ui.widgets.choice import SegmentedChoice
from ui.widgets.field import TextField
from ui.widgets.finding import FindingList, FindingView
from ui.widgets.reading_order import stops
from ui.widgets.text import LeadText, Text, unbroken

STOP = Remark("a", Severity.STOP, "Refused.", "Given 71,5.")
OLD = Remark("order.weight-old", Severity.REASON, "Reason needed.", "11 days.", rule="REQ-ORD-006. Site.")


def luminance(value: str) -> float:
    """Relative luminance after WCAG 2.2."""
    colour = QColor(value)
    parts = [each / 255 for each in (colour.red(), colour.green(), colour.blue())]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(ink: str, ground: str) -> float:
    one, other = sorted((luminance(ink), luminance(ground)), reverse=True)
    return round((one + 0.05) / (other + 0.05), 1)


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        (theme.LIGHT, [16.5, 15.0, 7.8, 7.1, 6.4, 7.4, 7.4, 7.0, 7.1, 6.5, 7.0, 7.5, 11.6, 8.7, 13.4]),
        (theme.DARK, [14.4, 16.2, 8.6, 9.6, 10.2, 8.3, 9.9, 8.5, 9.5, 8.5, 8.6, 8.7, 11.6, 11.4, 10.9]),
    ],
)
def test_the_colours_have_the_contrasts_of_the_design(scheme: theme.Colours, expected: list[float]) -> None:
    pairs = [
        (scheme.text, scheme.surface),
        (scheme.text, scheme.canvas),
        (scheme.muted, scheme.surface),
        (scheme.muted, scheme.canvas),
        (scheme.muted, scheme.sunken),
        (scheme.action, scheme.surface),
        (scheme.on_action, scheme.action),
        *((tone.ink, tone.ground) for tone in (scheme.stop, scheme.reason, scheme.note, scheme.done)),
        *((tone.ink, tone.ground) for tone in (scheme.unknown, scheme.training)),
        *((tone.ink, tone.ground) for tone in (scheme.dose_high, scheme.dose_low)),
    ]
    assert [contrast(*pair) for pair in pairs] == pytest.approx(expected, abs=0.1)


def test_all_digits_have_one_width(application: QApplication, qtbot: QtBot) -> None:
    label = QLabel("x")
    qtbot.addWidget(label)
    for bold in (False, True):
        label.setFont(theme.font(16, bold=bold))
        assert len({label.fontMetrics().horizontalAdvance(digit * 20) for digit in "0123456789"}) == 1


def test_the_face_is_the_shipped_one(application: QApplication, qtbot: QtBot) -> None:
    label = Text("x")
    qtbot.addWidget(label)
    assert label.fontInfo().family() == "Atkinson Hyperlegible"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("28 mcg/day for 28 days", "28\u00a0mcg/day for 28\u00a0days"),
        ("10.7 mL in 96 h", "10.7\u00a0mL in 96\u00a0h"),
        ("bag 4 hangs", "bag 4 hangs"),
        ("0.9 % sodium", "0.9\u00a0% sodium"),
    ],
)
def test_a_number_and_its_unit_stay_together(text: str, expected: str) -> None:
    assert unbroken(text) == expected


def test_a_name_is_never_read_as_markup(application: QApplication, qtbot: QtBot) -> None:
    plain, lead = Text("O'BRIEN & <b>SON</b>"), LeadText("<i>Stop</i>.", "a < b & c > d")
    qtbot.addWidget(plain)
    qtbot.addWidget(lead)
    assert plain.textFormat() is Qt.TextFormat.PlainText
    assert lead.text() == "<b>&lt;i&gt;Stop&lt;/i&gt;.</b> a &lt; b &amp; c &gt; d"


def drawn(icon: Icon) -> bytes:
    """The shape in one grey on white: what a print in grey still shows."""
    image = QImage(QSize(32, 32), QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    draw_icon(painter, icon, QRectF(0, 0, 32, 32), ink=QColor("#555555"), hole=QColor("#ffffff"))
    painter.end()
    return bytes(image.constBits())


def test_every_shape_is_told_from_every_other_without_colour(application: QApplication) -> None:
    pictures = {icon: drawn(icon) for icon in Icon}
    assert len(set(pictures.values())) == len(Icon)
    assert all(min(picture) < 120 for picture in pictures.values())


def choice(qtbot: QtBot, *, many: bool = False) -> SegmentedChoice:
    widget = SegmentedChoice([("yes", "Yes"), ("no", "No"), ("unknown", "Not known")], many=many)
    widget.set_name("Pregnant")
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    widget.focus_target().setFocus()
    return widget


def key(pressed: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, pressed)


def test_none_is_chosen_at_first_and_arrows_alone_choose_nothing(
    application: QApplication, qtbot: QtBot
) -> None:
    widget = choice(qtbot)
    values = [widget.value]
    for pressed in (Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Right):
        key(pressed)
        values.append(widget.value)
    assert values == [None, None, "no", "unknown", "unknown"]


def test_of_many_each_is_chosen_by_itself(application: QApplication, qtbot: QtBot) -> None:
    widget = choice(qtbot, many=True)
    values = []
    for pressed in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Space):
        key(pressed)
        values.append(widget.values)
    assert values == [("yes",), ("yes",), ("yes",), ("yes", "unknown"), ("yes",)]


def test_a_choice_is_one_tab_stop_with_a_name_for_each_segment(
    application: QApplication, qtbot: QtBot
) -> None:
    widget = choice(qtbot)
    assert [stop.accessibleName() for stop in stops(widget)] == ["Pregnant: Yes"]
    assert [each.accessibleName() for each in widget.segments()] == [
        "Pregnant: Yes",
        "Pregnant: No",
        "Pregnant: Not known",
    ]


def test_a_struck_out_segment_can_still_be_chosen(application: QApplication, qtbot: QtBot) -> None:
    widget = choice(qtbot)
    widget.strike({"no"})
    widget.segments()[1].click()
    assert widget.value == "no"


def test_rule_and_source_open_at_a_press(application: QApplication, qtbot: QtBot, words: Catalogue) -> None:
    view = FindingView(OLD, words)
    qtbot.addWidget(view)
    view.show()
    rule = next(label for label in view.findChildren(QLabel) if "REQ-ORD-006" in label.text())
    assert not rule.isVisible()
    view.findChildren(QPushButton)[0].click()
    assert rule.isVisible()


def test_only_a_remark_that_needs_a_reason_asks_for_one(
    application: QApplication, qtbot: QtBot, words: Catalogue
) -> None:
    findings = FindingList(words, asks_reasons=True)
    qtbot.addWidget(findings)
    findings.show_remarks([STOP, OLD])
    assert len(findings.findChildren(QLineEdit)) == 1


def test_a_typed_reason_survives_other_remarks_coming_and_going(
    application: QApplication, qtbot: QtBot, words: Catalogue
) -> None:
    findings = FindingList(words, asks_reasons=True)
    qtbot.addWidget(findings)
    findings.show_remarks([OLD])
    field = findings.findChildren(QLineEdit)[0]
    field.setText("Scale was out of order")
    findings.show_remarks([STOP, OLD])
    assert findings.findChildren(QLineEdit) == [field]
    findings.show_remarks([])
    findings.show_remarks([OLD])
    assert [each.text() for each in findings.findChildren(QLineEdit)][-1] == "Scale was out of order"


def test_what_is_typed_is_never_hidden_behind_the_suffix(
    application: QApplication, qtbot: QtBot, words: Catalogue
) -> None:
    field = TextField("Date of birth", words, suffix="year-month-day")
    qtbot.addWidget(field)
    field.resize(150, 60)
    field.show()
    suffix = field.edit.findChildren(QLabel)[0]
    field.set_text("1979-03-14")
    assert not suffix.isVisible()
    field.resize(320, 60)
    QApplication.processEvents()
    field.set_text("1979-03-1")
    assert suffix.isVisible()


def test_a_button_that_cannot_be_pressed_says_why(application: QApplication, qtbot: QtBot) -> None:
    button = ExplainedButton(Button("Save", filled=True))
    qtbot.addWidget(button)
    button.show()
    button.forbid("Opens when both are settled.")
    assert not button.button.isEnabled()
    assert button.why == button.button.accessibleDescription() == "Opens when both are settled."
    button.allow()
    assert (button.button.isEnabled(), button.why) == (True, "")


def test_reading_order_is_the_order_of_the_layout_not_of_creation(
    application: QApplication, qtbot: QtBot
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    third, second, first = QLineEdit(), QLineEdit(), QLineEdit()
    column, row = QVBoxLayout(page), QHBoxLayout()
    row.addWidget(first)
    row.addWidget(second)
    column.addLayout(row)
    column.addWidget(third)
    page.show()
    assert stops(page) == [first, second, third]


@pytest.mark.parametrize("width", [40, 400])
def test_the_search_for_cut_text_can_fail(application: QApplication, qtbot: QtBot, width: int) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(600, 200)
    children = [
        Text("Hypersensitive to benzyl alcohol"),
        Button("Save and plan"),
        LeadText("Stop.", "x " * 60),
    ]
    for at, child in enumerate(children):
        child.setParent(page)
        child.setGeometry(0, at * 70, width, 60)
    page.show()
    assert len(cut_texts(page)) >= 3 if width == 40 else cut_texts(page) == []


def test_text_that_reaches_out_of_its_card_is_found(application: QApplication, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(200, 60)
    label = Text("Weight")
    label.setParent(page)
    label.setGeometry(170, 10, 90, 30)
    page.show()
    assert cut_texts(page) == ["Text 'Weight': reaches out of what holds it"]
