"""Where calibration stands: the draw, the labels, the result, and the policies beside them."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLayout, QLineEdit, QWidget

from desktop.backend import Backend
from desktop.calibration_backend import CalibrationState, PolicyRow
from desktop.jobs import start_call
from desktop.theme import space
from desktop.typed import Typed
from desktop.views.base import View
from desktop.widgets.basic import column, label, row
from desktop.widgets.draw_card import DrawCard
from desktop.widgets.policy_card import PolicyCard
from desktop.widgets.scroller import Scroller
from desktop.widgets.work_card import WorkCard


class StartPage(View):
    """Three steps on the left, policies on the right.

    Signals:
        label_wanted: go on labelling
        result_wanted: see what the labels say
    """

    label_wanted = Signal()
    result_wanted = Signal()

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.state: CalibrationState | None = None
        self._title, self._explain = label(kind="display"), label(kind="muted", wrap=True)
        self.who, self._who_words = QLineEdit(backend.settings.reviewer), label(kind="caption")
        self._who_words.setBuddy(self.who)
        self.who.setFixedWidth(space(50))
        self.drawing, self.work, self.policies = DrawCard(), WorkCard(), PolicyCard()
        self.drawing.wanted.connect(self._draw)
        self.work.label_wanted.connect(self.label_wanted)
        self.work.result_wanted.connect(self.result_wanted)
        self.work.reviewed_wanted.connect(self._take_over)
        self.policies.adopt_wanted.connect(self._adopt)
        self.policies.revert_wanted.connect(self._revert)
        layout = column(self, gap=3)
        layout.addLayout(self._head())
        layout.addSpacing(space(1))
        layout.addLayout(self._body(), 1)
        self.retranslate()

    @property
    def person(self) -> str:
        """Whose name labels and policies carry."""
        return self.who.text().strip()

    def refresh(self) -> None:
        """Read again where calibration stands."""
        if not self.person:
            self.who.setText(self.backend.settings.reviewer)
        start_call(self.backend.calibration, self.show_state, self.failed)

    @Slot(object)
    def show_state(self, state: CalibrationState) -> None:
        """Show where calibration stands."""
        self.state = state
        for part in (self.drawing, self.work, self.policies):
            part.show_state(state)

    def use_typed(self, typed: Typed) -> None:
        """A reason that was typed survives a crash."""
        self.policies.why.setText(typed.left("calibrate.why"))
        typed.settle("calibrate.why")
        typed.watch("calibrate.why", self.policies.why)

    def retranslate(self) -> None:
        """Set every word again."""
        self._title.setText(self.tr("Calibrate"))
        self._explain.setText(
            self.tr(
                "Risks and thresholds come from elsewhere until they are fitted to your own documents: label "
                "some claims of your answers, see what they say, and let a policy decide."
            )
        )
        self._who_words.setText(self.tr("Your name"))
        self.who.setAccessibleName(self.tr("Your name"))

    def _head(self) -> QLayout:
        words = column(gap=0.5)
        words.addWidget(self._title)
        words.addWidget(self._explain)
        person = column(gap=0.5)
        person.addStretch(1)
        person.addWidget(self._who_words)
        person.addWidget(self.who)
        head = row(gap=6)
        head.addLayout(words, 1)
        head.addLayout(person)
        return head

    def _body(self) -> QLayout:
        page = QWidget()
        page.setObjectName("page")
        steps = column(page, gap=4)
        steps.addWidget(self.drawing)
        steps.addWidget(self.work)
        steps.addStretch(1)
        area = Scroller(page)
        body = row(gap=4)
        body.addWidget(area, 4)
        body.addWidget(self.policies, 6)
        return body

    @Slot(int, bool)
    def _draw(self, size: int, weighted: bool) -> None:
        who = self.person
        start_call(
            lambda: self.backend.draw_claims(size, weighted=weighted, who=who), self.show_state, self.failed
        )

    @Slot()
    def _take_over(self) -> None:
        start_call(self.backend.take_over_labels, self.show_state, self.failed)

    @Slot(object)
    def _adopt(self, chosen: PolicyRow) -> None:
        policy, who, reason = chosen.policy, self.person, self.policies.reason
        start_call(lambda: self.backend.adopt_policy(policy, who, reason), self.show_state, self.failed)

    @Slot()
    def _revert(self) -> None:
        who, reason = self.person, self.policies.reason
        start_call(lambda: self.backend.revert_policy(who, reason), self.show_state, self.failed)
