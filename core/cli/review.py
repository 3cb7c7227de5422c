"""``touchstone review``: what waits for a person, and decisions about it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import IO

import click

from core import gate
from core import review as decisions
from core.assistant import Assistant, open_assistant
from core.assistant.assistant import Given
from core.assistant.events import Event
from core.audit import now
from core.cli.ask import follow
from core.cli.common import Command, json_option, library_option, print_json, tell, user_language
from core.cli.passphrase import passphrase_option, signer
from core.cli.show import plain, show_for_review
from core.review import RejectCode
from core.settings import load_settings
from core.store import answers
from core.store.database import Library
from core.types import Check, Level, Param, Verdict
from core.words import say


@click.group()
def review() -> None:
    """Answers that wait: list, show, label, release, reject, and review on another computer."""


@review.command("list")
@click.option("--level", type=click.Choice([level.value for level in Level]), help="Only this level.")
@click.option("--assigned-to", metavar="NAME", help="Only those of this reviewer; an empty name: of nobody.")
@click.option("--text", default="", help="Only questions that hold this text.")
@library_option
@json_option
def list_waiting(
    level: str | None, assigned_to: str | None, text: str, library_folder: Path, as_json: bool
) -> None:
    """List what waits for a decision, by risk and age. Some levels are hidden, so that nobody is led."""
    with Library.open(library_folder, create=False) as library:
        waiting = decisions.queue(
            library, level=Level(level) if level else None, assigned_to=assigned_to, text=text
        )
    for item in waiting:
        if as_json:
            print_json({"id": item.answer_id, **asdict(item)})
            continue
        risk = "  ? " if item.risk is None else f"{item.risk:4.0%}"
        shown = "?" if item.level is None else item.level.value
        name = f"  [{plain(item.assigned_to)}]" if item.assigned_to else ""
        asked = plain(item.question or "—")
        click.echo(f"{item.answer_id[:12]}  {risk}  {shown:6}  {item.age_hours:6.1f} h  {asked}{name}")


@review.command()
@click.argument("answer_id")
@click.option("--who", default=lambda: load_settings().reviewer, help="Your name.")
@passphrase_option
@library_option
def show(answer_id: str, who: str, passphrase_file: Path | None, library_folder: Path) -> None:
    """Show an answer that waits, its claims numbered, its level hidden where the queue hides it.

    Under four eyes only a reviewer who gives the passphrase reads it.
    """
    with Library.open(library_folder, create=False) as library:
        answer = answers.load_answer(library, answer_id)
        signer(library, who, passphrase_file, sign=gate.needs_signature(answer))
        item = next((item for item in decisions.queue(library) if item.answer_id == answer.id), None)
    show_for_review(answer, user_language(), hidden=item is not None and item.level is None)


@review.command()
@click.argument("answer_id")
@click.argument("claim", type=click.IntRange(min=1))
@click.argument("verdict", type=click.Choice([verdict.value for verdict in Verdict]))
@click.option("--who", default=lambda: load_settings().reviewer, help="Your name.")
@click.option("--reason", default="", help="Why, if you want to say.")
@library_option
@json_option
def label(
    answer_id: str, claim: int, verdict: str, who: str, reason: str, library_folder: Path, as_json: bool
) -> None:
    """Say what the documents say of claim number CLAIM: the verdict as shown confirms, another overrules."""
    with Library.open(library_folder, create=False) as library:
        kept = decisions.label_claim(library, answer_id, claim - 1, Verdict(verdict), who=who, reason=reason)
    if as_json:
        print_json({**asdict(kept), "overruled": kept.overruled})
    else:
        tell("review_overruled" if kept.overruled else "review_confirmed", claim=claim)


@review.command()
@click.argument("answer_id")
@click.argument("name", required=False)
@click.option("--who", default=lambda: load_settings().reviewer, help="Your name.")
@library_option
def assign(answer_id: str, name: str | None, who: str, library_folder: Path) -> None:
    """Give an answer to reviewer NAME; without a name, to nobody."""
    with Library.open(library_folder, create=False) as library:
        click.echo(decisions.assign(library, answer_id, name, by=who))


def _decision_options(command: Command) -> Command:
    options: tuple[Callable[[Command], Command], ...] = (
        click.argument("answer_id"),
        click.option("--who", default=lambda: load_settings().reviewer, help="Your name."),
        click.option("--opened-at", metavar="TIME", help="When you began to look (ISO 8601, UTC)."),
        click.option("--sign", is_flag=True, help="Sign with your key, also where the policy does not ask."),
        passphrase_option,
        library_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


@review.command()
@_decision_options
@click.option("--reason", required=True, help="Why; recorded.")
@click.option(
    "--caveat", "caveats", multiple=True, help="A caveat that goes with the answer; may be repeated."
)
@click.option("--text-file", type=click.File(encoding="utf-8"), help="The edited answer to release instead.")
@click.option("--no-recheck", is_flag=True, help="Do not check the edited answer again.")
def release(
    answer_id: str,
    who: str,
    opened_at: str | None,
    sign: bool,
    passphrase_file: Path | None,
    library_folder: Path,
    reason: str,
    caveats: tuple[str, ...],
    text_file: IO[str] | None,
    no_recheck: bool,
) -> None:
    """Release an answer under your name; an edited one is checked again first, and the result recorded."""
    text = text_file.read() if text_file else None
    opened = opened_at or now()
    with Library.open(library_folder, create=False) as library:
        session = signer(library, who, passphrase_file, sign=sign)
        answer = answers.load_answer(library, answer_id)
        checked = None
        if text is not None and not no_recheck:
            checked = decisions.recheck(answer, text, checker(library_folder))
        done = decisions.release(
            library,
            answer.id,
            who=who,
            reason=reason,
            final_text=text,
            caveats=caveats,
            signer=session,
            opened_at=opened,
            rechecked=checked,
        )
    tell_rechecked(checked)
    click.echo(done.final_text)


@review.command()
@_decision_options
@click.option("--reason", default="", help="Why, in your words; recorded.")
@click.option("--code", type=click.Choice([code.value for code in RejectCode]), help="A listed reason.")
def reject(
    answer_id: str,
    who: str,
    opened_at: str | None,
    sign: bool,
    passphrase_file: Path | None,
    library_folder: Path,
    reason: str,
    code: str | None,
) -> None:
    """Reject an answer under your name, for a listed reason, in your own words, or both."""
    opened = opened_at or now()
    with Library.open(library_folder, create=False) as library:
        session = signer(library, who, passphrase_file, sign=sign)
        chosen = RejectCode(code) if code else None
        done = decisions.reject(
            library, answer_id, who=who, reason=reason, code=chosen, signer=session, opened_at=opened
        )
        click.echo(done.id)


@review.command()
@library_option
@json_option
def figures(library_folder: Path, as_json: bool) -> None:
    """Say how many bad answers were found among the passed ones, and false alarms among the held."""
    with Library.open(library_folder, create=False) as library:
        found = decisions.figures(library)
    if as_json:
        print_json(asdict(found))
        return
    for name, rate in (("missed", found.missed), ("false_alarms", found.false_alarms)):
        params: dict[str, Param] = {
            "share": f"{rate.share:.1%}",
            "low": f"{rate.low:.1%}",
            "high": f"{rate.high:.1%}",
            "hits": rate.hits,
            "count": rate.count,
        }
        tell(f"review_{name}" if rate.count else f"review_{name}_none", **params)
    tell("review_sum", **{name: value for name, value in asdict(found).items() if isinstance(value, int)})
    tell("review_minutes", minutes=f"{found.minutes:.1f}", median=f"{found.median_minutes or 0:.1f}")


def tell_rechecked(checked: Check | None) -> None:
    """Say on stderr what the verifier found in an edited answer."""
    if checked is not None:
        level = say(f"level.{checked.level.value}", user_language())
        params: dict[str, Param] = {"level": level, "risk": f"{checked.risk:.0%}"}
        click.echo(say("cli.review_rechecked", user_language(), params), err=True)


def checker(library_folder: Path) -> decisions.Recheck:
    """The assistant's check as a function; nothing of it is recorded."""

    def check(text: str, question: str | None) -> Check:
        with open_assistant(library_folder, load_settings(), question, with_engine=False) as assistant:
            return follow(_events(assistant, text, question), user_language()).check

    return check


def _events(assistant: Assistant, text: str, question: str | None) -> Generator[Event, None, None]:
    with closing(assistant.check_text(text, question, Given(()))) as events:
        yield from events
