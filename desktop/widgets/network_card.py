"""The line on the network: whether anything can get out, how that is known, and what it does not prove."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, QTime
from PySide6.QtWidgets import QFrame, QWidget

from core.offline import NetworkState
from desktop.widgets.basic import column, label, row
from desktop.widgets.facts import Facts
from desktop.widgets.pill import Pill


class NetworkCard(QFrame):
    """Shows one look at the network; the view that owns it looks again and again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._state: NetworkState | None = None
        self._seen = QTime()
        self._title = label(kind="title")
        self.pill = Pill(strong=True)
        self.verdict = label(wrap=True)
        self.facts = Facts()
        self._limits = label(kind="caption", wrap=True)
        line = row(gap=3)
        line.addWidget(self.pill)
        line.addWidget(self.verdict, 1)
        layout = column(self, margin=5, gap=3)
        layout.addWidget(self._title)
        layout.addLayout(line)
        layout.addWidget(self.facts)
        layout.addWidget(self._limits)
        self.retranslate()

    def show_state(self, state: NetworkState) -> None:
        """Show what was just looked up."""
        self._state, self._seen = state, QTime.currentTime()
        self._say()

    def retranslate(self) -> None:
        """Say it again in the language of the window."""
        self._title.setText(self.tr("Network"))
        self._limits.setText(
            self.tr(
                "What this does not prove: it speaks for Touchstone and for what Touchstone starts, not for "
                "other programs on this computer, and not for a file once you have exported it."
            )
        )
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def _say(self) -> None:
        state = self._state
        if state is None:
            self.pill.set("offline", self.tr("Looking"), "muted")
            self.verdict.setText("")
            self.facts.show_pairs([(name, "…") for name in self._names()])
            return
        self._say_verdict(state)
        values = (
            self._filter_words(state),
            self._python_words(state),
            self._connection_words(state),
            ", ".join(state.allowed) or self.tr("none"),
            QLocale().toString(self._seen, "HH:mm:ss"),
        )
        self.facts.show_pairs(list(zip(self._names(), values, strict=True)))

    def _names(self) -> tuple[str, ...]:
        return (
            self.tr("System filter"),
            self.tr("Python code"),
            self.tr("Open connections"),
            self.tr("Allowed servers"),
            self.tr("Last look"),
        )

    def _say_verdict(self, state: NetworkState) -> None:
        if state.closed:
            self.pill.set("offline", self.tr("Closed"), "supported")
            self.verdict.setText(
                self.tr(
                    "The operating system refuses the network to Touchstone and to everything that it "
                    "starts, native code included."
                )
            )
        elif state.allowed:
            self.pill.set("warning", self.tr("Open to named servers"), "not_found")
            self.verdict.setText(
                self.tr("The settings allow the servers named below; Python code is refused any other.")
            )
        elif state.connections:
            self.pill.set("contradicted", self.tr("Connected"), "contradicted")
            self.verdict.setText(
                self.tr("A connection is open that should not be. Copy the diagnostics and report it.")
            )
        elif state.python:
            self.pill.set("warning", self.tr("Closed for Python code"), "not_found")
            self.verdict.setText(
                self.tr(
                    "Python code is refused and no connection is open. This system has no filter that also "
                    "holds for native code; unplug the network if you need that certainty."
                )
            )
        else:
            self.pill.set("contradicted", self.tr("Not refused"), "contradicted")
            self.verdict.setText(
                self.tr("Nothing refuses the network to this process. No connection is open now.")
            )

    def _filter_words(self, state: NetworkState) -> str:
        if not state.kernel:
            return self.tr("not in force: native code could open a socket")
        filtered = sum(bool(process.filtered) for process in state.processes)
        words = self.tr("tried just now: native code was refused a socket. In force in {some} of {all}")
        processes = self.tr("%Ln process(es)", "", len(state.processes))
        return words.format(some=QLocale().toString(filtered), all=processes)

    def _python_words(self, state: NetworkState) -> str:
        if not state.python:
            return self.tr("not refused")
        words = self.tr("tried just now: refused a connection. Attempts before: {count}")
        return words.format(count=QLocale().toString(state.refusals))

    def _connection_words(self, state: NetworkState) -> str:
        if state.unseen:
            return self.tr("%Ln process(es) cannot be looked into", "", state.unseen)
        if not state.connections:
            return self.tr("none in %Ln process(es)", "", len(state.processes))
        return "\n".join(f"{each.process}: {each.local} → {each.remote or '–'}" for each in state.connections)
