"""How often the level of an answer moves when nothing that matters has changed.

    python -m bench.robust --data DIR [--rows N] [--sets NAME ...] [--changes NAME ...] [--cases FILE]

Changes: the same line alone and in a batch, other passages added, passages in another order, more white
space, full-width digits, Traditional for Simplified characters. The level (low, medium, high) may move in one
case of a hundred; a row that a change leaves as it is does not count. ``--cases`` writes each case that moved
with its claims before and after, and what differed first: the claims, the passages read, the rules' hits, or
the checker's figures alone. Writes ``bench/results/robust.md`` when all changes were tried.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import opencc

from bench.verifier import machine
from core.documents.fold import fold
from core.settings import Settings
from core.types import Check
from core.verify.features import Findings
from core.verify.levels import Policy
from core.verify.model import Models, open_models
from core.verify.sources import ContextSource
from core.verify.verifier import Verifier
from training.fit_fusion import rows as sample

SETS = ("written_claims", "written_answers", "ragtruth", "uhgeval", "summedits")
RESULTS = Path(__file__).parent / "results" / "robust.md"
_FULL = {ord(char): ord(char) + 0xFEE0 for char in "0123456789%"}
Row = dict[str, Any]
Change = Callable[[Row, Row], Row]


def _among_others(row: Row, other: Row) -> Row:
    return {**row, "batch": [other]}


def _stranger(row: Row, other: Row) -> Row:
    return {**row, "context": [*row["context"], *other["context"][:3]]}


def _ordered(row: Row, _: Row) -> Row:
    return {**row, "context": row["context"][::-1]}


def _spaced(row: Row, _: Row) -> Row:
    return {**row, "answer": row["answer"].replace(" ", "  ")}


def _widened(row: Row, _: Row) -> Row:
    return {**row, "answer": row["answer"].translate(_FULL)}


def _traditional(row: Row, _: Row) -> Row:
    return {**row, "answer": _converter().convert(row["answer"])}


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


CHANGES: dict[str, Change] = {
    "in a batch": _among_others,
    "other passages added": _stranger,
    "passages turned round": _ordered,
    "spaces doubled": _spaced,
    "full-width digits": _widened,
    "Traditional characters": _traditional,
}


@dataclass(frozen=True, slots=True)
class Case:
    """A row judged as it is and changed; ``cause`` is what differed first, None where the level stood."""

    row_id: str
    change: str
    before: tuple[str, float]
    after: tuple[str, float]
    claims: tuple[tuple[str, float, float], ...]
    cause: str | None

    @property
    def moved(self) -> bool:
        """Whether the level is another."""
        return self.before[0] != self.after[0]


_state: dict[str, Any] = {}


def _start() -> None:
    models = open_models(1)
    _state.update(models=models, verifier=Verifier(models.checker, Policy.from_settings(Settings())))


def _judge(row: Row) -> Check:
    verifier: Verifier = _state["verifier"]
    embedder = _state["models"].embedder
    for other in row.get("batch", ()):
        verifier.check(other["answer"], ContextSource(other["context"], embedder), other["question"])
    return verifier.check(row["answer"], ContextSource(row["context"], embedder), row["question"])


def _cases(task: tuple[Row, Row, Sequence[str]]) -> list[Case]:
    """All changes of one row, which is judged once as it is."""
    row, other, names = task
    plain: Check | None = None
    found: list[Case] = []
    for name in names:
        changed = CHANGES[name](row, other)
        if changed == row:
            continue
        plain = plain or _judge(row)
        found.append(_case(name, row, changed, plain, _judge(changed)))
    return found


def _case(name: str, row: Row, changed: Row, before: Check, after: Check) -> Case:
    moved = before.level is not after.level
    claims = tuple(
        (_plain(one.text), one.risk, two.risk)
        for one, two in zip(before.claims, after.claims, strict=False)
        if moved and abs(one.risk - two.risk) > 0.01
    )
    return Case(
        row_id=row["id"],
        change=name,
        before=(before.level.value, before.risk),
        after=(after.level.value, after.risk),
        claims=claims,
        cause=_cause(row, changed) if moved else None,
    )


def _cause(row: Row, changed: Row) -> str:
    """What a change touched first on the way from the text to the risk."""
    one, two = _found(row), _found(changed)
    views: tuple[tuple[str, Callable[[Findings], object]], ...] = (
        ("claims", lambda found: _plain(found.text)),
        ("passages", lambda found: [_plain(window.reading) for window in found.windows]),
        ("rules", lambda found: sorted(hit.rule.value for hit in found.hits)),
    )
    for name, view in views:
        if [view(found) for found in one] != [view(found) for found in two]:
            return name
    return "figures"


def _found(row: Row) -> list[Findings]:
    models: Models = _state["models"]
    source = ContextSource(row["context"], models.embedder)
    return list(Verifier(None).findings(row["answer"], source, row["question"]))


def _plain(text: str) -> str:
    return " ".join(fold(text).split())


def table(cases: Sequence[Case]) -> Iterator[str]:
    """One line a change, as Markdown."""
    by_change: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        by_change[case.change].append(case)
    yield "| change | cases | level moved | level stood | risk moved (mean) | what differed where it moved |"
    yield "|--" * 6 + "|"
    for name, found in by_change.items():
        moved = [case for case in found if case.moved]
        distance = sum(abs(case.before[1] - case.after[1]) for case in found) / len(found)
        causes = ", ".join(sorted(f"{case.cause}" for case in moved)) or "–"
        stood = 1 - len(moved) / len(found)
        yield f"| {name} | {len(found)} | {len(moved)} | {stood:.1%} | {distance:.4f} | {causes} |"
    moved_in_all = sum(case.moved for case in cases)
    yield f"| all | {len(cases)} | {moved_in_all} | {1 - moved_in_all / max(1, len(cases)):.1%} | | |"


def main() -> None:
    """Judge each row as it is and changed, and print how often the level moved."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=20, help="rows a set")
    parser.add_argument("--sets", nargs="*", default=SETS)
    parser.add_argument("--changes", nargs="*", default=list(CHANGES), choices=list(CHANGES))
    parser.add_argument("--cases", type=Path, help="where to write the cases that moved")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    arguments = parser.parse_args()
    rows = [
        row
        for name in arguments.sets
        for row in sample(arguments.data / f"{name}.dev.jsonl.gz", arguments.rows)
    ]
    others = rows[len(rows) // 2 :] + rows[: len(rows) // 2]
    tasks = [(row, other, arguments.changes) for row, other in zip(rows, others, strict=True)]
    with multiprocessing.get_context("spawn").Pool(arguments.workers, _start) as pool:
        cases = [case for found in pool.imap(_cases, tasks) for case in found]
    lines = list(table(cases))
    print("\n".join(lines))
    if arguments.cases:
        moved = [json.dumps(_told(case), ensure_ascii=False) for case in cases if case.moved]
        arguments.cases.write_text("\n".join(moved), encoding="utf-8")
    if set(arguments.changes) == set(CHANGES):
        head = [
            "# Whether a level stands",
            "",
            f"{machine()}. {len(rows)} rows of {', '.join(arguments.sets)}.",
            "",
        ]
        RESULTS.write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")


def _told(case: Case) -> dict[str, Any]:
    return {
        "id": case.row_id,
        "change": case.change,
        "cause": case.cause,
        "before": case.before,
        "after": case.after,
        "claims": case.claims,
    }


if __name__ == "__main__":
    main()
