"""Ed25519 signatures: keys of people, sealed with a passphrase, and the key of each library."""

from core.signing.keys import SigningKey, fingerprint_of, verify
from core.signing.vault import library_key

__all__ = ["SigningKey", "fingerprint_of", "library_key", "verify"]
