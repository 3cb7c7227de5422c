"""``touchstone add``: files and folders into the library."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import click

from core.cli.common import json_option, library_option, print_json, show_progress, user_language
from core.encoders.embedder import Embedder
from core.errors import LibraryError
from core.index.ingest import FileDone, FileStarted, IngestEvent, PassagesIndexed
from core.index.ingest import add as ingest
from core.index.vectors import TextEmbedder
from core.store.database import Library
from core.store.documents import StoredDocument
from core.types import DocumentState, Language, Param
from core.words import say, say_reason

Event = TypeVar("Event", bound=IngestEvent)

READY = (DocumentState.INDEXED, DocumentState.UNCHANGED)
_WIDTH = 20  # of the progress bar, in characters


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@library_option
@json_option
def add(paths: tuple[Path, ...], library_folder: Path, as_json: bool) -> None:
    """Load files or folders into the library. What is there already is not read again.

    Exit code 1 when none of the files can be searched.
    """
    language = user_language()
    embedder = Embedder.open()

    def tell(document: StoredDocument) -> None:
        if as_json:
            print_json(document_object(document, language))
        else:
            click.echo(document_line(document, language))

    with Library.open(library_folder) as library:
        documents = load_files(library, paths, embedder, tell)
    ready = sum(document.state in READY for document in documents)
    click.echo(say("cli.add_sum", language, {"ready": ready, "total": len(documents)}), err=True)
    if not ready:
        raise LibraryError("add_nothing_ready" if documents else "add_no_files")


def load_files(
    library: Library,
    paths: Sequence[Path],
    embedder: TextEmbedder | None,
    told: Callable[[StoredDocument], None] | None = None,
) -> list[StoredDocument]:
    """Load files and folders with progress on stderr; ``told`` hears of each file when it is done."""
    progress = Progress(user_language())
    documents = []
    for event in progress.follow(ingest(library, paths, embedder)):
        if isinstance(event, FileDone):
            documents.append(event.document)
            if told is not None:
                told(event.document)
    return documents


def document_object(document: StoredDocument, language: Language) -> dict[str, object]:
    """What ``--json`` prints of a document."""
    return {
        "document": document.path,
        "sha256": document.sha256,
        "state": document.state.value,
        "reason": None if document.reason is None else say_reason(document.reason, language),
        "pages": document.pages,
        "passages": document.passages,
    }


def document_line(document: StoredDocument, language: Language) -> str:
    """A document as one line for people."""
    state = say(f"state.{document.state.value}", language)
    if document.reason is not None:
        reason = say_reason(document.reason, language)
        return say("cli.add_line_reason", language, {"state": state, "path": document.path, "reason": reason})
    figures = {"pages": document.pages, "passages": document.passages}
    return say("cli.add_line", language, {"state": state, "path": document.path, **figures})


class Progress:
    """A line on stderr that says how far the loading is; silent where stderr is no terminal."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._shown = show_progress()
        self._file = FileStarted("", 1, 1)

    def follow(self, events: Generator[Event, None, None]) -> Iterator[Event]:
        """Pass the events on, drawing each; the line is empty whenever a file is done, and at the end."""
        with closing(events):
            for event in events:
                self._draw(event)
                yield event
        self._write("")

    def _draw(self, event: IngestEvent) -> None:
        match event:
            case FileStarted():
                self._file = event
                self._write(self._line(0.0))
            case PassagesIndexed(done=done, total=total) if total:
                passages = say("cli.add_passages", self._language, {"done": done, "total": total})
                self._write(f"{self._line(done / total)}  {passages}")
            case FileDone():
                self._write("")

    def _line(self, share: float) -> str:
        file = self._file
        params: dict[str, Param] = {
            "index": file.index,
            "total": file.total,
            "name": Path(file.path).name,
        }
        filled = round((file.index - 1 + share) / file.total * _WIDTH)
        return f"{'█' * filled:░<{_WIDTH}} {say('cli.add_progress', self._language, params)}"

    def _write(self, text: str) -> None:
        if self._shown:
            click.echo(f"\r\x1b[2K{text}", err=True, nl=False)
