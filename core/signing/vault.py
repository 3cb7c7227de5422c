"""Where the key of a library is kept: the system's keyring, else a file that only the user can read.

The key never lies in the library's folder, which travels. A home that travels itself (``TOUCHSTONE_HOME``,
a USB stick) keeps its keys in files, since the keyring would stay behind. A keyring that would have to be
unlocked first is passed over: recording an answer never waits for a dialog.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from core.errors import IdentityError
from core.settings import APP_NAME, home
from core.signing.keys import SigningKey

if TYPE_CHECKING:  # keyring brings half of the standard library along: only who needs it waits for it
    from keyring.backend import KeyringBackend

_SERVICE = "touchstone"
_UNLOCKED_BY_LOGIN = ("keyring.backends.Windows", "keyring.backends.macOS")
_ASKS_TO_UNLOCK = "keyring.backends.SecretService"


def library_key(library_id: str) -> SigningKey:
    """The key of the library with this id on this computer, made at its first use.

    ``core.store.keys.library_key`` knows the id. A key in a file comes first, so that a keyring that is
    there at one time and locked at another does not change the key twice. Raises IdentityError when the
    file is damaged or cannot be written.
    """
    path = _key_file(library_id)
    if path.exists():
        return _read(path)
    ring = usable_keyring()
    if ring is not None:
        kept = _from_keyring(ring, library_id)
        if kept is not None:
            return kept
    return _written(path)


def usable_keyring() -> KeyringBackend | None:
    """The system's keyring where it opens with the user's login and is open now, else None."""
    if home() != platformdirs.user_data_path(APP_NAME, appauthor=False):
        return None
    import keyring  # noqa: PLC0415 - see above

    chosen = keyring.get_keyring()
    rings: tuple[KeyringBackend, ...] = tuple(getattr(chosen, "backends", (chosen,)))
    return next((ring for ring in rings if _opens_by_itself(type(ring).__module__)), None)


def _opens_by_itself(module: str) -> bool:
    return module in _UNLOCKED_BY_LOGIN or (module == _ASKS_TO_UNLOCK and _secret_service_is_open())


def _secret_service_is_open() -> bool:
    """Look before asking: the backend itself would wait for the person who unlocks it."""
    import secretstorage  # noqa: PLC0415 - it exists on Linux only
    from secretstorage.exceptions import SecretStorageException  # noqa: PLC0415 - as above

    try:
        bus = secretstorage.dbus_init()
        try:
            open_now = not secretstorage.Collection(
                bus, "/org/freedesktop/secrets/aliases/default"
            ).is_locked()
        finally:
            bus.close()
    except (SecretStorageException, OSError):
        return False
    return open_now


def _from_keyring(ring: KeyringBackend, library_id: str) -> SigningKey | None:
    """The key in the keyring, put there now if need be; None where the keyring fails."""
    from keyring.errors import KeyringError  # noqa: PLC0415 - see above

    try:
        kept = ring.get_password(_SERVICE, library_id)
        if kept is None:
            ring.set_password(_SERVICE, library_id, SigningKey.generate().secret().hex())
            kept = ring.get_password(_SERVICE, library_id)
    except KeyringError:
        return None
    return None if kept is None else _key(kept)


def _key_file(library_id: str) -> Path:
    if not library_id.isalnum():  # it comes from a database that may have been edited, and becomes a path
        raise IdentityError("key_damaged")
    return home() / "keys" / f"{library_id}.key"


def _read(path: Path) -> SigningKey:
    try:
        return _key(path.read_text(encoding="ascii"))
    except (OSError, UnicodeDecodeError) as error:
        raise IdentityError("key_file_damaged", path=str(path)) from error


def _key(text: str) -> SigningKey:
    try:
        return SigningKey.from_secret(bytes.fromhex(text.strip()))
    except ValueError as error:
        raise IdentityError("key_damaged") from error


def _written(path: Path) -> SigningKey:
    """A new key in a file of mode 0600. Two processes at once: the first one's key stands."""
    key = SigningKey.generate()
    beside = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            _write_private(beside, key.secret().hex() + "\n")
            _publish(beside, path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise IdentityError("key_not_written", path=str(path)) from error
    return _read(path)


def _write_private(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _publish(beside: Path, path: Path) -> None:
    try:
        os.link(beside, path)
    except FileExistsError:
        return
    except OSError:  # a file system without links, as on most USB sticks
        if not path.exists():
            os.replace(beside, path)
