from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from core import audit, gate, identity, review
from core.errors import DecisionError, IdentityError, LibraryError, VerifierError
from core.identity import Session
from core.index import ingest
from core.review import RejectCode, Verdicted
from core.review.carried import file_bytes, line_bytes
from core.signing import SigningKey
from core.store import answers, audit_log
from core.store.content import canonical, decision_bytes
from core.store.database import Library
from core.types import Answer, Check, Decision, Level, Place, Verdict

Record = Callable[..., Answer]
People = dict[str, Session]
PASSPHRASE = "correct horse battery"
SAID = Verdicted(Decision.RELEASED, "Ann", "checked on paper", caveats=("2025 only",))


@pytest.fixture
def file(library: Library, record: Record, people: People, tmp_path: Path) -> Path:
    """An exported file with one held answer, as it lies on the other computer."""
    record()
    assert review.export_file(library, tmp_path / "waiting.json") == 1
    return tmp_path / "waiting.json"


def decided(file: Path, said: Verdicted = SAID, name: str = "Ann", **labels: Verdict) -> str:
    carried = review.open_file(file)
    session = review.unlock(carried, name, PASSPHRASE)
    numbered = {int(number[1:]): verdict for number, verdict in labels.items()}
    return review.decide_carried(carried, carried.items[0].answer.id, said, session, numbered)


def doubtful(text: str, question: str | None) -> Check:
    """What the verifier here says of every edited text."""
    return Check(text, 0.93, Level.HIGH, 1.0, ())


def sent(library: Library, tmp_path: Path, *lines: str) -> list[str | None]:
    """Import these lines; the code of each refusal, None for a decision that was taken."""
    (tmp_path / "decisions.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = review.import_file(library, tmp_path / "decisions.jsonl", doubtful)
    return [line.refused.code if line.refused else None for line in done]


def test_a_decision_from_another_computer_counts(library: Library, file: Path, tmp_path: Path) -> None:
    line = decided(file, c0=Verdict.SUPPORTED)
    assert sent(library, tmp_path, line) == [None]
    (row,) = answers.list_answers(library)
    stored = answers.load_answer(library, row.id)
    assert (stored.decision, stored.decided_by, stored.caveats) == (Decision.RELEASED, "Ann", ("2025 only",))
    assert gate.signed_by_another(stored)
    assert [label.verdict for label in review.labels(library)] == [Verdict.SUPPORTED]
    assert audit.verify(library).holds
    assert audit_log.last_record(library).kind == "import"  # type: ignore[union-attr]


def test_the_file_holds_all_that_is_needed_to_judge(
    library: Library, record: Record, people: People, tmp_path: Path
) -> None:
    document = tmp_path / "travel.md"
    document.write_text("# Policy\n\nA hotel may cost up to 130 euros a night.\n", encoding="utf-8")
    list(ingest.add(library, [document], None))
    answer = record()
    (item,) = answer.check.claims[0].evidence
    page = library.db.execute("select section from pages").fetchone()[0]
    digest = library.db.execute("select sha256 from contents").fetchone()[0]
    quote = replace(item, place=Place(str(document), digest, section=page), text="A hotel", start=8, end=15)
    claim = replace(answer.check.claims[0], evidence=(quote,))
    found = record(claims=(claim,))
    review.export_file(library, tmp_path / "w.json", answer_ids=[found.id])
    (carried,) = review.open_file(tmp_path / "w.json").items
    assert carried.answer.check.claims == (claim,)
    assert ["130 euros" in page.text for page in carried.pages] == [True]


def test_a_page_that_is_gone_leaves_the_quote(file: Path) -> None:
    (item,) = review.open_file(file).items
    assert item.pages == ()
    assert item.answer.check.claims[0].evidence[0].text == "up to 130 €"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("150", "950"),
        lambda text: text[:-200],
        lambda text: "[]",
        lambda text: "not json",
        lambda text: "[" * 100_000,
        lambda text: json.dumps(json.loads(text) | {"version": 2}),
        lambda text: json.dumps(json.loads(text) | {"signature": "zz"}),
        lambda text: json.dumps(json.loads(text) | {"key": "00" * 32}),
        lambda text: json.dumps(dict.fromkeys(json.loads(text))),
    ],
)
def test_a_changed_file_is_refused_whole(file: Path, change: Callable[[str], str]) -> None:
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(DecisionError, match=r"carry_damaged|import_damaged"):
        review.open_file(file)


