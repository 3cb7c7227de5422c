"""``touchstone check``: score a text that came from anywhere, or many of them as JSONL."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import IO

import click

from core import gate
from core.assistant import open_assistant
from core.cli.ask import follow, tell_answer
from core.cli.common import (
    json_option,
    library_option,
    show_progress,
    user_language,
)
from core.documents.reader import Reader, discover
from core.errors import DocumentError, VerifierError
from core.offline import hosts_of, loopback
from core.settings import Settings, load_settings
from core.types import Answer, AnswerId, DocumentState
from core.verify.batch import check_lines, open_text
from core.verify.cluster import check_on_ray
from core.verify.levels import Policy
from core.verify.model import open_models
from core.verify.pages import FilePage, PageSource
from core.verify.ray_start import LOCAL, require_ray
from core.verify.verifier import Verifier

Job = Callable[[Iterable[str]], Iterator[str]]

_READABLE = click.Path(path_type=Path, exists=True)


@click.command()
@click.argument("answer_file", required=False, metavar="[ANSWER_FILE]")
@click.option("--question", help="The question that the text answers.")
@click.option(
    "--against", multiple=True, type=_READABLE, help="Files or folders to check against, not the library."
)
@click.option(
    "--jsonl",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Batch input, one object a line (.gz too).",
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Batch output (default: standard output)."
)
@click.option("--workers", type=click.IntRange(0, 256), default=0, help="Batch processes (0: one a core).")
@click.option(
    "--ray",
    "cluster",
    is_flag=False,
    flag_value=LOCAL,
    metavar="[HOST:PORT]",
    help="Batch on Ray: on this machine, or on the cluster at HOST:PORT, an allowed host.",
)
@library_option
@json_option
def check(
    answer_file: str | None,
    question: str | None,
    against: tuple[Path, ...],
    jsonl: Path | None,
    out: Path | None,
    workers: int,
    cluster: str | None,
    library_folder: Path,
    as_json: bool,
) -> None:
    """Check the text of ANSWER_FILE (- reads standard input) claim by claim. Exit code 3: it is held."""
    settings = load_settings()
    if jsonl is not None:
        if answer_file or against or question:
            raise click.UsageError("--jsonl takes neither an answer file nor --question nor --against.")
        _batch(jsonl, out, _job(settings, workers, cluster))
        return
    if cluster is not None:
        raise click.UsageError("--ray needs --jsonl.")
    if answer_file is None:
        raise click.UsageError("Give a file with the answer, - for standard input, or --jsonl.")
    text = _read_answer(answer_file)
    if against:
        answer = _against(text, question, against, settings)
    else:
        with open_assistant(library_folder, settings, question, with_engine=False) as assistant:
            answer = follow(assistant.check_text(text, question), user_language())
    tell_answer(answer, settings, as_json=as_json)


def _read_answer(name: str) -> str:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise VerifierError("batch_input", path=name) from error
    if not text.strip():
        raise VerifierError("check_nothing", path=name)
    return text


def _against(text: str, question: str | None, paths: Sequence[Path], settings: Settings) -> Answer:
    """Check against named files only; nothing is kept or recorded."""
    models = open_models()
    source = PageSource(_pages(paths), models.embedder)
    result = Verifier(models.checker, Policy.from_settings(settings)).check(text, source, question)
    decision = gate.decide(result, four_eyes=settings.four_eyes)
    return Answer(AnswerId(""), question, text, result, decision, created_at="", four_eyes=settings.four_eyes)


def _pages(paths: Sequence[Path]) -> list[FilePage]:
    """The pages of the files. An unreadable file stops the check: its silence would look like absence."""
    pages: list[FilePage] = []
    with Reader() as reader:
        for path in discover(list(paths)):
            content = reader.read(path)
            if content.state is not DocumentState.INDEXED:
                raise DocumentError("against_unreadable", path=str(path), state=content.state.value)
            pages += [FilePage(page, str(path), content.sha256) for page in content.pages]
    return pages


def _job(settings: Settings, workers: int, cluster: str | None) -> Job:
    """How the lines are to be checked: by processes of this machine, or on Ray."""
    if cluster is None:
        return partial(check_lines, settings=settings, workers=workers)
    require_ray()
    if cluster == LOCAL and not loopback.alone():
        loopback.restart("core.cli", sys.argv[1:])
    hosts = hosts_of(settings.allowed_hosts)
    return partial(check_on_ray, settings=settings, workers=workers, address=cluster, hosts=hosts)


def _batch(source: Path, out: Path | None, job: Job) -> None:
    try:
        with open_text(source, "r") as lines:
            if out is None:
                _write(job(lines), sys.stdout)
                return
            with open_text(out, "w") as sink:
                _write(job(lines), sink)
    except (OSError, UnicodeDecodeError) as error:
        raise VerifierError("batch_input", path=str(source)) from error


def _write(results: Iterator[str], sink: IO[str]) -> None:
    for done, result in enumerate(results, start=1):
        sink.write(result + "\n")
        if show_progress():
            click.echo(f"\r{done}", err=True, nl=False)
    if show_progress():
        click.echo(err=True)
