"""A pilot with a model on a server: kept in the run's file without a hash, asked only where allowed."""

from __future__ import annotations

import pytest

from core.errors import EngineError, ModelError
from core.llm import servers
from core.llm.engine import EngineConfig
from core.llm.remote import ServerEngine
from core.llm.servers import ServerModel
from core.pilot.codec import decode, encode
from core.pilot.run import engine_of
from core.pilot.store import _run_model
from core.pilot.types import RunModel
from core.settings import Settings, save_settings

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
