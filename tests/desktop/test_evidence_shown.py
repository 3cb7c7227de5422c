"""What the evidence pane shows of a claim: quotes that tell something, and which version they come from."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from core.types import Claim, DocumentState, Evidence, Place, Relation, Verdict
from desktop.views.evidence import EvidencePane, worth_showing
from desktop.widgets.version_line import VersionLine

TEXT = "Receipts are due in 30 days at the travel desk."


def quote(text: str, relation: Relation = Relation.SUPPORTS) -> Evidence:
    return Evidence(relation, text, 0, len(text), 0.9, context_index=0)


def claim_of(*evidence: Evidence) -> Claim:
    return Claim(0, len(TEXT), TEXT, Verdict.SUPPORTED, 0.1, evidence=evidence)


@pytest.mark.parametrize(
    ("second", "shown"),
    [
        (quote("Send them to the travel desk."), 2),
        (quote("Receipts are kept."), 1),
        (quote("Nothing of this."), 1),
        (quote("Nothing of this.", Relation.CONTRADICTS), 2),
    ],
)
def test_a_second_quote_is_shown_where_it_bears_out_more_of_the_claim(second: Evidence, shown: int) -> None:
    assert len(worth_showing(claim_of(quote("Receipts are due in 30 days."), second))) == shown


def test_chinese_quotes_are_weighed_alike() -> None:
    text = "报销单应在30天内提交差旅台。"
    first, second = quote("报销单应在30天内提交。"), quote("由差旅台受理。")
    claim = Claim(0, len(text), text, Verdict.SUPPORTED, 0.1, evidence=(first, second))
    assert len(worth_showing(claim)) == 2
    assert len(worth_showing(replace(claim, evidence=(first, quote("30天内提交。"))))) == 1


@pytest.fixture
def line(backend, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> VersionLine:
    first = replace(backend.files()[0].document, state=DocumentState.INDEXED)
    newer = replace(first, sha256="cd" * 32, added_at="2026-11-20T09:00:00+00:00", current=True)
    monkeypatch.setattr(backend, "versions", lambda _: (newer, replace(first, current=False)))
    made = VersionLine(backend)
    qtbot.addWidget(made)
    return made


def test_a_quote_of_an_older_version_says_so(line: VersionLine, backend, qtbot: QtBot) -> None:
    document = backend.files()[0].document
    line.show_place(Place(document.path, document.sha256))
    qtbot.waitUntil(lambda: bool(line.text()))
    assert line.text().startswith("Version 1 of 2, read ")
    assert line.text().endswith("no longer the current version")


def test_the_current_version_has_its_date(line: VersionLine, qtbot: QtBot) -> None:
    line.show_place(Place("/docs/policy.md", "cd" * 32))
    qtbot.waitUntil(lambda: bool(line.text()))
    assert line.text().startswith("Version 2 of 2, read 20 Nov 2026")
    assert "no longer" not in line.text()


def test_a_document_that_the_library_does_not_know_shows_nothing(line: VersionLine, qtbot: QtBot) -> None:
    line.show_place(Place("/docs/policy.md", "99" * 32))
    qtbot.wait(50)
    assert line.isHidden()


def test_passages_come_one_a_turn_and_stop_when_something_else_is_shown(backend, qtbot: QtBot) -> None:
    pane = EvidencePane(backend)
    qtbot.addWidget(pane)
    hits = backend.find_passages("hotel") * 3
    pane.show_hits(hits, 0)
    assert len(pane.cards) == 1
    qtbot.waitUntil(lambda: len(pane.cards) == len(hits))
    pane.show_hits(hits, 0)
    pane.clear()
    qtbot.wait(20)
    assert pane.cards == []
