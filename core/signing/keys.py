"""Signing keys: Ed25519 through ``cryptography``; a person's key is sealed with a passphrase.

The seal is Argon2id (RFC 9106, its second recommended setting) for the key and ChaCha20-Poly1305 for the
box. A sealed key names its own cost, so that the cost may grow with the years.
"""

from __future__ import annotations

import hashlib
import secrets
import struct
from dataclasses import dataclass
from typing import Self

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from core.errors import IdentityError

KEY_BYTES = 32
SIGNATURE_BYTES = 64


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess of a passphrase costs: passes over the memory, KiB of it, lanes."""

    passes: int
    kibibytes: int
    lanes: int


COST = Cost(passes=3, kibibytes=64 * 1024, lanes=4)
_DEAREST = Cost(passes=64, kibibytes=2**20, lanes=64)  # a box from elsewhere may not ask for more than 1 GiB
_MAGIC = b"TSK1"
_HEAD = struct.Struct("<4sHIB16s12s")  # magic, passes, KiB, lanes, salt, nonce


@dataclass(frozen=True, slots=True, repr=False)
class SigningKey:
    """An Ed25519 key pair. ``public`` is the raw public key of 32 bytes."""

    public: bytes
    _private: Ed25519PrivateKey

    @classmethod
    def generate(cls) -> Self:
        """A new key from the system's randomness."""
        return cls.from_secret(secrets.token_bytes(KEY_BYTES))

    @classmethod
    def from_secret(cls, secret: bytes) -> Self:
        """The key with these 32 secret bytes. Raises IdentityError for any other length."""
        if len(secret) != KEY_BYTES:
            raise IdentityError("key_damaged")
        private = Ed25519PrivateKey.from_private_bytes(secret)
        return cls(private.public_key().public_bytes_raw(), private)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the public key, in hexadecimal digits: what people compare."""
        return fingerprint_of(self.public)

    def secret(self) -> bytes:
        """The 32 secret bytes, for storing in a keyring or a file that only the user can read."""
        return self._private.private_bytes_raw()

    def sign(self, data: bytes) -> bytes:
        """The signature of 64 bytes over ``data``."""
        return self._private.sign(data)

    def seal(self, passphrase: str, cost: Cost | None = None) -> bytes:
        """The key in a box that opens with this passphrase only."""
        cost = cost or COST
        salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
        head = _HEAD.pack(_MAGIC, cost.passes, cost.kibibytes, cost.lanes, salt, nonce)
        box = ChaCha20Poly1305(_stretched(passphrase, salt, cost))
        return head + box.encrypt(nonce, self.secret(), head)

    @classmethod
    def unseal(cls, blob: bytes, passphrase: str) -> Self:
        """The key in this box.

        Raises IdentityError ``passphrase_wrong``, or ``key_damaged`` for what is no box of ours.
        """
        if len(blob) != _HEAD.size + KEY_BYTES + 16:
            raise IdentityError("key_damaged")
        magic, passes, kibibytes, lanes, salt, nonce = _HEAD.unpack_from(blob)
        cost = Cost(passes, kibibytes, lanes)
        if magic != _MAGIC or not _sane(cost):
            raise IdentityError("key_damaged")
        box = ChaCha20Poly1305(_stretched(passphrase, salt, cost))
        try:
            secret = box.decrypt(nonce, blob[_HEAD.size :], blob[: _HEAD.size])
        except InvalidTag as error:
            raise IdentityError("passphrase_wrong") from error
        return cls.from_secret(secret)


def verify(public: bytes, data: bytes, signature: bytes) -> bool:
    """Whether the holder of this public key signed ``data``; False for malformed keys and signatures."""
    if len(public) != KEY_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint_of(public: bytes) -> str:
    """SHA-256 of a public key, in hexadecimal digits."""
    return hashlib.sha256(public).hexdigest()


def _stretched(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    return hash_secret_raw(
        passphrase.encode("utf-8"),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.kibibytes,
        parallelism=cost.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def _sane(cost: Cost) -> bool:
    return (
        1 <= cost.passes <= _DEAREST.passes
        and 1 <= cost.lanes <= _DEAREST.lanes
        and 8 * cost.lanes <= cost.kibibytes <= _DEAREST.kibibytes
    )
