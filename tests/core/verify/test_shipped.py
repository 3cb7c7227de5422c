"""What any checker that ships must do, whatever its figures: judged by counts over facts of our own.

Counts leave room, so that one odd pair breaks nothing; which pairs failed stands in the failure.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import opencc
import pytest

from core.encoders.checker import Checker, Pair
from core.settings import Settings
from core.types import Check, Level, Verdict
from core.verify.batch import check_lines
from core.verify.model import open_models
from core.verify.sources import ContextSource
from core.verify.verifier import Verifier

FACTS = tomllib.loads((Path(__file__).parent / "facts.toml").read_text(encoding="utf-8"))["fact"]
LANGUAGES = ("en", "zh")
# Texts that bear on none of the facts.
STRANGERS = {
    "en": (
        "The choir meets in the old town hall. New voices are welcome at any rehearsal.",
        "Tomatoes are watered at dawn. The beds beside the pond need no more than a little straw.",
    ),
    "zh": (
        "合唱团在老礼堂排练。欢迎新成员随时加入。",
        "番茄在清晨浇水。池塘边的苗床只需铺一层稻草。",
    ),
}

pytestmark = pytest.mark.skipif(not Checker.shipped(), reason="no checker is shipped")


models = cache(open_models)


@cache
def check(answer: str, *contexts: str) -> Check:
    """The answer against the contexts, with all that ships."""
    return Verifier(models(1).checker).check(answer, ContextSource(contexts, models(1).embedder))


def failing(wrong: Callable[[dict[str, str]], bool], first: int = len(FACTS)) -> list[str]:
    """The facts, of the first so many, for which ``wrong`` holds, named so that a reader sees which."""
    return [f"{fact['change']}: {fact['en_document']}" for fact in FACTS[:first] if wrong(fact)]


def verdict(fact: dict[str, str], document: str, claim: str, kind: str) -> Verdict:
    return check(fact[f"{claim}_{kind}"], fact[f"{document}_document"]).claims[0].verdict


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_of_the_document_is_never_contradicted(language: str) -> None:
    assert not failing(lambda fact: verdict(fact, language, language, "document") is Verdict.CONTRADICTED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_wrong_point_keeps_an_answer_from_low(language: str) -> None:
    passed = failing(
        lambda fact: check(fact[f"{language}_wrong"], fact[f"{language}_document"]).level is Level.LOW
    )
    assert len(passed) <= 4, passed


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_true_rewording_is_hardly_ever_contradicted(language: str) -> None:
    contradicted = failing(lambda fact: verdict(fact, language, language, "right") is Verdict.CONTRADICTED)
    assert len(contradicted) <= 5, contradicted


@pytest.mark.parametrize(
    ("document", "claim", "least"), [("en", "en", 15), ("zh", "zh", 15), ("en", "zh", 13), ("zh", "en", 13)]
)
def test_the_right_claim_has_the_lower_risk(document: str, claim: str, least: int) -> None:
    def turned(fact: dict[str, str]) -> bool:
        text = fact[f"{document}_document"]
        return check(fact[f"{claim}_right"], text).risk >= check(fact[f"{claim}_wrong"], text).risk

    wrong = failing(turned)
    assert len(FACTS) - len(wrong) >= least, wrong


def test_alone_in_a_batch_and_in_another_order_the_scores_are_the_same() -> None:
    checker = models(1).checker
    assert checker is not None
    pairs = [
        Pair(None, fact[f"{claim}_right"], fact[f"{document}_document"])
        for fact in FACTS[:4]
        for document in LANGUAGES
        for claim in LANGUAGES
    ]
    together = checker.score(pairs)
    assert checker.score(pairs[::-1]) == together[::-1]
    assert [checker.score([pair])[0] for pair in pairs] == together


def test_lines_of_a_batch_come_out_as_they_do_alone() -> None:
    lines = [
        json.dumps(
            {"id": str(at), "question": None, "context": [fact["en_document"]], "answer": fact["zh_right"]}
        )
        for at, fact in enumerate(FACTS[:6])
    ]
    together = list(check_lines(lines, Settings(), workers=1))
    assert list(check_lines(lines[::-1], Settings(), workers=1)) == together[::-1]
    alone = check(FACTS[0]["zh_right"], FACTS[0]["en_document"])
    assert json.loads(together[0])["risk"] == alone.risk


def wide(text: str) -> str:
    return text.translate({ord(char): ord(char) + 0xFEE0 for char in "0123456789%"})


def spaced(text: str) -> str:
    return f"  {text.replace(' ', '   ')} \n"


@cache
def traditional(text: str) -> str:
    return str(_to_traditional().convert(text))


@cache
def _to_traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("written", [wide, spaced, traditional])
def test_width_blanks_and_script_leave_the_level_alone(language: str, written: Callable[[str], str]) -> None:
    def moved(fact: dict[str, str]) -> bool:
        document = fact[f"{language}_document"]
        answers = [fact[f"{language}_{kind}"] for kind in ("right", "wrong")]
        return any(
            check(written(answer), document).level is not check(answer, document).level
            for answer in answers
            if written(answer) != answer
        )

    assert len(found := failing(moved)) <= 1, found


@pytest.mark.parametrize("language", LANGUAGES)
def test_passages_on_something_else_leave_the_level_alone(language: str) -> None:
    def moved(fact: dict[str, str]) -> bool:
        answer, document = fact[f"{language}_right"], fact[f"{language}_document"]
        among = check(answer, STRANGERS[language][0], document, STRANGERS[language][1])
        return among.level is not check(answer, document).level

    assert len(found := failing(moved)) <= 2, found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_order_of_the_passages_leaves_the_risk_alone(language: str) -> None:
    def moved(fact: dict[str, str]) -> bool:
        contexts = (fact[f"{language}_document"], *STRANGERS[language])
        answer = fact[f"{language}_right"]
        return abs(check(answer, *contexts).risk - check(answer, *contexts[::-1]).risk) > 1e-6

    assert not failing(moved, first=8)


LETTER = {
    "en": (
        "The reading room opens at 8 a.m.",
        "Members may borrow six books at a time.",
        "A book that comes back late costs {} cents a day.",
    ),
    "zh": ("阅览室上午八时开放。", "会员每次可以借阅六册图书。", "逾期归还的图书每天收取{}角钱。"),
}
AMOUNTS = {"en": ("20", "90"), "zh": ("两", "九")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_wrong_sentence_among_right_ones_is_the_one_at_risk(language: str) -> None:
    right, wrong = AMOUNTS[language]
    document = "".join(f"{sentence} " for sentence in LETTER[language]).format(right)
    for order in ((0, 1, 2), (2, 0, 1)):
        result = check("".join(f"{LETTER[language][at]} " for at in order).format(wrong), document)
        worst = max(result.claims, key=lambda claim: claim.risk)
        assert worst.text == LETTER[language][2].format(wrong)
        assert worst.verdict is not Verdict.SUPPORTED
        assert result.level is not Level.LOW
