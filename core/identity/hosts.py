"""Which servers in the firm may write a library's answers: an administrator's word, kept in the log itself.

A user's setting opens the way to a host; where a library has users, that is not enough. The newest signed
record that names hosts decides, so that no table can be changed behind its back.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from core.audit import RecordKind, record_event
from core.errors import IdentityError
from core.identity.people import Session, require_administrator
from core.store import audit_log, users
from core.store.answers import canonical
from core.store.database import Library
from core.store.users import Role

_HOSTS = "server_hosts"


def set_permitted_hosts(library: Library, hosts: Sequence[str], *, by: Session) -> None:
    """Let these hosts, and no others, write answers of this library.

    Raises IdentityError where ``by`` may not.
    """
    with library.writing():
        require_administrator(library, Role.REVIEWER, by)
        listed = sorted({host.lower() for host in hosts})
        texts = {"user": canonical({"by": by.name})}
        record_event(library, RecordKind.POLICY, {_HOSTS: listed, "by": by.key.fingerprint}, texts)


def permitted_hosts(library: Library) -> tuple[str, ...] | None:
    """The hosts that an administrator named, in lower case; None in a library without users: who uses it
    decides alone there.
    """
    if not users.list_users(library):
        return None
    for record in audit_log.newest(library, (RecordKind.POLICY,)):
        listed = json.loads(record.body).get(_HOSTS)
        if isinstance(listed, list):
            return tuple(str(host) for host in listed)
    return ()


def require_permitted(library: Library, host: str) -> None:
    """Raise IdentityError ``host_not_permitted`` unless this library lets the host write its answers."""
    permitted = permitted_hosts(library)
    if permitted is not None and host.lower() not in permitted:
        raise IdentityError("host_not_permitted", host=host)
