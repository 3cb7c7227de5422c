from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from core.cli.pilot import pilot
from core.errors import PilotError
from core.index import ingest
from core.pilot.draft import DRAFT, DraftKind, draft
from core.pilot.sets import read_set
from core.settings import RESOURCES
from core.store.database import Library
from core.store.passages import all_passages
from core.verify.text import keys


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drafts") / "library"
    with Library.open(folder) as library:
        list(ingest.add(library, [RESOURCES / "sample" / name for name in ("en", "zh")], None))
    return folder


def test_every_kind_is_proposed_in_both_languages(sample: Path) -> None:
    with Library.open(sample, create=False) as library:
        found = draft(library, 2)
        again = draft(library, 2)
    assert found == again
    assert [question.number for question in found] == list(range(1, len(found) + 1))
    for kind in DraftKind:
        proposed = [question for question in found if kind.value in question.tags]
        assert len(proposed) >= 3, kind
    assert all(DRAFT in question.tags for question in found)


def test_the_answer_stands_in_the_document_and_not_in_the_question(sample: Path) -> None:
    with Library.open(sample, create=False) as library:
        found = draft(library, 50)
        texts: dict[str, str] = {}
        for passage in all_passages(library):
            name = Path(passage.place.document).name
            texts[name] = f"{texts.get(name, '')} {passage.header or ''} {' '.join(passage.text.split())}"
    answered = [question for question in found if question.expected and "two_documents" not in question.tags]
    assert len(answered) > 60
    for question in answered:
        assert question.document
        assert question.expected
        assert question.expected in texts[question.document]
        assert question.expected not in question.text
    for question in found:
        if question.must_refuse:
            assert question.expected is None
            wanted = keys(question.text)
            assert all(len(wanted & keys(text)) < len(wanted) for text in texts.values())


def test_the_command_writes_a_set_whose_drafts_are_said(sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "draft.csv"
    runner = CliRunner()
    result = runner.invoke(pilot, ["draft", str(out), "--library", str(sample), "--count", "1"])
    assert result.exit_code == 0, result.output
    asked = read_set(out)
    assert asked.usable
    assert not asked.problems
    assert len(asked.questions) >= 13
    checked = runner.invoke(pilot, ["check", str(out)])
    assert str(len(asked.questions)) in checked.output
    assert "draft" in checked.output


def test_a_library_without_text_is_told(tmp_path: Path) -> None:
    with Library.open(tmp_path / "empty") as library, pytest.raises(PilotError) as raised:
        draft(library, 1)
    assert raised.value.code == "run_library_empty"
