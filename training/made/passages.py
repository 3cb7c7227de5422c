"""Real text in both languages: passages of the data sets and of the corpora beside them, in sentences."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.verify.sentences import sentences
from core.verify.text import plain, weight
from training.examples import rows

Rng = random.Random
WINDOW = 100.0
SETS = {
    "zh": {
        "insqa_clause_gold": 900, "fineva_mc": 400, "uhgeval": 750, "lexeval_mc": 360,
        "newsbench_summary_gold": 95, "cmrc2018_train_gold": 1100, "drcd_gold": 160,
    },
    "en": {
        "contractnli_nli": 600, "ragtruth": 60, "summedits": 100, "bump": 134, "onestopqa": 300,
        "halueval_qa": 351, "tatqa_gold": 240, "cg2c_doc": 350, "agieval_mc": 100,
    },
}  # fmt: skip
_MARK = re.compile(
    r"(?:第[一二三四五六七八九十百零\d]+条|[（(][一二三四五六七八九十\d]+[）)]|\d+[、.．]|[a-z]\)|-)?[ 　]*"
)
_NOISE = re.compile(r"https?://|[|{}<>\\^=#*_`~\[\]]|\.{3}|…|_{2,}|\?|？")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence to make claims of, with its neighbours; ``text[start:end]`` is the sentence."""

    text: str
    start: int
    end: int
    source: str

    @property
    def sentence(self) -> str:
        """The sentence itself."""
        return self.text[self.start : self.end]


def documents(data: Path, lang: str, rng: Rng) -> Iterator[tuple[str, str]]:
    """Yield (source, text): a sample of each set's passages, and all of the corpus where it is there."""
    for name, most in SETS[lang].items():
        texts = dict.fromkeys(_text(row) for row in rows(data / f"{name}.train.jsonl.gz"))
        kept = list(texts)
        for text in rng.sample(kept, min(most, len(kept))):
            yield name, text
    for path in sorted((data.parent / f"corpus_{lang}").glob("*.md")):
        if path.name != "SOURCES.md":
            yield f"corpus_{lang}", path.read_text(encoding="utf-8")


def _text(row: dict[str, object]) -> str:
    context = row.get("context")
    return "\n".join(map(str, context)) if isinstance(context, list) else str(row["premise"])


def passages(text: str, source: str, lang: str, rng: Rng) -> Iterator[Passage]:
    """Every sentence of a text that stands well by itself, in a window of its neighbours."""
    text = re.sub(r"[ \t]+", " ", re.sub(r"(?<=[a-z,;]) ?\n(?=[a-z])", " ", plain(text)))
    spans = [s for a, b in _lines(text) for s in sentences(text, a, b)]
    for at, (begin, end) in enumerate(spans):
        start = begin + len(_MARK.match(text[begin:end])[0])  # type: ignore[index]
        if not good(text[start:end], lang):
            continue
        first, last = at, at + 1
        size = weight(text[start:end])
        room = rng.uniform(30.0, WINDOW)
        while True:
            before = weight(text[slice(*spans[first - 1])]) if first else WINDOW
            after = weight(text[slice(*spans[last])]) if last < len(spans) else WINDOW
            if rng.random() < 0.5 and size + before <= room:
                first, size = first - 1, size + before
            elif size + after <= room:
                last, size = last + 1, size + after
            elif size + before <= room:
                first, size = first - 1, size + before
            else:
                break
        opening, stop = spans[first][0], spans[last - 1][1]
        yield Passage(text[opening:stop], start - opening, end - opening, source)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for found in re.finditer(r"[^\n]+(?:\n(?=[a-z])[^\n]+)*", text):
        yield found.start(), found.end()


def good(sentence: str, lang: str) -> bool:
    """Whether a sentence is whole, of a fair length, and free of signs of mark-up."""
    if _NOISE.search(sentence) or sentence.count("“") != sentence.count("”") or sentence.count('"') % 2:
        return False
    if lang == "zh":
        share = len(re.findall(r"[\u4e00-\u9fff]", sentence)) / max(1, len(sentence))
        return 14 <= len(sentence) <= 130 and sentence.endswith("。") and share > 0.7
    return (
        45 <= len(sentence) <= 280
        and sentence[0].isupper()
        and sentence.endswith(".")
        and sentence.count(" ") > 6
        and not re.search(r"\b[A-Z]\.$|:$", sentence)
    )
