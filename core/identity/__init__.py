"""People: who they are, what they may do, and the keys that they sign with."""

from core.identity.hosts import permitted_hosts, require_permitted, set_permitted_hosts
from core.identity.people import (
    Session,
    add_user,
    change_passphrase,
    disable_user,
    log_in,
    reset_user,
    same_person,
    set_four_eyes,
    wait_seconds,
)
from core.store.users import Role, StoredUser, UserKey, find_user, keys, list_users

__all__ = [
    "Role",
    "Session",
    "StoredUser",
    "UserKey",
    "add_user",
    "change_passphrase",
    "disable_user",
    "find_user",
    "keys",
    "list_users",
    "log_in",
    "permitted_hosts",
    "require_permitted",
    "reset_user",
    "same_person",
    "set_four_eyes",
    "set_permitted_hosts",
    "wait_seconds",
]
