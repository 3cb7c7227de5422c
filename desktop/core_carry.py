"""The core behind review on another computer: the way out, the opened file, and the way back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from core import gate, review
from core.audit import now
from core.documents.fold import fold
from core.errors import DecisionError, IdentityError, LibraryError
from core.identity import Session, same_person
from core.review import Carried, CarriedItem, Imported, QueueItem, RejectCode, Verdicted
from core.settings import Settings
from core.store import answers
from core.store.content import apply_decision, canonical
from core.store.database import Library
from core.store.reviews import ClaimLabel
from core.types import Answer, AnswerId, Check, Claim, Decision, Page, Place, RiskSpan, Verdict
from desktop.carry_backend import Brought, CarriedFrom
from desktop.review_backend import Said, Unlocked

_HOUR = 3600.0


class CoreCarry:
    """Mixed into the backend, which opens the library and the checks."""

    settings: Settings
    _unlocked: Unlocked

    def _library(self) -> Library:
        raise NotImplementedError

    def _check(self, text: str, question: str | None) -> Check:
        raise NotImplementedError

    def reviewers(self) -> tuple[str, ...]:
        """Who could sign."""
        with self._library() as library:
            return review.reviewers(library)

    def needs_key(self, *answer_ids: str) -> bool:
        """Whether one of them may be read with a passphrase only."""
        with self._library() as library:
            found = (answers.load_answer(library, answer_id) for answer_id in answer_ids)
            return any(gate.needs_signature(answer) for answer in found)

    def take_along(self, path: Path, answer_ids: Sequence[str], for_whom: Sequence[str]) -> int:
        """Write a review file."""
        session = self._unlocked.take()
        with self._library() as library:
            return review.export_file(library, path, for_whom=for_whom, answer_ids=answer_ids, by=session)

    def open_carried(self, path: Path) -> CoreCarried:
        """Open a review file."""
        return CoreCarried(path, review.open_file(path), self)

    def bring_back(self, path: Path) -> Iterator[Brought]:
        """Take decisions."""
        with self._library() as library, closing(review.importing(library, path, self._check)) as lines:
            for line in lines:
                yield _brought(library, line)


def _brought(library: Library, done: Imported) -> Brought:
    question = None
    if done.answer_id:
        try:
            question = answers.find_row(library, done.answer_id).question
        except LibraryError:  # of another library, or made up: the line's own refusal says so
            question = None
    return Brought(done.line, done.of, done.answer_id, question, done.decision, done.refused, done.rechecked)


class CoreCarried:
    """An opened review file in place of the library. Labels are kept here until the decision takes them."""

    def __init__(self, path: Path, carried: Carried, here: CoreCarry) -> None:
        _require_whole(path, carried)
        self._here = here
        people = tuple(person.name for person in carried.people)
        self.origin = CarriedFrom(path, carried.library_id, carried.created_at, carried.key, people)
        self._carried = carried
        self._unlocked = Unlocked()
        self._labels: dict[str, dict[int, Verdict]] = {}
        self._done: set[str] = set()
        self.out = path.with_name(f"{path.stem}-decisions.jsonl")
        self.write_to(self.out)

    @property
    def settings(self) -> Settings:
        """Those of this computer; the reviewer is the one whom the file is for, where it names only one."""
        settings, people = self._here.settings, self.origin.people
        known = any(same_person(name, settings.reviewer) for name in people)
        return settings if known or len(people) != 1 else replace(settings, reviewer=people[0])

    def write_to(self, path: Path) -> Path:
        """Add decisions to this file."""
        self._done |= review.decided_in(path, self._carried.library_id)
        self.out = path
        return path

    def review_queue(self) -> tuple[QueueItem, ...]:
        """What is not decided yet, as the file lists it."""
        at = datetime.now(UTC)
        return tuple(_queued(item, at) for item in self._carried.items if item.answer.id not in self._done)

    def needs_key(self, *answer_ids: str) -> bool:  # noqa: ARG002
        """Reading needs none: the file's words are in the clear."""
        return False

    def unlocked(self) -> str | None:
        """Whose key is open."""
        session = self._unlocked.take()
        return session.name if session else None

    def unlock(self, name: str, passphrase: str) -> str:
        """Open a key that the file holds."""
        session: Session = review.unlock(self._carried, name, passphrase)
        self._unlocked.keep(session)
        return session.name

    def load_answer(self, answer_id: str) -> Answer:
        """One answer of the file."""
        fold("。")  # its table takes half a second to make, and the window marks shared words with it
        return self._carried.item(answer_id).answer

    def evidence_page(self, place: Place, start: int, text: str) -> Page:
        """The text that the file holds around a quote."""
        for item in self._carried.items:
            for page in item.pages:
                if _is_around(page.place, page.text, place, start, text):
                    return Page(page.text, place.page, place.section, place.sheet)
        raise LibraryError("carried_page")

    def versions(self, path: str) -> tuple[()]:  # noqa: ARG002
        """The file knows one version of each document: the one that was checked."""
        return ()

    def claim_labels(self, answer_id: str) -> tuple[ClaimLabel, ...]:
        """What was said here so far."""
        said = self._labels.get(answer_id, {})
        return tuple(self._label(answer_id, number, verdict) for number, verdict in said.items())

    def label_claim(self, answer_id: str, number: int, verdict: Verdict, reason: str) -> ClaimLabel:  # noqa: ARG002
        """Keep a verdict until the decision; a line of decisions has no place for its reason."""
        self._labels.setdefault(answer_id, {})[number] = verdict
        return self._label(answer_id, number, verdict)

    def decide(self, answer_id: str, said: Said) -> Answer:
        """Sign a decision and add it to the file of decisions."""
        session = self._unlocked.take()
        if session is None:
            raise IdentityError("carried_locked")
        decided = Verdicted(
            Decision.RELEASED if said.release else Decision.REJECTED,
            session.name,
            said.reason,
            RejectCode(said.code) if said.code and not said.release else None,
            said.final_text,
            said.caveats,
            said.opened_at,
        )
        labels = self._labels.get(answer_id, {})
        line = review.decide_carried(self._carried, answer_id, decided, session, labels)
        review.add_line(self.out, line)
        self._done.add(answer_id)
        answer = self._carried.item(answer_id).answer
        return apply_decision(answer, canonical(json.loads(line)["decision"]))

    def _label(self, answer_id: str, number: int, verdict: Verdict) -> ClaimLabel:
        claim = self._carried.item(answer_id).answer.check.claims[number]
        who = self._unlocked.session.name if self._unlocked.session else self.settings.reviewer
        return ClaimLabel(AnswerId(answer_id), number, claim.verdict, claim.risk, verdict, who, now())


