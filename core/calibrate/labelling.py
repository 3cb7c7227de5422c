"""Labelling: a person says of each drawn claim whether the documents support it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core import audit
from core.audit import RecordKind
from core.errors import CalibrationError, LibraryError
from core.store import answers, calibration
from core.store.answers import canonical
from core.store.calibration import StoredItem, StoredLabel, StoredSample
from core.store.database import Library
from core.types import Answer, Claim


class Label(StrEnum):
    """What a person says of a claim. ``UNSUPPORTED`` is a claim that is one of the two before it, left open
    which; ``UNCLEAR`` ones count for nothing but are told.
    """

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_FOUND = "not_found"
    UNSUPPORTED = "unsupported"
    UNCLEAR = "unclear"

    @property
    def counts(self) -> bool:
        """Whether the person could tell."""
        return self is not Label.UNCLEAR

    @property
    def is_unsupported(self) -> bool:
        """Whether the documents do not bear the claim out, in whichever way."""
        return self in (Label.CONTRADICTED, Label.NOT_FOUND, Label.UNSUPPORTED)


@dataclass(frozen=True, slots=True)
class Task:
    """A drawn claim to look at; ``number`` counts from 1 over all that are open or done."""

    sample_id: int
    position: int
    number: int
    answer: Answer
    claim: Claim
    label: Label | None


@dataclass(frozen=True, slots=True)
class Work:
    """The claims that count now: those of all draws by the same method under this verifier."""

    samples: tuple[StoredSample, ...]
    items: tuple[StoredItem, ...]
    labels: tuple[Label | None, ...]

    @property
    def labelled(self) -> int:
        """How many claims have a label."""
        return sum(label is not None for label in self.labels)


def work_of(library: Library, verifier: str) -> Work:
    """What is to be labelled, or was, in the order in which it was drawn."""
    known = [sample for sample in calibration.samples(library) if sample.verifier == verifier]
    same = tuple(sample for sample in known if sample.method == known[-1].method)
    found = tuple(item for sample in same for item in calibration.items(library, sample.id))
    said = calibration.labels(library)
    labels = [said.get((item.sample_id, item.position)) for item in found]
    return Work(same, found, tuple(Label(label.label) if label else None for label in labels))


def tasks(library: Library, work: Work, *, only_open: bool = False) -> tuple[Task, ...]:
    """The claims with the answers that they stand in; those whose answer was erased are left out."""
    loaded: dict[str, Answer | None] = {}
    made: list[Task] = []
    for number, (item, label) in enumerate(zip(work.items, work.labels, strict=True), start=1):
        if only_open and label is not None:
            continue
        if item.answer_id not in loaded:
            loaded[item.answer_id] = _answer(library, item.answer_id)
        answer = loaded[item.answer_id]
        if answer is not None:
            claim = answer.check.claims[item.claim]
            made.append(Task(item.sample_id, item.position, number, answer, claim, label))
    return tuple(made)


def set_label(
    library: Library, sample_id: int, position: int, label: Label, *, who: str, reviewed: bool = False
) -> None:
    """Keep what a person said of a drawn claim, and record it; ``reviewed``: it was said in a review.

    Raises CalibrationError ``calibration_name`` without a name, ``calibration_unknown_claim`` for a claim
    that was not drawn.
    """
    if not who.strip():
        raise CalibrationError("calibration_name")
    drawn = {item.position: item for item in calibration.items(library, sample_id)}
    if position not in drawn:
        raise CalibrationError("calibration_unknown_claim", sample=sample_id, position=position)
    item = drawn[position]
    with library.writing():
        calibration.add_label(
            library, StoredLabel(sample_id, position, label.value, who.strip(), audit.now())
        )
        body = {"label": label.value, "claim": item.claim, "sample": sample_id, "for": "calibration"}
        body |= {"from": "review"} if reviewed else {}
        audit.record_event(
            library, RecordKind.LABEL, body, {"label": canonical({"who": who.strip()})}, item.answer_id
        )


def _answer(library: Library, answer_id: str) -> Answer | None:
    try:
        return answers.load_answer(library, answer_id)
    except LibraryError as error:
        if error.code == "answer_erased":
            return None
        raise
