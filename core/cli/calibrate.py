"""``touchstone calibrate``: draw claims of your own answers, label them, see the outcome, adopt a policy."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from core import gate
from core.calibrate import policies
from core.calibrate.analysis import USUAL_WISH, analyse, present_verifier
from core.calibrate.charts import charts
from core.calibrate.labelling import Label, Task, set_label, tasks, work_of
from core.calibrate.outcome import Cutoff, Outcome
from core.calibrate.passages import passages_for
from core.calibrate.reviewed import take_over
from core.calibrate.sampling import USUAL, Method, draw
from core.cli.common import Command, json_option, library_option, print_json, tell, user_language
from core.cli.passphrase import passphrase_option, signer
from core.encoders.embedder import Embedder
from core.report.answer import place_line
from core.settings import load_settings
from core.store import calibration
from core.store.calibration import StoredPolicy
from core.store.database import Library
from core.verify.policy import from_stored
from core.words import say

_KEYS = {"y": Label.SUPPORTED, "c": Label.CONTRADICTED, "n": Label.NOT_FOUND, "?": Label.UNCLEAR}
_BACK, _STOP = "b", "q"


@click.group()
def calibrate() -> None:
    """Fit risks and the threshold to your own documents, from claims that you label."""


def _who_option(command: Command) -> Command:
    option = click.option("--who", default=lambda: load_settings().reviewer, help="Your name.")
    return option(command)


@calibrate.command()
@click.option("--size", default=USUAL, show_default=True, help="How many claims, about.")
@click.option("--method", type=click.Choice([each.value for each in Method]), default=Method.RANDOM.value)
@click.option("--seed", type=int, help="Repeat a draw exactly.")
@_who_option
@library_option
def sample(size: int, method: str, seed: int | None, who: str, library_folder: Path) -> None:
    """Draw claims of your stored answers for labelling."""
    with Library.open(library_folder, create=False) as library:
        drawn = draw(library, present_verifier(), who=who, size=size, method=Method(method), seed=seed)
        count = len(calibration.items(library, drawn.id))
    tell("calibrate.drawn", count=count, pool=drawn.pool)
    tell(f"calibrate.how_{drawn.method}")


@calibrate.command()
@click.option("--reviewed", is_flag=True, help="First take over what reviewers said of drawn claims.")
@_who_option
@passphrase_option
@library_option
def label(reviewed: bool, who: str, passphrase_file: Path | None, library_folder: Path) -> None:
    """Say of each drawn claim whether the documents support it; the verdict is not shown.

    Under four eyes only a reviewer who gives the passphrase reads claims of answers that wait.
    """
    with Library.open(library_folder, create=False) as library:
        work = work_of(library, present_verifier())
        if reviewed:
            tell("calibrate.taken_over", count=take_over(library, work))
            work = work_of(library, present_verifier())
        if not work.items:
            tell("calibrate.no_sample")
            return
        waiting = tasks(library, work, only_open=True)
        secret = any(gate.needs_signature(task.answer) for task in waiting)
        signer(library, who, passphrase_file, sign=secret)
        embedder = Embedder.open()
        at = 0
        while at < len(waiting):
            _show_task(library, embedder, waiting[at], len(work.items))
            keys = click.Choice([*_KEYS, _BACK, _STOP])
            said = click.prompt(say("cli.calibrate.ask", user_language()), type=keys, show_choices=False)
            if said == _STOP:
                break
            if said == _BACK:
                at = max(0, at - 1)
                continue
            set_label(library, waiting[at].sample_id, waiting[at].position, _KEYS[said], who=who)
            at += 1
        done, total = work_of(library, present_verifier()).labelled, len(work.items)
    tell("calibrate.all_labelled" if done == total else "calibrate.labelled", done=done, total=total)


def _show_task(library: Library, embedder: Embedder, task: Task, total: int) -> None:
    language = user_language()
    click.echo()
    tell("calibrate.claim", number=task.number, total=total)
    if task.answer.question:
        tell("calibrate.question", question=task.answer.question)
    click.secho(f"  {task.claim.text}", bold=True)
    found = passages_for(library, embedder, task)
    for passage in found:
        tell("calibrate.passage", place=place_line(passage.place, language))
        click.echo(f"    {' '.join(passage.text.split())}")
    if not found:
        tell("calibrate.nothing_found")


@calibrate.command()
@click.option("--miss-rate", default=USUAL_WISH, show_default=True, help="The miss rate to promise.")
@click.option("--hold-from", type=click.FloatRange(0, 1), help="A threshold chosen by hand instead.")
@click.option("--name", help="Store the result as a policy of this name.")
@click.option(
    "--charts", "folder", type=click.Path(path_type=Path, file_okay=False), help="Write the charts as SVG."
)
@_who_option
@library_option
@json_option
def fit(
    miss_rate: float,
    hold_from: float | None,
    name: str | None,
    folder: Path | None,
    who: str,
    library_folder: Path,
    as_json: bool,
) -> None:
    """Show what the labels say, before and after; with --name, store it as a policy."""
    with Library.open(library_folder, create=False) as library:
        outcome = analyse(library, wished=miss_rate, by_hand=hold_from)
        if as_json:
            print_json(asdict(outcome))
        else:
            _show(outcome)
        if folder is not None:
            _write_charts(outcome, folder)
        if name is not None:
            made = policies.save(library, outcome, name=name, who=who, verifier=present_verifier())
            tell("calibrate.stored", name=made.name, version=made.version)


def _write_charts(outcome: Outcome, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for stem, drawing in charts(outcome, user_language()).items():
        (folder / f"{stem}.svg").write_text(drawing.to_svg(), encoding="utf-8")


def _show(outcome: Outcome) -> None:
    tell(
        "calibrate.basis",
        labelled=outcome.labelled,
        unsupported=outcome.unsupported,
        unclear=outcome.unclear,
    )
    if outcome.weighted:
        tell("calibrate.weighted")
    tell(
        "calibrate.honesty",
        before=f"{outcome.before.ece:.3f}",
        after=f"{outcome.after.ece:.3f}",
        brier_before=f"{outcome.before.brier:.3f}",
        brier_after=f"{outcome.after.brier:.3f}",
    )
    if not outcome.helps:
        tell("calibrate.no_help")
    click.echo()
    tell("calibrate.head")
    for cutoff in outcome.cutoffs:
        click.echo(_row(cutoff, ""))
    click.echo(_row(outcome.now, say("cli.calibrate.row_now", user_language())))
    chosen = outcome.by_hand or outcome.chosen
    if chosen is not None:
        click.echo(_row(chosen, say("cli.calibrate.row_chosen", user_language())))
    click.echo()
    _show_promise(outcome)


def _row(cutoff: Cutoff, mark: str) -> str:
    misses, alarms = cutoff.misses, cutoff.false_alarms
    return (
        f"  {cutoff.shown:5.0%}     {misses.share:4.0%} ({misses.low:.0%}-{misses.high:.0%})"
        f"              {alarms.share:4.0%} ({alarms.low:.0%}-{alarms.high:.0%})"
        f"                  {cutoff.held:4.0%}  {mark}"
    ).rstrip()


def _show_promise(outcome: Outcome) -> None:
    wished = f"{outcome.wished:.0%}"
    if outcome.chosen is not None:
        chosen = outcome.chosen
        tell(
            "calibrate.chosen",
            shown=f"{chosen.shown:.0%}",
            wished=wished,
            misses=f"{chosen.misses.high:.0%}",
            alarms=f"{chosen.false_alarms.share:.0%}",
            held=f"{chosen.held:.0%}",
        )
    elif outcome.too_few is not None:
        few = outcome.too_few
        tell(
            "calibrate.too_few",
            wished=wished,
            needed=few.needed,
            found=few.found,
            more=few.more,
            best=f"{outcome.best:.0%}",
        )
    tell("calibrate.conditions")


@calibrate.command("list")
@library_option
@json_option
def list_policies(library_folder: Path, as_json: bool) -> None:
    """List the policies; * marks the one that decides."""
    with Library.open(library_folder, create=False) as library:
        known, present = calibration.policies(library), calibration.policy_in_use(library)
    for policy in known:
        if as_json:
            print_json({**_policy_object(policy), "in_use": policy == present})
        else:
            _show_policy(policy, in_use=policy == present)
    if not known and not as_json:
        tell("calibrate.none")


def _policy_object(policy: StoredPolicy) -> dict[str, Any]:
    return {
        "name": policy.name,
        "version": policy.version,
        "made_at": policy.made_at,
        "who": policy.who,
        "digest": policy.digest,
        "policy": policies.contents(policy),
    }


def _show_policy(policy: StoredPolicy, *, in_use: bool) -> None:
    made = from_stored(policy)
    hold = say("cli.calibrate.as_shipped", user_language())
    tell(
        "calibrate.line",
        mark="*" if in_use else " ",
        name=policy.name,
        version=policy.version,
        hold=hold if made.hold_from is None else f"{made.shown(made.hold_from):.0%}",
        labels=policies.contents(policy)["labels"]["counted"],
        who=policy.who,
        at=policy.made_at[:16],
    )


@calibrate.command()
@click.argument("name")
@click.option("--version", type=int, help="An older version (default: the newest).")
@click.option("--reason", default="", help="Why; recorded.")
@_who_option
@library_option
def use(name: str, version: int | None, reason: str, who: str, library_folder: Path) -> None:
    """Let a policy decide from now on."""
    with Library.open(library_folder, create=False) as library:
        policy = policies.find(library, name, version)
        policies.adopt(library, policy, who=who, verifier=present_verifier(), reason=reason)
    tell("calibrate.adopted", name=policy.name, version=policy.version)
    by_hand = load_settings().medium_from
    if by_hand >= 0:
        tell("calibrate.setting_wins", value=by_hand)


@calibrate.command()
@click.option("--reason", default="", help="Why; recorded.")
@_who_option
@library_option
def revert(reason: str, who: str, library_folder: Path) -> None:
    """Go back to what decided before."""
    with Library.open(library_folder, create=False) as library:
        before = policies.revert(library, who=who, reason=reason)
    if before is None:
        tell("calibrate.reverted_to_shipped")
    else:
        tell("calibrate.reverted", name=before.name, version=before.version)
