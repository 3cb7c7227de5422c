"""Encodes every training source and every dev set once: ``python -m training.build --data DIR --work DIR``.

Each source becomes ``WORK/train/<name>.npz``; each dev set ``WORK/dev/<name>.npz`` with a ``.json`` beside
it that says which answer, language and label every claim belongs to. A running training picks up new files
by itself.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

from core.encoders.embedder import Embedder
from training import sources
from training.examples import ENTAILED, Example, encode, rows
from training.made import local
from training.made import sets as made

SEED = 20
LONG = {"wice_tokens"}
NLI_SETS = (
    "snli_cad_nli infotabs_nli tabfact_nli contractnli_nli factcheckgpt_nli fm2_nli pawsx_zh_nli scitab_nli "
    "folio_nli fever_symmetric_nli breaking_nli scone_nli help_and_nli snli_nli"
).split()
ANSWER_SETS = (
    "written_claims written_answers ragtruth uhgeval halueval_qa fineva_mc lexeval_mc summedits cg2c_doc "
    "agieval_mc gaokao_bench_mc onestopqa condaqa pubmedqa_yesno ci_tod faithdial_audit begin q2_wow "
    "expertqa factool_zh_silver bump wice_tokens insqa_clause_gold newsbench_summary_gold"
).split()
GOLD_SETS = "cmrc2018_gold cmrc2018_train_gold drcd_gold tatqa_gold xquad_en_gold xquad_zh_gold".split()
DEV_SETS = {
    "written_claims": None, "written_answers": 120, "ragtruth": None, "uhgeval": None, "summedits": 200,
    "halueval_qa": None, "fineva_mc": None, "tabfact_nli": 300, "infotabs_nli": 300, "contractnli_nli": 250,
    "mtrag": 60, "onestopqa": 150, "nc/ocnli_nli": 300,
}  # fmt: skip
STRANGERS = 0.12
LOCAL = "made_local"  # from WORK/local/*.jsonl, which local_answers.py writes


def main() -> None:
    """Build what is not there yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path("training/work"))
    parser.add_argument("--only", nargs="*")
    options = parser.parse_args()
    embedder = Embedder.open(threads=1)
    for part in ("train", "dev"):
        (options.work / part).mkdir(parents=True, exist_ok=True)
    for name in options.only or [*DEV_SETS, *ANSWER_SETS, *NLI_SETS, *GOLD_SETS, *made.SETS, LOCAL]:
        started = time.perf_counter()
        if name in DEV_SETS:
            _dev(name, options.data, options.work, embedder)
        count = _train(name, options.data, options.work, embedder)
        print(f"{name}: {count} examples, {time.perf_counter() - started:.0f} s", flush=True)


def _train(name: str, data: Path, work: Path, embedder: Embedder) -> int:
    source, target = data / f"{name}.train.jsonl.gz", work / "train" / f"{name}.npz"
    written = sorted((work / "local").glob("*.jsonl")) if name == LOCAL else []
    if target.exists() or name.startswith("nc/") or not (source.exists() or name in made.SETS or written):
        return 0
    rng = random.Random(f"{SEED} {name}")
    if name in made.SETS:
        found = list(made.SETS[name](data, rng))
    elif written:
        answers = [json.loads(line) for path in written for line in path.read_text("utf-8").splitlines()]
        found = list(local.examples(answers, sources.Windows(None, rng), rng))
    else:
        found = list(_examples(name, source, rng))
        found += sources.strangers(found, rng, STRANGERS)
    encode(embedder.tokenizer, found, target)
    return len(found)


def _examples(name: str, path: Path, rng: random.Random) -> Iterator[Example]:
    windows = sources.Windows(None, rng)
    if name in GOLD_SETS:
        return sources.gold(path, windows, rng)
    if name.endswith("_nli"):
        return sources.nli(path, windows)
    return sources.answers(path, windows, both=name in LONG)


def _dev(name: str, data: Path, work: Path, embedder: Embedder) -> None:
    target = work / "dev" / f"{name.rsplit('/', 1)[-1]}.npz"
    if target.exists():
        return
    rng = random.Random(SEED)
    everything = list(rows(data / f"{name}.dev.jsonl.gz"))
    rng.shuffle(everything)
    windows = sources.Windows(embedder if name.startswith("written") else None, random.Random(SEED))
    windows.second = 0.0
    examples: list[Example] = []
    facts = []
    for row in everything[: DEV_SETS[name]]:
        wrong = row["label"] not in (0, "entailment")
        meta = row.get("meta") or {}
        for example in sources.row_examples(row, windows):
            facts.append(
                {
                    "answer": row["id"],
                    "wrong": wrong,
                    "lang": row["lang"][:2],
                    "cross": bool(meta.get("cross_lingual")),
                    "claim_wrong": example.label != ENTAILED,
                }
            )
            examples.append(example)
    encode(embedder.tokenizer, examples, target)
    target.with_suffix(".json").write_text(json.dumps(facts))


if __name__ == "__main__":
    main()
