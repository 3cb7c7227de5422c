"""How often the level of an answer moves when nothing that matters has changed.

    python -m bench.robust --data DIR [--rows N] [--sets NAME ...]

Changes: other passages added, contexts in another order, doubled spaces, full-width digits, Traditional for
Simplified characters.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import opencc

from bench.verifier import _score, _start
from training.fit_fusion import rows as sample

SETS = ("written_claims", "written_answers", "ragtruth", "uhgeval", "summedits")
_FULL = {ord(char): ord(char) + 0xFEE0 for char in "0123456789%"}
Row = dict[str, Any]


def _with(row: Row, name: str, **changed: Any) -> Row:
    return {**row, **changed, "change": name}


def _stranger(row: Row, other: Row) -> Row:
    return _with(row, "other passages added", context=[*row["context"], *other["context"][:3]])


def _ordered(row: Row, other: Row) -> Row:
    del other
    return _with(row, "contexts turned round", context=row["context"][::-1])


def _spaced(row: Row, other: Row) -> Row:
    del other
    return _with(row, "spaces doubled", answer=row["answer"].replace(" ", "  "))


def _widened(row: Row, other: Row) -> Row:
    del other
    return _with(row, "full-width digits", answer=row["answer"].translate(_FULL))


def _traditional(row: Row, other: Row) -> Row:
    del other
    return _with(row, "Traditional characters", answer=opencc.OpenCC("s2t").convert(row["answer"]))


CHANGES: tuple[Callable[[Row, Row], Row], ...] = (_stranger, _ordered, _spaced, _widened, _traditional)


def main() -> None:
    """Score each row as it is and changed, and print how often the level moved."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=20, help="rows a set")
    parser.add_argument("--sets", nargs="*", default=SETS)
    arguments = parser.parse_args()
    rows = [
        row
        for name in arguments.sets
        for row in sample(arguments.data / f"{name}.dev.jsonl.gz", arguments.rows)
    ]
    rows = [{**row, "change": "none"} for row in rows]
    others = rows[len(rows) // 2 :] + rows[: len(rows) // 2]
    changed = [change(row, other) for change in CHANGES for row, other in zip(rows, others, strict=True)]
    with multiprocessing.get_context("spawn").Pool(os.cpu_count(), _start) as pool:
        scored = pool.map(_score, [*rows, *changed], 4)
    before = {one.row["id"]: one for one in scored[: len(rows)]}
    moved: dict[str, list[tuple[bool, float]]] = defaultdict(list)
    for one in scored[len(rows) :]:
        first = before[one.row["id"]]
        moved[one.row["change"]].append((one.flagged != first.flagged, abs(one.risk - first.risk)))
    for name, found in moved.items():
        flips = sum(flag for flag, _ in found)
        mean = sum(distance for _, distance in found) / len(found)
        print(f"{name}: level moved in {flips} of {len(found)}, risk by {mean:.4f} on average")


if __name__ == "__main__":
    main()
