from __future__ import annotations

import os
import stat
from pathlib import Path

import platformdirs
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordSetError

from core.errors import IdentityError
from core.settings import APP_NAME, home
from core.signing import library_key, vault
from core.store.database import Library
from core.store.keys import library_key as key_of


class Ring(KeyringBackend):
    """A keyring in memory; ``broken`` plays one that refuses to store."""

    priority = 1  # type: ignore[assignment]

    def __init__(self, *, broken: bool = False) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.broken = broken

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.broken:
            raise PasswordSetError("no")
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def in_users_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As where nothing names another home: the platform's data folder, here a temporary one."""
    monkeypatch.delenv("TOUCHSTONE_HOME")
    monkeypatch.setattr(platformdirs, "user_data_path", lambda *_, **__: tmp_path / "data")


def use_ring(monkeypatch: pytest.MonkeyPatch, ring: Ring) -> None:
    Ring.__module__ = "keyring.backends.Windows"
    monkeypatch.setattr("keyring.get_keyring", lambda: ring)


def test_the_key_stays_the_same_and_only_the_user_can_read_it() -> None:
    key = library_key("ab12")
    assert library_key("ab12").public == key.public
    assert library_key("cd34").public != key.public
    file = home() / "keys" / "ab12.key"
    assert sorted(path.name for path in file.parent.iterdir()) == ["ab12.key", "cd34.key"]
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_named_home_never_asks_a_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    ring = Ring()
    use_ring(monkeypatch, ring)
    library_key("ab12")
    assert not ring.kept


@pytest.mark.usefixtures("in_users_home")
def test_the_keyring_keeps_the_key_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    ring = Ring()
    use_ring(monkeypatch, ring)
    key = library_key("ab12")
    assert ring.kept == {("touchstone", "ab12"): key.secret().hex()}
    assert library_key("ab12").public == key.public
    assert not (home() / "keys").exists()


@pytest.mark.usefixtures("in_users_home")
def test_a_keyring_that_fails_gives_way_to_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    use_ring(monkeypatch, Ring(broken=True))
    key = library_key("ab12")
    assert (home() / "keys" / "ab12.key").exists()
    use_ring(monkeypatch, Ring())  # it works again: the key in the file stays the key
    assert library_key("ab12").public == key.public


@pytest.mark.usefixtures("in_users_home")
def test_no_keyring_at_all_gives_a_file() -> None:
    assert vault.usable_keyring() is None or home() == platformdirs.user_data_path(APP_NAME)
    assert library_key("ab12").public == library_key("ab12").public


@pytest.mark.parametrize("content", ["", "zz", "ab" * 31, "ü" * 64])
def test_a_damaged_key_file_is_said_and_never_replaced(content: str) -> None:
    path = home() / "keys" / "ab12.key"
    path.parent.mkdir(parents=True)
    path.write_text(content, encoding="utf-8")
    with pytest.raises(IdentityError, match=r"key_damaged|key_file_damaged"):
        library_key("ab12")
    assert path.read_text(encoding="utf-8") == content


def test_an_edited_id_never_becomes_a_path() -> None:
    with pytest.raises(IdentityError, match="key_damaged"):
        library_key("../../settings")


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TOUCHSTONE_HOME", str(tmp_path / "file"))
    with pytest.raises(IdentityError, match="key_not_written"):
        library_key("ab12")


def test_a_library_keeps_its_key_when_it_moves(tmp_path: Path, library: Library) -> None:
    key = key_of(library)
    library.close()
    (tmp_path / "library").rename(tmp_path / "moved")
    with Library.open(tmp_path / "moved") as moved:
        assert key_of(moved).public == key.public
    with Library.open(tmp_path / "other") as other:
        assert key_of(other).public != key.public
