"""How long texts are kept: erasing by age with a signed tombstone, and legal holds against it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from core.errors import AuditError
from core.store import answers, audit_log
from core.store.answers import canonical
from core.store.audit_log import LegalHold
from core.store.chain import RecordKind, append, now
from core.store.database import Library


@dataclass(frozen=True, slots=True)
class Retained:
    """What a rule by age did: the answers whose texts it erased, and how many a legal hold kept."""

    erased: tuple[str, ...]
    held: int


def retain(library: Library, *, days: int, who: str, reason: str, dry_run: bool = False) -> Retained:
    """Erase the texts of answers older than so many days and leave one signed record that lists them.

    Figures, decisions and the chain stay. With ``dry_run`` nothing is changed. Raises AuditError without a
    name and a reason, or for less than one day.
    """
    if not who.strip() or not reason.strip():
        raise AuditError("erase_reason")
    if days < 1:
        raise AuditError("retention_days")
    with library.writing():
        before = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="microseconds")
        rows = answers.list_answers(library, limit=-1)
        old = [row for row in rows if not row.erased and row.created_at < before]
        held = {hold.answer_id for hold in audit_log.holds(library)}
        free = tuple(row.id for row in reversed(old) if "" not in held and row.id not in held)
        if free and not dry_run:
            for answer_id in free:
                audit_log.erase_texts(library, answer_id)
                answers.erase_answer(library, answer_id)
            body = {"days": days, "before": before, "answers": list(free), "held": len(old) - len(free)}
            append(library, RecordKind.RETENTION, body, _texts(who, reason))
    return Retained(free, len(old) - len(free))


def hold(library: Library, answer_id: str | None, *, who: str, reason: str) -> str:
    """Keep an answer, or with None everything, from being erased until the hold ends; returns its id.

    Raises AuditError without a name and a reason, LibraryError for an unknown answer.
    """
    return _hold(library, answer_id, "placed", who, reason)


def unhold(library: Library, answer_id: str | None, *, who: str, reason: str) -> str:
    """End a legal hold. Raises as ``hold`` does, and AuditError where there is none."""
    return _hold(library, answer_id, "lifted", who, reason)


def _hold(library: Library, answer_id: str | None, action: str, who: str, reason: str) -> str:
    if not who.strip() or not reason.strip():
        raise AuditError("hold_reason")
    known = "" if answer_id is None else answers.find_row(library, answer_id).id
    with library.writing():
        if action == "placed":
            audit_log.put_hold(library, LegalHold(known, now(), who.strip(), reason.strip()))
        elif not audit_log.drop_hold(library, known):
            raise AuditError("hold_none")
        append(library, RecordKind.HOLD, {"action": action}, _texts(who, reason), known)
    return known


def _texts(who: str, reason: str) -> dict[str, str]:
    return {"erasure": canonical({"who": who.strip(), "reason": reason.strip()})}
