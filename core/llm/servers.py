"""Models on a server inside the firm that speaks the OpenAI protocol: the entries, and their keys.

An entry is made by a person and used only while its host stands in the setting ``allowed_hosts``. What it
says is kept in ``servers.json`` in the folder of models; a key never is: it lies in the system's keyring or
comes from an environment variable.
"""

from __future__ import annotations

import json
import os
import ssl
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from core.errors import ModelError
from core.llm.wire import Endpoint
from core.settings import APP_NAME, models_folder
from core.signing.vault import usable_keyring
from core.types import ModelInfo

FILE = "servers.json"
_VERSION = 1
_LONGEST = 300  # characters of a model's name
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class ServerModel:
    """A model that a server runs. ``model`` is the server's name for it. ``ca`` is the file with the firm's
    own certificate authority, "" for those of the system. ``key_variable`` names an environment variable that
    holds the key; ``keyring`` says that the system's keyring does.
    """

    host: str
    port: int
    model: str
    tls: bool = True
    ca: str = ""
    key_variable: str = ""
    keyring: bool = False

    @property
    def endpoint(self) -> Endpoint:
        """Where it listens, without what TLS needs."""
        return Endpoint(self.host, self.port)

    @property
    def url(self) -> str:
        """The server as a person writes it."""
        return f"{'https' if self.tls else 'http'}://{self.endpoint.authority}"

    @property
    def name(self) -> str:
        """What it is called here: the model and where it runs."""
        return f"{self.model}@{self.endpoint.authority}"

    @property
    def info(self) -> ModelInfo:
        """What an answer's record says: no hash, since nobody here has seen the file."""
        return ModelInfo(self.name, "", None, self.url)

    @property
    def bilingual(self) -> bool:
        """A server does not say what its model is meant for: whoever named it knows."""
        return True


def servers() -> tuple[ServerModel, ...]:
    """The entries by name. Raises ModelError ``servers_damaged``."""
    path = models_folder() / FILE
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        if stored["version"] != _VERSION:
            raise ValueError("version")
        found = [_checked(ServerModel(**entry)) for entry in stored["servers"]]
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError("servers_damaged", path=str(path)) from error
    return tuple(sorted(found, key=lambda each: each.name.lower()))


def parse(url: str, model: str, *, ca: Path | None = None, key_variable: str = "") -> ServerModel:
    """An entry from what a person types: ``https://host:port``, perhaps with ``/v1`` at its end.

    Raises ModelError ``server_url`` or ``server_ca``.
    """
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise ModelError("server_url", url=url) from error
    extra = parts.path.rstrip("/") not in ("", "/v1") or parts.query or parts.fragment or parts.username
    if parts.scheme not in ("http", "https") or not host or extra:
        raise ModelError("server_url", url=url)
    tls = parts.scheme == "https"
    file = str(ca.expanduser().resolve()) if ca else ""
    entry = ServerModel(host, port or (443 if tls else 80), model.strip(), tls, file, key_variable)
    try:
        return _checked(entry)
    except ValueError as error:
        raise ModelError("server_url", url=url) from error


def add(entry: ServerModel, key: str = "") -> ServerModel:
    """Remember an entry in the place of one of the same name; a key given goes into the system's keyring.

    Raises ModelError ``server_keyring`` where there is none, ``server_key_plain`` for a key that would cross
    the network readable, ``server_key_text`` for one that no header can hold, ``server_ca``.
    """
    tls_of(entry)
    if (key or entry.key_variable) and not entry.tls and entry.host not in _LOOPBACK:
        raise ModelError("server_key_plain", server=entry.url)
    if key:
        _check_key(key, entry)
        _keep(entry, key)
        entry = ServerModel(**{**asdict(entry), "keyring": True})
    _write([each for each in servers() if each.name != entry.name] + [entry])
    return entry


def remove(name: str) -> ServerModel | None:
    """Forget an entry and its key; None where there is none of this name."""
    entry = find(name)
    if entry is None:
        return None
    if entry.keyring:
        _forget_key(entry)
    _write([each for each in servers() if each.name != entry.name])
    return entry


def find(name: str) -> ServerModel | None:
    """An entry by its name, or by its model's where only one server runs it."""
    entries = servers()
    exact = [each for each in entries if each.name.lower() == name.lower()]
    named = exact or [each for each in entries if each.model.lower() == name.lower()]
    return named[0] if len(named) == 1 else None


def key_of(entry: ServerModel) -> str:
    """The key to send, "" where the server wants none. Raises ModelError ``server_key_missing``."""
    found: str | None = ""
    if entry.key_variable:
        found = os.environ.get(entry.key_variable)
    elif entry.keyring:
        ring = usable_keyring()
        found = ring.get_password(APP_NAME, _ring_name(entry)) if ring else None
    if found is None or (not found and entry.key_variable):
        raise ModelError("server_key_missing", name=entry.name, where=entry.key_variable or "keyring")
    if found:
        _check_key(found, entry)
    return found


def tls_of(entry: ServerModel) -> ssl.SSLContext | None:
    """What TLS needs: the firm's own authority alone where one is named, else those of the system.

    Raises ModelError ``server_ca`` when the file cannot be used.
    """
    if not entry.tls:
        return None
    try:
        return ssl.create_default_context(cafile=entry.ca or None)
    except (OSError, ValueError) as error:
        raise ModelError("server_ca", path=entry.ca) from error


def _keep(entry: ServerModel, key: str) -> None:
    from keyring.errors import KeyringError  # noqa: PLC0415 - only who needs it waits for it

    ring = usable_keyring()
    if ring is None:
        raise ModelError("server_keyring")
    try:
        ring.set_password(APP_NAME, _ring_name(entry), key)
    except KeyringError as error:
        raise ModelError("server_keyring") from error


def _forget_key(entry: ServerModel) -> None:
    from keyring.errors import KeyringError  # noqa: PLC0415 - as above

    ring = usable_keyring()
    if ring is not None:
        with suppress(KeyringError):  # gone already, or locked: without its entry nothing uses it
            ring.delete_password(APP_NAME, _ring_name(entry))


def _check_key(key: str, entry: ServerModel) -> None:
    """A line break in a key would write headers of its own. The key itself is never told."""
    if not (key.isascii() and key.isprintable() and len(key) <= 4096):
        raise ModelError("server_key_text", name=entry.name)


def _checked(entry: ServerModel) -> ServerModel:
    """Refuse what no server has: entries come from a file that anybody can write."""
    texts = (entry.host, entry.model, entry.ca, entry.key_variable)
    if (
        not all(isinstance(text, str) and text.isprintable() for text in texts)
        or not (entry.host and entry.host.isascii() and not set(entry.host) & set(" /@?#"))
        or not 0 < len(entry.model) <= _LONGEST
        or not (isinstance(entry.port, int) and 0 < entry.port < 65536)
        or not (isinstance(entry.tls, bool) and isinstance(entry.keyring, bool))
    ):
        raise ValueError("server entry")
    return entry


def _ring_name(entry: ServerModel) -> str:
    return f"server:{entry.name}"


def _write(entries: list[ServerModel]) -> None:
    folder = models_folder()
    folder.mkdir(parents=True, exist_ok=True)
    stored: dict[str, Any] = {"version": _VERSION, "servers": [asdict(each) for each in entries]}
    beside = folder / f"{FILE}.{os.getpid()}"
    beside.write_text(json.dumps(stored, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    beside.replace(folder / FILE)
