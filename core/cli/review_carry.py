"""``touchstone review export|open|import``: review on another computer, without the library."""

from __future__ import annotations

from pathlib import Path

import click

from core import review as decisions
from core.audit import now
from core.cli.common import json_option, library_option, print_json, tell, user_language
from core.cli.passphrase import passphrase_option, read_passphrase, signer
from core.cli.review import checker, review, tell_rechecked
from core.cli.show import plain, show_for_review, show_page
from core.errors import LibraryError
from core.review import Carried, RejectCode, Verdicted
from core.settings import load_settings
from core.store.database import Library
from core.types import Check, Decision, Verdict
from core.words import say, say_error

__all__ = ["review"]


@review.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--for", "for_whom", multiple=True, metavar="NAME", help="A reviewer; may be repeated.")
@click.option(
    "--answer", "answer_ids", multiple=True, metavar="ID", help="Only this answer; may be repeated."
)
@click.option("--who", default=lambda: load_settings().reviewer, help="Your name.")
@passphrase_option
@library_option
def export_waiting(
    file: Path,
    for_whom: tuple[str, ...],
    answer_ids: tuple[str, ...],
    who: str,
    passphrase_file: Path | None,
    library_folder: Path,
) -> None:
    """Write what waits into FILE, with all that is needed to judge it, signed by the library's key.

    The file holds the sealed keys of the reviewers it is meant for: hand it over as you would the answers.
    """
    with Library.open(library_folder, create=False) as library:
        by = signer(library, who, passphrase_file)
        count = decisions.export_file(library, file, for_whom=for_whom, answer_ids=answer_ids, by=by)
    tell("review_exported", count=count, path=str(file))


@review.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@library_option
@json_option
def import_decisions(file: Path, library_folder: Path, as_json: bool) -> None:
    """Take signed decisions from FILE. Each line is judged by itself; exit code 1 when one is refused.

    An answer that the reviewer edited is checked again here first; a line whose check cannot run is refused.
    """
    language = user_language()
    with Library.open(library_folder, create=False) as library:
        done = decisions.import_file(library, file, checker(library_folder))
    refused = 0
    for line in done:
        problem = None if line.refused is None else say_error(line.refused, language)
        refused += problem is not None
        if as_json:
            code = line.refused.code if line.refused else None
            print_json(
                {"line": line.line, "answer_id": line.answer_id, "decision": line.decision}
                | {"refused": code, "reason": problem, "rechecked": _level_of(line.rechecked)}
            )
        elif problem is None:
            tell("review_imported", line=line.line, id=line.answer_id[:12])
            tell_rechecked(line.rechecked)
        else:
            tell("review_refused", line=line.line, id=line.answer_id[:12] or "—", problem=problem)
    if refused or not done:
        raise LibraryError("import_refused", refused=refused, total=len(done))


def _level_of(check: Check | None) -> dict[str, object] | None:
    return None if check is None else {"level": check.level.value, "risk": check.risk}


@review.command("open")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--show", "show_id", metavar="ID", help="Show this answer with its evidence.")
@click.option("--pages", is_flag=True, help="With --show: also the text of the pages.")
@click.option("--release", "release_id", metavar="ID", help="Release this answer.")
@click.option("--reject", "reject_id", metavar="ID", help="Reject this answer.")
@click.option("--who", default=lambda: load_settings().reviewer, help="Your name.")
@click.option("--reason", default="", help="Why; recorded.")
@click.option(
    "--code", type=click.Choice([code.value for code in RejectCode]), help="A listed reason to reject."
)
@click.option("--caveat", "caveats", multiple=True, help="A caveat; may be repeated.")
@click.option("--text-file", type=click.Path(path_type=Path, dir_okay=False), help="The edited answer.")
@click.option("--label", "labels", multiple=True, metavar="CLAIM=VERDICT", help="A verdict on a claim.")
@click.option("--opened-at", metavar="TIME", help="When you began to look (ISO 8601, UTC).")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="The file of decisions to add to."
)
@passphrase_option
@json_option
def open_carried(
    file: Path,
    show_id: str | None,
    pages: bool,
    release_id: str | None,
    reject_id: str | None,
    who: str,
    reason: str,
    code: str | None,
    caveats: tuple[str, ...],
    text_file: Path | None,
    labels: tuple[str, ...],
    opened_at: str | None,
    out: Path | None,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """List the answers in FILE; show, release or reject one. Needs no library.

    Decisions are signed with your key and added to the file that --out names; send that file back.
    """
    carried = decisions.open_file(file)
    chosen = release_id or reject_id
    if chosen is None:
        _list_or_show(carried, show_id, pages=pages, as_json=as_json)
        return
    if out is None or (release_id and reject_id):
        raise click.UsageError("Give one of --release and --reject, and --out for the file of decisions.")
    numbered = _labels(labels)
    said = Verdicted(
        Decision.RELEASED if release_id else Decision.REJECTED,
        who,
        reason,
        RejectCode(code) if code else None,
        _text(text_file),
        caveats,
        opened_at or now(),
    )
    session = decisions.unlock(carried, who, read_passphrase(who, passphrase_file))
    decisions.add_line(out, decisions.decide_carried(carried, chosen, said, session, numbered))
    tell("review_decided", id=chosen[:12], path=str(out))


def _list_or_show(carried: Carried, show_id: str | None, *, pages: bool, as_json: bool) -> None:
    if show_id is not None:
        item = carried.item(show_id)
        show_for_review(item.answer, user_language(), hidden=item.hidden)
        for page in item.pages if pages else ():
            show_page(page.place, page.text, user_language())
        return
    for item in carried.items:
        answer = item.answer
        level = None if item.hidden else answer.check.level.value
        if as_json:
            print_json(
                {"id": answer.id, "question": answer.question, "level": level}
                | {"assigned_to": item.assigned_to, "created_at": answer.created_at}
            )
        else:
            click.echo(f"{answer.id[:12]}  {level or '?':6}  {plain(answer.question or '—')}")
    if not as_json:
        click.echo(say("cli.review_carried", user_language(), {"key": carried.key}), err=True)


def _labels(given: tuple[str, ...]) -> dict[int, Verdict]:
    found = {}
    for each in given:
        number, _, verdict = each.partition("=")
        if not number.strip().isdigit() or verdict not in {item.value for item in Verdict}:
            raise click.UsageError(f"--label takes CLAIM=VERDICT, as 2=contradicted, not “{each}”.")
        found[int(number) - 1] = Verdict(verdict)
    return found


def _text(file: Path | None) -> str | None:
    if file is None:
        return None
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise LibraryError("text_unreadable", path=str(file)) from error
