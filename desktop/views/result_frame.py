"""What a result is made of, and where each part stands; what it does is in ``result``."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from desktop.backend import Backend
from desktop.theme import space
from desktop.views.base import View
from desktop.views.evidence import EvidencePane
from desktop.widgets.basic import card, column, label, rule
from desktop.widgets.claim_view import ClaimView
from desktop.widgets.gate_bar import GateBar
from desktop.widgets.refusal import Refusal
from desktop.widgets.released_text import ReleasedText
from desktop.widgets.run_progress import RunProgress
from desktop.widgets.summary import Summary


class ResultFrame(View):
    """On the left progress or summary, the text and the gate; on the right the evidence."""

    def __init__(self, backend: Backend, parent: QWidget | None = None) -> None:
        super().__init__(backend, parent)
        self.summary, self.progress, self.gate = Summary(), RunProgress(), GateBar()
        self.text, self.released, self.refusal = ClaimView(), ReleasedText(), Refusal()
        self.evidence = EvidencePane(self.backend)
        self._top = QStackedWidget()
        self._top.addWidget(self.progress)
        self._top.addWidget(self.summary)
        self._draft_note = label(kind="caption", wrap=True)
        self._kept_back = label(kind="muted", wrap=True)
        self._kept_back.hide()
        left = card()
        layout = column(left, margin=5, gap=4)
        layout.addWidget(self._top)
        layout.addWidget(rule())
        layout.addWidget(self.refusal)
        layout.addWidget(self._draft_note)
        layout.addWidget(self._kept_back)
        layout.addWidget(self.released)
        layout.addWidget(self.text, 1)
        layout.addWidget(rule())
        layout.addWidget(self.gate)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(space(4))
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self.evidence)
        split.setStretchFactor(0, 11)
        split.setStretchFactor(1, 9)
        split.setSizes([1100, 900])
        column(self).addWidget(split)
