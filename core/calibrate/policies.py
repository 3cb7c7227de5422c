"""Named, versioned, reversible policies: made of an outcome, adopted by a person, taken back as easily."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from core import __version__, audit
from core.audit import RecordKind
from core.calibrate.outcome import Cutoff, Outcome
from core.errors import CalibrationError
from core.store import calibration
from core.store.answers import canonical
from core.store.calibration import StoredPolicy, StoredUse
from core.store.database import Library
from core.verify.policy import from_stored

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Adoption:
    """What decided from when on: a policy, or None for what was shipped; newest last."""

    policy: StoredPolicy | None
    at: str
    who: str
    reason: str


def save(library: Library, outcome: Outcome, *, name: str, who: str, verifier: str) -> StoredPolicy:
    """Keep an outcome as the next version of a named policy; it decides nothing before it is adopted.

    A threshold that was asked about by hand takes the place of the guaranteed one. Raises CalibrationError
    ``policy_name`` for an empty or overlong name, ``policy_nothing`` when the outcome changes nothing.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise CalibrationError("policy_name", longest=LONGEST_NAME)
    cutoff = outcome.by_hand or outcome.chosen
    if cutoff is None and not outcome.helps:
        raise CalibrationError("policy_nothing")
    body = canonical(_body(outcome, cutoff, verifier))
    digest = hashlib.sha256(body.encode("utf-8")).hexdigest()
    with library.writing():
        policy = calibration.add_policy(library, name, who, audit.now(), body, digest)
        _record(library, "made", policy, who, "")
    return policy


def _body(outcome: Outcome, cutoff: Cutoff | None, verifier: str) -> dict[str, Any]:
    """Everything that a reader of the policy needs to judge it."""
    return {
        "touchstone": __version__,
        "verifier": verifier,
        "shift": outcome.line.shift,
        "slope": outcome.line.slope,
        "hold_from": None if cutoff is None else round(cutoff.shipped, 6),
        "threshold": None if cutoff is None else _threshold(cutoff, outcome),
        "labels": {
            "counted": outcome.labelled,
            "unsupported": outcome.unsupported,
            "unclear": outcome.unclear,
            "weighted": outcome.weighted,
        },
        "before": _honesty(outcome.before.ece, outcome.before.brier, outcome.before.log_loss),
        "after": _honesty(outcome.after.ece, outcome.after.brier, outcome.after.log_loss),
    }


def _threshold(cutoff: Cutoff, outcome: Outcome) -> dict[str, Any]:
    by_hand = outcome.by_hand is not None
    return {
        "by_hand": by_hand,
        "wished_miss_rate": None if by_hand else outcome.wished,
        "guaranteed_miss_rate": round(cutoff.guaranteed, 6),
        "misses": _rate(cutoff.misses.share, cutoff.misses.low, cutoff.misses.high),
        "false_alarms": _rate(cutoff.false_alarms.share, cutoff.false_alarms.low, cutoff.false_alarms.high),
        "held": round(cutoff.held, 6),
    }


def _rate(share: float, low: float, high: float) -> dict[str, float]:
    return {"share": round(share, 6), "low": round(low, 6), "high": round(high, 6)}


def _honesty(ece: float, brier: float, log_loss: float) -> dict[str, float]:
    return {"ece": round(ece, 6), "brier": round(brier, 6), "log_loss": round(log_loss, 6)}


def contents(policy: StoredPolicy) -> dict[str, Any]:
    """What a stored policy says: its figures and how they came about."""
    read: dict[str, Any] = json.loads(policy.body)
    return read


def find(library: Library, name: str, version: int | None = None) -> StoredPolicy:
    """A policy by its name, the newest version where none is named.

    Raises CalibrationError ``policy_unknown``.
    """
    named = [policy for policy in calibration.policies(library) if policy.name == name]
    wanted = [policy for policy in named if version in (None, policy.version)]
    if not wanted:
        raise CalibrationError("policy_unknown", name=name, version=version or "-")
    return wanted[-1]


def adopt(library: Library, policy: StoredPolicy, *, who: str, verifier: str, reason: str = "") -> None:
    """From now on this policy decides; past answers keep their levels.

    Raises CalibrationError ``calibration_name`` without a name, ``policy_other_verifier`` for a policy
    that was made for another verifier, VerifierError ``policy_damaged`` when its text was changed.
    """
    if from_stored(policy).verifier != verifier:
        raise CalibrationError("policy_other_verifier", name=policy.name, version=policy.version)
    _use(library, policy, who, reason, "adopted")


def revert(library: Library, *, who: str, reason: str = "") -> StoredPolicy | None:
    """Go back to what decided before the present policy was adopted; returns it, None: as shipped.

    Raises CalibrationError ``calibration_name`` without a name, ``policy_none`` when there is nothing to go
    back from.
    """
    before = _before(library)
    _use(library, before, who, reason, "reverted")
    return before


def _before(library: Library) -> StoredPolicy | None:
    """What decided before the policy in use: each going back undoes one adoption."""
    stack: list[StoredPolicy | None] = [None]
    for adoption in history(library):
        if len(stack) > 1 and stack[-2] == adoption.policy:
            stack.pop()
        elif stack[-1] != adoption.policy:
            stack.append(adoption.policy)
    if stack[-1] is None:
        raise CalibrationError("policy_none")
    return stack[-2]


def history(library: Library) -> tuple[Adoption, ...]:
    """Which policy decided since when."""
    known = {policy.id: policy for policy in calibration.policies(library)}
    return tuple(
        Adoption(None if use.policy_id is None else known[use.policy_id], use.at, use.who, use.reason)
        for use in calibration.uses(library)
    )


def _use(library: Library, policy: StoredPolicy | None, who: str, reason: str, event: str) -> None:
    if not who.strip():
        raise CalibrationError("calibration_name")
    with library.writing():
        number = policy.id if policy else None
        calibration.add_use(library, StoredUse(number, audit.now(), who.strip(), reason.strip()))
        _record(library, event, policy, who.strip(), reason.strip())


def _record(library: Library, event: str, policy: StoredPolicy | None, who: str, reason: str) -> None:
    """The audit log names the policy by its digest; its name and the people stand in an erasable text."""
    body = {"event": event, "digest": policy.digest if policy else None}
    said = {"name": policy.name, "version": policy.version} if policy else {}
    texts = {"policy": canonical({**said, "who": who, "reason": reason})}
    audit.record_event(library, RecordKind.POLICY, body, texts)
