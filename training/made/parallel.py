"""Claims across languages from XQuAD, whose questions, answers and passages stand in both: statements and
short answers in one language on the passage in the other, with wrong answers from the same passage.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from training.examples import CONTRADICTED, ENTAILED, NOT_FOUND, Example, Row, Span, rows
from training.sources import Windows

Rng = random.Random
_ZH: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (re.compile(r"(在?(?:什么时候|何时|哪一年|哪年))"), lambda a: bool(re.search(r"年|月|世纪|\d", a))),
    (re.compile(r"((?<!被)谁)"), lambda a: not re.search(r"\d", a)),
    (re.compile(r"(?:是|叫|称为|名为)(什么|多少|谁)[？?]$"), lambda _: True),
    (re.compile(r"((?:在|于)?(?:哪里|何处|什么地方|哪儿))"), lambda a: not re.search(r"\d", a)),
)
_EN_WHO = re.compile(
    r"^Who (was|is|were|are|did not|[a-z]+ed|led|won|wrote|made|took|became|found|held|gave|had) (.+?)\?$"
)
_EN_IS = re.compile(r"^What (is|was|are|were) (the [^?]+?)\?$")
_EN_CALLED = re.compile(r"^What (?:is|was) ([^?]+?) called\?$")


def statement(question: str, answer: str, lang: str) -> tuple[str, Span] | None:
    """Question and answer as one sentence, with the place of the answer in it; None where it is not safe."""
    question, answer = question.strip(), answer.strip().rstrip(".。")
    return _zh(question, answer) if lang == "zh" else _en(question, answer)


def _zh(question: str, answer: str) -> tuple[str, Span] | None:
    if len(question) > 60 or question.count("，") > 2:
        return None
    for pattern, fits in _ZH:
        found = pattern.search(question)
        if (
            not found
            or not fits(answer)
            or re.search(r"什么|哪|谁|多少|几", question[: found.start(1)] + question[found.end(1) :])
        ):
            continue
        lead = "在" if found[1].startswith("在") and not answer.startswith("在") else ""
        text = question[: found.start(1)] + lead + answer + question[found.end(1) :].rstrip("?？ ") + "。"
        start = found.start(1) + len(lead)
        return text, (start, start + len(answer))
    return None


def _en(question: str, answer: str) -> tuple[str, Span] | None:
    if found := _EN_WHO.match(question):
        text = f"{answer[:1].upper()}{answer[1:]} {found[1]} {found[2]}."
        return text, (0, len(answer))
    if found := _EN_CALLED.match(question):
        lead = f"{found[1][:1].upper()}{found[1][1:]} is called "
        return f"{lead}{answer}.", (len(lead), len(lead) + len(answer))
    if found := _EN_IS.match(question):
        if re.search(r"\b(that|which|who|did|does|do)\b", found[2]):
            return None
        lead = f"The {found[2][4:]} {found[1]} "
        return f"{lead}{answer}.", (len(lead), len(lead) + len(answer))
    return None


def examples(data: Path, rng: Rng) -> Iterator[Example]:
    """Yield examples of both directions, and of each language on itself as statements."""
    sides = {lang: _by_query(data / f"xquad_{lang}_gold.train.jsonl.gz") for lang in ("en", "zh")}
    both = [query for query in sides["en"] if query in sides["zh"]]
    passages: dict[str, list[str]] = defaultdict(list)
    for query in both:
        passages["\n".join(sides["en"][query]["context"])].append(query)
    for told, read in (("en", "zh"), ("zh", "en")):
        windows = Windows(None, rng)
        for queries in passages.values():
            for query in queries:
                others = _rivals(query, queries, sides["en"], rng)
                yield from _query(query, others, sides[told], sides[read], told, windows, rng)


def _by_query(path: Path) -> dict[str, Row]:
    return {row["meta"]["query_id"]: row for row in rows(path)}


def _query(
    query: str,
    others: list[str],
    told: dict[str, Row],
    read: dict[str, Row],
    lang: str,
    windows: Windows,
    rng: Rng,
) -> Iterator[Example]:
    row, source = told[query], read[query]
    evidence = windows.best(source["context"], f"{source['question']} {source['answer']}", source["question"])
    if source["answer"] not in evidence:
        return
    group = f"cross {query} {lang}"
    yield _example(row, row["answer"], evidence, ENTAILED, lang, group, rng)
    others = [q for q in others if not _overlap(told[q]["answer"], row["answer"])]
    if others:
        wrong = told[rng.choice(others)]["answer"]
        yield _example(row, wrong, evidence, CONTRADICTED, lang, group, rng)
    if rng.random() < 0.4:
        other = read[rng.choice(list(read))]
        if other["context"] != source["context"]:
            away = windows.best(other["context"], other["question"], other["question"])
            yield _example(row, row["answer"], away, NOT_FOUND, lang, group, rng)


def _example(row: Row, answer: str, evidence: str, label: int, lang: str, group: str, rng: Rng) -> Example:
    made = statement(row["question"], answer, lang) if rng.random() < 0.75 else None
    text, span = made or (answer, (0, len(answer)))
    question = row["question"] if made is None or rng.random() < 0.5 else None
    spans = () if label == ENTAILED else (span,) if label == CONTRADICTED else ((0, len(text)),)
    return Example(text, evidence, label, question, spans=spans, group=group)


def _overlap(one: str, other: str) -> bool:
    return one.lower() in other.lower() or other.lower() in one.lower()


def _rivals(query: str, queries: list[str], english: dict[str, Row], rng: Rng) -> list[str]:
    """Other questions on the passage whose answer is of the same kind; now and then any other."""
    answer = english[query]["answer"]
    others = [q for q in queries if q != query]
    alike = [q for q in others if _sort(english[q]["answer"]) == _sort(answer)]
    return alike or (others if rng.random() < 0.3 else [])


def _sort(answer: str) -> tuple[str, bool]:
    kind = (
        "year"
        if re.search(r"\b1[0-9]{3}|20[012]\d", answer)
        else "number"
        if re.search(r"\d", answer)
        else ""
    )
    kind = kind or ("name" if answer[:1].isupper() else "words")
    return kind, len(answer) > 25
