"""Beginning a run: everything that must hold before the first question is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.encoders.checker import Checker
from core.encoders.embedder import Embedder
from core.errors import PilotError
from core.identity import require_permitted
from core.llm.choice import AnyModel, open_model
from core.llm.servers import ServerModel
from core.pilot.environment import documents_digest, environment, policy_in_use, settings_record
from core.pilot.sets import QuestionSet
from core.pilot.store import begin
from core.pilot.types import RunPlan
from core.settings import Settings
from core.store.database import Library
from core.store.documents import count_passages


@dataclass(frozen=True, slots=True)
class Options:
    """What a run does besides asking: see RunPlan."""

    stability: int = 0
    knockout: bool = False
    writer: str = ""


def start(
    folder: Path,
    asked: QuestionSet,
    models: Sequence[AnyModel],
    library_folder: Path,
    settings: Settings,
    options: Options,
    embedder: Embedder | None,
    checker: Checker | None,
) -> None:
    """Write a new run into ``folder``; ``Pilot(folder, …).work()`` then works it off.

    Raises PilotError for a set with problems, a model named twice, a writer that is none of the models, an
    empty library or a folder in use; EngineError and IdentityError for a server whose host is not allowed, by
    the settings or by an administrator of the library.
    """
    names = [model.name for model in models]
    if options.writer and options.writer not in names:
        raise PilotError("run_writer", name=options.writer, known=", ".join(names))
    for name in names:
        if names.count(name) > 1:
            raise PilotError("run_models_same", name=name)
    with Library.open(library_folder, create=False) as library:
        _require_servers(library, models, settings)
        if not count_passages(library):
            raise PilotError("run_library_empty", path=str(library_folder))
        plan = RunPlan(
            set_name=asked.name,
            set_sha256=asked.sha256,
            library=str(library.folder),
            documents=documents_digest(library),
            models=tuple((model.name, model.info.sha256) for model in models),
            settings=settings_record(settings),
            stability=options.stability,
            knockout=options.knockout,
            writer=options.writer,
            policy=policy_in_use(library, checker)[0].digest,
        )
    begin(folder, asked, plan, models, environment(embedder, checker))


def _require_servers(library: Library, models: Sequence[AnyModel], settings: Settings) -> None:
    """A server may be asked by the settings and by the library; nothing is sent."""
    for model in models:
        if isinstance(model, ServerModel):
            open_model(model, settings).close()
            require_permitted(library, model.host)