@pytest.mark.parametrize(
    ("name", "value"),
    [("pages", []), ("pages", {"x": 5}), ("people", {"a": 1}), ("items", [{}]), ("items", [{"answer": "["}])],
)
def test_a_file_that_somebody_else_signed_is_refused_in_words(file: Path, name: str, value: object) -> None:
    """Anybody can make a key and sign with it whatever they like."""
    key, whole = SigningKey.generate(), json.loads(file.read_text(encoding="utf-8"))
    payload = canonical(json.loads(whole["payload"]) | {name: value})
    signature = key.sign(file_bytes(payload)).hex()
    signed = whole | {"payload": payload, "key": key.public.hex(), "signature": signature}
    file.write_text(json.dumps(signed), encoding="utf-8")
    with pytest.raises(DecisionError, match="carry_damaged"):
        review.open_file(file)


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path, tmp_path / "none", tmp_path / "binary"):
        with pytest.raises(DecisionError, match="carry_unreadable"):
            review.open_file(path)


def test_a_key_opens_with_its_passphrase_for_its_person_only(file: Path) -> None:
    carried = review.open_file(file)
    with pytest.raises(IdentityError, match="passphrase_wrong"):
        review.unlock(carried, "Ann", "not hers")
    with pytest.raises(IdentityError, match="carry_not_for"):
        review.unlock(carried, "Bob", PASSPHRASE)


def test_a_file_is_meant_for_whom_it_names(
    library: Library, record: Record, people: People, tmp_path: Path
) -> None:
    record()
    review.export_file(library, tmp_path / "w.json", for_whom=["cid"])
    assert [person.name for person in review.open_file(tmp_path / "w.json").people] == ["Cid"]
    with pytest.raises(IdentityError, match="user_unknown"):
        review.export_file(library, tmp_path / "w.json", for_whom=["Nobody"])


def test_where_nobody_could_sign_nothing_leaves(library: Library, record: Record, tmp_path: Path) -> None:
    record()
    with pytest.raises(IdentityError, match="carry_no_reviewer"):
        review.export_file(library, tmp_path / "w.json")
    assert not (tmp_path / "w.json").exists()


@pytest.mark.parametrize("old", ["checked on paper", "2025 only", '"released"', "150"])
def test_a_line_changed_on_the_way_is_refused(library: Library, file: Path, tmp_path: Path, old: str) -> None:
    said = replace(SAID, final_text="Hotels: 150 €.")
    line = decided(file, said)
    assert old in line
    assert sent(library, tmp_path, line.replace(old, old[:-2] + "9" + old[-1])) == ["import_damaged"]
    assert [row.decision for row in answers.list_answers(library)] == [Decision.HELD]


def bodies(library: Library) -> list[dict[str, object]]:
    return [json.loads(record.body) for record in audit_log.records_of(library, "decision")]


def test_an_edit_from_elsewhere_is_checked_here_before_it_counts(
    library: Library, file: Path, tmp_path: Path
) -> None:
    """There was no library to check it with where it was written."""
    asked: list[tuple[str, str | None, Decision]] = []

    def check(text: str, question: str | None) -> Check:
        (row,) = answers.list_answers(library)
        asked.append((text, question, row.decision))
        return doubtful(text, question)

    line = decided(file, replace(SAID, final_text="Hotels: 950 €."))
    (tmp_path / "d.jsonl").write_text(line, encoding="utf-8")
    (done,) = review.import_file(library, tmp_path / "d.jsonl", check)
    (row,) = answers.list_answers(library)
    assert asked == [("Hotels: 950 €.", answers.load_answer(library, row.id).question, Decision.HELD)]
    assert done.refused is None
    assert done.rechecked == doubtful("Hotels: 950 €.", None)
    (body,) = bodies(library)
    assert (body["edited"], body["imported"]) == (True, True)
    assert body["rechecked"] == {"level": "high", "risk": 0.93}
    assert audit.verify(library).holds


def test_an_edit_that_cannot_be_checked_is_refused_and_taken_later(
    library: Library, file: Path, tmp_path: Path
) -> None:
    def broken(text: str, question: str | None) -> Check:
        raise VerifierError("checker_damaged", path="verifier")

    edited = decided(file, replace(SAID, final_text="Hotels: 950 €."))
    (tmp_path / "d.jsonl").write_text(edited, encoding="utf-8")
    (done,) = review.import_file(library, tmp_path / "d.jsonl", broken)
    assert done.refused is not None
    assert done.refused.code == "checker_damaged"
    assert bodies(library) == []
    assert [row.decision for row in answers.list_answers(library)] == [Decision.HELD]
    assert sent(library, tmp_path, edited) == [None]


