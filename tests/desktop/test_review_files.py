"""Review on another computer through the window, over the real core: out, decided there, and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from core import audit, identity, review
from core.errors import CoreError, VerifierError
from core.identity import Role
from core.index.ingest import add
from core.review.carried import file_bytes
from core.settings import Settings
from core.signing import SigningKey
from core.signing import keys as signing_keys
from core.signing.keys import Cost
from core.store import answers, documents, pages
from core.store.content import canonical
from core.store.database import Library
from core.types import Answer, Check, Decision, Level, Place, Verdict
from desktop.core_backend import CoreBackend
from desktop.views.review import ReviewView
from desktop.views.review_carried import CarriedReview
from desktop.widgets.review_dialog import ReviewDialog
from desktop.widgets.take_dialog import TakeDialog

from .fake_backend import FakeBackend
from .fake_carry import BROUGHT
from .fake_data import queued

PASSPHRASE = "correct horse battery"
PAGE = "A hotel may cost up to 130 € a night."


@pytest.fixture
def backend(
    tmp_path: Path, make_answer: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> CoreBackend:
    """Three held answers, the first with its evidence in a document; Ann and Cid review. No encoders."""
    monkeypatch.setattr(signing_keys, "COST", Cost(passes=1, kibibytes=64, lanes=1))
    document = tmp_path / "travel.md"
    document.write_text(f"# Hotels\n\n{PAGE}\n", encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        list(add(library, [document], None))
        (read,) = documents.list_documents(library)
        content = documents.find_content(library, read.sha256, ".md")
        assert content is not None
        ((_, page),) = pages.pages_of(library, content.id)
        identity.add_user(library, "Root", Role.ADMINISTRATOR, PASSPHRASE)
        root = identity.log_in(library, "Root", PASSPHRASE)
        for name in ("Ann", "Cid"):
            identity.add_user(library, name, Role.REVIEWER, PASSPHRASE, by=root)
        start = page.text.index("up to 130 €")
        for number in range(3):
            made = make_answer(f"Hotels are paid up to {150 + number} €.")
            claim = made.check.claims[0]
            place = Place(read.path, read.sha256, section=page.section)
            quote = replace(claim.evidence[0], text="up to 130 €", start=start, end=start + 11, place=place)
            check = replace(made.check, claims=(replace(claim, evidence=(quote,)),))
            asked = replace(made, check=check, question=f"Question {number}?", asked_by="Bob")
            audit.record_answer(library, asked, prompt="", context={})
    return CoreBackend(tmp_path / "library", Settings(reviewer="Ann"))


@pytest.fixture
def view(backend: CoreBackend, qtbot: QtBot) -> Iterator[ReviewView]:
    yield from shown(backend, qtbot)


@pytest.fixture
def fake_view(qtbot: QtBot) -> Iterator[ReviewView]:
    yield from shown(FakeBackend(), qtbot)


def shown(backend: object, qtbot: QtBot) -> Iterator[ReviewView]:
    made = ReviewView(backend)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(1100, 760)
    with qtbot.waitExposed(made):
        made.show()
    with qtbot.waitSignal(made.counted):
        made.refresh()
    yield made
    QThreadPool.globalInstance().waitForDone(5000)
    QApplication.processEvents()


@pytest.fixture
def seen(view: ReviewView, failures: Callable[[object], list[CoreError]]) -> list[CoreError]:
    return failures(view)


def target(view: ReviewView, qtbot: QtBot) -> QFileDialog:
    """The dialog that asks for a file over the queue."""
    qtbot.waitUntil(lambda: bool(view.queue.findChildren(QFileDialog)))
    dialog = view.queue.findChildren(QFileDialog)[-1]
    dialog.close()
    return dialog


def taken(view: ReviewView, qtbot: QtBot, path: Path, which: int = 0, whom: int = 0) -> Path:
    """Take answers along, as a person does."""
    view.queue.take_along.click()
    qtbot.waitUntil(lambda: view.files.dialog is not None)
    assert view.files.dialog is not None
    view.files.dialog.which.setCurrentIndex(which)
    view.files.dialog.whom.setCurrentIndex(whom)
    view.files.dialog.ok.click()
    chosen = target(view, qtbot)
    with qtbot.waitSignal(view.files.written):
        chosen.fileSelected.emit(str(path))
    return path


def elsewhere(view: ReviewView, qtbot: QtBot, path: Path) -> CarriedReview:
    """Open a review file from the button on."""
    view.queue.open_file.click()
    chosen = target(view, qtbot)
    with qtbot.waitSignal(view.files.opened):
        chosen.fileSelected.emit(str(path))
    assert view.carried is not None
    qtbot.waitUntil(lambda: bool(view.carried and view.carried.queue.rows))
    return view.carried


def look_at(carried: CarriedReview, qtbot: QtBot, question: str) -> CarriedReview:
    carried.open(next(row for row in carried.queue.rows if row.question == question))
    qtbot.waitUntil(lambda: carried.page.answer is not None and carried.page.answer.question == question)
    return carried


def unlocked(carried: CarriedReview, qtbot: QtBot, passphrase: str = PASSPHRASE, who: str = "Ann") -> None:
    qtbot.waitUntil(lambda: carried.page.key_dialog is not None)
    assert carried.page.key_dialog is not None
    carried.page.key_dialog.fill(who, passphrase)
    carried.page.key_dialog.ok.click()


def decision_dialog(carried: CarriedReview, qtbot: QtBot) -> ReviewDialog:
    qtbot.waitUntil(lambda: carried.page.dialog is not None)
    assert carried.page.dialog is not None
    return carried.page.dialog


def decided(carried: CarriedReview, qtbot: QtBot, question: str, text: str | None = None) -> None:
    """Release an answer of the file; the key is open already after the first."""
    look_at(carried, qtbot, question).page.ask_release()
    if carried.backend.unlocked() is None:
        unlocked(carried, qtbot)
    dialog = decision_dialog(carried, qtbot)
    dialog.fill("Ann", "compared with the policy", text=text)
    assert dialog.ok.isEnabled()
    with qtbot.waitSignal(carried.page.decided):
        dialog.ok.click()


def brought(view: ReviewView, qtbot: QtBot, path: Path) -> list[str]:
    """Bring a file back; what each line says became of it."""
    view.queue.bring_back.click()
    chosen = target(view, qtbot)
    with qtbot.waitSignal(view.brought.ended):
        chosen.fileSelected.emit(str(path))
    return [view.brought.model.outcome(row) for row in view.brought.model.rows]


def stored(backend: CoreBackend) -> dict[str, Answer]:
    with Library.open(backend.library_folder) as library:
        rows = answers.list_answers(library)
        return {row.question or "": answers.load_answer(library, row.id) for row in rows}


def test_the_whole_way_out_and_back(
    view: ReviewView, backend: CoreBackend, seen: list[CoreError], qtbot: QtBot, tmp_path: Path
) -> None:
    file = taken(view, qtbot, tmp_path / "review.json")
    assert str(file) in view.queue.written.text()
    assert view.queue.written.text().startswith("3 answers written to")
    carried = elsewhere(view, qtbot, file)
    look_at(carried, qtbot, "Question 1?").page.judge(Verdict.CONTRADICTED)
    decided(carried, qtbot, "Question 1?")
    assert [row.question for row in carried.queue.rows].count("Question 1?") == 0
    assert stored(backend)["Question 1?"].decision is Decision.HELD
    carried.close_file.click()
    assert view.carried is None
    (outcome,) = brought(view, qtbot, tmp_path / "review-decisions.jsonl")
    assert outcome == "Accepted"
    answer = stored(backend)["Question 1?"]
    assert (answer.decision, answer.decided_by) == (Decision.RELEASED, "Ann")
    with Library.open(backend.library_folder) as library:
        assert [label.verdict for label in review.labels(library)] == [Verdict.CONTRADICTED]
    assert seen == []


def test_only_what_is_assigned_goes_along_for_the_one_who_is_chosen(
    view: ReviewView, backend: CoreBackend, qtbot: QtBot, tmp_path: Path
) -> None:
    mine = view.queue.rows[1]
    backend.assign(mine.answer_id, "Ann")
    with qtbot.waitSignal(view.counted):
        view.refresh()
    file = taken(view, qtbot, tmp_path / "mine.json", which=1, whom=3)
    carried = review.open_file(file)
    assert [item.answer.id for item in carried.items] == [mine.answer_id]
    assert [person.name for person in carried.people] == ["Cid"]


def test_the_dialog_counts_and_says_what_the_file_holds(qtbot: QtBot) -> None:
    waiting = [
        replace(queued(at, "?", None, 1.0), assigned_to=who) for at, who in enumerate(("ann", "Bo", None))
    ]
    dialog = TakeDialog(waiting, ("Ann", "Bo"), "Ann")
    qtbot.addWidget(dialog)
    assert [dialog.which.itemText(at) for at in range(dialog.which.count())] == [
        "All that wait: 3",
        "Assigned to Ann: 1",
        "Assigned to Bo: 1",
        "Assigned to nobody yet: 1",
    ]
    dialog.which.setCurrentIndex(1)
    assert dialog.answer_ids == (waiting[0].answer_id,)
    empty = TakeDialog((), ("Ann",), "Ann")
    qtbot.addWidget(empty)
    assert not empty.ok.isEnabled()  # an empty choice would be taken for all


def test_where_nobody_can_sign_it_is_said_before_anything_is_asked(
    tmp_path: Path, qtbot: QtBot, failures: Callable[[object], list[CoreError]]
) -> None:
    made = ReviewView(CoreBackend(tmp_path / "empty", Settings(reviewer="Ann")))
    qtbot.addWidget(made)
    found = failures(made)
    made.queue.take_along.click()
    qtbot.waitUntil(lambda: bool(found))
    assert [error.code for error in found] == ["carry_no_reviewer"]
    assert made.files.dialog is None


def test_under_four_eyes_the_passphrase_comes_before_the_file(
    view: ReviewView, backend: CoreBackend, seen: list[CoreError], qtbot: QtBot, tmp_path: Path
) -> None:
    with Library.open(backend.library_folder) as library:
        audit.note_settings(library, Settings(four_eyes=True))
    view.queue.take_along.click()
    qtbot.waitUntil(lambda: view.files.dialog is not None)
    assert view.files.dialog is not None
    view.files.dialog.ok.click()
    unlock = view.files._unlock
    qtbot.waitUntil(lambda: unlock.dialog is not None)
    assert unlock.dialog is not None
    assert view.queue.findChildren(QFileDialog) == []
    unlock.dialog.fill("Ann", PASSPHRASE)
    unlock.dialog.ok.click()
    chosen = target(view, qtbot)
    with qtbot.waitSignal(view.files.written):
        chosen.fileSelected.emit(str(tmp_path / "review.json"))
    assert len(review.open_file(tmp_path / "review.json").items) == 3
    assert seen == []


def test_the_banner_says_whose_file_it_is_and_where_decisions_go(
    view: ReviewView, backend: CoreBackend, qtbot: QtBot, tmp_path: Path
) -> None:
    carried = elsewhere(view, qtbot, taken(view, qtbot, tmp_path / "review.json"))
    key = review.open_file(tmp_path / "review.json").key
    assert "review.json" in carried._title.text()
    assert key in carried._origin.text()
    assert carried._origin.text().endswith("Meant for: Root, Ann, Cid.")
    assert str(tmp_path / "review-decisions.jsonl") in carried._target.text()
    assert view.queue.isHidden()
    decided(carried, qtbot, "Question 0?")
    carried.write_to(str(tmp_path / "other.jsonl"))
    qtbot.waitUntil(lambda: "other.jsonl" in carried._target.text())
    decided(carried, qtbot, "Question 1?")
    assert len((tmp_path / "other.jsonl").read_text(encoding="utf-8").splitlines()) == 1


def test_the_text_around_a_quote_comes_from_the_file_and_not_from_the_library(
    view: ReviewView, backend: CoreBackend, qtbot: QtBot, tmp_path: Path
) -> None:
    file = taken(view, qtbot, tmp_path / "review.json")
    backend.library_folder = tmp_path / "another computer"
    carried = look_at(elsewhere(view, qtbot, file), qtbot, "Question 0?")
    (card,) = carried.page.evidence.cards
    assert card._show_page.text() == "Show the text around it"
    card.show_around()
    qtbot.waitUntil(card.section.isVisible)
    assert PAGE in card.section.toPlainText()
    assert not (tmp_path / "another computer").exists()


def test_what_was_decided_waits_no_longer_when_the_file_is_opened_again(
    view: ReviewView, qtbot: QtBot, tmp_path: Path
) -> None:
    file = taken(view, qtbot, tmp_path / "review.json")
    decided(elsewhere(view, qtbot, file), qtbot, "Question 2?")
    again = elsewhere(view, qtbot, file)
    assert sorted(row.question or "" for row in again.queue.rows) == ["Question 0?", "Question 1?"]


def test_a_wrong_passphrase_and_a_full_disk_are_said_and_lose_nothing(
    view: ReviewView, seen: list[CoreError], qtbot: QtBot, tmp_path: Path
) -> None:
    carried = elsewhere(view, qtbot, taken(view, qtbot, tmp_path / "review.json"))
    look_at(carried, qtbot, "Question 0?").page.ask_reject()
    unlocked(carried, qtbot, "not hers at all")
    qtbot.waitUntil(lambda: [error.code for error in seen] == ["passphrase_wrong"])
    carried.file.out = tmp_path / "no such folder" / "decisions.jsonl"
    carried.page.ask_reject()
    unlocked(carried, qtbot)
    dialog = decision_dialog(carried, qtbot)
    dialog.fill("Ann", "the limit is 130 €")
    dialog.ok.click()
    qtbot.waitUntil(lambda: [error.code for error in seen][1:] == ["export_failed"])
    assert carried.page.dialog is dialog
    assert dialog.isVisible()
    assert dialog.said.reason == "the limit is 130 €"
    assert len(carried.queue.rows) == 3
    dialog.reject()
    assert carried.page.dialog is None


def test_a_file_that_is_none_is_refused_in_words(
    view: ReviewView, seen: list[CoreError], qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "other.json").write_text("{}", encoding="utf-8")
    view.files.open_file(str(tmp_path / "other.json"))
    qtbot.waitUntil(lambda: [error.code for error in seen] == ["carry_damaged"])
    assert view.carried is None


@pytest.mark.parametrize("change", [("created_at", "soon"), ("items", None), ("start", -4), ("end", 10**6)])
def test_a_file_that_was_signed_by_anybody_and_makes_no_sense_is_not_shown(
    view: ReviewView, seen: list[CoreError], qtbot: QtBot, tmp_path: Path, change: tuple[str, object]
) -> None:
    file, (name, value) = taken(view, qtbot, tmp_path / "review.json"), change
    whole = json.loads(file.read_text(encoding="utf-8"))
    payload = json.loads(whole["payload"])
    if name in payload:
        payload[name] = value
    else:
        answer = json.loads(payload["items"][0]["answer"])
        answer["check"]["claims"][0][name] = value
        payload["items"][0]["answer"] = canonical(answer)
    key, text = SigningKey.generate(), canonical(payload)
    signed = {"payload": text, "key": key.public.hex(), "signature": key.sign(file_bytes(text)).hex()}
    file.write_text(json.dumps(whole | signed), encoding="utf-8")
    view.files.open_file(str(file))
    qtbot.waitUntil(lambda: [error.code for error in seen] == ["carry_damaged"])
    assert view.carried is None


def test_each_line_says_whether_and_why_not(
    view: ReviewView,
    backend: CoreBackend,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    """An edited answer is checked here; a changed answer, a second time and a damaged line are refused."""
    monkeypatch.setattr(backend, "_check", lambda text, question: Check(text, 0.07, Level.LOW, 1.0, ()))
    carried = elsewhere(view, qtbot, taken(view, qtbot, tmp_path / "review.json"))
    decided(carried, qtbot, "Question 0?", text="Hotels are paid up to 130 €.")
    decided(carried, qtbot, "Question 1?")
    decided(carried, qtbot, "Question 2?")
    path = tmp_path / "review-decisions.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[0], lines[1][:-40]]) + "\n", encoding="utf-8")
    answer = stored(backend)["Question 2?"]
    changed = replace(answer, text="Hotels are paid up to 15 €.")
    with Library.open(backend.library_folder) as library:
        library.db.execute("drop trigger audit_texts_no_update")
        query = "update audit_texts set text = ? where role = 'content' and text = ?"
        library.db.execute(query, [answers.encode(changed), answers.encode(answer)])
        library.db.commit()
    carried.close_file.click()
    said = brought(view, qtbot, path)
    assert said[0] == "Accepted. The edited answer was checked here: Low risk, 7%"
    assert said[1] == "Accepted"
    assert said[2].startswith("Refused: Answer ")
    assert "has changed since" in said[2]
    assert said[3].startswith("Refused: ")
    assert said[4].startswith("Refused: The decision is damaged")
    assert view.brought.summary.text() == "2 decisions accepted · 3 refused"
    assert view.brought.reason.text() == said[2]
    assert json.loads(lines[0])["decision"]["answer"] == stored(backend)["Question 0?"].id


def test_an_edit_that_cannot_be_checked_is_refused_and_taken_the_next_time(
    view: ReviewView, backend: CoreBackend, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, tmp_path: Path
) -> None:
    def broken(text: str, question: str | None) -> Check:
        raise VerifierError("calibration_damaged", path="verifier")

    carried = elsewhere(view, qtbot, taken(view, qtbot, tmp_path / "review.json"))
    decided(carried, qtbot, "Question 0?", text="Hotels are paid up to 130 €.")
    carried.close_file.click()
    monkeypatch.setattr(backend, "_check", broken)
    (first,) = brought(view, qtbot, tmp_path / "review-decisions.jsonl")
    assert first.startswith("Refused: ")
    monkeypatch.setattr(backend, "_check", lambda text, question: Check(text, 0.07, Level.LOW, 1.0, ()))
    (second,) = brought(view, qtbot, tmp_path / "review-decisions.jsonl")
    assert second.startswith("Accepted")
    assert stored(backend)["Question 0?"].final_text == "Hotels are paid up to 130 €."


def test_a_file_that_cannot_be_read_is_said_and_nothing_stays_on_the_way(
    view: ReviewView, seen: list[CoreError], qtbot: QtBot, tmp_path: Path
) -> None:
    assert brought(view, qtbot, tmp_path / "none.jsonl") == []
    assert [error.code for error in seen] == ["carry_unreadable"]
    assert view.brought.summary.text() == "No decision was taken from this file."
    view.brought.leave()
    assert view.queue.isVisible()


def test_lines_show_as_they_come_and_a_stop_keeps_what_was_taken(fake_view: ReviewView, qtbot: QtBot) -> None:
    fake_view.backend.hold = True  # type: ignore[attr-defined]
    page = fake_view.brought
    fake_view.files.bring_back("/media/stick/decisions.jsonl")
    qtbot.waitUntil(lambda: bool(page.model.rows))
    assert page.progress.isVisible()
    assert page.model.rows[0] == BROUGHT[0]
    with qtbot.waitSignal(page.ended):
        page.stop()
    assert not page.running
    assert page.progress.isHidden()
    assert fake_view.backend.named("bring_back") == [(Path("/media/stick/decisions.jsonl"),)]  # type: ignore[attr-defined]
