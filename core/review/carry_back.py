"""Review on another computer, the way back: signed decisions are taken, line by line, where they fit."""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from core import audit, signing
from core.audit import RecordKind
from core.errors import CoreError, DecisionError, IdentityError, LibraryError
from core.review import decisions
from core.review.carried import DECISION_FORMAT, VERSION, line_bytes, parsed, read_text
from core.review.decisions import Recheck, RejectCode
from core.review.labelling import label_claim
from core.signing import fingerprint_of
from core.store import answers, users
from core.store.content import apply_decision, canonical, content_digest, is_signed
from core.store.database import Library
from core.store.keys import library_id
from core.types import Answer, Check, Decision, Verdict


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one line of ``of``: ``refused`` is why it was not taken, None when it was; ``rechecked``
    is what the verifier here says of a text that the reviewer edited.
    """

    line: int
    answer_id: str
    decision: str
    refused: CoreError | None
    rechecked: Check | None = None
    of: int = 1


def import_file(library: Library, path: Path, check: Recheck) -> tuple[Imported, ...]:
    """Take signed decisions into the library, as ``importing`` does, to the end."""
    return tuple(importing(library, path, check))


def importing(library: Library, path: Path, check: Recheck) -> Generator[Imported, None, None]:
    """Take signed decisions into the library line by line, each in a transaction of its own; in the end, also
    of a run that is closed before it, a record says what was done.

    A line is refused that is damaged, of another library, signed by a key that is not a reviewer's now, about
    an answer that has changed, or about one that was decided already (as when a file comes twice). An edited
    text is checked by ``check`` (the assistant's) first, since there was no library to check it with where it
    was edited, and the decision's record says what came out; where the check cannot run the line is refused.
    """
    raw = read_text(path)
    lines = [line for line in raw.split("\n") if line.strip()]
    taken = {"accepted": 0, "refused": 0}
    try:
        for number, line in enumerate(lines, start=1):
            done = replace(_import_line(library, number, line, check), of=len(lines))
            taken["accepted" if done.refused is None else "refused"] += 1
            yield done
    finally:
        digest = hashlib.sha256(raw.encode("utf-8")).hexdigest()
        audit.record_event(library, RecordKind.IMPORT, {**taken, "sha256": digest})


def _import_line(library: Library, number: int, line: str, check: Recheck) -> Imported:
    answer_id = decision = ""
    try:
        fields, labels = _checked_line(library, line)
        answer_id, decision = str(fields["answer"]), str(fields["decision"])
        rechecked = _rechecked(*_fitting(library, answer_id, canonical(fields)), check)
        with library.writing():  # everything is looked at again: the check took its time
            answer, decided = _fitting(library, answer_id, canonical(fields))
            decisions.write(library, answer, decided, rechecked, imported=True)
            for claim, verdict in labels.items():
                label_claim(library, answer_id, claim, verdict, who=decided.decided_by or "")
    except (CoreError, KeyError, TypeError, ValueError, RecursionError) as error:
        reason = error if isinstance(error, CoreError) else DecisionError("import_damaged")
        return Imported(number, answer_id, decision, reason)
    return Imported(number, answer_id, decision, None, rechecked)


def _rechecked(answer: Answer, decided: Answer, check: Recheck) -> Check | None:
    return None if decided.final_text is None else decisions.recheck(answer, decided.final_text, check)


def _checked_line(library: Library, line: str) -> tuple[dict[str, Any], dict[int, Verdict]]:
    whole = parsed(line)
    if whole.get("format") != DECISION_FORMAT or whole.get("version") != VERSION:
        raise DecisionError("import_damaged")
    if whole["library"] != library_id(library):
        raise DecisionError("import_library")
    fields, said = whole["decision"], whole["labels"]
    if not isinstance(fields, dict) or not isinstance(said, dict):
        raise DecisionError("import_damaged")
    public = bytes.fromhex(fields["signature"]["key"])
    signature = bytes.fromhex(whole.pop("signature"))
    if not signing.verify(public, line_bytes(whole), signature):
        raise DecisionError("import_damaged")
    return fields, {int(number): Verdict(verdict) for number, verdict in said.items()}


def _fitting(library: Library, answer_id: str, text: str) -> tuple[Answer, Answer]:
    """The answer as it is here and now, and with the imported decision if that fits it."""
    answer = answers.load_answer(library, answer_id)
    fields = parsed(text)
    if answer.id != answer_id or fields.get("content") != content_digest(answer):
        raise DecisionError("import_changed", id=answer.id)
    try:
        decided = apply_decision(answer, text)
    except LibraryError as error:
        raise DecisionError("import_damaged") from error
    if not is_signed(decided) or decided.signature is None or decided.decided_by is None:
        raise DecisionError("import_damaged")
    if not _could_be_made(decided):
        raise DecisionError("import_damaged")
    public = bytes.fromhex(decided.signature.key)
    key = users.find_key(library, fingerprint_of(public))
    if key is None or not key.may_sign(decided.decided_by, decided.decided_at or ""):
        raise IdentityError("key_unknown", name=decided.decided_by)
    decisions.check_signer(library, answer, decided.decided_by, public)
    if not decisions.may_decide(library, answer):
        raise DecisionError("decision_not_held", decision=answer.decision.value)
    return answer, decided


def _could_be_made(decided: Answer) -> bool:
    """Whether ``decisions.apply`` could have made this decision: a signature alone proves no sense. The code
    goes into the open record, so that it must be a listed one.
    """
    at, code = decided.decided_at or "", decided.decision_code
    whole = datetime.fromisoformat(at).astimezone(UTC).isoformat(timespec="microseconds") == at
    listed = code is None or code in set(RejectCode)
    explained = bool((decided.decision_reason or "").strip()) or code not in (None, RejectCode.OTHER)
    text = decided.final_text is not None
    goes = decided.decision is Decision.RELEASED and text and code is None
    stays = decided.decision is Decision.REJECTED and not text
    timed = decided.review_seconds is None or decided.review_seconds >= 0
    return whole and listed and explained and timed and (goes or stays)
