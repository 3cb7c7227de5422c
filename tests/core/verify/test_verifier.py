"""The verifier as a whole, with a scripted checker and with none: verdicts, reasons, and failing closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from core.encoders.checker import Pair, PairScore, TokenRisk
from core.settings import Settings
from core.types import Check, Language, Level, Relation, Verdict
from core.verify.levels import Policy
from core.verify.output import check_object
from core.verify.signals import Token, TokenSignals
from core.verify.sources import ContextSource
from core.verify.verifier import UNCHECKED_RISK, Verifier
from core.words import say_reason

LEAVE = (
    "Leave policy\n\nPermanent staff receive thirty days of paid leave a year. "
    "Requests go to the line manager."
)


@dataclass
class ScriptedChecker:
    """Entails a claim whose words all stand in the evidence, contradicts one that holds "never"."""

    asked: list[Pair] = field(default_factory=list)

    def score(self, pairs: Sequence[Pair]) -> list[PairScore]:
        self.asked += pairs
        return [self._one(pair) for pair in pairs]

    def _one(self, pair: Pair) -> PairScore:
        words = pair.claim.lower().strip(".").split()
        fresh = [word for word in words if word not in pair.evidence.lower()]
        at = pair.claim.lower().find(fresh[0]) if fresh else 0
        risks = (TokenRisk(at, at + len(fresh[0]), 0.9),) if fresh else ()
        if "never" in words:
            return PairScore(0.02, 0.95, 0.03, risks)
        return PairScore(0.97, 0.01, 0.02, risks) if not fresh else PairScore(0.03, 0.02, 0.95, risks)


def check(
    answer: str, *contexts: str, question: str | None = None, checker: bool = True, **more: object
) -> Check:
    verifier = Verifier(ScriptedChecker() if checker else None)
    return verifier.check(answer, ContextSource(contexts), question, **more)  # type: ignore[arg-type]


@dataclass
class HalfSure:
    """Sees every claim half contradicted, as the real checker does beside long passages on something else."""

    contradicted: float

    def score(self, pairs: Sequence[Pair]) -> list[PairScore]:
        return [PairScore(0.05, self.contradicted, 0.95 - self.contradicted, ()) for _ in pairs]


@pytest.mark.parametrize(
    ("contradicted", "claim", "verdict"),
    [
        (0.55, "Your order brings a yearly gift voucher for spare parts.", Verdict.NOT_FOUND),
        (0.55, "Requests go to the head of finance.", Verdict.CONTRADICTED),
        (0.75, "Your order brings a yearly gift voucher for spare parts.", Verdict.CONTRADICTED),
    ],
)
def test_half_a_contradiction_counts_only_on_the_same_matter(
    contradicted: float, claim: str, verdict: Verdict
) -> None:
    result = Verifier(HalfSure(contradicted)).check(claim, ContextSource([LEAVE]), None)
    assert result.claims[0].verdict is verdict


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("Permanent staff receive thirty days of paid leave a year.", Verdict.SUPPORTED),
        ("Staff receive thirty days of paid leave a year.", Verdict.CONTRADICTED),
        ("Permanent staff receive thirty days of paid leave.", Verdict.CONTRADICTED),
    ],
)
def test_a_whole_sentence_of_the_evidence_needs_no_model(claim: str, verdict: Verdict) -> None:
    result = Verifier(HalfSure(0.9)).check(claim, ContextSource([LEAVE]), None)
    assert result.claims[0].verdict is verdict


def test_offsets_of_claims_spans_and_evidence_are_exact() -> None:
    answer = "Requests go to the line manager.  Requests go to the moon."
    result = check(answer, "Nothing here.", LEAVE)
    for claim in result.claims:
        assert claim.text == answer[claim.start : claim.end]
        for span in claim.spans:
            assert claim.start <= span.start < span.end <= claim.end
        for quote in claim.evidence:
            assert quote.context_index is not None
            assert quote.text == ("Nothing here.", LEAVE)[quote.context_index][quote.start : quote.end]


def test_the_checker_reads_question_context_and_the_claim_before() -> None:
    checker = ScriptedChecker()
    Verifier(checker).check("Leave is paid. It is thirty days.", ContextSource([LEAVE]), "How long is leave?")
    last = checker.asked[-1]
    assert last.question == "How long is leave?"
    assert last.before == "Leave is paid."
    assert last.evidence.startswith("Leave policy")


def test_an_empty_source_leaves_every_claim_unchecked() -> None:
    for contexts in ([], ["", "  \n"]):
        result = check("Leave is thirty days. It is paid.", *contexts)
        assert [claim.verdict for claim in result.claims] == [Verdict.COULD_NOT_CHECK] * 2
        assert (result.level, result.coverage) == (Level.HIGH, 0.0)
        assert result.risk >= UNCHECKED_RISK
        assert result.claims[0].reasons[0].code == "no_evidence"


def test_an_answer_that_was_cut_off_is_never_low() -> None:
    answer = "Requests go to the line manager. Requests go to the"
    whole = check(answer, LEAVE)
    cut = check(answer, LEAVE, cut_off=True)
    assert cut.claims[-1].verdict is Verdict.COULD_NOT_CHECK
    assert cut.claims[-1].reasons[0].code == "claim_cut_off"
    assert cut.level is not Level.LOW
    assert cut.risk >= whole.risk
    assert cut.coverage == 0.5
    assert "cut_off" in {reason.code for reason in cut.reasons}


@pytest.mark.parametrize(
    "answer",
    ["Hello!", "The documents do not mention this.", "文档中未提及相关内容。", "What is your number?", ""],
)
def test_an_answer_without_a_claim_is_low(answer: str) -> None:
    result = check(answer, LEAVE, question="Who won the cup in 1966?")
    assert (result.level, result.coverage) == (Level.LOW, 1.0)
    assert all(claim.verdict is Verdict.NO_CLAIM for claim in result.claims)
    assert result.risk <= 0.1


def test_a_refusal_of_what_the_documents_hold_says_so() -> None:
    question = "How many days of paid leave do permanent staff receive a year?"
    result = check("The documents do not mention this.", LEAVE, question=question)
    assert [reason.code for reason in result.reasons] == ["refused_but_found"]
    assert result.level is Level.MEDIUM


def test_without_a_checker_only_near_verbatim_claims_are_vouched_for() -> None:
    result = check("Requests go to the line manager. The boss decides about it.", LEAVE, checker=False)
    assert [claim.verdict for claim in result.claims] == [Verdict.SUPPORTED, Verdict.COULD_NOT_CHECK]
    assert result.level is not Level.LOW
    assert "checker_missing" in {reason.code for reason in result.reasons}


def test_two_documents_with_different_values_conflict() -> None:
    old = "The daily allowance for trips abroad is 40 euros."
    new = "The daily allowance for trips abroad is 55 euros."
    result = check("The daily allowance for trips abroad is 55 euros.", old, new)
    claim = result.claims[0]
    assert claim.verdict is Verdict.CONFLICTING
    assert {quote.relation for quote in claim.evidence} == {Relation.SUPPORTS, Relation.CONTRADICTS}
    assert {quote.context_index for quote in claim.evidence} == {0, 1}
    assert claim.risk >= 0.5
    assert result.level is not Level.LOW


def test_support_from_another_contract_never_gives_low() -> None:
    acme = "Master agreement with Acme\nThe notice period is three months."
    bolt = "Master agreement with Bolt\nPayment is due in thirty days."
    question = "What is the notice period in the Bolt contract?"
    result = check("The notice period is three months.", acme, bolt, question=question)
    assert result.claims[0].verdict is Verdict.NOT_FOUND
    assert result.level is not Level.LOW


def test_one_document_that_says_both_is_no_conflict() -> None:
    text = "The allowance for trips abroad is 40 euros. The allowance for trips at home is 25 euros."
    assert (
        check("The allowance for trips at home is 25 euros.", text).claims[0].verdict
        is not Verdict.CONFLICTING
    )


def test_a_contradiction_shows_what_speaks_against_it() -> None:
    claim = check("Requests never go to the line manager.", LEAVE).claims[0]
    assert claim.verdict is Verdict.CONTRADICTED
    assert claim.evidence[0].relation is Relation.CONTRADICTS
    assert claim.reasons


def test_rules_and_doubt_only_raise_a_risk() -> None:
    plain = check("Requests go to the line manager.", LEAVE)
    doubtful = TokenSignals((Token(0, 8, 0.05, 3.0), Token(9, 32, 0.1, 2.5)))
    sure = TokenSignals((Token(0, 32, 0.99, 0.1),))
    assert check("Requests go to the line manager.", LEAVE, signals=doubtful).risk > plain.risk
    assert check("Requests go to the line manager.", LEAVE, signals=sure).risk >= plain.risk


def test_worse_answers_have_higher_risks() -> None:
    good = check("Requests go to the line manager.", LEAVE)
    mixed = check("Requests go to the line manager. Bonuses are paid in Mars.", LEAVE)
    bad = check("Bonuses are paid in Mars. Cats chair the board.", LEAVE)
    assert good.risk < mixed.risk < bad.risk


def test_the_policy_moves_the_levels() -> None:
    source = ContextSource([LEAVE])
    strict = Verifier(ScriptedChecker(), Policy.from_settings(Settings(medium_from=0.0, high_from=0.0)))
    lenient = Verifier(ScriptedChecker(), Policy.from_settings(Settings(medium_from=1.0, high_from=1.0)))
    assert strict.check("Requests go to the line manager.", source).level is Level.HIGH
    assert lenient.check("Bonuses are paid in Mars.", source).level is Level.LOW


def test_a_held_answer_without_a_failing_claim_says_why() -> None:
    strict = Verifier(ScriptedChecker(), Policy(medium_from=0.0))
    result = strict.check("Requests go to the line manager.", ContextSource([LEAVE]))
    assert result.claims[0].verdict is Verdict.SUPPORTED
    assert [reason.code for reason in result.reasons] == ["weakly_supported"]


def test_claims_come_one_by_one_and_conclude_as_the_whole() -> None:
    verifier, source = Verifier(ScriptedChecker()), ContextSource([LEAVE])
    answer = "Requests go to the line manager. Bonuses are paid in Mars."
    seen = list(verifier.claims(answer, source))
    assert [(index, total) for index, total, _ in seen] == [(0, 2), (1, 2)]
    assert verifier.conclude(answer, source, None, [claim for _, _, claim in seen]) == verifier.check(
        answer, source
    )


STABLE = "Permanent staff receive thirty days of leave. 年假为三十天，须提前申请。"


@pytest.mark.parametrize(
    "other",
    [
        "Permanent  staff receive thirty\tdays of leave.   年假为三十天，须提前申请。",
        "Permanent staff receive thirty days of leave. 年假為三十天，須提前申請。",
        "Ｐｅｒｍａｎｅｎｔ staff receive thirty days of leave. 年假为三十天,须提前申请。",
    ],
)
def test_spacing_width_and_script_do_not_move_the_level(other: str) -> None:
    contexts = [LEAVE, "员工年假为三十天，应当提前申请。"]
    assert check(other, *contexts, checker=False).level is check(STABLE, *contexts, checker=False).level


def test_spans_point_into_the_answer_as_written() -> None:
    answer = "Requests  go\tto the   line  manager **Zebulon**."
    claim = check(answer, LEAVE).claims[0]
    marked = [answer[span.start : span.end] for span in claim.spans if span.risk >= 0.5]
    assert any("Zebulon" in words for words in marked)
    assert all(words == words.strip() for words in marked)


def test_unrelated_contexts_do_not_move_a_verdict() -> None:
    other = [f"Matter {n} concerns ship number {n} and its cargo of type {n * 3}." for n in range(30)]
    alone, among = (
        check("Requests go to the line manager.", LEAVE),
        check("Requests go to the line manager.", *other, LEAVE),
    )
    assert alone.claims[0].verdict is among.claims[0].verdict
    assert alone.level is among.level


@pytest.mark.parametrize("language", list(Language))
def test_every_reason_has_words(language: Language) -> None:
    texts = [
        check("Permanent staff receive 45 days of paid leave a year.", LEAVE),
        check("Requests never go to the line manager. I", LEAVE, cut_off=True),
        check("Leave is thirty days.", checker=False),
        check("Boss.", LEAVE, checker=False),
    ]
    for result in texts:
        found = check_object(result, language)
        assert all(reason["text"] for claim in found["claims"] for reason in claim["reasons"])
        for reason in result.reasons:
            assert say_reason(reason, language)
