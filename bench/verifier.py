"""How well the verifier tells good answers from bad ones, beside simple peers on the same rows.

    python -m bench.verifier --data DIR [--rows N] [--sets NAME ...] [--split dev|train] [--gallery FILE]

``--data`` holds ``*.dev.jsonl.gz`` files: answer rows (question, context, answer, label, spans) or claim rows
(premise, claim, label). Thresholds are those that ship. Writes ``bench/results/verifier.md`` and, with
``--gallery FILE``, the misses and false alarms that were surest, to be read by people.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import platform
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from bench.metrics import Counts, auroc, best_balanced, calibration_error, interval, span_f1
from bench.peers import answer_alone, distance, installed, word_overlap
from core import __version__
from core.settings import Settings
from core.types import Check, Level, Verdict
from core.verify.levels import Policy
from core.verify.model import open_models
from core.verify.sources import ContextSource
from core.verify.verifier import Verifier
from training.fit_fusion import TARGET
from training.fit_fusion import rows as sample

RESULTS = Path(__file__).parent / "results" / "verifier.md"
ONE_CLASS = ("_gold", "closed_book")


@dataclass(frozen=True, slots=True)
class Scored:
    """A row with what the verifier and the peers made of it."""

    row: dict[str, Any]
    risk: float
    flagged: bool
    marks: tuple[tuple[int, int], ...]
    seconds: float
    peers: dict[str, float]
    verdicts: tuple[tuple[str, str, float, tuple[str, ...]], ...]

    @property
    def bad(self) -> int:
        """1 for an answer with something unsupported."""
        return int(self.row["label"])


_state: dict[str, Any] = {}


def _start() -> None:
    models = open_models(1)
    _state.update(
        verifier=Verifier(models.checker, Policy.from_settings(Settings())),
        embedder=models.embedder,
        checker=models.checker,
    )


def _score(row: dict[str, Any]) -> Scored:
    verifier, embedder = _state["verifier"], _state["embedder"]
    began = time.perf_counter()
    check = verifier.check(row["answer"], ContextSource(row["context"], embedder), row["question"])
    seconds = time.perf_counter() - began
    spans = [span for claim in check.claims for span in claim.spans]
    return Scored(
        row=row,
        risk=check.risk,
        flagged=check.level is not Level.LOW,
        marks=tuple((span.start, span.end) for span in spans if span.risk >= 0.5),
        seconds=seconds,
        peers=_peers(row, embedder),
        verdicts=_verdicts(check),
    )


def _verdicts(check: Check) -> tuple[tuple[str, str, float, tuple[str, ...]], ...]:
    return tuple(
        (claim.text, claim.verdict.value, claim.risk, tuple(reason.code for reason in claim.reasons))
        for claim in check.claims
        if claim.verdict is not Verdict.NO_CLAIM
    )


def _peers(row: dict[str, Any], embedder: Any) -> dict[str, float]:
    packages = {name: score(row) for name, score in installed().items()}
    control = {"answer alone": answer_alone(row, _state["checker"])} if _state["checker"] else {}
    return {"word overlap": word_overlap(row), "cosine": distance(row, embedder), **control, **packages}


def run(rows: Sequence[dict[str, Any]], workers: int) -> list[Scored]:
    """Score rows with so many processes, in order."""
    with multiprocessing.get_context("spawn").Pool(workers, _start) as pool:
        return pool.map(_score, rows, 4)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


COLUMNS = (
    "rows", "bad", "AUROC", "95 %", "balanced acc.", "best b. acc.", "F1", "precision", "recall",
    "false alarms", "passed as low", "span F1", "ECE", "s/answer",
)  # fmt: skip


def figures(scored: Sequence[Scored]) -> list[str]:
    """One line of the table."""
    risk = np.array([one.risk for one in scored])
    bad = np.array([one.bad for one in scored])
    counts = Counts.of(np.array([one.flagged for one in scored]), bad)
    between = interval(risk, bad)
    labelled = [one for one in scored if one.row["spans"] or not one.bad]
    with_spans = any(one.row["spans"] for one in scored)
    true = [[(span["start"], span["end"]) for span in one.row["spans"]] for one in labelled]
    return [
        str(len(scored)),
        str(int(bad.sum())),
        _number(auroc(risk, bad)),
        f"{between[0]:.2f}–{between[1]:.2f}" if between else "–",
        *(
            _number(value)
            for value in (counts.balanced, best_balanced(risk, bad), counts.f1, counts.precision)
        ),
        *(_number(value) for value in (counts.recall, counts.false_alarms, counts.passed_as_low)),
        _number(span_f1([one.marks for one in labelled], true)) if with_spans else "–",
        _number(calibration_error(risk, bad)),
        f"{np.mean([one.seconds for one in scored]):.2f}",
        *(_number(auroc(np.array([one.peers[name] for one in scored]), bad)) for name in scored[0].peers),
    ]


def table(title: str, scored: Sequence[Scored], group: Callable[[Scored], str], least: int = 1) -> list[str]:
    """A table with one line a group."""
    groups: dict[str, list[Scored]] = defaultdict(list)
    for one in scored:
        groups[group(one)].append(one)
    columns = (*COLUMNS, *scored[0].peers) if scored else COLUMNS
    lines = [f"## {title}", "", "| | " + " | ".join(columns) + " |", "|--" * (len(columns) + 1) + "|"]
    for name in sorted(groups):
        if len(groups[name]) >= least:
            lines.append(f"| {name} | " + " | ".join(figures(groups[name])) + " |")
    return [*lines, ""]


def machine() -> str:
    """What the figures were measured on and with."""
    models = open_models(1)
    checker = models.checker.identity if models.checker else "none (words and rules)"
    return (
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"onnxruntime {onnxruntime.__version__}, touchstone {__version__}; "
        f"embedder {str(models.embedder.identity)[:12]}, checker {str(checker)[:24]}"
    )


def gallery(scored: Sequence[Scored], count: int) -> list[str]:
    """The surest misses and false alarms."""
    misses = sorted((one for one in scored if one.bad), key=lambda one: one.risk)[:count]
    alarms = sorted((one for one in scored if not one.bad), key=lambda one: -one.risk)[:count]
    lines: list[str] = []
    for title, chosen in (("Misses", misses), ("False alarms", alarms)):
        lines += [f"# {title}", ""]
        lines += [json.dumps(_exhibit(one), ensure_ascii=False, indent=1) for one in chosen]
    return lines


def _exhibit(one: Scored) -> dict[str, Any]:
    row = one.row
    return {
        "id": row["id"],
        "risk": one.risk,
        "question": row["question"],
        "answer": row["answer"][:700],
        "spans": [row["answer"][span["start"] : span["end"]] for span in row["spans"]],
        "claims": one.verdicts,
        "context": "\n".join(row["context"])[:1500],
    }


def main() -> None:
    """Score the sets, print and write the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=150, help="rows a set")
    parser.add_argument(
        "--fitted", type=int, default=0, help="leave out the rows that `fit_fusion --rows N` took"
    )
    parser.add_argument("--sets", nargs="*", help="names that a file must begin with")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--gallery", type=Path, help="write misses and false alarms there")
    parser.add_argument("--out", type=Path, default=RESULTS)
    arguments = parser.parse_args()
    files = sorted(arguments.data.glob(f"*.{arguments.split}.jsonl.gz"))
    if arguments.sets:
        files = [path for path in files if path.name.startswith(tuple(arguments.sets))]
    rows = [
        {**row, "set": path.name.split(".")[0]}
        for path in files
        for row in unfitted(path, arguments.rows, arguments.fitted)
    ]
    rows = [row for row in rows if any(text.strip() for text in row["context"])]
    scored = run(rows, arguments.workers)
    lines = report(scored, arguments)
    print("\n".join(lines))
    if arguments.gallery:
        arguments.gallery.write_text("\n".join(gallery(scored, 50)), encoding="utf-8")
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_text("\n".join(lines), encoding="utf-8")


