"""The core behind pilot runs, as a part of the real backend."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from pathlib import Path

from core.encoders.checker import Checker
from core.encoders.embedder import Embedder
from core.llm.choice import AnyModel
from core.llm.engine import Engine
from core.pilot.draft import draft
from core.pilot.drafting import Wording, open_writer, worded
from core.pilot.progress import RunEvent
from core.pilot.run import OpenEngine, Pilot, engine_of
from core.pilot.sets import QuestionSet, read_set
from core.pilot.start import Options, start
from core.pilot.state import RunState, load_state
from core.pilot.template import require_new, template_questions, write_set
from core.pilot.types import Question, RowStatus, Run
from core.settings import Settings
from core.store.database import Library
from core.store.pilot_run import RunStore
from core.types import Language
from desktop.engines import Engines
from desktop.pilot_backend import DraftWish, PilotWish


class CorePilot:
    """Mixed into the backend, which opens the library and the encoders and holds the window's engine."""

    settings: Settings
    library_folder: Path
    open_run_engine: OpenEngine = staticmethod(engine_of)
    open_writer: Callable[[Library, AnyModel, Settings], Engine] = staticmethod(open_writer)
    _engines: Engines

    def _library(self) -> Library:
        raise NotImplementedError

    def _language(self) -> Language:
        raise NotImplementedError

    def _open_encoders(self) -> tuple[Embedder, Checker | None]:
        raise NotImplementedError

    def question_set(self, path: Path) -> QuestionSet:
        """Read a set."""
        return read_set(path)

    def write_template(self, path: Path) -> Path:
        """A set to fill in."""
        write_set(path, template_questions(self._language()), self._language())
        return path

    def draft_questions(self, wish: DraftWish) -> Iterator[Wording | Path]:
        """A set of proposed questions."""
        require_new(wish.path)  # before a model takes minutes
        with self._library() as library:
            drafted = draft(library, wish.count)
            if wish.writer is not None:
                drafted = yield from self._worded(library, drafted, wish.writer)
        write_set(wish.path, drafted, self._language())
        yield wish.path

    def _worded(
        self, library: Library, drafted: tuple[Question, ...], model: AnyModel
    ) -> Generator[Wording, None, tuple[Question, ...]]:
        """In a model's words; the window's own is freed meanwhile."""
        with self._engines.lent(), closing(self.open_writer(library, model, self.settings)) as engine:
            return (yield from worded(drafted, engine))

    def load_pilot(self, folder: Path) -> tuple[Run, RunState]:
        """A run and how far it is."""
        return load_state(folder)

    def begin_pilot(self, wish: PilotWish) -> Iterator[RunEvent]:
        """A new run."""
        with self._engines.lent():
            embedder, checker = self._open_encoders()
            options = Options(stability=wish.stability, knockout=wish.knockout, writer=wish.writer)
            start(
                wish.folder,
                wish.asked,
                wish.models,
                self.library_folder,
                self.settings,
                options,
                embedder,
                checker,
            )
            yield from Pilot(wish.folder, embedder, checker, self.open_run_engine).work()

    def resume_pilot(self, folder: Path, *, retry: bool = False) -> Iterator[RunEvent]:
        """Go on with a run."""
        with self._engines.lent():
            if retry:
                with RunStore.open(folder) as store:
                    store.drop(RowStatus.FAILED.value)
            embedder, checker = self._open_encoders()
            yield from Pilot(folder, embedder, checker, self.open_run_engine).work()
