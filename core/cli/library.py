"""``touchstone library``: what is in it, taking things out, backup and upkeep."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from core.audit import RecordKind, record_event
from core.cli.add import READY, Progress, document_line, document_object
from core.cli.common import json_option, library_option, print_json, tell, user_language
from core.encoders.embedder import Embedder
from core.errors import LibraryError
from core.index.ingest import encode_missing, name_of
from core.store import backup as upkeep
from core.store import documents, removal
from core.store.database import Library
from core.store.documents import StoredDocument
from core.words import say

_MB = 1_000_000


@click.group()
def library() -> None:
    """Show, back up, restore and clean the library."""


@library.command("list")
@click.option("--all", "all_versions", is_flag=True, help="Also versions that were replaced or removed.")
@library_option
@json_option
def list_library(all_versions: bool, library_folder: Path, as_json: bool) -> None:
    """List the documents with their states; a file that is gone from its place shows as missing."""
    with Library.open(library_folder, create=False) as opened:
        listed = documents.list_documents(opened, current_only=not all_versions)
    for document in listed:
        _show(document, as_json=as_json)
    if not listed and not as_json:
        tell("library_empty", path=str(library_folder))


@library.command()
@library_option
@json_option
def info(library_folder: Path, as_json: bool) -> None:
    """Say what the library holds and how much space it takes."""
    with Library.open(library_folder, create=False) as opened:
        facts = _facts(opened)
    if as_json:
        print_json(asdict(facts))
        return
    tell("library_facts", **asdict(facts), size=f"{facts.bytes / _MB:.1f}")
    if facts.encoded < facts.passages:
        tell("library_to_encode", count=facts.passages - facts.encoded)


@library.command()
@click.argument("target", type=click.Path(path_type=Path))
@library_option
def backup(target: Path, library_folder: Path) -> None:
    """Copy the library into one file, while it may be in use."""
    with Library.open(library_folder, create=False) as opened:
        written = upkeep.back_up(opened, target)
        record_event(opened, RecordKind.EXPORT, {"format": "backup"}, {"file": written.name})
    tell("library_backed_up", path=str(written))


@library.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Overwrite a library that is not empty; a copy of it is kept.")
@library_option
def restore(source: Path, replace: bool, library_folder: Path) -> None:
    """Make the library what a backup holds."""
    upkeep.restore(source, library_folder, replace=replace)
    with Library.open(library_folder) as opened:
        record_event(opened, RecordKind.IMPORT, {"format": "backup"}, {"file": source.name})
        tell("library_restored", path=str(library_folder), documents=len(documents.list_documents(opened)))


@library.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@library_option
def remove(paths: tuple[Path, ...], library_folder: Path) -> None:
    """Take documents out of the search. Old answers still show their evidence."""
    with Library.open(library_folder, create=False) as opened:
        for name in _names(paths):
            removal.remove(opened, name)
            tell("library_removed", path=name)


@library.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
@library_option
def forget(paths: tuple[Path, ...], yes: bool, library_folder: Path) -> None:
    """Erase the text of documents, all versions, for good. What answers quoted stays with the answers."""
    question = say("cli.library_forget_confirm", user_language(), {"count": len(paths)})
    if not yes:
        click.confirm(question, abort=True, err=True)
    with Library.open(library_folder, create=False) as opened:
        for name in _names(paths):
            removal.forget(opened, name)
            tell("library_forgotten", path=name)
        upkeep.compact(opened)
        for copy in upkeep.copies(opened):
            tell("library_copy", path=str(copy))


@library.command()
@library_option
def compact(library_folder: Path) -> None:
    """Give back the space of what was removed."""
    with Library.open(library_folder, create=False) as opened:
        done = upkeep.compact(opened)
    tell("library_compacted", before=f"{done.before / _MB:.1f}", after=f"{done.after / _MB:.1f}")


@library.command()
@library_option
def reindex(library_folder: Path) -> None:
    """Bring the index up to date, as after a change of the encoder."""
    embedder = Embedder.open()
    count = 0
    with Library.open(library_folder, create=False) as opened:
        for event in Progress(user_language()).follow(encode_missing(opened, embedder)):
            count = event.done
    tell("reindexed", count=count)


@library.command()
@library_option
def check(library_folder: Path) -> None:
    """Check the library's file for damage; exit code 1 when there is any."""
    with Library.open(library_folder, create=False) as opened:
        found = upkeep.check(opened)
    for problem in found:
        click.echo(problem)
    if found:
        raise LibraryError("library_damaged", path=str(library_folder))
    tell("library_sound")


def _names(paths: tuple[Path, ...]) -> list[str]:
    return [name_of(Path(os.path.abspath(path))) for path in paths]


def _show(document: StoredDocument, *, as_json: bool) -> None:
    language = user_language()
    if as_json:
        more = {"current": document.current, "missing": document.missing, "added_at": document.added_at}
        print_json({**document_object(document, language), **more})
        return
    missing = f"  ({say('state.missing', language)})" if document.missing else ""
    click.echo(document_line(document, language) + missing)


@dataclass(frozen=True, slots=True)
class Facts:
    """What ``info`` says; ``encoded`` passages can be found by meaning, ``bytes`` is the file's size."""

    path: str
    documents: int
    ready: int
    missing: int
    passages: int
    encoded: int
    bytes: int


def _facts(opened: Library) -> Facts:
    listed = documents.list_documents(opened)
    return Facts(
        path=str(opened.folder),
        documents=len(listed),
        ready=sum(document.state in READY for document in listed),
        missing=sum(document.missing for document in listed),
        passages=documents.count_passages(opened),
        encoded=max(documents.encoders(opened).values(), default=0),
        bytes=opened.path.stat().st_size,
    )
