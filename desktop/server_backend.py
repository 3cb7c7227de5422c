"""Models on servers inside the firm, and the hosts that may be asked, as the window sees them.

As everywhere in the backend: worker threads only, and CoreError for what a person can act on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from core.llm.engine import EngineFacts, Heartbeat
    from core.llm.servers import ServerModel


class HostState(Enum):
    """Whether a host may be asked."""

    REFUSED = "refused"  # the settings do not name it
    NOT_PERMITTED = "not_permitted"  # they do, but no administrator of this library
    NEXT_START = "next_start"  # allowed since this program was started
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class ServerWish:
    """A server's model as a person describes it. ``key`` goes into the system's keyring; ``key_variable``
    names an environment variable that holds it instead; ``ca`` is the file of the firm's own authority.
    """

    url: str
    model: str
    key: str = ""
    key_variable: str = ""
    ca: Path | None = None


class ServerBackend(Protocol):
    """What the screens Models and Settings ask for."""

    def servers(self) -> tuple[ServerModel, ...]:
        """The models on servers of the firm."""
        ...

    def add_server(self, wish: ServerWish) -> ServerModel:
        """Remember a server's model; nothing is sent. Raises ModelError."""
        ...

    def remove_server(self, name: str) -> None:
        """Forget a server's model and its key."""
        ...

    def try_server(self, model: ServerModel) -> Iterator[Heartbeat | EngineFacts]:
        """Ask a server whether it runs its model; the last thing that comes is what it says of itself."""
        ...

    def host_states(self, hosts: Collection[str]) -> Mapping[str, HostState]:
        """Which of these hosts may be asked."""
        ...

    def hosts_need_administrator(self) -> bool:
        """Whether this library has users, so that only an administrator says which hosts may be asked."""
        ...

    def allow_hosts(self, hosts: str, who: str = "", passphrase: str = "") -> str:
        """Let these hosts, and no others, be asked, and record it; with the name and passphrase of an
        administrator where one is needed. Returns ``hosts``. Raises IdentityError.
        """
        ...
