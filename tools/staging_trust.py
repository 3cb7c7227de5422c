"""The pictures of calibration and of the standing of documents.

The claims are sentences of a sample document, labelled by what is known of them.
"""

# The core is imported late: a spawned child imports this module again.
# ruff: noqa: PLC0415

from __future__ import annotations

from pathlib import Path

from tools.staging_asking import AskingScenes

CLAIMS = 40  # statements at most that are checked
DOCUMENT = {"en": "travel_policy.md", "zh": "差旅管理制度.md"}
POLICY = {"en": "Travel and prices", "zh": "差旅与价格"}


class TrustScenes(AskingScenes):
    """Claims that a person labels, and the documents' standing."""

    def labelling(self) -> None:
        """A drawn claim beside the passages that come closest."""
        self.once(self.begun)
        self.both("labelling", self.window.calibrate)

    def calibration(self) -> None:
        """What the labels say."""
        self.once(self.labelled)
        self.both("calibration", self.window.calibrate)

    def calibrate(self) -> None:
        """Where it stands, with policies that were kept and one that decides."""
        self.once(self.labelled)
        calibrate = self.window.calibrate
        for wish in (20, 10):
            self.keep(wish)
        calibrate.back()
        policies = calibrate.start.policies
        self.until(lambda: policies.model.rowCount() > 1)
        policies.table.selectRow(0)
        policies.adopt.click()
        self.until(lambda: calibrate.start.state is not None and calibrate.start.state.present is not None)
        policies.table.selectRow(1)
        self.both("calibrate", calibrate)

    def standing(self) -> None:
        """An old price list that its owner has put out of force."""
        from core.types import Standing

        self.once(self.filled)
        documents = self.window.documents
        names = [Path(row.document.path).name for row in documents.model.rows]
        row = next(at for at, name in enumerate(names) if "2024" in name)
        standing = Standing(authority=1, valid_from="2024-01-01", valid_until="2024-12-31")
        self.window.backend.set_standing(documents.model.rows[row].document.path, standing)
        self.window.open_screen(documents)
        documents.table.selectRow(row)
        self.until(documents.details.standing.force.isVisible)
        self.both("standing", documents)

    def claims_drawn(self) -> None:
        """Statements whose truth is known were checked, and all their claims drawn."""
        from core.sample import SAMPLE
        from tools.statements import statements

        self.once(self.filled)
        backend, document = self.window.backend, SAMPLE / self.language / DOCUMENT[self.language]
        listed = statements(document, self.language, CLAIMS)
        self.truth = {statement.text: statement.holds for statement in listed}
        for statement in listed:
            for _ in backend.check_text(statement.text, None):
                pass
        start = self.window.calibrate.start
        self.window.open_screen(self.window.calibrate)
        self.until(lambda: start.state is not None and start.state.could_draw > 0)
        start.drawing.draw.click()
        self.until(lambda: start.state is not None and bool(start.state.tasks))

    def begun(self) -> None:
        """The first twelve claims are labelled."""
        self.once(self.claims_drawn)
        page = self.window.calibrate.labels
        self.window.calibrate.label()
        self.until(lambda: bool(page.passages.cards))
        self.say(12)
        self.until(lambda: bool(page.passages.cards) and page.labelled == 12)

    def labelled(self) -> None:
        """All claims are labelled, and the result is there."""
        self.once(self.begun)
        calibrate = self.window.calibrate
        self.say(len(calibrate.labels.tasks) - calibrate.labels.labelled)
        self.until(lambda: calibrate.result.outcome is not None)

    def say(self, most: int) -> None:
        """Label so many of the drawn claims by what is known of them."""
        page = self.window.calibrate.labels
        for _ in range(most):
            holds = self.truth.get(page.tasks[page.at].answer.text.strip())
            page.say("unclear" if holds is None else "supported" if holds else "contradicted")

    def keep(self, wish: int) -> None:
        """Keep what the labels say under a wish, in per cent, as a policy."""
        result = self.window.calibrate.result
        result.promise.rate.setValue(wish)
        self.until(lambda: result.outcome is not None and round(100 * result.outcome.wished) == wish)
        result.promise.name.setText(POLICY[self.language])
        result.promise.store.click()
        self.until(lambda: bool(result.promise.kept.text()))
