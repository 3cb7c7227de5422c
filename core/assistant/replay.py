"""Answering again: same documents, model and seed give the same answer and the same verdicts, or an exact
list of what differs and of what has changed since.

The recorded settings are used again, threads and offload included. Nothing is recorded.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from core import __version__
from core.assistant.assistant import Assistant, Given
from core.assistant.events import Event, Finished
from core.assistant.opening import open_encoders, open_engine
from core.assistant.prompt import PROMPT_VERSION
from core.errors import LibraryError, ModelError, SettingsError
from core.index.search import Searcher
from core.llm import catalog
from core.llm.engine import Engine
from core.settings import Settings
from core.store import answers, audit_log, documents
from core.store.database import Library
from core.types import Answer, AnswerId, Claim, Param
from core.verify.policy import in_use, verifier_identity

_BEARING = ("model", "retrieval")
_LEVELS = {"medium_from", "high_from"}
_ENGINE_FACTS = ("context_tokens", "threads", "gpu_layers", "llama_cpp", "cpu_features")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was: ``replay.<code>`` in the words."""

    code: str
    params: Mapping[str, Param]


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
            *_document_changes(library, recorded.answer),
            *_standing_changes(library, recorded.answer),
            *_setting_changes(recorded, current),
        ]
    settings, unknown = _settings_then(recorded)
    changes += unknown
    try:
        engine = _engine(recorded, settings)
    except ModelError:
        changes.append(_model_change(recorded.answer))
        yield Replayed(recorded.answer.id, (), tuple(changes), None)
        return
    try:
        new = yield from _again(library_folder, recorded, settings, engine)
        changes += _version_changes(library_folder, recorded, engine)
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
    """The engine with the very file that wrote the answer; None for a text from elsewhere."""
    model = recorded.answer.model
    if model is None:
        return None
    return open_engine(replace(settings, model=model.sha256), recorded.answer.question or "")


def _model_change(answer: Answer) -> Difference:
    assert answer.model is not None
    named = [model for model in catalog.installed() if model.name == answer.model.name]
    if named:
        params = {"name": answer.model.name, "was": answer.model.sha256, "now": named[0].sha256}
        return Difference("model_differs", params)
    return Difference("model_missing", {"name": answer.model.name, "was": answer.model.sha256})


def _again(
    library_folder: Path, recorded: _Recorded, settings: Settings, engine: Engine | None
) -> Generator[Event, None, Answer]:
    """The run itself, nothing of it recorded; the generator's value is the new answer."""
    embedder, checker = open_encoders()
    assistant = Assistant(library_folder, engine, embedder, checker, settings)
    question = recorded.answer.question
    with Library.open(library_folder, create=False) as library:
        searcher = Searcher(library, embedder)
        hits = searcher.search(question, settings.passages) if engine and question else ()
    if engine is not None and question is not None:
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


def _document_changes(library: Library, answer: Answer) -> Iterator[Difference]:
    """What became of the documents that the answer cites, and what came in since."""
    current = documents.list_documents(library)
    held = {document.sha256 for document in current}
    for sha256, path in sorted(_cited(answer).items()):
        if sha256 in held:
            continue
        newer = next((document for document in current if document.path == path), None)
        if newer is not None:
            params: dict[str, Param] = {"document": path, "was": sha256, "now": newer.sha256}
            yield Difference("document_changed", params)
        elif documents.with_hash(library, sha256):
            yield Difference("document_removed", {"document": path, "was": sha256})
        else:
            yield Difference("document_forgotten", {"document": path, "was": sha256})
    for document in current:
        if document.added_at[:19] > answer.created_at[:19]:
            params = {"document": document.path, "now": document.sha256, "at": document.added_at}
            yield Difference("document_added", params)


def _cited(answer: Answer) -> dict[str, str]:
    places = (item.place for claim in answer.check.claims for item in claim.evidence if item.place)
    return {place.document_sha256: place.document for place in places}


def _standing_changes(library: Library, answer: Answer) -> Iterator[Difference]:
    """Documents that were given another rank or other days of validity since."""
    for record in audit_log.records_of(library, "document"):
        body = json.loads(record.body)
        if body.get("action") == "standing" and record.at > answer.created_at:
            params: dict[str, Param] = {"sha256": str(body.get("sha256")), "at": record.at}
            yield Difference("document_standing", params)


def _setting_changes(recorded: _Recorded, current: Settings) -> Iterator[Difference]:
    """Settings that bear on an answer and have another value now; the replay used the recorded one."""
    then = recorded.context.get("settings", {})
    shown = {field.name for field in fields(Settings) if field.metadata["section"] in _BEARING} | _LEVELS
    for name in sorted(shown & then.keys()):
        now = getattr(current, name)
        if str(then[name]) != str(now):
            yield Difference("setting_changed", {"name": name, "was": str(then[name]), "now": str(now)})


def _version_changes(library_folder: Path, recorded: _Recorded, engine: Engine | None) -> list[Difference]:
    """Versions of the program, the engine, the encoders and the policy, then and now."""
    embedder, checker = open_encoders()
    identity = verifier_identity(checker.identity if checker else None)
    with Library.open(library_folder, create=False) as library:
        policy = in_use(library, identity)[0].record()
    now: dict[str, Any] = {
        "touchstone": __version__,
        "prompt_version": PROMPT_VERSION,
        "embedder": embedder.identity,
        "checker": checker.identity if checker else None,
        "verifier": identity,
        "policy": policy,
    }
    then = {name: recorded.context.get(name) for name in now}
    facts = recorded.context.get("engine")
    if engine is not None and facts:
        counted = (*_ENGINE_FACTS, "backend") if facts.get("gpu_layers") else _ENGINE_FACTS
        now |= {name: value for name, value in asdict(engine.facts()).items() if name in counted}
        then |= {name: facts.get(name) for name in counted}
    return [
        Difference("version_differs", {"name": name, "was": str(then[name]), "now": str(now[name])})
        for name in sorted(now)
        if then[name] != now[name]
    ]
