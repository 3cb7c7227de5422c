"""The library's identity: a random id that its signing key is kept under, on each computer."""

from __future__ import annotations

import secrets

from core import signing
from core.signing import SigningKey
from core.store.database import Library
from core.store.facts import fact, set_fact

_ID = "library_id"


def library_id(library: Library) -> str:
    """The id that the library keeps for life, backups and copies included; given at the first call."""
    known = fact(library, _ID)
    if known is not None:
        return known
    with library.writing():
        if fact(library, _ID) is None:
            set_fact(library, _ID, secrets.token_hex(16))
    return library_id(library)


def library_key(library: Library) -> SigningKey:
    """The key that signs the library's records on this computer. Raises IdentityError as the vault does."""
    if library.signing_key is None:
        library.signing_key = signing.library_key(library_id(library))
    return library.signing_key