def test_what_was_not_edited_needs_no_check(library: Library, file: Path, tmp_path: Path) -> None:
    assert sent(library, tmp_path, decided(file)) == [None]
    (body,) = bodies(library)
    assert (body["edited"], body["rechecked"]) == (False, None)


def test_no_check_is_run_for_a_line_that_is_refused_anyway(
    library: Library, file: Path, people: People, tmp_path: Path
) -> None:
    """Or a stranger could keep the computer busy."""

    def busy(text: str, question: str | None) -> Check:
        raise AssertionError(text)

    edited = decided(file, replace(SAID, final_text="Hotels: 950 €."))
    lines = [resigned(edited, SigningKey.generate()), edited.replace("950", "951"), "{}"]
    (tmp_path / "d.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = review.import_file(library, tmp_path / "d.jsonl", busy)
    assert [line.refused.code if line.refused else None for line in done] == [
        "key_unknown",
        "import_damaged",
        "import_damaged",
    ]


def test_who_decides_while_an_edit_is_checked_comes_first(
    library: Library, file: Path, tmp_path: Path
) -> None:
    def slow(text: str, question: str | None) -> Check:
        (row,) = answers.list_answers(library)
        review.reject(library, row.id, who="Cid", reason="wrong")
        return doubtful(text, question)

    (tmp_path / "d.jsonl").write_text(decided(file, replace(SAID, final_text="Hotels: 950 €.")), "utf-8")
    (done,) = review.import_file(library, tmp_path / "d.jsonl", slow)
    assert done.refused is not None
    assert done.refused.code == "decision_not_held"
    assert [row.decision for row in answers.list_answers(library)] == [Decision.REJECTED]


@pytest.mark.parametrize(
    "line", ["{}", "[]", "x", "[" * 50_000, '{"format":"touchstone-decision","version":1}']
)
def test_rubbish_between_good_lines_costs_only_itself(
    library: Library, file: Path, tmp_path: Path, line: str
) -> None:
    assert sent(library, tmp_path, line, decided(file), line) == ["import_damaged", None, "import_damaged"]


def resigned(line: str, key: SigningKey, labels: object = None, **changes: object) -> str:
    """The line with other words, signed anew with this key: the decision in it, and the line."""
    whole = json.loads(line)
    fields = whole["decision"] | changes
    fields.pop("signature")
    value = key.sign(decision_bytes(fields)).hex()
    whole["decision"] = {**fields, "signature": {"key": key.public.hex(), "value": value}}
    whole["labels"] = whole["labels"] if labels is None else labels
    whole.pop("signature")
    return canonical({**whole, "signature": key.sign(line_bytes(whole)).hex()})


@pytest.mark.parametrize(
    "changes",
    [
        {"final_text": 5},
        {"final_text": None},
        {"caveats": "none"},
        {"caveats": [1]},
        {"seconds": "long"},
        {"reason": ""},
        {"reason": ["x"]},
        {"code": "Ms Zhang earns 9,000 euros"},
        {"code": "wrong"},
        {"at": "9999"},
        {"at": 9},
        {"who": 7},
        {"decision": "usable"},
        {"decision": "held"},
        {"decision": "rejected"},
        {"labels": []},
        {"labels": {"0": "fine"}},
        {"labels": {"x": "supported"}},
    ],
    ids=str,
)
def test_a_reviewers_key_signs_no_nonsense(
    library: Library, file: Path, people: People, tmp_path: Path, changes: dict[str, object]
) -> None:
    line = decided(file)
    whole = resigned(line, people["Ann"].key, **changes)  # type: ignore[arg-type]
    assert sent(library, tmp_path, whole, line) == ["import_damaged", None]
    assert audit.verify(library).holds


def test_a_label_changed_on_the_way_is_refused(library: Library, file: Path, tmp_path: Path) -> None:
    """The decision's own signature does not cover the labels: that of the line does."""
    line = decided(file, c0=Verdict.SUPPORTED)
    assert '"0":"supported"' in line
    assert sent(library, tmp_path, line.replace('"0":"supported"', '"0":"not_found"')) == ["import_damaged"]
    assert review.labels(library) == ()


def test_labels_alone_are_not_taken_from_a_stranger(library: Library, file: Path, tmp_path: Path) -> None:
    stranger = resigned(decided(file), SigningKey.generate(), {"0": "supported"})
    assert sent(library, tmp_path, stranger) == ["key_unknown"]
    assert review.labels(library) == ()


def test_a_listed_reason_to_reject_is_no_reason_to_release(file: Path) -> None:
    with pytest.raises(DecisionError, match="decision_reason"):
        decided(file, Verdicted(Decision.RELEASED, "Ann", "", RejectCode.WRONG))


def test_a_decision_on_a_changed_answer_is_refused(library: Library, file: Path, tmp_path: Path) -> None:
    line = decided(file)
    (row,) = answers.list_answers(library)
    changed = replace(answers.load_answer(library, row.id), text="Hotels are paid up to 15 €.")
    library.db.execute("drop trigger audit_texts_no_update")
    library.db.execute("update audit_texts set text = ? where role = 'content'", [answers.encode(changed)])
    assert sent(library, tmp_path, line) == ["import_changed"]


def test_a_decision_counts_once(library: Library, file: Path, tmp_path: Path) -> None:
    line = decided(file)
    assert sent(library, tmp_path, line, line) == [None, "decision_not_held"]
    other = decided(file, Verdicted(Decision.REJECTED, "Cid", "no"), name="Cid")
    assert sent(library, tmp_path, other) == ["decision_not_held"]
    assert [row.decided_by for row in answers.list_answers(library)] == ["Ann"]


def test_a_decision_for_another_library_is_refused(library: Library, file: Path, tmp_path: Path) -> None:
    line = decided(file)
    with Library.open(tmp_path / "other") as other:
        assert sent(other, tmp_path, line) == ["import_library"]


def test_an_unknown_key_is_refused(library: Library, file: Path, tmp_path: Path, people: People) -> None:
    line = decided(file)
    identity.reset_user(library, "Ann", "a new passphrase", by=people["Root"])
    assert sent(library, tmp_path, line) == ["key_unknown"], (
        "a key that was replaced decides nothing any more"
    )
    identity.disable_user(library, "Ann", by=people["Root"])
    assert sent(library, tmp_path, line) == ["user_disabled"]


def test_an_erased_answer_is_not_decided(library: Library, file: Path, tmp_path: Path) -> None:
    line = decided(file)
    (row,) = answers.list_answers(library)
    audit.erase(library, row.id, who="Ann", reason="law")
    assert sent(library, tmp_path, line) == ["answer_erased"]


def test_four_eyes_hold_on_the_other_computer_too(
    library: Library, record: Record, four_eyes: People, tmp_path: Path
) -> None:
    record(by="Ann", level=Level.LOW, four_eyes=True)
    with pytest.raises(IdentityError, match="signature_needed"):
        review.export_file(library, tmp_path / "w.json")
    review.export_file(library, tmp_path / "w.json", by=four_eyes["Cid"])
    with pytest.raises(DecisionError, match="decision_own_answer"):
        decided(tmp_path / "w.json")
    line = decided(tmp_path / "w.json", replace(SAID, who="Cid"), name="Cid")
    assert sent(library, tmp_path, line) == [None]


def test_what_was_asked_under_four_eyes_does_not_leave_when_they_were_lifted(
    library: Library, record: Record, four_eyes: People, tmp_path: Path
) -> None:
    record(four_eyes=True)
    identity.set_four_eyes(library, False, by=four_eyes["Root"])
    with pytest.raises(IdentityError, match="signature_needed"):
        review.export_file(library, tmp_path / "w.json")
    assert not (tmp_path / "w.json").exists()


def test_no_export_is_on_record_that_was_not_written(
    library: Library, record: Record, people: People, tmp_path: Path
) -> None:
    record()
    with pytest.raises(LibraryError, match="export_failed"):
        review.export_file(library, tmp_path)
    assert list(audit_log.records_of(library, "export")) == []


def test_a_hidden_level_stays_hidden_on_the_way(
    library: Library, record: Record, people: People, tmp_path: Path
) -> None:
    low = record(level=Level.LOW, rate=1.0)
    review.export_file(library, tmp_path / "w.json")
    item = review.open_file(tmp_path / "w.json").item(low.id)
    assert item.hidden


def test_an_id_must_be_long_enough(file: Path) -> None:
    carried = review.open_file(file)
    whole = carried.items[0].answer.id
    assert carried.item(whole[:8]).answer.id == whole
    for wrong in ("", whole[:7], "x" * 32):
        with pytest.raises(LibraryError, match="answer_unknown"):
            carried.item(wrong)


def test_an_export_is_on_record(library: Library, file: Path) -> None:
    exported = next(audit_log.records_of(library, "export"))
    body = json.loads(exported.body)
    assert (body["format"], len(body["answers"])) == ("review", 1)