def _require_whole(path: Path, carried: Carried) -> None:
    """Whoever made a key of their own can sign anything: a file whose times or places make no sense is not
    shown. Raises DecisionError.
    """
    try:
        datetime.fromisoformat(carried.created_at)
        for item in carried.items:
            _queued(item, datetime.now(UTC))
        sound = all(0 <= start <= end <= size for start, end, size in _spans(carried))
    except (TypeError, ValueError) as error:
        raise DecisionError("carry_damaged", path=str(path)) from error
    if not sound:
        raise DecisionError("carry_damaged", path=str(path))


def _spans(carried: Carried) -> Iterator[tuple[int, int, int]]:
    """Where claims and their marks begin and end, and the length of the text that they stand in."""
    for item in carried.items:
        for claim in item.answer.check.claims:
            pieces: tuple[Claim | RiskSpan, ...] = (claim, *claim.spans)
            for each in pieces:
                yield each.start, each.end, len(item.answer.text)


def _queued(item: CarriedItem, at: datetime) -> QueueItem:
    answer = item.answer
    hours = max(0.0, (at - datetime.fromisoformat(answer.created_at)).total_seconds() / _HOUR)
    level, risk = (None, None) if item.hidden else (answer.check.level, answer.check.risk)
    return QueueItem(answer.id, answer.created_at, answer.question, level, risk, hours, item.assigned_to)


def _is_around(held: Place, page: str, place: Place, start: int, text: str) -> bool:
    parts = ((each.document_sha256, each.page, each.section, each.sheet) for each in (held, place))
    return len(set(parts)) == 1 and start >= 0 and page[start : start + len(text)] == text
