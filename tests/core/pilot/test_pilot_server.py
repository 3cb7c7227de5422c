"""A pilot with a model on a server: kept in the run's file without a hash, asked only where allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import EngineError, IdentityError, ModelError, PilotError
from core.identity import Role, add_user
from core.llm import servers
from core.llm.engine import EngineConfig
from core.llm.remote import ServerEngine
from core.llm.servers import ServerModel
from core.pilot.codec import decode, encode
from core.pilot.run import engine_of
from core.pilot.sets import QuestionSet
from core.pilot.start import Options, start
from core.pilot.store import _run_model
from core.pilot.types import Question, RunModel
from core.settings import Settings, save_settings
from core.store.database import Library

ENTRY = ServerModel("llm.firm.example", 8443, "qwen")


def test_a_run_keeps_the_server_and_no_hash() -> None:
    kept = decode(encode(_run_model(ENTRY)), RunModel)
    assert (kept.name, kept.sha256, kept.server) == (ENTRY.name, "", "https://llm.firm.example:8443")


def test_its_engine_is_opened_only_for_an_entry_that_is_there_and_allowed() -> None:
    model, config = _run_model(ENTRY), EngineConfig()
    with pytest.raises(ModelError, match="server_none"):
        engine_of(model, config)
    servers.add(ENTRY)
    with pytest.raises(EngineError, match="server_not_allowed"):
        engine_of(model, config)
    save_settings(Settings(allowed_hosts="llm.firm.example"))
    assert isinstance(engine_of(model, config), ServerEngine)


def test_a_run_is_refused_before_it_begins_where_the_server_may_not_be_asked(tmp_path: Path) -> None:
    allowed = Settings(allowed_hosts="LLM.firm.example")

    def begin(settings: Settings) -> None:
        asked = QuestionSet("set.csv", "0" * 64, (Question(1, "Who signs?"),))
        start(tmp_path / "run", asked, [ENTRY], tmp_path / "library", settings, Options(), None, None)

    with Library.open(tmp_path / "library") as library:
        with pytest.raises(EngineError, match="server_not_allowed"):
            begin(Settings())
        with pytest.raises(PilotError, match="run_library_empty"):
            begin(allowed)
        add_user(library, "Ada", Role.ADMINISTRATOR, "correct horse")
        with pytest.raises(IdentityError, match="host_not_permitted"):
            begin(allowed)
    assert not (tmp_path / "run").exists()
