"""The one style sheet, made from a theme's colours, the type scale and the spacing step."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

from PySide6.QtGui import QFont

from desktop.colors import Colors, blend, disabled

_SHEET = Template("""
QWidget { color: $text; }
QMainWindow, QDialog { background: $window; }
QToolTip { background: $raised; color: $text; border: 1px solid $border; padding: ${s1}px ${s2}px; }

QLabel { background: transparent; }
QLabel[kind="caption"] { font-size: ${caption}pt; color: $muted; }
QLabel[kind="muted"] { color: $muted; }
QLabel[kind="strong"] { font-weight: 600; }
QLabel[kind="title"] { font-size: ${title}pt; font-weight: 600; }
QLabel[kind="display"] { font-size: ${display}pt; font-weight: 600; }

QFrame#card { background: $surface; border: 1px solid $border; border-radius: ${r}px; }
QFrame#rule { background: $border; border: none; max-height: 1px; min-height: 1px; }
QFrame#rail { background: $rail; border: none; border-right: 1px solid $border; }
QFrame#notice { background: $accent_tint; border: none; border-radius: ${r}px; }
QFrame#drop { background: transparent; border: 1px dashed $strong_border; border-radius: ${r}px; }
QFrame#drop[hot="true"] { background: $accent_tint; border-color: $accent; }

QPushButton, QToolButton {
    background: $surface; color: $text; border: 1px solid $border; border-radius: ${rs}px;
    padding: ${s1h}px ${s3}px;
}
QPushButton:hover, QToolButton:hover { background: $raised; border-color: $strong_border; }
QPushButton:pressed, QToolButton:pressed { background: $border; }
QPushButton:focus, QToolButton:focus { border: 1px solid $accent; outline: none; }
QPushButton:disabled, QToolButton:disabled {
    color: $disabled; background: transparent; border-color: $border;
}
QPushButton:checked { background: $accent_tint; border-color: $accent; }
QPushButton:checked:focus { border: 2px solid $accent; padding: ${s1h_less}px ${s3_less}px; }
QPushButton[look="primary"] {
    background: $accent; color: $on_accent; border-color: $accent; font-weight: 600;
}
QPushButton[look="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[look="primary"]:focus { border: 2px solid $text; padding: ${s1h_less}px ${s3_less}px; }
QPushButton[look="primary"]:disabled { background: $raised; color: $disabled; border-color: $border; }
QPushButton[look="plain"], QToolButton[look="plain"] { background: transparent; border-color: transparent; }
QPushButton[look="plain"]:checked { background: $accent_tint; border-color: $accent; }
QPushButton[look="plain"]:hover, QToolButton[look="plain"]:hover { background: $raised; }
QPushButton[look="plain"]:focus, QToolButton[look="plain"]:focus { border-color: $accent; }
QPushButton[look="suggestion"] { text-align: left; background: $surface; padding: ${s2}px ${s3}px; }
QToolButton[look="plain"] { padding: ${s1}px; }
QToolButton[look="plain"]:checked { background: $accent_tint; border-color: $accent; }

QFrame#rail QPushButton {
    background: transparent; border: 1px solid transparent; text-align: left; padding: ${s2}px ${s2}px;
}
QFrame#rail QPushButton:hover { background: $rail_hover; }
QFrame#rail QPushButton:checked { background: $surface; border-color: $border; font-weight: 600; }
QFrame#rail QPushButton:focus { border-color: $accent; }

QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox {
    background: $surface; color: $text; border: 1px solid $border; border-radius: ${rs}px;
    padding: ${s1h}px ${s2}px; selection-background-color: $accent; selection-color: $on_accent;
}
QAbstractSpinBox { padding: ${spin_above}px ${s2}px ${spin_below}px; } /* as high as a line edit */
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border: 1px solid $accent; }
QAbstractSpinBox:focus, QComboBox:focus { border: 1px solid $accent; }
QTextEdit#quiet, QPlainTextEdit#quiet { background: transparent; border: none; padding: 0; }
QTextEdit#quiet:focus { border: none; }
QTextEdit#claims {
    background: transparent; border: none; border-radius: 0; padding: ${s1}px 0;
    border-top: 1px solid transparent; border-bottom: 1px solid transparent;
}
QTextEdit#claims:focus { border: none; border-top: 1px solid $accent; border-bottom: 1px solid $accent; }
QFrame#card[focused="true"] { border-color: $accent; }
QComboBox::drop-down { border: none; width: ${s6}px; }
QComboBox QAbstractItemView {
    background: $surface; border: 1px solid $border;
    selection-background-color: $accent_tint; selection-color: $text;
}

