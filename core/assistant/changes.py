"""What an answer was made from, then and now: documents, their standing, settings, versions, the policy.

These explain why a replay differs, or have made no difference.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from core import __version__
from core.assistant.prompt import PROMPT_VERSION
from core.encoders.checker import Checker
from core.encoders.embedder import Embedder
from core.llm.engine import Engine
from core.settings import Settings
from core.store import audit_log, documents
from core.store.database import Library
from core.types import Answer, Param
from core.verify.policy import in_use, verifier_identity

_BEARING = ("model", "retrieval")
_LEVELS = {"medium_from", "high_from"}
_ENGINE_FACTS = ("context_tokens", "threads", "gpu_layers", "llama_cpp", "cpu_features")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was: ``replay.<code>`` in the words."""

    code: str
    params: Mapping[str, Param]


def document_changes(library: Library, answer: Answer) -> Iterator[Difference]:
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


def standing_changes(library: Library, answer: Answer) -> Iterator[Difference]:
    """Documents that were given another rank or other days of validity since."""
    for record in audit_log.records_of(library, "document"):
        body = json.loads(record.body)
        if body.get("action") == "standing" and record.at > answer.created_at:
            params: dict[str, Param] = {"sha256": str(body.get("sha256")), "at": record.at}
            yield Difference("document_standing", params)


def setting_changes(context: Mapping[str, Any], current: Settings) -> Iterator[Difference]:
    """Settings that bear on an answer and have another value now. ``context`` is the recorded one, whose
    settings a replay uses.
    """
    then = context.get("settings", {})
    shown = {field.name for field in fields(Settings) if field.metadata["section"] in _BEARING} | _LEVELS
    for name in sorted(shown & then.keys()):
        now = getattr(current, name)
        if str(then[name]) != str(now):
            yield Difference("setting_changed", {"name": name, "was": str(then[name]), "now": str(now)})


def version_changes(
    library: Library,
    context: Mapping[str, Any],
    embedder: Embedder,
    checker: Checker | None,
    engine: Engine | None,
) -> list[Difference]:
    """Versions of the program, the engine, the encoders and the policy, then (``context``) and now."""
    identity = verifier_identity(checker.identity if checker else None)
    now: dict[str, Any] = {
        "touchstone": __version__,
        "prompt_version": PROMPT_VERSION,
        "embedder": embedder.identity,
        "checker": checker.identity if checker else None,
        "verifier": identity,
        "policy": in_use(library, identity)[0].record(),
    }
    then = {name: context.get(name) for name in now}
    facts = context.get("engine")
    if engine is not None and facts:
        counted = (*_ENGINE_FACTS, "backend") if facts.get("gpu_layers") else _ENGINE_FACTS
        now |= {name: value for name, value in asdict(engine.facts()).items() if name in counted}
        then |= {name: facts.get(name) for name in counted}
    return [
        Difference("version_differs", {"name": name, "was": str(then[name]), "now": str(now[name])})
        for name in sorted(now)
        if then[name] != now[name]
    ]
