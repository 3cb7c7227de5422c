"""Any model that can answer: a file on this machine, or one on a server in the firm. A server's is never
chosen by itself: only its name in the settings or on the command line brings it in.
"""

from __future__ import annotations

from core.errors import ModelError
from core.llm import catalog, servers
from core.llm.catalog import InstalledModel
from core.llm.engine import EngineConfig
from core.llm.process import LlamaProcess
from core.llm.remote import ServerEngine
from core.llm.servers import ServerModel
from core.offline import hosts_of
from core.settings import Settings
from core.types import Language

AnyModel = InstalledModel | ServerModel


def find(name: str) -> AnyModel:
    """A model by name: of a server's entry, else as ``catalog.find`` has it. Raises ModelError."""
    entry = servers.find(name)
    if entry is not None:
        return entry
    try:
        return catalog.find(name)
    except ModelError as error:
        known = [each.name for each in servers.servers()]
        if error.code != "model_unknown" or not known:
            raise
        both = ", ".join([*known, *(each.name for each in catalog.installed())])
        raise ModelError("model_unknown", name=name, known=both) from error


def default(settings: Settings, language: Language | None = None) -> AnyModel:
    """The model to use: the one that the settings name, else as ``catalog.default`` has it."""
    return find(settings.model) if settings.model else catalog.default(settings, language)


def open_server(name: str, config: EngineConfig, settings: Settings) -> ServerEngine:
    """The engine of a server's model by its name.

    Raises ModelError ``server_none``, EngineError ``server_not_allowed``.
    """
    entry = servers.find(name)
    if entry is None:
        known = ", ".join(each.name for each in servers.servers()) or "-"
        raise ModelError("server_none", name=name, known=known)
    return ServerEngine(entry, config, hosts_of(settings.allowed_hosts))


def open_model(model: AnyModel, settings: Settings) -> LlamaProcess | ServerEngine:
    """Its engine; nothing is loaded or sent yet. Raises EngineError ``server_not_allowed``."""
    config = EngineConfig(settings.context_tokens, settings.threads, settings.gpu_layers)
    if isinstance(model, ServerModel):
        return ServerEngine(model, config, hosts_of(settings.allowed_hosts))
    return LlamaProcess(model.path, config)
