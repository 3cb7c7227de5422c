"""A customer's own calibration as the verifier uses it: how shipped risks are shown, and from where to hold.

It is made by ``core.calibrate`` and kept in the library; every audit record names the one it was made under.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core.errors import VerifierError
from core.store import calibration
from core.store.calibration import StoredPolicy
from core.store.database import Library
from core.types import Param
from core.verify.fusion import CALIBRATION_FILE

_EDGE = 1e-9


@dataclass(frozen=True, slots=True)
class Calibration:
    """One version of a named policy. Risks *as shipped* become risks *as shown* along a rising curve.

    ``hold_from`` is the shipped risk of an answer from which it is held, None: as shipped. ``verifier``
    names what judged the claims that it was fitted on: under another one it must not be used.
    """

    name: str = "shipped"
    version: int = 0
    digest: str = ""
    verifier: str = ""
    shift: float = 0.0
    slope: float = 1.0
    hold_from: float | None = None

    def shown(self, risk: float) -> float:
        """The risk that people see for a shipped one."""
        if (self.shift, self.slope) == (0.0, 1.0):
            return risk
        return 1 / (1 + math.exp(-(self.shift + self.slope * log_odds(risk))))

    def shipped(self, risk: float) -> float:
        """The shipped risk behind one that was shown: the way back."""
        if (self.shift, self.slope) == (0.0, 1.0):
            return risk
        return 1 / (1 + math.exp(-(log_odds(risk) - self.shift) / self.slope))

    def record(self) -> dict[str, Param | None]:
        """What an audit record says of it: enough to see, and to repeat, what it did."""
        return {
            "name": self.name,
            "version": self.version,
            "digest": self.digest,
            "shift": self.shift,
            "slope": self.slope,
            "hold_from": self.hold_from,
        }


SHIPPED = Calibration()


def log_odds(risk: float) -> float:
    """Log odds, bounded so far out that only certainties are touched."""
    bounded = min(max(risk, _EDGE), 1 - _EDGE)
    return math.log(bounded / (1 - bounded))


def from_record(record: Mapping[str, object]) -> Calibration:
    """The calibration that an audit record was made under, from what the record says of it.

    Raises VerifierError ``policy_damaged`` when it is not what ``Calibration.record`` wrote.
    """
    named = {"version": record.get("version"), "digest": record.get("digest")}
    return _read(record, name=str(record.get("name")), **named)


def from_stored(policy: StoredPolicy) -> Calibration:
    """A stored policy. Raises VerifierError ``policy_damaged`` when its text was changed."""
    if hashlib.sha256(policy.body.encode("utf-8")).hexdigest() != policy.digest:
        raise VerifierError("policy_damaged", name=policy.name)
    return _read(json.loads(policy.body), name=policy.name, version=policy.version, digest=policy.digest)


def in_use(library: Library, verifier: str) -> tuple[Calibration, bool]:
    """The calibration that decides now, and whether one was set aside because it was made for another
    verifier: its figures would not hold, so what was shipped decides then.

    Raises VerifierError ``policy_damaged``.
    """
    stored = calibration.policy_in_use(library)
    if stored is None:
        return SHIPPED, False
    found = from_stored(stored)
    return (found, False) if found.verifier == verifier else (SHIPPED, True)


def verifier_identity(checker: str | None) -> str:
    """Names what turns findings into shipped risks: the shipped calibration and the checker's files."""
    return hashlib.sha256(f"{_file_digest(CALIBRATION_FILE)} {checker or ''}".encode()).hexdigest()[:16]


@cache
def _file_digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise VerifierError("calibration_missing", path=str(path)) from error


def _read(body: Mapping[str, object], *, name: str, version: object, digest: object) -> Calibration:
    shift, slope, hold = body.get("shift"), body.get("slope"), body.get("hold_from")
    if (
        isinstance(version, int)
        and isinstance(digest, str)
        and isinstance(shift, int | float)
        and isinstance(slope, int | float)
        and isinstance(hold, int | float | None)
        and slope > 0
        and all(math.isfinite(number) for number in (shift, slope, hold or 0.0))
    ):
        verifier = str(body.get("verifier", ""))
        return Calibration(name, version, digest, verifier, float(shift), float(slope), hold)
    raise VerifierError("policy_damaged", name=name)
