"""What comes from another computer may hold anything: it is refused in words, or kept to the letter and shown
harmlessly, and the library is as whole as before.
"""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from core import audit, review
from core.cli import touchstone
from core.errors import DecisionError
from core.identity import Session
from core.report.answer import answer_page
from core.review import Verdicted, carried
from core.review.carried import file_bytes, line_bytes
from core.signing import SigningKey
from core.store import answers
from core.store.content import canonical, decision_bytes, encode
from core.store.database import Library
from core.types import Answer, Check, Decision, Language, Level, Place

Record = Callable[..., Answer]
People = dict[str, Session]
PASSPHRASE = "correct horse battery"
HOSTILE = "<script>alert(1)</script> \u202egpj.exe \x1b[2J =HYPERLINK(1) \u2028 {{7*7}}"
SAID = Verdicted(Decision.RELEASED, "Ann", "seen")


def fine(text: str, question: str | None) -> Check:
    return Check(text, 0.1, Level.LOW, 1.0, ())


@pytest.fixture
def file(library: Library, record: Record, people: People, tmp_path: Path) -> Path:
    record()
    review.export_file(library, tmp_path / "waiting.json")
    return tmp_path / "waiting.json"


def line_of(file: Path, said: Verdicted = SAID) -> str:
    opened = review.open_file(file)
    session = review.unlock(opened, "Ann", PASSPHRASE)
    return review.decide_carried(opened, opened.items[0].answer.id, said, session)


def codes(library: Library, folder: Path, text: str | bytes) -> list[str | None]:
    path = folder / "decisions.jsonl"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return [line.refused.code if line.refused else None for line in review.import_file(library, path, fine)]


def stored(library: Library) -> Answer:
    (row,) = answers.list_answers(library)
    return answers.load_answer(library, row.id)


def test_a_line_of_a_megabyte_is_taken_whole(library: Library, file: Path, tmp_path: Path) -> None:
    text = "住宿 130 € " * 125_000
    assert codes(library, tmp_path, line_of(file, replace(SAID, final_text=text))) == [None]
    assert stored(library).final_text == text
    assert audit.verify(library).holds


def test_hostile_words_are_kept_to_the_letter_and_shown_harmlessly(
    library: Library, file: Path, tmp_path: Path
) -> None:
    said = replace(SAID, reason=HOSTILE, caveats=(HOSTILE,), final_text=HOSTILE)
    assert codes(library, tmp_path, line_of(file, said)) == [None]
    answer = stored(library)
    assert (answer.final_text, answer.caveats, answer.decision_reason) == (HOSTILE, (HOSTILE,), HOSTILE)
    page = answer_page(answer, Language.EN, head="")
    assert "<script" not in page
    assert "\u202e" not in page
    assert "\x1b" not in page
    assert audit.verify(library).holds


@pytest.mark.parametrize("limit", [100, 3000])
def test_a_file_that_is_too_large_is_not_read(
    library: Library, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    line = line_of(file, replace(SAID, final_text="x" * 5000))
    monkeypatch.setattr(carried, "_LARGEST", limit)
    for read in (
        lambda: codes(library, tmp_path, line),
        lambda: review.open_file(tmp_path / "decisions.jsonl"),
    ):
        with pytest.raises(DecisionError, match="carry_damaged"):
            read()
    assert stored(library).decision is Decision.HELD


def test_packed_files_are_no_review_files(library: Library, file: Path, tmp_path: Path) -> None:
    """Nothing is ever unpacked, so that a bomb stays what it is: a few bytes that are no text."""
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../waiting.json", b"0" * 20_000_000)
    for content in (bomb.read_bytes(), gzip.compress(file.read_bytes())):
        (tmp_path / "packed").write_bytes(content)
        with pytest.raises(DecisionError, match=r"carry_unreadable|carry_damaged|import_damaged"):
            review.open_file(tmp_path / "packed")
        with pytest.raises(DecisionError, match="carry_unreadable"):
            codes(library, tmp_path, content)


@pytest.mark.parametrize("seconds", ["NaN", "Infinity", "1e999", "-1", "-1e300", "true", "1" * 5000])
def test_times_that_are_none_are_refused(
    library: Library, file: Path, people: People, tmp_path: Path, seconds: str
) -> None:
    """Python reads numbers that JSON has not; sums of review time would never recover."""
    whole = json.loads(line_of(file))
    text = json.dumps(whole["decision"] | {"seconds": "HERE"}).replace('"HERE"', seconds)
    try:
        fields = json.loads(text)
        fields.pop("signature")
        value = people["Ann"].key.sign(decision_bytes(fields)).hex()
        fields["signature"] = {"key": people["Ann"].key.public.hex(), "value": value}
        whole = {name: item for name, item in whole.items() if name != "signature"} | {"decision": fields}
        signed = canonical({**whole, "signature": people["Ann"].key.sign(line_bytes(whole)).hex()})
    except ValueError:  # such a number cannot be signed at all
        signed = line_of(file).replace('"seconds":null', f'"seconds":{seconds}')
    assert codes(library, tmp_path, signed) == ["import_damaged"]
    assert stored(library).decision is Decision.HELD


def test_half_a_character_is_refused(library: Library, file: Path, tmp_path: Path) -> None:
    assert codes(library, tmp_path, line_of(file).replace('"seen"', '"\\ud800"')) == ["import_damaged"]


def test_names_of_places_lead_nowhere(
    library: Library, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stranger's file names paths as it likes: nothing of them is opened, nothing is written."""
    whole = json.loads(file.read_text(encoding="utf-8"))
    payload = json.loads(whole["payload"])
    answer = review.open_file(file).items[0].answer
    named = Place("../../../../etc/passwd\x1b[2J", "0" * 64, section="C:\\Windows\\..\\..")
    claim = answer.check.claims[0]
    quote = replace(claim.evidence[0], place=named)
    check = replace(answer.check, claims=(replace(claim, evidence=(quote,)),))
    payload["items"][0] |= {"answer": encode(replace(answer, check=check)), "pages": ["x"]}
    page = {"document": named.document, "document_sha256": "0" * 64, "page": None, "sheet": None}
    payload["pages"] = {"x": page | {"section": named.section, "text": HOSTILE}}
    key, text = SigningKey.generate(), canonical(payload)
    signature = key.sign(file_bytes(text)).hex()
    file.write_text(json.dumps(whole | {"payload": text, "key": key.public.hex(), "signature": signature}))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    shown = CliRunner().invoke(touchstone, ["review", "open", str(file), "--show", answer.id, "--pages"])
    assert shown.exit_code == 0, shown.exception
    assert "alert(1)" in shown.output
    assert "root:" not in shown.output
    assert "\x1b" not in shown.output
    assert "\u202e" not in shown.output
    assert list((tmp_path / "here").iterdir()) == []