def unfitted(path: Path, count: int, fitted: int) -> list[dict[str, Any]]:
    """So many rows of a set that had no part in the fit of the fusion, as far as there are any."""
    taken = fitted * (3 if path.name.startswith(TARGET) else 1)
    return sample(path, taken + count)[taken:]


def report(scored: Sequence[Scored], arguments: argparse.Namespace) -> list[str]:
    """The page of results."""
    both = [one for one in scored if not any(name in one.row["set"] for name in ONE_CLASS)]
    writers = [one for one in both if _writer(one) is not None]
    return [
        "# The verifier on labelled answers",
        "",
        f"{machine()}. At most {arguments.rows} rows a set, split `{arguments.split}`, without the rows that",
        f"`fit_fusion --rows {arguments.fitted}` was fitted on; thresholds as shipped;",
        "flagged = level not low; spans marked from risk 0.5; the last columns are the AUROC of peers on the",
        "same rows: the share of new words, the embedding distance, our checker shown nothing (a control:",
        "near 0.5 is right), and packages where installed.",
        "",
        *table("By set", scored, lambda one: one.row["set"]),
        *table("Pooled", both, lambda _: "all sets with both classes"),
        *table("By language", both, _languages),
        *table("By task", both, lambda one: str(one.row.get("task", "claim"))),
        *table(
            "By the model that wrote the answer",
            writers,
            lambda one: f"{one.row['set']}: {_writer(one)}",
            least=15,
        ),
    ]


def _writer(one: Scored) -> str | None:
    meta = one.row.get("meta") or {}
    return meta.get("model") or meta.get("generated_by")


def _languages(one: Scored) -> str:
    crossed = (one.row.get("meta") or {}).get("cross_lingual")
    return f"{one.row['lang']} across languages" if crossed else str(one.row["lang"])


if __name__ == "__main__":
    main()
