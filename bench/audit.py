"""How fast the audit log is written and verified, and what a record takes.

    python -m bench.audit [--records 100000] [--folder DIR]

Writes answers of three claims with two quotes each, in batches of a thousand a transaction, into a library in
DIR (a temporary folder by default), every hundredth followed by a decision. Then the whole log is verified:
the chain and the signatures that vouch for it, and once more with every single signature. Bytes are those of
the file after a checkpoint; ``records`` are the chain with its indexes, ``texts`` what it commits to. One
answer's own write, as it happens in use, is told apart: it waits for the disk. ``cpu s`` is processor time,
which other work on the machine does not stretch.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import median

import psutil

from core import audit, review
from core.store.database import Library
from core.types import (
    Answer,
    Check,
    Claim,
    Decision,
    Evidence,
    Level,
    ModelInfo,
    Place,
    Reason,
    Relation,
    Verdict,
)

BATCH = 1000
CONTEXT = {
    "touchstone": "0",
    "prompt_version": "1",
    "settings": {"passages": 4, "seed": 0, "temperature": 0.0, "context_tokens": 4096, "model": ""},
    "engine": {"model": "SmolLM2-135M-Instruct-Q4_1", "backend": "cpu", "threads": 1, "batch": 512},
    "embedder": "0" * 64,
    "checker": "1" * 64,
}
PROMPT = "Answer from the passages alone.\n" + "A hotel in Europe may cost up to 130 euros a night. " * 30


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    print(
        f"{platform.machine()}, {psutil.cpu_count(logical=False)} cores, Python {platform.python_version()}"
    )
    with tempfile.TemporaryDirectory() as temporary:
        os.environ.setdefault("TOUCHSTONE_HOME", temporary)  # the key of this library is thrown away with it
        with Library.open((given.folder or Path(temporary)) / "library") as library:
            write(library, given.records)
            tell_sizes(library)
            tell_single(library)
            check(library, every=False)
            check(library, every=True)


def write(library: Library, records: int) -> None:
    started, cpu, done = time.perf_counter(), time.process_time(), 0
    while done < records:
        with library.writing():
            for _ in range(min(BATCH, records - done)):
                done += 1
                if done % 100:
                    audit.record_answer(library, made(done), prompt=PROMPT, context=CONTEXT)
                else:
                    waiting = made(done)
                    audit.record_answer(library, waiting, prompt=PROMPT, context=CONTEXT)
                    review.release(library, waiting.id, who="Ann Lee", reason="checked by hand")
                    done += 1
        if sys.stderr.isatty():
            print(f"\r{done}", end="", file=sys.stderr)
    tell("written", done, started, cpu)


def made(number: int) -> Answer:
    text = f"A hotel may cost up to {100 + number % 90} euros. Breakfast is extra. Claims take 30 days."
    ends = [text.index(".") + 1, text.index("extra.") + 6, len(text)]
    claims = tuple(
        claim(text, start, end) for start, end in zip([0, *(e + 1 for e in ends[:-1])], ends, strict=True)
    )
    return Answer(
        id=audit.new_answer_id(),
        question="How much may a hotel cost, and how long does a claim take?",
        text=text,
        check=Check(text, 0.6, Level.MEDIUM, 1.0, claims),
        decision=Decision.HELD,
        created_at=audit.now(),
        model=ModelInfo("SmolLM2-135M-Instruct-Q4_1", "cd" * 32, "apache-2.0"),
        generation={"seed": 0, "temperature": 0.0, "prompt_sha256": "ef" * 32, "answer_tokens": 24},
    )


def claim(text: str, start: int, end: int) -> Claim:
    place = Place("policies/travel-policy.pdf", "ab" * 32, page=2, section="3 Hotels")
    quote = Evidence(Relation.SUPPORTS, "may cost up to 130 euros a night", 18, 50, 0.91, place=place)
    reason = Reason("value_differs", {"claim": "150", "evidence": "130"})
    return Claim(
        start, end, text[start:end], Verdict.SUPPORTED, 0.2, (reason,), (), (quote, replace(quote, score=0.5))
    )


def tell_sizes(library: Library) -> None:
    library.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    count = library.db.execute("select count(*) from audit_records").fetchone()[0]
    size = library.path.stat().st_size
    by_name = dict(library.db.execute("select name, sum(pgsize) from dbstat group by name").fetchall())
    chain = sum(value for name, value in by_name.items() if "audit_records" in name)
    texts = sum(value for name, value in by_name.items() if "audit_texts" in name)
    print(
        f"{size / count:,.0f} bytes a record in all: {chain / count:,.0f} records, {texts / count:,.0f} texts"
    )


def tell_single(library: Library) -> None:
    taken = []
    for number in range(200):
        started = time.perf_counter()
        audit.record_answer(library, made(number), prompt=PROMPT, context=CONTEXT)
        taken.append(time.perf_counter() - started)
    print(f"one answer, committed to disk: {median(taken) * 1000:.1f} ms (median of 200)")


def check(library: Library, *, every: bool) -> None:
    started, cpu = time.perf_counter(), time.process_time()
    outcome = audit.verify(library, every_signature=every)
    assert outcome.holds
    tell("verified, every signature" if every else "verified", outcome.records, started, cpu)


def tell(what: str, count: int, started: float, cpu: float) -> None:
    wall, busy = time.perf_counter() - started, time.process_time() - cpu
    print(f"{what}: {count:,} records in {wall:.1f} s (cpu {busy:.1f} s), {count / busy:,.0f} a cpu second")


if __name__ == "__main__":
    main()
