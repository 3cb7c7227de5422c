from __future__ import annotations

import pytest

from core.errors import IdentityError
from core.signing import SigningKey, fingerprint_of, verify
from core.signing.keys import Cost

CHEAP = Cost(passes=1, kibibytes=64, lanes=1)


def test_a_signature_holds_for_its_data_and_key_only() -> None:
    key, other = SigningKey.generate(), SigningKey.generate()
    signature = key.sign(b"released")
    assert verify(key.public, b"released", signature)
    assert not verify(key.public, b"rejected", signature)
    assert not verify(other.public, b"released", signature)


@pytest.mark.parametrize(
    ("public", "signature"), [(b"", b"x" * 64), (b"x" * 32, b""), (b"\xff" * 32, b"0" * 64)]
)
def test_malformed_keys_and_signatures_are_false(public: bytes, signature: bytes) -> None:
    assert not verify(public, b"data", signature)


def test_a_known_vector_of_the_standard() -> None:
    """RFC 8032, section 7.1, test 2."""
    secret = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    key = SigningKey.from_secret(secret)
    assert key.public.hex() == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    assert (
        key.sign(b"\x72").hex().startswith("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da")
    )


def test_a_sealed_key_opens_with_its_passphrase_only() -> None:
    key = SigningKey.generate()
    box = key.seal("correct horse 电池", CHEAP)
    assert SigningKey.unseal(box, "correct horse 电池") == key or (
        SigningKey.unseal(box, "correct horse 电池").public == key.public
    )
    with pytest.raises(IdentityError, match="passphrase_wrong"):
        SigningKey.unseal(box, "correct horse")
    assert key.secret() not in box


def test_every_changed_byte_of_a_box_is_noticed() -> None:
    box = SigningKey.generate().seal("passphrase", CHEAP)
    for position in range(len(box)):
        if 4 <= position < 11:
            continue  # the cost: a changed one is dear, the next test looks at its bounds
        changed = bytearray(box)
        changed[position] ^= 1
        with pytest.raises(IdentityError):
            SigningKey.unseal(bytes(changed), "passphrase")


@pytest.mark.parametrize(
    "cost", [Cost(0, 64, 1), Cost(1, 4, 1), Cost(1, 2**31, 1), Cost(60000, 64, 1), Cost(1, 64, 0)]
)
def test_a_box_may_not_ask_for_senseless_work(cost: Cost) -> None:
    box = bytearray(SigningKey.generate().seal("passphrase", CHEAP))
    box[4:6] = cost.passes.to_bytes(2, "little")
    box[6:10] = cost.kibibytes.to_bytes(4, "little")
    box[10] = cost.lanes
    with pytest.raises(IdentityError, match="key_damaged"):
        SigningKey.unseal(bytes(box), "passphrase")


def test_a_key_does_not_print_its_secret() -> None:
    key = SigningKey.generate()
    assert key.secret().hex() not in repr(key)
    assert key.fingerprint == fingerprint_of(key.public)
