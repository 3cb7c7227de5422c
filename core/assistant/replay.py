"""Answering again: same documents, model and seed give the same answer and the same verdicts, or an exact
list of what differs and of what has changed since.

The recorded settings are used again, threads and offload included. Nothing is recorded.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from core.assistant.assistant import Assistant, Given
from core.assistant.changes import (
    Difference,
    document_changes,
    setting_changes,
    standing_changes,
    version_changes,
)
from core.assistant.events import Event, Finished
from core.assistant.opening import open_encoders, open_engine
from core.errors import LibraryError, ModelError, SettingsError
from core.index.search import Searcher
from core.llm import catalog
from core.llm.engine import Engine
from core.settings import Settings
from core.store import answers, audit_log
from core.store.database import Library
from core.types import Answer, AnswerId, Claim, Param


@dataclass(frozen=True, slots=True)
class Replayed:
    """The outcome; always the last event.

    ``differences`` are in the result: the prompt, the answer's text, claims. ``changes`` are in what it was
    made from: documents, model, versions, settings; they explain differences, or have made none.
    ``answer`` is the new answer, None where it could not be made.
    """

    answer_id: AnswerId
    differences: tuple[Difference, ...]
    changes: tuple[Difference, ...]
    answer: Answer | None

    @property
    def same(self) -> bool:
        """Whether answer and verdicts came out again, to the bit."""
        return self.answer is not None and not self.differences


@dataclass(frozen=True, slots=True)
class _Recorded:
    """What the log says of the answer: itself, and the context of its record."""

    answer: Answer
    context: Mapping[str, Any]


def replay(
    library_folder: Path, answer_id: str, current: Settings
) -> Generator[Event | Replayed, None, None]:
    """Make a recorded answer again and compare. ``current`` are the settings now, to name what changed.

    Raises LibraryError when the answer is unknown, erased or damaged, EngineError and VerifierError as
    an answer does. A model that is not there any more is a change, not an error.
    """
    with Library.open(library_folder, create=False) as library:
        recorded = _recorded(library, answer_id)
        changes = [
            *document_changes(library, recorded.answer),
            *standing_changes(library, recorded.answer),
            *setting_changes(recorded.context, current),
        ]
    settings, unknown = _settings_then(recorded)
    changes += unknown
    model = recorded.answer.model
    if model is not None and model.server is not None:  # who may be asked is for now to say, not for then
        settings = replace(settings, allowed_hosts=current.allowed_hosts)
        changes.append(Difference("server_unhashed", {"name": model.name, "server": model.server}))
    try:
        engine = _engine(recorded, settings)
    except ModelError:
        changes.append(_model_change(recorded.answer))
        yield Replayed(recorded.answer.id, (), tuple(changes), None)
        return
    try:
        embedder, checker = open_encoders()
        assistant = Assistant(library_folder, engine, embedder, checker, settings)
        new = yield from _again(assistant, recorded)
        with Library.open(library_folder, create=False) as library:
            changes += version_changes(library, recorded.context, embedder, checker, engine)
    finally:
        if engine is not None:
            engine.close()
    yield Replayed(recorded.answer.id, tuple(_differences(recorded.answer, new)), tuple(changes), new)


def _recorded(library: Library, answer_id: str) -> _Recorded:
    answer = answers.load_answer(library, answer_id)
    for record in audit_log.records(library, answer.id):
        if record.kind == "answer":
            return _Recorded(answer, json.loads(record.body).get("context", {}))
    raise LibraryError("answer_damaged")


def _settings_then(recorded: _Recorded) -> tuple[Settings, list[Difference]]:
    """The settings of that day, and those that this version does not know. Threads and layers as they were
    in force, so that another default does not count.
    """
    settings, unknown = Settings(), []
    for name, value in recorded.context.get("settings", {}).items():
        try:
            settings = settings.with_text(name, str(value))
        except SettingsError:
            unknown.append(Difference("setting_unknown", {"name": name, "was": str(value)}))
    engine = recorded.context.get("engine")
    if engine:
        settings = replace(settings, threads=engine["threads"], gpu_layers=str(engine["gpu_layers"]))
    return settings, unknown


def _engine(recorded: _Recorded, settings: Settings) -> Engine | None:
    """The engine with the very file that wrote the answer, or with the server's model of that name as it is
    now; None for a text from elsewhere.
    """
    model = recorded.answer.model
    if model is None:
        return None
    return open_engine(replace(settings, model=model.sha256 or model.name), recorded.answer.question or "")


def _model_change(answer: Answer) -> Difference:
    assert answer.model is not None
    if answer.model.server is not None:
        return Difference("server_missing", {"name": answer.model.name, "server": answer.model.server})
    named = [model for model in catalog.installed() if model.name == answer.model.name]
    if named:
        params = {"name": answer.model.name, "was": answer.model.sha256, "now": named[0].sha256}
        return Difference("model_differs", params)
    return Difference("model_missing", {"name": answer.model.name, "was": answer.model.sha256})


def _again(assistant: Assistant, recorded: _Recorded) -> Generator[Event, None, Answer]:
    """The run itself, nothing of it recorded; the generator's value is the new answer."""
    question = recorded.answer.question
    if assistant.engine is not None and question is not None:
        with Library.open(assistant.library_folder, create=False) as library:
            hits = Searcher(library, assistant.embedder).search(question, assistant.settings.passages)
        events = assistant.answer(question, Given(hits))
    else:
        events = assistant.check_text(recorded.answer.text, question, Given(()))
    with closing(events):
        for event in events:
            if isinstance(event, Finished):
                return event.answer
            yield event
    raise AssertionError("an answer always ends with Finished")


def _differences(old: Answer, new: Answer) -> Iterator[Difference]:
    if old.generation.get("prompt_sha256") != new.generation.get("prompt_sha256"):
        yield Difference("prompt_differs", {})
    if old.text != new.text:
        at = next((i for i, (a, b) in enumerate(zip(old.text, new.text, strict=False)) if a != b), None)
        yield Difference("text_differs", {"at": min(len(old.text), len(new.text)) if at is None else at})
    if len(old.check.claims) != len(new.check.claims):
        counts = {"was": len(old.check.claims), "now": len(new.check.claims)}
        yield Difference("claim_count", counts)
    for number, (was, now) in enumerate(zip(old.check.claims, new.check.claims, strict=False), 1):
        yield from _claim_differences(number, was, now)
    for name in ("level", "risk", "coverage"):
        before, after = getattr(old.check, name), getattr(new.check, name)
        if before != after:
            yield Difference("check_differs", {"name": name, "was": str(before), "now": str(after)})


def _claim_differences(number: int, was: Claim, now: Claim) -> Iterator[Difference]:
    for name in ("verdict", "risk"):
        before, after = getattr(was, name), getattr(now, name)
        if before != after:
            params: dict[str, Param] = {"number": number, "was": str(before), "now": str(after)}
            yield Difference(f"claim_{name}", params)
    for name in ("text", "reasons", "spans", "evidence"):  # words stay where the gate keeps them
        if getattr(was, name) != getattr(now, name):
            yield Difference(f"claim_{name}", {"number": number})
