"""The pictures of a pilot."""

# Qt and the core are imported late: a spawned child imports this module again.
# ruff: noqa: PLC0415

from __future__ import annotations

import csv
from pathlib import Path

from tools.staging_asking import AskingScenes
from tools.staging_base import wait

PILOT_QUESTIONS = 4
EXPECTED = {"en": "Within 30 days of the return.", "zh": "每人每天100元。"}  # answers to the first ones


class PilotScenes(AskingScenes):
    """A run that is put together, one at work, one that is done."""

    def pilot(self) -> None:
        """A run of the first sample questions through every installed model."""
        self.once(self.filled)
        folder, pilot = self.home / f"pilot-{self.language}", self.window.pilot
        self.run_pilot(folder)
        self.window.open_screen(pilot)
        wait(150)
        pilot.open(folder)
        self.until(lambda: bool(pilot.results.answers))
        pilot.results.answers[0].step(1)
        self.drawn(pilot.results.evidence.cards)
        self.both("pilot", pilot)

    def pilot_new(self) -> None:
        """A run that is put together."""
        self.once(self.filled)
        pilot = self.window.pilot
        self.window.open_screen(pilot)
        pilot.new()
        pilot.setup.set.read(self.question_set())
        self.until(lambda: bool(pilot.setup.set.asked and pilot.setup.models.bars))
        self.until(lambda: all(bar.isVisible() for bar in pilot.setup.models.bars.values()))
        for tick in pilot.setup.models.ticks.values():
            tick.setChecked(True)
        pilot.setup.options.stability.setValue(1)
        pilot.setup.options.wording.setCurrentIndex(1)
        self.both("pilot-new", pilot)
        self.pilot_draft()

    def pilot_draft(self) -> None:
        """How many questions are to be drafted, and in whose words."""
        from core.settings import Theme

        drafting = self.window.pilot.setup.set.drafting
        for theme in (Theme.DARK, Theme.LIGHT):
            self.dress(theme)
            drafting.ask()
            self.until(lambda: drafting.dialog is not None)
            drafting.dialog.wording.setCurrentIndex(1)
            wait(150)
            self.grab("pilot-draft", theme.value, drafting.dialog)
            drafting.dialog.reject()
            self.until(lambda: drafting.dialog is None)

    def pilot_running(self) -> None:
        """A run that works on its third answer, and is stopped then."""
        from core.settings import Theme

        self.once(self.filled)
        if self.window.pilot.setup.wish is None:
            self.pilot_new()
        pilot = self.window.pilot
        for name, tick in pilot.setup.models.ticks.items():
            tick.setChecked(name == min(pilot.setup.models.ticks, key=self.size_of))
        pilot.setup.options.stability.setValue(0)
        pilot.setup.begin()
        self.until(lambda: pilot.running._at is not None and pilot.running._at[0] > 1)
        for theme in (Theme.DARK, Theme.LIGHT):
            self.dress(theme)
            self.snap("pilot-running", theme.value)
        pilot.running.stop()
        self.until(lambda: pilot.results.run is not None)

    def size_of(self, name: str) -> int:
        """How large a model's file is."""
        return next(model.size for model in self.window.pilot.setup.models._models if model.name == name)

    def question_set(self) -> Path:
        """The first sample questions as a set, one of them with the answer that is expected."""
        table = self.home / f"questions-{self.language}.csv"
        with table.open("w", encoding="utf-8", newline="") as file:
            rows = [[each, ""] for each in self.questions()[:PILOT_QUESTIONS]]
            rows[0][1] = EXPECTED[self.language]
            csv.writer(file).writerows([["question", "expected"], *rows])
        return table

    def run_pilot(self, folder: Path) -> None:
        """As the command line does it."""
        from core.assistant import open_encoders
        from core.llm import catalog
        from core.pilot.run import Pilot
        from core.pilot.sets import read_set
        from core.pilot.start import Options, start
        from core.settings import load_settings

        table = self.question_set()
        embedder, checker = open_encoders()
        models = catalog.installed()
        start(folder, read_set(table), models, self.library, load_settings(), Options(), embedder, checker)
        for _ in Pilot(folder, embedder, checker).work():
            pass
