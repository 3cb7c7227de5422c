"""``touchstone pilot``: a question set through several models on one library, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import click

from core.assistant import open_encoders
from core.cli.common import json_option, library_option, print_json, show_progress, tell, user_language
from core.cli.pilot_owner import owner
from core.cli.pilot_ray import on_ray, ray_options
from core.cli.pilot_show import show
from core.errors import PilotError
from core.llm import choice
from core.llm.choice import AnyModel
from core.pilot.draft import DRAFT, MOST, USUAL, draft
from core.pilot.drafting import WORDED, open_writer, worded
from core.pilot.progress import AnswerKept, Began, Ended, RowDone, RunEvent
from core.pilot.run import Pilot
from core.pilot.sets import QuestionSet, read_set
from core.pilot.start import Options, start
from core.pilot.template import require_new, template_questions, write_set
from core.pilot.types import Expect, Question, RowStatus
from core.settings import home, load_settings
from core.store.database import Library
from core.store.pilot_run import RunStore
from core.types import Language, Param
from core.words import say

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path)
_LANGUAGE = click.Choice([language.value for language in Language])


@click.group()
def pilot() -> None:
    """Run a set of questions through several models on your documents, and compare them."""


pilot.add_command(owner)
pilot.add_command(show)


@pilot.command()
@click.argument("file", type=_FILE)
@click.option("--language", type=_LANGUAGE, help="Language of the examples (default: yours).")
def template(file: Path, language: str | None) -> None:
    """Write a question set to fill in (.csv, .xlsx or .jsonl)."""
    spoken = Language(language) if language else user_language()
    write_set(file, template_questions(spoken), spoken)
    tell("pilot_template", path=str(file))


@pilot.command("draft")
@click.argument("file", type=_FILE)
@library_option
@click.option(
    "--count", type=click.IntRange(1, MOST), default=USUAL, help="Questions of each kind and language."
)
@click.option("--language", type=_LANGUAGE, help="Language of the column names (default: yours).")
@click.option("--words-by", "writer", metavar="NAME", help="A model that words them as a person would.")
def draft_set(file: Path, library_folder: Path, count: int, language: str | None, writer: str | None) -> None:
    """Propose questions from the library (.csv, .xlsx or .jsonl) for you to keep or delete.

    They are made by rule. A model given with --words-by may word them, and keeps figures and names: where it
    does not, the rule's wording stays.
    """
    require_new(file)  # before a model takes minutes
    with Library.open(library_folder, create=False) as library:
        drafted = draft(library, count)
        if writer is not None:
            drafted = _worded(library, drafted, choice.find(writer))
    write_set(file, drafted, Language(language) if language else user_language())
    tell("pilot_drafted", count=len(drafted), path=str(file))


def _worded(library: Library, drafted: tuple[Question, ...], model: AnyModel) -> tuple[Question, ...]:
    """Let a model word the questions; on a terminal, stderr shows how far it is."""
    with closing(open_writer(library, model, load_settings())) as engine:
        working, shown = worded(drafted, engine), -1
        while True:
            try:
                step = next(working)
            except StopIteration as end:
                made: tuple[Question, ...] = end.value
                break
            if show_progress() and step.done > shown:
                shown = step.done
                click.echo(f"\r{step.done}/{step.total}", nl=step.done == step.total, err=True)
    kept = sum(WORDED in question.tags for question in made)
    tell("pilot_worded", kept=kept, count=len(made), name=model.name)
    return made


@pilot.command("check")
@click.argument("file", type=_FILE)
@json_option
def check_set(file: Path, as_json: bool) -> None:
    """Read a question set and say what is wrong with it, row by row."""
    asked = read_set(file)
    if as_json:
        print_json(_set_object(asked))
    else:
        _show_set(asked)
    _refuse_problems(asked)


def _set_object(asked: QuestionSet) -> dict[str, object]:
    language = user_language()
    return {
        "name": asked.name,
        "sha256": asked.sha256,
        "questions": len(asked.questions),
        "problems": [
            {"row": each.row, "column": each.column, "code": each.code, "text": each.said(language)}
            for each in asked.problems
        ],
    }


def _show_set(asked: QuestionSet) -> None:
    for problem in asked.problems:
        click.echo(problem.said(user_language()), err=True)
    expects = [question.expect for question in asked.questions]
    tell(
        "pilot_set",
        count=len(expects),
        expected=sum(question.expected is not None for question in asked.questions),
        refuse=expects.count(Expect.REFUSE),
        unknown=expects.count(Expect.UNKNOWN),
    )
    drafts = sum(DRAFT in question.tags for question in asked.questions)
    if drafts:
        tell("pilot_drafts", count=drafts)


def _refuse_problems(asked: QuestionSet) -> None:
    if not asked.usable:
        blocking = sum(problem.blocking for problem in asked.problems)
        raise PilotError("set_problems", path=asked.name, count=blocking)


@pilot.command()
@click.argument("question_set", metavar="SET", type=_FILE)
@click.option(
    "--models", "-m", "names", multiple=True, required=True, metavar="NAME", help="A model; may be repeated."
)
@click.argument("more", nargs=-1, metavar="[MODEL]...")
@library_option
@click.option("--out", type=_FOLDER, help="Folder of the run (default: a new one in the data folder).")
@click.option("--stability", type=click.IntRange(0), default=0, help="Questions that get variants (0: none).")
@click.option(
    "--words-by", "writer", default="", metavar="NAME", help="A model of the run that rewords and translates."
)
@click.option("--knockout", is_flag=True, help="Check every supported claim again without its citations.")
@ray_options
def run(
    question_set: Path,
    names: tuple[str, ...],
    more: tuple[str, ...],
    library_folder: Path,
    out: Path | None,
    stability: int,
    writer: str,
    knockout: bool,
    cluster: str | None,
    workers: int,
) -> None:
    """Ask every question of SET with each model, on the same passages. Ctrl-C pauses; nothing is lost."""
    asked = read_set(question_set)
    _show_set(asked)
    _refuse_problems(asked)
    folder = out or home() / "pilots" / f"{question_set.stem}-{datetime.now():%Y%m%d-%H%M%S}"
    spread = on_ray(folder, cluster, workers)
    embedder, checker = open_encoders()
    options = Options(stability=stability, knockout=knockout, writer=writer)
    models = [choice.find(name) for name in (*names, *more)]
    start(folder, asked, models, library_folder, load_settings(), options, embedder, checker)
    tell("pilot_begun", folder=str(folder))
    _follow(Pilot(folder, embedder, checker, spread=spread), folder)


@pilot.command()
@click.argument("folder", type=_FOLDER)
@click.option("--retry", is_flag=True, help="Do the failed rows again.")
@ray_options
def resume(folder: Path, retry: bool, cluster: str | None, workers: int) -> None:
    """Go on with a run that was paused, or whose program or machine died."""
    spread = on_ray(folder, cluster, workers)
    if retry:
        with RunStore.open(folder) as store:
            store.drop(RowStatus.FAILED.value)
    embedder, checker = open_encoders()
    _follow(Pilot(folder, embedder, checker, spread=spread), folder)


def _follow(work: Pilot, folder: Path) -> None:
    """Work until the end, telling each row on stderr; a pause says how to go on."""
    done = total = 0
    try:
        with closing(work.work()) as events:
            for event in _shown(events):
                if isinstance(event, Began | RowDone):
                    done, total = event.done, event.total
                elif isinstance(event, Ended):
                    tell("pilot_ended", done=event.done, failed=event.failed, folder=str(folder))
    except KeyboardInterrupt:
        click.echo(err=True)
        tell("pilot_saved", done=done, total=total, folder=str(folder))
        raise click.Abort from None


def _shown(events: Iterator[RunEvent]) -> Iterator[RunEvent]:
    language = user_language()
    for event in events:
        if isinstance(event, AnswerKept):
            kept: dict[str, Param] = {"model": event.model, "question": event.question, "left": event.left}
            _line(say("cli.pilot_kept", language, kept))
        if isinstance(event, RowDone):
            params: dict[str, Param] = {
                "done": event.done,
                "total": event.total,
                "model": event.row.model,
                "question": event.row.question,
                "left": _clock(event.seconds_left),
            }
            _line(say("cli.pilot_progress", language, params))
        yield event
    if show_progress():
        click.echo(err=True)


def _line(said: str) -> None:
    """A line of progress: in the place of the one before on a terminal."""
    click.echo(f"\r\x1b[2K{said}" if show_progress() else said, err=True, nl=not show_progress())


def _clock(seconds: float | None) -> str:
    """Time left as h:mm:ss."""
    if seconds is None:
        return "?"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"
