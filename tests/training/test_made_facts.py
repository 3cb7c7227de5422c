"""The fact frames: what they are made of, and that right and wrong claims are what they say."""

from __future__ import annotations

import random

import pytest

from core.verify.rules.values import values as read
from training.examples import CONTRADICTED, ENTAILED, NOT_FOUND
from training.made import facts
from training.made.draws import NUMERIC
from training.made.frames import LANGUAGES, Frame, kind, load
from training.made.values import Value
from training.made.words import CHOICES

FRAMES = load()
PAIRS = [(evidence, claim) for evidence in LANGUAGES for claim in LANGUAGES]
UNREAD = {"time", "time:b", "age", "degrees", "percent150"}  # read only in a sentence, or as a multiple


def test_there_are_many_frames_in_both_languages() -> None:
    assert len(FRAMES) >= 60
    assert len({frame.name for frame in FRAMES}) == len(FRAMES)


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.name)
def test_a_frame_is_worded_and_asked_for_in_both_languages(frame: Frame) -> None:
    assert set(frame.question) == set(LANGUAGES)
    for lang in LANGUAGES:
        assert len(frame.wordings[lang]) >= 2
    for slot in frame.slots():
        assert slot in ("A", "B") or slot in frame.own or kind(slot) in CHOICES or kind(slot) in NUMERIC
    said = [{p.slot for w in frame.wordings[lang] for p in w if p.slot} for lang in LANGUAGES]
    assert said[0] == said[1]


@pytest.mark.parametrize("name", sorted(set(NUMERIC) - UNREAD))
def test_all_notations_of_a_value_read_as_the_same_value(name: str) -> None:
    rng = random.Random(name)
    for _ in range(25):
        value = NUMERIC[name](rng, rng.choice(("CNY", "USD", "EUR", "HKD", "GBP")))
        assert len(_amounts(value)) == 1, (value, _amounts(value))


def _amounts(value: Value) -> set[object]:
    noun = {"en": " cases", "zh": "件"} if isinstance(value.key, tuple) and value.key[0] == "count" else {}
    found: set[object] = set()
    for lang, forms in (("en", value.en), ("zh", value.zh)):
        for form in forms:
            if form not in ("一个半小时", "an hour and a half"):
                found |= {(v.amount, v.day) for v in read(f"{form}{noun.get(lang, '')}")}
    return found


@pytest.mark.parametrize(("evidence", "claim"), PAIRS)
def test_spans_mark_what_is_wrong_and_nothing_else(evidence: str, claim: str) -> None:
    made = list(facts.examples(evidence, claim, 150, random.Random(7)))
    assert {e.label for e in made} >= {ENTAILED, CONTRADICTED, NOT_FOUND}
    for example in made:
        assert "{" not in example.claim + example.evidence
        assert "[x|" not in example.claim + example.evidence
        if example.label == ENTAILED:
            assert example.spans == ()
        elif example.spans is not None:
            assert example.spans
            assert all(0 <= start < end <= len(example.claim) for start, end in example.spans)


def test_a_right_and_a_wrong_claim_stand_in_one_group() -> None:
    made = list(facts.examples("zh", "en", 300, random.Random(3)))
    for right in (e for e in made if e.label == ENTAILED):
        assert any(e.label != ENTAILED and e.group == right.group for e in made)


def test_the_same_seed_makes_the_same_examples() -> None:
    first, second = (list(facts.examples("en", "zh", 50, random.Random(1))) for _ in range(2))
    assert first == second


def test_the_claim_alone_does_not_tell_right_from_wrong() -> None:
    """Right and wrong claims are drawn alike, so no slot's value may lean to one side."""
    made = list(facts.examples("en", "en", 2000, random.Random(5)))
    known = {side: [e.claim for e in made if (e.label == ENTAILED) is side] for side in (True, False)}
    for word in ("must not", "at most", "after", "working days", "million", "no more than"):
        shares = {
            side: sum(word in claim for claim in claims) / len(claims) for side, claims in known.items()
        }
        assert abs(shares[True] - shares[False]) < 0.06, (word, shares)
