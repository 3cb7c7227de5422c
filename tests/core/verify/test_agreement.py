"""Further answers of the same model: what they do not say is riskier, what they say is not safer."""

from __future__ import annotations

from collections.abc import Sequence

from core.encoders.checker import Pair, PairScore
from core.types import Claim
from core.verify.agreement import unsaid
from core.verify.sources import ContextSource
from core.verify.verifier import Verifier

CLAIM = "Receipts are handed in within 30 days."
TEXT = "Receipts must be handed in within 30 days of the end of a trip."
SAME, OTHER = "They are handed in within 30 days: all receipts.", "The manager signs every order."


class Says:
    """Finds a claim entailed by a text that holds its first word."""

    def score(self, pairs: Sequence[Pair]) -> list[PairScore]:
        held = [pair.claim.split()[0].lower() in pair.evidence.lower() for pair in pairs]
        return [PairScore(0.9, 0.05, 0.05) if one else PairScore(0.1, 0.1, 0.8) for one in held]


def checked(*samples: str) -> Claim:
    return next(Verifier().claims(CLAIM, ContextSource([TEXT]), samples=samples))[2]


def test_samples_are_counted_by_words_where_no_checker_is() -> None:
    assert unsaid(CLAIM, None, [SAME, OTHER, ""], None) == 2


def test_samples_are_counted_by_the_checker_where_there_is_one() -> None:
    assert unsaid(CLAIM, None, [SAME, OTHER, ""], Says()) == 2


def test_what_further_answers_leave_out_is_riskier_and_said() -> None:
    alone, agreed, differing = checked(), checked(SAME, SAME), checked(OTHER, OTHER, SAME)
    assert agreed.risk == alone.risk
    assert differing.risk > alone.risk
    assert not any(reason.code == "samples_differ" for reason in agreed.reasons)
    told = [dict(reason.params) for reason in differing.reasons if reason.code == "samples_differ"]
    assert told == [{"count": 2, "total": 3}]
