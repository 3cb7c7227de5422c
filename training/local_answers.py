"""What local models really answer: ``python -m training.local_answers --data DIR --model NAME --out FILE``.

Asks an installed model the questions of labelled sets over their own passages, in the product's prompt and
with its engine, and writes one JSON line an answer: question, passage, right answer, what the model wrote.
``made/local.py`` turns these into examples. Runs for ``--minutes``; started again it goes on where it was.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

from core.assistant.prompt import template
from core.llm import catalog
from core.llm.engine import Engine, EngineConfig, Message, Request, Role, Token
from core.llm.process import LlamaProcess
from core.types import Language
from training.examples import Row, rows

SEED = 20
SETS = {"en": ("xquad_en_gold", "tatqa_gold"), "zh": ("cmrc2018_train_gold", "xquad_zh_gold")}
LONGEST_PASSAGE = 1600
MOST_TOKENS = 48


def main() -> None:
    """Ask until the time is up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--languages", nargs="*", default=["en", "zh"])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    engine = LlamaProcess(
        catalog.find(options.model).path, EngineConfig(context_tokens=2048, threads=options.threads)
    )
    done = {row["id"] for row in _written(options.out)}
    end = time.monotonic() + 60 * options.minutes
    with options.out.open("a", encoding="utf-8") as out:
        for row in questions(options.data, options.languages):
            if time.monotonic() > end:
                break
            if row["id"] not in done:
                out.write(json.dumps(asked(row, engine, options.model), ensure_ascii=False) + "\n")
                out.flush()


def _written(path: Path) -> list[Row]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def questions(data: Path, languages: list[str]) -> Iterator[Row]:
    """The training questions in an order drawn once, languages in turn."""
    dealt = []
    for language in languages:
        found = [row for name in SETS[language] for row in rows(data / f"{name}.train.jsonl.gz")]
        found = [row for row in found if len("\n".join(row["context"])) <= LONGEST_PASSAGE]
        random.Random(f"{SEED} {language}").shuffle(found)
        dealt.append(found)
    for several in zip(*dealt, strict=False):
        yield from several


def asked(row: Row, engine: Engine, model: str) -> Row:
    """The model's answer to a row's question over its own passage."""
    language = Language(row["lang"][:2])
    passage = "\n".join(row["context"])
    user = template("user", language).replace("{question}", row["question"]).replace("{passages}", passage)
    messages = (Message(Role.SYSTEM, template("system", language)), Message(Role.USER, user))
    events = engine.generate(Request(messages, MOST_TOKENS))
    text = "".join(event.text for event in events if isinstance(event, Token)).strip()
    kept = {key: row[key] for key in ("id", "lang", "question", "answer")}
    return {**kept, "passage": passage, "written": text, "model": model}


if __name__ == "__main__":
    main()
