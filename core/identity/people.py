"""Users of a library: adding, logging in with a passphrase, resetting, shutting out. All of it is recorded.

The first user is an administrator; from then on only an administrator lets people in. A passphrase opens
a person's own signing key and is kept nowhere. Wrong passphrases make everybody wait, longer each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from core.audit import RecordKind, now, record_event
from core.errors import IdentityError
from core.signing import SigningKey
from core.store import answers, users
from core.store.answers import canonical
from core.store.database import Library
from core.store.users import Role, StoredUser, folded

SHORTEST = 8  # characters of a passphrase
LONGEST = 1024
_FREE_TRIES = 3
_LONGEST_WAIT = 3600  # seconds


@dataclass(frozen=True, slots=True)
class Session:
    """A person who gave the right passphrase, with the signing key that it opened."""

    name: str
    role: Role
    key: SigningKey


def same_person(one: str | None, other: str | None) -> bool:
    """Whether two names are the same for people, however they are spelled; an empty name is nobody."""
    return bool(one and other) and folded(one or "") == folded(other or "")


def add_user(
    library: Library, name: str, role: Role, passphrase: str = "", *, by: Session | None = None
) -> StoredUser:
    """Let a person in. Reviewers and administrators get a key, sealed with their passphrase.

    Raises IdentityError for an empty or taken name, a passphrase that is too short, a first user who is no
    administrator, and where ``by`` is no administrator.
    """
    if not folded(name) or len(name) > 200:
        raise IdentityError("user_name")
    key = _new_key(passphrase) if role.signs else None
    with library.writing():
        require_administrator(library, role, by)
        if users.find_user(library, name) is not None:
            raise IdentityError("user_taken", name=name)
        at = now()
        user_id = users.insert_user(library, " ".join(name.split()), role, at)
        body: dict[str, str] = {"action": "added", "role": role.value}
        if key is not None:
            users.put_key(library, user_id, key.fingerprint, key.public, key.seal(passphrase), at)
            body["key"] = key.fingerprint
        _record(library, body, name, by)
    return _found(library, name)


def log_in(library: Library, name: str, passphrase: str) -> Session:
    """Open a person's key with the passphrase; success and failure are recorded.

    Raises IdentityError ``passphrase_wrong``, ``passphrase_wait`` while the wait after wrong ones lasts (then
    the right one is refused as well), ``user_unknown``, ``user_disabled`` or ``user_no_key``.
    """
    user = _able(library, name)
    wait = wait_seconds(user)
    if wait:
        raise IdentityError("passphrase_wait", name=user.name, seconds=wait)
    # The failure is noted before the passphrase is looked at: a process that is killed gains no free try.
    with library.writing():
        users.note_failure(library, user.id, now())
    try:
        key = SigningKey.unseal(user.sealed or b"", passphrase)
    except IdentityError as error:
        _record_login(library, user, error.code)
        raise
    with library.writing():
        users.forget_failures(library, user.id)
        _record_login(library, user, "ok")
    return Session(user.name, user.role, key)


def wait_seconds(user: StoredUser, at: datetime | None = None) -> int:
    """How long no passphrase of this user is accepted; a clock that was set back only makes it longer."""
    if user.failures <= _FREE_TRIES or user.failed_at is None:
        return 0
    whole = min(_LONGEST_WAIT, 2 ** min(user.failures - _FREE_TRIES, 12))
    passed = ((at or datetime.now(UTC)) - datetime.fromisoformat(user.failed_at)).total_seconds()
    return 0 if passed >= whole else min(whole, max(1, round(whole - passed)))


def change_passphrase(library: Library, name: str, old: str, new: str) -> Session:
    """Seal a person's key anew; the key stays the same. Raises as ``log_in`` and ``add_user`` do."""
    _check_passphrase(new)
    session = log_in(library, name, old)
    user = _able(library, name)
    with library.writing():
        users.seal_key(library, user.id, session.key.seal(new))
        _record(library, {"action": "passphrase", "role": user.role.value}, user.name, session)
    return session


