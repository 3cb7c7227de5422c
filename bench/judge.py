"""The local chat model as judge, beside the verifier on the same rows in the same run.

    python -m bench.judge --data DIR [--rows 20] [--model NAME] [--sets NAME ...]

The model reads context and answer and says whether everything is supported; its risk is the probability of
"no" (or one minus that of "yes"). Writes ``bench/results/judge.md``.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

import numpy as np

from bench.metrics import auroc
from bench.verifier import Scored, machine, run
from core.llm import catalog
from core.llm.engine import Engine, EngineConfig, Message, Request, Role, Token
from core.llm.local import LlamaLocal
from training.fit_fusion import rows as sample

RESULTS = Path(__file__).parent / "results" / "judge.md"
SETS = ("ragtruth", "written_claims", "contractnli_nli")
CHARACTERS = 6000  # of the contexts: what fits the model's window beside the answer
ASK = (
    "Documents:\n{context}\n\nStatement:\n{answer}\n\n"
    "Is everything in the statement supported by the documents? Reply with one word, yes or no."
)


def judged(engine: Engine, row: dict[str, Any]) -> tuple[float, float]:
    """The model's risk of a row, and the seconds it took."""
    prompt = ASK.format(context="\n\n".join(row["context"])[:CHARACTERS], answer=row["answer"])
    began = time.perf_counter()
    events = engine.generate(Request((Message(Role.USER, prompt),), max_tokens=3))
    first = next((event for event in events if isinstance(event, Token) and event.text.strip()), None)
    events.close()
    seconds = time.perf_counter() - began
    if first is None:
        return 0.5, seconds
    said_no = first.text.strip().lower().startswith(("no", "不", "否"))
    return (first.probability if said_no else 1 - first.probability), seconds


def line(name: str, scored: list[Scored], judge: list[tuple[float, float]]) -> str:
    """One row of the table."""
    bad = np.array([one.bad for one in scored])
    ours = auroc(np.array([one.risk for one in scored]), bad)
    theirs = auroc(np.array([risk for risk, _ in judge]), bad)
    alarms = np.mean([risk >= 0.5 for (risk, _), one in zip(judge, scored, strict=True) if not one.bad])
    misses = np.mean([risk < 0.5 for (risk, _), one in zip(judge, scored, strict=True) if one.bad])
    times = f"{np.mean([one.seconds for one in scored]):.2f} | {np.mean([s for _, s in judge]):.2f}"
    return (
        f"| {name} | {len(scored)} | {ours or 0:.3f} | {theirs or 0:.3f} | {misses:.2f} | {alarms:.2f} | "
        f"{times} |"
    )


def main() -> None:
    """Score the rows with both, print and write the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=20)
    parser.add_argument("--sets", nargs="*", default=list(SETS))
    parser.add_argument("--model", default="Qwen2.5-Coder-1.5B-Instruct-Q4_K_M")
    arguments = parser.parse_args()
    engine = LlamaLocal(catalog.find(arguments.model).path, EngineConfig())
    table = [
        "# The local chat model as judge",
        "",
        f"{machine()}; judge {arguments.model}, one word a row, risk = probability of no. The verifier's",
        "fusion was fitted on these rows among others, its checker was not trained on them.",
        "",
        "| set | rows | verifier AUROC | judge AUROC | judge misses | judge false alarms | verifier s | "
        "judge s |",
        "|--" * 8 + "|",
    ]
    for name in arguments.sets:
        chosen = sample(arguments.data / f"{name}.dev.jsonl.gz", arguments.rows)
        table.append(
            line(name, run([{**row, "set": name} for row in chosen], 1), [judged(engine, r) for r in chosen])
        )
        print(table[-1], flush=True)
    engine.close()
    RESULTS.write_text("\n".join(table) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