QTableView, QListView, QTreeView {
    background: $surface; alternate-background-color: $surface; border: 1px solid $border;
    border-radius: ${r}px; gridline-color: transparent; outline: none;
    selection-background-color: $accent_tint; selection-color: $text;
}
QTableView:focus, QListView:focus, QTreeView:focus { border-color: $accent; }
QTableView::item, QListView::item {
    padding: ${s1h}px ${s2}px; border: none; border-bottom: 1px solid $border;
}
QTableView::item:selected, QListView::item:selected { background: $accent_tint; color: $text; }
QHeaderView { background: $surface; border: none; border-radius: ${r}px; }
QHeaderView::section {
    background: $surface; color: $muted; border: none; border-bottom: 1px solid $border;
    padding: ${s2}px ${cell}px; font-size: ${caption}pt; font-weight: 600;
}
QListView#plain { border-color: transparent; border-radius: ${rs}px; background: transparent; }
QListView#plain:focus { border-color: $accent; }
QListView#plain::item { border: none; border-radius: ${rs}px; padding: ${s1h}px ${s1}px; }
QListView#plain::item:hover { background: $raised; }
QTableView#sheet { gridline-color: $border; border-radius: ${rs}px; }
QTableView#sheet::item { padding: 0 ${s1}px; border: none; }
QTableView#sheet QHeaderView::section { padding: ${s1}px; border-right: 1px solid $border; }
QTableCornerButton::section { background: $surface; border: none; }

QProgressBar { background: $raised; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QProgressBar[tone="warning"]::chunk { background: $not_found; }
QProgressBar[tone="danger"]::chunk { background: $contradicted; }

QSlider::groove:horizontal { background: $raised; height: 6px; border-radius: 3px; }
QSlider::sub-page:horizontal { background: $accent; height: 6px; border-radius: 3px; }
QSlider::sub-page:horizontal:disabled { background: $border; }
QSlider::handle:horizontal {
    background: $surface; border: 2px solid $accent; border-radius: ${s1h}px;
    width: ${s3}px; margin: -${s1h}px 0;
}
QSlider::handle:horizontal:disabled { border-color: $border; }
QSlider::handle:horizontal:focus { border-color: $text; }

QScrollArea { background: transparent; border: none; }
QScrollArea#scroller { border: 1px solid transparent; border-radius: ${rs}px; }
QScrollArea#scroller:focus { border-color: $accent; }
QScrollArea > QWidget > QWidget#page { background: transparent; }
QScrollArea#sheet { border: 1px solid $border; }
QScrollArea#sheet:focus { border-color: $accent; }
QScrollBar:vertical { background: transparent; width: ${s3}px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: ${s3}px; margin: 2px; }
QScrollBar::handle { background: $border; border-radius: 3px; min-height: ${s6}px; min-width: ${s6}px; }
QScrollBar::handle:hover { background: $strong_border; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; }
QCheckBox { spacing: ${s2}px; }
QCheckBox::indicator {
    width: ${s4}px; height: ${s4}px; background: $surface;
    border: 1px solid $strong_border; border-radius: 3px;
}
QCheckBox::indicator:checked { background: $accent; border-color: $accent; }
QMenu { background: $surface; border: 1px solid $border; padding: ${s1}px; }
QMenu::item { padding: ${s1h}px ${s4}px; }
QMenu::item:selected { background: $accent_tint; }
""")


def stylesheet(of: Colors, scale: Mapping[str, float], font: QFont, unit: int) -> str:
    """The style sheet of a theme at a text size; ``unit`` is the spacing step in pixels."""
    points = {kind: f"{font.pointSizeF() * share:.1f}" for kind, share in scale.items()}
    steps = {f"s{n}": n * unit for n in (1, 2, 3, 4, 6, 8)} | {
        "s1h": round(1.5 * unit),
        "r": 2 * unit,
        "rs": round(1.4 * unit),
    }
    tones = {
        "window": of.window, "surface": of.surface, "rail": of.rail, "raised": of.raised, "border": of.border,
        "strong_border": of.strong_border, "text": of.text, "muted": of.muted, "accent": of.accent,
        "on_accent": of.on_accent, "accent_tint": of.accent_tint, "not_found": of.not_found,
        "contradicted": of.contradicted, "disabled": disabled(of),
        "rail_hover": blend(of.text, of.rail, 0.06), "accent_hover": blend(of.text, of.accent, 0.15),
    }  # fmt: skip
    half, three = steps["s1h"], steps["s3"]
    near = {
        "s1h_less": half - 1, "s3_less": three - 1, "spin_above": half - 1, "spin_below": half - 2,
        "cell": steps["s2"] + 3,  # Qt's own margin of a cell's text
    }  # fmt: skip
    return _SHEET.substitute({**points, **steps, **tones, **near})