def reset_user(library: Library, name: str, passphrase: str, *, by: Session) -> StoredUser:
    """Give a person who forgot the passphrase, or was shut out, a NEW key under a new one.

    The old public key stays known, so that old signatures hold; it signs nothing new. Raises IdentityError
    where ``by`` is no administrator, for an unknown user, an asker or a passphrase that is too short.
    """
    key = _new_key(passphrase)
    with library.writing():
        require_administrator(library, Role.REVIEWER, by)
        user = _found(library, name)
        if not user.role.signs:
            raise IdentityError("user_no_key", name=user.name)
        at = now()
        users.set_disabled(library, user.id, False, at)
        users.put_key(library, user.id, key.fingerprint, key.public, key.seal(passphrase), at)
        body = {"action": "reset", "role": user.role.value, "key": key.fingerprint}
        _record(library, body, user.name, by)
    return _found(library, name)


def disable_user(library: Library, name: str, *, by: Session) -> StoredUser:
    """Shut a person out from now on; what was signed before holds. ``reset_user`` lets them in again.

    Raises IdentityError where ``by`` is no administrator, and for the last administrator.
    """
    with library.writing():
        require_administrator(library, Role.REVIEWER, by)
        user = _found(library, name)
        others = [
            other
            for other in users.list_users(library)
            if other.role is Role.ADMINISTRATOR and not other.disabled and other.id != user.id
        ]
        if user.role is Role.ADMINISTRATOR and not others:
            raise IdentityError("user_last_administrator", name=user.name)
        users.set_disabled(library, user.id, True, now())
        _record(library, {"action": "disabled", "role": user.role.value}, user.name, by)
    return _found(library, name)


def set_four_eyes(library: Library, on: bool, *, by: Session) -> None:
    """Set or lift the library's own policy of four eyes. Raises IdentityError where ``by`` may not."""
    with library.writing():
        require_administrator(library, Role.REVIEWER, by)
        answers.set_four_eyes(library, on)
        texts = {"user": canonical({"by": by.name})}
        record_event(library, RecordKind.POLICY, {"four_eyes": on, "by": by.key.fingerprint}, texts)


def require_administrator(library: Library, role: Role, by: Session | None) -> None:
    """Raise IdentityError unless ``by`` may let a ``role`` in: the first person is an administrator, and from
    then on an administrator is asked for.
    """
    if by is None:
        if users.list_users(library):
            raise IdentityError("administrator_needed")
        if role is not Role.ADMINISTRATOR:
            raise IdentityError("administrator_first")
        return
    current = _found(library, by.name)
    if current.disabled or current.role is not Role.ADMINISTRATOR:
        raise IdentityError("administrator_needed")


def _able(library: Library, name: str) -> StoredUser:
    user = _found(library, name)
    if user.disabled:
        raise IdentityError("user_disabled", name=user.name)
    if user.sealed is None:
        raise IdentityError("user_no_key", name=user.name)
    return user


def _found(library: Library, name: str) -> StoredUser:
    user = users.find_user(library, name)
    if user is None:
        raise IdentityError("user_unknown", name=name)
    return user


def _new_key(passphrase: str) -> SigningKey:
    _check_passphrase(passphrase)
    return SigningKey.generate()


def _check_passphrase(passphrase: str) -> None:
    if not SHORTEST <= len(passphrase) <= LONGEST:
        raise IdentityError("passphrase_short", shortest=SHORTEST)


def _record(library: Library, body: Mapping[str, str], name: str, by: Session | None) -> None:
    texts = {"user": canonical({"name": name, "by": by.name if by else None})}
    record_event(library, RecordKind.USER, {**body, "by": by.key.fingerprint if by else None}, texts)


def _record_login(library: Library, user: StoredUser, outcome: str) -> None:
    record_event(library, RecordKind.LOGIN, {"outcome": outcome}, {"user": canonical({"name": user.name})})
