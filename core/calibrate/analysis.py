"""From a library to the outcome of its calibration: the one call of the command line and the window."""

from __future__ import annotations

from core.calibrate.labelling import work_of
from core.calibrate.outcome import Labelled, Outcome, outcome_of
from core.calibrate.pool import pool_of
from core.encoders.checker import Checker
from core.errors import CalibrationError
from core.store.database import Library
from core.verify.fusion import Mode, load_fusion
from core.verify.policy import in_use, verifier_identity

USUAL_WISH = 0.1


def present_verifier() -> str:
    """What names the verifier of this installation. Raises VerifierError when its files are damaged."""
    return verifier_identity(Checker.shipped_identity())


def analyse(library: Library, *, wished: float = USUAL_WISH, by_hand: float | None = None) -> Outcome:
    """Everything that the labels of this library say about this installation's verifier. ``by_hand`` asks
    about one more threshold.

    Raises CalibrationError ``calibration_wish`` for a miss rate that is no share, ``calibration_no_labels``
    before the first label; VerifierError when the verifier's files or the policy in use are damaged.
    """
    if not 0 < wished < 1:
        raise CalibrationError("calibration_wish")
    verifier = present_verifier()
    data = Labelled.of(work_of(library, verifier))
    if not len(data.risks):
        raise CalibrationError("calibration_no_labels")
    fusion = load_fusion(Mode.FULL if Checker.shipped() else Mode.LEXICAL)
    present, _ = in_use(library, verifier)
    return outcome_of(
        data,
        pool_of(library, verifier).answers,
        wished=wished,
        shipped_from=fusion.medium_from,
        present=present,
        by_hand=by_hand,
    )
