"""The scripted core behind models on servers of the firm."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from core.errors import CoreError
from core.llm import servers
from core.llm.engine import EngineFacts, Heartbeat
from core.llm.servers import ServerModel
from core.offline import hosts_of
from core.settings import Settings
from desktop.server_backend import HostState, ServerWish


class FakeServers:
    """Hosts that the settings name are open, unless ``host_state`` says otherwise."""

    calls: list[tuple[object, ...]]
    settings: Settings

    def __init__(self) -> None:
        super().__init__()
        self.on_servers: tuple[ServerModel, ...] = ()
        self.administrator = ""  # whose word is needed for a host
        self.server_error: CoreError | None = None
        self.host_state = HostState.OPEN

    def servers(self) -> tuple[ServerModel, ...]:
        return self.on_servers

    def add_server(self, wish: ServerWish) -> ServerModel:
        self.calls.append(("add_server", wish))
        if self.server_error is not None:
            raise self.server_error
        entry = servers.parse(wish.url, wish.model, ca=wish.ca, key_variable=wish.key_variable)
        self.on_servers = (*self.on_servers, entry)
        return entry

    def remove_server(self, name: str) -> None:
        self.calls.append(("remove_server", name))
        self.on_servers = tuple(each for each in self.on_servers if each.name != name)

    def try_server(self, model: ServerModel) -> Iterator[Heartbeat | EngineFacts]:
        yield Heartbeat(0.0)
        if self.server_error is not None:
            raise self.server_error
        yield EngineFacts(model.info, 2048, 0, 0, "server", "llama.cpp", "")

    def host_states(self, hosts: Collection[str]) -> Mapping[str, HostState]:
        named = hosts_of(self.settings.allowed_hosts)
        return {host: self.host_state if host in named else HostState.REFUSED for host in hosts}

    def hosts_need_administrator(self) -> bool:
        return bool(self.administrator)

    def allow_hosts(self, hosts: str, who: str = "", passphrase: str = "") -> str:
        self.calls.append(("allow_hosts", hosts, who, passphrase))
        if self.server_error is not None:
            raise self.server_error
        return hosts
