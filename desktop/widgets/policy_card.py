"""The policies: which one decides, since when and through whom; adopting one and going back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QFrame, QLineEdit, QStackedWidget, QWidget

from desktop.calibration_backend import CalibrationState, PolicyRow
from desktop.models.calibrate import PoliciesModel, policy_name
from desktop.text import date_words, percent
from desktop.widgets.basic import button, column, label, notice
from desktop.widgets.empty import Empty
from desktop.widgets.flow import Flow
from desktop.widgets.table import Table

_WIDTHS = {  # in steps
    PoliciesModel.VERSION: 16,
    PoliciesModel.HELD: 26,
    PoliciesModel.LABELS: 16,
    PoliciesModel.MADE: 28,
}


class PolicyCard(QFrame):
    """A table of versions, the newest first.

    Signals:
        adopt_wanted: the PolicyRow that shall decide from now on
        revert_wanted: what decided before shall decide again
    """

    adopt_wanted = Signal(object)
    revert_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._state: CalibrationState | None = None
        self._title, self.present = label(kind="strong"), label(wrap=True)
        self._notice, self.warning = notice(), label(wrap=True)
        column(self._notice, margin=3).addWidget(self.warning)
        self.model = PoliciesModel(self)
        self.table = Table(self.model, PoliciesModel.NAME, _WIDTHS)
        self.table.picked.connect(self._look)
        self.why = QLineEdit()
        self.adopt, self.revert = button("done"), button("back")
        self.adopt.clicked.connect(self._adopt)
        self.revert.clicked.connect(self.revert_wanted)
        self._explain = label(kind="caption", wrap=True)
        deeds = Flow(gap=2)
        deeds.add(self.adopt, self.revert)
        layout = column(self, margin=5, gap=3)
        layout.addWidget(self._title)
        layout.addWidget(self.present)
        layout.addWidget(self._notice)
        self._empty = Empty("calibrate")
        self._lists = QStackedWidget()
        for page in (self._empty, self.table):
            self._lists.addWidget(page)
        layout.addWidget(self._lists, 1)
        for part in (self._explain, self.why, deeds):
            layout.addWidget(part)
        self.retranslate()

    @property
    def reason(self) -> str:
        """Why, as typed."""
        return self.why.text().strip()

    def show_state(self, state: CalibrationState) -> None:
        """The policies and the one that decides."""
        self._state = state
        self.why.clear()
        self.model.set_rows(reversed(state.policies))
        self._lists.setCurrentIndex(1 if state.policies else 0)
        self.retranslate()

    def retranslate(self) -> None:
        """Say it again in the language of the window."""
        self._title.setText(self.tr("Policies"))
        self.table.setAccessibleName(self.tr("Policies"))
        self.why.setPlaceholderText(self.tr("Why, if you want to say; it is recorded"))
        self.why.setAccessibleName(self.tr("Reason for the change"))
        self.adopt.setText(self.tr("Let it decide"))
        self.revert.setText(self.tr("Go back to the one before"))
        self._explain.setText(
            self.tr("A policy decides from the moment it is chosen; past answers keep their levels.")
        )
        self._empty.say(
            self.tr("No policy yet"),
            self.tr("Draw and label some claims, then keep what they say as a policy."),
        )
        self.model.retranslate()
        state = self._state
        self.present.setText(self._present_words(state) if state is not None else "")
        self.warning.setText(self._warning_words(state) if state is not None else "")
        self._notice.setVisible(bool(self.warning.text()))
        self._look()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def _present_words(self, state: CalibrationState) -> str:
        row = state.present
        if row is None:
            return self.tr("What was shipped decides.")
        return self.tr("“{policy}” decides since {date}, chosen by {who}.").format(
            policy=policy_name(row), date=date_words(state.since), who=state.decided_by
        )

    def _warning_words(self, state: CalibrationState) -> str:
        row = state.present
        if row is not None and row.damaged:
            return self.tr("Its text is not what was stored. Go back to the one before.")
        if row is not None and not row.fits:
            return self.tr(
                "It was made for another version of the checker and is set aside: what was shipped decides. "
                "Draw and label claims anew."
            )
        if state.by_setting is not None:
            return self.tr(
                "The settings hold answers from {risk} on, which goes before any policy. Choose “As "
                "calibrated” there to let the policy decide."
            ).format(risk=percent(state.by_setting))
        return ""

    @Slot()
    def _look(self) -> None:
        row = self.table.row
        self.adopt.setEnabled(row is not None and row.fits and not row.damaged and not row.in_use)
        self.revert.setEnabled(self._state is not None and self._state.present is not None)
        self.why.setEnabled(self.adopt.isEnabled() or self.revert.isEnabled())

    @Slot()
    def _adopt(self) -> None:
        row: PolicyRow | None = self.table.row
        if row is not None:
            self.adopt_wanted.emit(row)
