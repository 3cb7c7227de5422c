"""The verifier: an answer and a place to look in -> claims with verdicts, and the risk of the whole.

It fails closed: what could not be checked is never shown as fine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from core.documents.fold import simplified
from core.encoders.checker import Pair, PairScore
from core.language import detect_language
from core.types import Check, Claim, Language, Level, Reason, Verdict
from core.verify.agreement import unsaid
from core.verify.claims import ClaimDraft, ClaimKind, split
from core.verify.evidence import EvidenceSource, Window
from core.verify.features import Findings, features
from core.verify.fusion import Fusion, Mode, load_fusion
from core.verify.levels import Policy, max_level, never_low, thresholds
from core.verify.model import Scores
from core.verify.quotes import evidence_of
from core.verify.rules import Rule, align, run_rules
from core.verify.signals import TokenSignals, doubt
from core.verify.spans import risk_spans
from core.verify.tables import below, reckoned
from core.verify.text import keys, plain, squeeze
from core.verify.verdicts import clash, reasons_of, verdict_of

UNCHECKED_RISK = 0.9
_VERBATIM = 0.9
_HELD_FACT = 0.75
_CONFLICT_FLOOR = 0.5
_CLASH_FLOOR = 0.8
_MOSTLY_UNSAID = 0.5


@dataclass(frozen=True, slots=True)
class _Job:
    """One answer on its way through the verifier."""

    answer: str
    source: EvidenceSource
    question: str | None
    drafts: tuple[ClaimDraft, ...]
    cut_off: bool
    signals: TokenSignals | None
    language: Language
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verifier:
    """Checks answers. ``checker`` None: no trained model is there; words and rules then decide, and say so.

    Raises VerifierError when the calibration is missing or damaged.
    """

    checker: Scores | None = None
    policy: Policy = field(default_factory=Policy)

    @property
    def fusion(self) -> Fusion:
        """The fitted models for the signals that there are."""
        return load_fusion(Mode.FULL if self.checker is not None else Mode.LEXICAL)

    def check(
        self,
        answer: str,
        source: EvidenceSource,
        question: str | None = None,
        language: Language | None = None,
        *,
        cut_off: bool = False,
        signals: TokenSignals | None = None,
    ) -> Check:
        """Check a whole answer at once."""
        checked = self.claims(answer, source, question, language, cut_off=cut_off, signals=signals)
        return self.conclude(answer, source, question, [claim for _, _, claim in checked], cut_off=cut_off)

    def claims(
        self,
        answer: str,
        source: EvidenceSource,
        question: str | None = None,
        language: Language | None = None,
        *,
        cut_off: bool = False,
        signals: TokenSignals | None = None,
        samples: Sequence[str] = (),
    ) -> Iterator[tuple[int, int, Claim]]:
        """Check claim by claim: yields (index, total, claim) in the order of the answer.

        ``cut_off``: the answer ended before it was finished, so that its last claim cannot be judged.
        ``samples`` are further answers of the same model to the same question: a claim that they do not say
        is riskier.
        """
        language = language or detect_language(answer)
        drafts = split(answer, language)
        job = _Job(answer, source, question, drafts, cut_off, signals, language, tuple(samples))
        for index, draft in enumerate(drafts):
            yield index, len(drafts), self._claim(job, index, draft)

    def conclude(
        self,
        answer: str,
        source: EvidenceSource,
        question: str | None,
        claims: Sequence[Claim],
        *,
        cut_off: bool = False,
    ) -> Check:
        """The risk, level and coverage of an answer from its checked claims."""
        stated = [claim for claim in claims if claim.verdict is not Verdict.NO_CLAIM]
        unchecked = sum(claim.verdict is Verdict.COULD_NOT_CHECK for claim in stated)
        coverage = 1 - unchecked / len(stated) if stated else 1.0
        risk = self._answer_risk(stated, 1 - coverage)
        reasons: list[Reason] = []
        least = Level.LOW
        if not stated and self._refused_a_held_fact(claims, source, question):
            least, risk = Level.MEDIUM, max(risk, _CONFLICT_FLOOR)
            reasons.append(Reason("refused_but_found"))
        if source.empty:
            least, coverage = Level.HIGH, 0.0
            reasons.append(Reason("no_evidence"))
        elif unchecked:
            least = max_level(least, Level.MEDIUM)
            reasons.append(Reason("some_unchecked", {"count": unchecked, "total": len(stated)}))
        if cut_off or any(_never_low(claim) for claim in stated):
            least = max_level(least, Level.MEDIUM)
        if cut_off:
            reasons.append(Reason("cut_off"))
        level = max_level(least, self._level(risk) if stated else Level.LOW)
        risk = max(risk, self._floor(least))
        if level is not Level.LOW and all(claim.verdict is Verdict.SUPPORTED for claim in stated) and stated:
            reasons.append(Reason("weakly_supported"))
        if self.checker is None and stated and not source.empty:
            reasons.append(Reason("checker_missing"))
        if self.policy.outdated:
            reasons.append(Reason("policy_outdated"))
        return Check(answer, round(risk, 6), level, round(coverage, 6), tuple(claims), tuple(reasons))

    def _answer_risk(self, stated: Sequence[Claim], uncovered: float) -> float:
        """The answer model was fitted on risks as shipped: it reads those, and its result is shown."""
        of = self.policy.calibration
        if not stated:
            return self.fusion.base_risk
        return of.shown(self.fusion.answer_risk([of.shipped(claim.risk) for claim in stated], uncovered))

    def _thresholds(self) -> tuple[float, float]:
        return thresholds(self.fusion, self.policy)

    def _level(self, risk: float) -> Level:
        medium, high = self._thresholds()
        return Level.HIGH if risk >= high else Level.MEDIUM if risk >= medium else Level.LOW

    def _floor(self, level: Level) -> float:
        medium, high = self._thresholds()
        return {Level.LOW: 0.0, Level.MEDIUM: medium, Level.HIGH: max(high, UNCHECKED_RISK)}[level]

    def _refused_a_held_fact(
        self, claims: Sequence[Claim], source: EvidenceSource, question: str | None
    ) -> bool:
        """Whether an answer refuses although the documents seem to answer the question."""
        refused = any(reason.code == "no_claim_refusal" for claim in claims for reason in claim.reasons)
        if not (refused and question) or source.empty:
            return False
        wanted = keys(question)
        found = source.windows(question, None, 1)
        held = len(wanted & keys(found[0].reading)) / len(wanted) if found and wanted else 0.0
        return len(wanted) >= 3 and held >= _HELD_FACT

    def findings(
        self, answer: str, source: EvidenceSource, question: str | None = None
    ) -> Iterator[Findings]:
        """What is found about each checkable claim, before any risk: what the fusion is fitted on."""
        drafts = split(answer)
        job = _Job(answer, source, question, drafts, False, None, detect_language(answer))
        yield from (self._find(job, draft) for draft in drafts if draft.checkable)

    def _claim(self, job: _Job, index: int, draft: ClaimDraft) -> Claim:
        if not draft.checkable:
            return _no_claim(draft)
        if job.source.empty:
            return self._unchecked(draft, "no_evidence")
        if job.cut_off and index == len(job.drafts) - 1:
            return self._unchecked(draft, "claim_cut_off")
        found = self._find(job, draft)
        named = features(found)
        tokens = job.signals.within(draft.start, draft.end) if job.signals else ()
        missing = unsaid(found.text, job.question, job.samples, self.checker) if job.samples else 0
        share = missing / len(job.samples) if missing else 0.0
        risk = self.fusion.claim_risk(named, doubt(tokens) + share)
        claim = self._judged(found, draft, risk)
        if share < _MOSTLY_UNSAID:
            return claim
        reason = Reason("samples_differ", {"count": missing, "total": len(job.samples)})
        return replace(claim, reasons=(*claim.reasons, reason))

    def _unchecked(self, draft: ClaimDraft, code: str) -> Claim:
        risk = round(self.policy.calibration.shown(UNCHECKED_RISK), 6)
        return Claim(draft.start, draft.end, draft.text, Verdict.COULD_NOT_CHECK, risk, (Reason(code),))

    def _judged(self, found: Findings, draft: ClaimDraft, risk: float) -> Claim:
        """The claim with its verdict; ``risk`` is as shipped, what the claim says is as shown."""
        verdict = verdict_of(found, self.policy.calibration.shown(risk))
        elsewhere = any(hit.rule is Rule.SUBJECT_DIFFERS for hit in found.hits)
        if verdict is Verdict.CONFLICTING or elsewhere:
            risk = max(risk, _CONFLICT_FLOOR)
        if verdict is Verdict.SUPPORTED and elsewhere:
            verdict = Verdict.NOT_FOUND
        elif clash(found):
            risk = max(risk, _CLASH_FLOOR)
        if (
            self.checker is None
            and verdict in (Verdict.SUPPORTED, Verdict.NOT_FOUND)
            and not _verbatim(found)
        ):
            verdict = Verdict.COULD_NOT_CHECK
        risk = self.policy.calibration.shown(risk)
        reasons = reasons_of(found, verdict, risk)
        if verdict is Verdict.COULD_NOT_CHECK:
            reasons = (*reasons, Reason("checker_missing"))
        return Claim(
            start=draft.start,
            end=draft.end,
            text=draft.text,
            verdict=verdict,
            risk=round(risk, 6),
            reasons=reasons,
            spans=risk_spans(found, risk, draft.start),
            evidence=evidence_of(found, verdict),
        )

    def _find(self, job: _Job, draft: ClaimDraft) -> Findings:
        text, places = squeeze(plain(draft.text))
        windows = job.source.windows(_searched(draft, text), job.question, self.policy.windows)
        aligned = align(text, job.question, windows)
        texts = job.source.texts()
        hits = run_rules(text, job.question, windows, aligned, texts)
        told = texts if texts is not None else [window.text for window in windows]
        line = reckoned(text, job.question, told, whole=texts is not None)
        scores = self._scores(job, draft, text, windows, line)
        return Findings(text, places, job.question, windows, aligned, hits, scores, texts, line)

    def _scores(
        self, job: _Job, draft: ClaimDraft, text: str, windows: Sequence[Window], line: str
    ) -> tuple[PairScore, ...]:
        """The checker's scores. It learned Simplified characters, so it is shown nothing else."""
        if self.checker is None or not windows:
            return ()
        question, before = (simplified(part) if part else part for part in (job.question, draft.before))
        readings = [simplified(below(window.reading, line)) for window in windows]
        pairs = [Pair(question, simplified(text), reading, before) for reading in readings]
        return tuple(self.checker.score(pairs))


_POINTS_BACK = (
    "it ",
    "they ",
    "this ",
    "that ",
    "these ",
    "he ",
    "she ",
    "its ",
    "their ",
    "该",
    "其",
    "此",
    "这",
    "上述",
    "前述",
)


def _searched(draft: ClaimDraft, text: str) -> str:
    """What to look for: a claim that points back, or is too short, is looked up with what it points to."""
    back = text.lower().startswith(_POINTS_BACK) or len(keys(text)) < 3
    return f"{draft.before} {text}" if back and draft.before else text


def _never_low(claim: Claim) -> bool:
    return never_low(claim.verdict, [reason.code for reason in claim.reasons])


def _no_claim(draft: ClaimDraft) -> Claim:
    reasons = (Reason("no_claim_refusal"),) if draft.kind is ClaimKind.REFUSAL else ()
    return Claim(draft.start, draft.end, draft.text, Verdict.NO_CLAIM, 0.0, reasons)


def _verbatim(found: Findings) -> bool:
    """Whether the claim stands in the evidence nearly word for word, so that words alone can vouch for it."""
    return bool(found.aligned) and found.aligned[0].share >= _VERBATIM and not found.hits
