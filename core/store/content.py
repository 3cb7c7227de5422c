"""Answers and decisions as text: one spelling for equal values, and what a person's signature covers."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

import cattrs
from cattrs.gen import make_dict_unstructure_fn, override
from cattrs.strategies import configure_union_passthrough

from core import signing
from core.errors import LibraryError
from core.types import Answer, Decision, ModelInfo, Signature

_SIGNED = b"touchstone decision\x00"
_converter = cattrs.Converter(forbid_extra_keys=True)
configure_union_passthrough(str | int | float, _converter)
# Left out where it is not so: the answers of this machine keep the text, and the signatures, that they had.
_converter.register_unstructure_hook(
    ModelInfo, make_dict_unstructure_fn(ModelInfo, _converter, server=override(omit_if_default=True))
)
# What a decision adds to a checked answer; all the rest is its content.
_UNDECIDED: dict[str, Any] = {
    "decision": Decision.HELD,
    "final_text": None,
    "caveats": (),
    "decided_by": None,
    "decided_at": None,
    "decision_reason": None,
    "decision_code": None,
    "review_seconds": None,
    "signature": None,
    "four_eyes": False,
}


def canonical(value: object) -> str:
    """JSON with one spelling for equal values."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def encode(answer: Answer) -> str:
    """The answer as canonical JSON: sorted keys, no spaces, so that equal answers give equal text."""
    return canonical(_converter.unstructure(answer))


def decode(text: str) -> Answer:
    """The answer that ``encode`` wrote. Raises LibraryError when the text is not one."""
    try:
        stored = json.loads(text)
        if not isinstance(stored, dict):
            raise LibraryError("answer_damaged")
        return _converter.structure(stored, Answer)
    except (ValueError, RecursionError, cattrs.BaseValidationError) as error:
        raise LibraryError("answer_damaged") from error


def content_digest(answer: Answer) -> str:
    """SHA-256 of the answer as it was written and checked, whatever was decided since."""
    return hashlib.sha256(encode(replace(answer, **_UNDECIDED)).encode("utf-8")).hexdigest()


def decision_fields(answer: Answer) -> dict[str, Any]:
    """What a decision says, as plain values; ``content`` ties it to the answer as it was checked."""
    return {
        "answer": answer.id,
        "content": content_digest(answer),
        "decision": answer.decision.value,
        "who": answer.decided_by,
        "at": answer.decided_at,
        "reason": answer.decision_reason,
        "code": answer.decision_code,
        "final_text": answer.final_text,
        "caveats": list(answer.caveats),
        "seconds": answer.review_seconds,
    }


def decision_bytes(fields: dict[str, Any]) -> bytes:
    """What a person signs of a decision."""
    return _SIGNED + canonical(fields).encode("utf-8")


def sign_decision(answer: Answer, key: signing.SigningKey) -> Answer:
    """The decided answer with the signature of this key under the decision."""
    value = key.sign(decision_bytes(decision_fields(answer)))
    return replace(answer, signature=Signature(key.public.hex(), value.hex()))


def is_signed(answer: Answer) -> bool:
    """Whether the decision carries a signature that fits it and the answer as it is here."""
    return answer.signature is not None and _fits(decision_fields(answer), answer.signature)


def encode_decision(answer: Answer) -> str:
    """The decision as canonical JSON, as the log keeps it."""
    signature = answer.signature
    return canonical({**decision_fields(answer), "signature": _converter.unstructure(signature)})


def decision_is_sound(text: str) -> bool:
    """Whether a stored decision is unsigned, or is what its signature covers."""
    fields = _parsed(text)
    signature = fields.pop("signature", None)
    return signature is None or _fits(fields, _signature(signature))


def apply_decision(answer: Answer, text: str) -> Answer:
    """The answer with a stored decision. Raises LibraryError when the text is none.

    A signature that does not fit this very answer is dropped: it then counts as unsigned.
    """
    fields = _parsed(text)
    if not _well_formed(fields):
        raise LibraryError("answer_damaged")
    try:
        decided = replace(
            answer,
            decision=Decision(fields["decision"]),
            decided_by=fields["who"],
            decided_at=fields["at"],
            decision_reason=fields["reason"],
            final_text=fields["final_text"],
            caveats=tuple(fields["caveats"]),
            decision_code=fields.get("code"),
            review_seconds=fields.get("seconds"),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise LibraryError("answer_damaged") from error
    if fields.get("signature") is None:
        return decided
    signed = replace(decided, signature=_signature(fields["signature"]))
    return signed if is_signed(signed) else decided


def _well_formed(fields: dict[str, Any]) -> bool:
    """Whether every part is of its kind: a signed decision from elsewhere may hold anything."""
    words = ("who", "at", "reason", "code", "final_text")
    caveats, seconds = fields.get("caveats"), fields.get("seconds")
    return (
        all(isinstance(fields.get(name), str | None) for name in words)
        and isinstance(caveats, list)
        and all(isinstance(caveat, str) for caveat in caveats)
        and (seconds is None or (isinstance(seconds, int | float) and not isinstance(seconds, bool)))
    )


def _fits(fields: dict[str, Any], signature: Signature) -> bool:
    try:
        public, value = bytes.fromhex(signature.key), bytes.fromhex(signature.value)
    except ValueError:
        return False
    return signing.verify(public, decision_bytes(fields), value)


def _signature(stored: object) -> Signature:
    try:
        return _converter.structure(stored, Signature)
    except (cattrs.BaseValidationError, TypeError, ValueError) as error:
        raise LibraryError("answer_damaged") from error


def _parsed(text: str) -> dict[str, Any]:
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise LibraryError("answer_damaged") from error
    if not isinstance(fields, dict):
        raise LibraryError("answer_damaged")
    return fields
