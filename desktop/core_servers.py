"""The core behind models on servers of the firm, as a part of the real backend."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from core.audit import record_model_change, record_settings_change
from core.identity import log_in, permitted_hosts, set_permitted_hosts
from core.llm import choice, servers
from core.llm.engine import EngineConfig, EngineFacts, Heartbeat
from core.llm.servers import ServerModel
from core.offline import hosts_of, reachable
from core.settings import Settings, save_settings
from core.store.database import Library
from desktop.server_backend import HostState, ServerWish


class CoreServers:
    """Mixed into the backend, which opens the library."""

    settings: Settings
    library_folder: Path

    def _library(self) -> Library:
        raise NotImplementedError

    def servers(self) -> tuple[ServerModel, ...]:
        """The entries."""
        return servers.servers()

    def add_server(self, wish: ServerWish) -> ServerModel:
        """Make an entry; the library's log says so."""
        entry = servers.parse(wish.url, wish.model, ca=wish.ca, key_variable=wish.key_variable)
        entry = servers.add(entry, wish.key)
        record_model_change(self.library_folder, "added", entry.info)
        return entry

    def remove_server(self, name: str) -> None:
        """Forget an entry; the library's log says so."""
        removed = servers.remove(name)
        if removed is not None:
            record_model_change(self.library_folder, "removed", removed.info)

    def try_server(self, model: ServerModel) -> Iterator[Heartbeat | EngineFacts]:
        """Ask a server."""
        config = EngineConfig(self.settings.context_tokens)
        with closing(choice.open_server(model.name, config, self.settings)) as engine:
            yield from engine.load()
            yield engine.facts()

    def host_states(self, hosts: Collection[str]) -> Mapping[str, HostState]:
        """By the settings, the library and this process."""
        with self._library() as library:
            permitted = permitted_hosts(library)
        named = hosts_of(self.settings.allowed_hosts.lower())
        return {host: _state(host.lower(), named, permitted) for host in hosts}

    def hosts_need_administrator(self) -> bool:
        """Whether the library has users."""
        with self._library() as library:
            return permitted_hosts(library) is not None

    def allow_hosts(self, hosts: str, who: str = "", passphrase: str = "") -> str:
        """An administrator's word first, then the settings. The key is not kept open."""
        settings = self.settings.with_text("allowed_hosts", hosts)
        with self._library() as library:
            if permitted_hosts(library) is not None:
                set_permitted_hosts(library, hosts_of(hosts), by=log_in(library, who, passphrase))
        save_settings(settings)
        record_settings_change(self.library_folder, settings)
        return hosts


def _state(host: str, named: Collection[str], permitted: Collection[str] | None) -> HostState:
    if host not in named:
        return HostState.REFUSED
    if permitted is not None and host not in permitted:
        return HostState.NOT_PERMITTED
    return HostState.OPEN if host in reachable() else HostState.NEXT_START
