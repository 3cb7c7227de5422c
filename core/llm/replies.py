"""What a server that speaks the OpenAI protocol replies, taken apart: untrusted, so typed and bounded."""

from __future__ import annotations

import json
import math
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from typing import Any

from core.errors import EngineError
from core.llm.engine import Token
from core.llm.wire import Head

Pieces = Iterable[Head | bytes | None]

_BODY = 4 * 2**20  # bytes of a reply that is no stream
_LINE = 2**20  # bytes of one event of a stream


@dataclass(frozen=True, slots=True)
class Whole:
    """A reply that is no stream. ``json`` is its object, empty where it is none."""

    head: Head
    json: dict[str, Any]

    @property
    def complaint(self) -> str:
        """What the server says went wrong, cut and printable."""
        return _complaint(self.json)


@dataclass(frozen=True, slots=True)
class Delta:
    """One event of a stream: what was written, why it ended, what the server counted."""

    tokens: tuple[Token, ...] = ()
    finish: str | None = None
    prompt_tokens: int | None = None
    cached_tokens: int | None = None
    answer_tokens: int | None = None

    def after(self, before: Delta) -> Delta:
        """What is known at the end, this one coming after others: the tokens are not kept."""
        return Delta(
            (),
            self.finish or before.finish,
            before.prompt_tokens if self.prompt_tokens is None else self.prompt_tokens,
            before.cached_tokens if self.cached_tokens is None else self.cached_tokens,
            before.answer_tokens if self.answer_tokens is None else self.answer_tokens,
        )


def until_head(pieces: Pieces) -> Generator[None, None, Head]:
    """Wait for the head, which comes before anything else."""
    for piece in pieces:
        if isinstance(piece, Head):
            return piece
        yield None
    raise AssertionError("a request ends with an error or gives a head")


def whole(head: Head, pieces: Pieces, server: str) -> Generator[None, None, Whole]:
    """Gather a reply that is no stream. Raises EngineError ``server_too_large``."""
    body = bytearray()
    for piece in pieces:
        if not isinstance(piece, bytes):
            yield None
            continue
        body += piece
        if len(body) > _BODY:
            raise EngineError("server_too_large", server=server)
    return Whole(head, _object(bytes(body)) or {})


def deltas(pieces: Pieces, server: str, most: int) -> Generator[Delta | None, None, None]:
    """The events of a stream of at most ``most`` bytes, up to its end mark; None while nothing comes.

    Raises EngineError ``server_too_large``, ``server_reply`` for what is no such event, and
    ``server_rejected`` when the server says in the stream that it failed.
    """
    held, size = bytearray(), 0
    for piece in pieces:
        if not isinstance(piece, bytes):
            yield None
            continue
        held += piece
        size += len(piece)
        if size > most or len(held) > _LINE + len(piece):
            raise EngineError("server_too_large", server=server)
        *lines, rest = bytes(held).split(b"\n")
        held = bytearray(rest)
        for line in lines:
            event = line.removeprefix(b"data:").strip() if line.startswith(b"data:") else b""
            if event == b"[DONE]":
                return
            if event:
                yield _delta(event, server)


def number(value: object) -> int | None:
    """A count that a server told, None where it is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31 else None


def printable(text: str, most: int) -> str:
    """Words of a server for people: one line, no control characters, cut."""
    return "".join(char for char in text[: 4 * most] if char.isprintable())[:most].strip()


def _delta(event: bytes, server: str) -> Delta:
    found = _object(event)
    if found is None:
        raise EngineError("server_reply", server=server, detail="JSON")
    if found.get("error") is not None:
        raise EngineError("server_rejected", server=server, status=200, detail=_complaint(found))
    choices = found.get("choices")
    if not isinstance(choices, list) or not all(isinstance(each, dict) for each in choices[:1]):
        raise EngineError("server_reply", server=server, detail="choices")
    choice = choices[0] if choices else {}
    finish, usage = choice.get("finish_reason"), _dict(found.get("usage"))
    return Delta(
        tuple(_tokens(choice)),
        finish if isinstance(finish, str) else None,
        number(usage.get("prompt_tokens")),
        number(_dict(usage.get("prompt_tokens_details")).get("cached_tokens")),
        number(usage.get("completion_tokens")),
    )


def _tokens(choice: dict[str, Any]) -> list[Token]:
    """The text of an event by tokens where the server tells them apart and they make up the text, else whole
    with the least likely of them: a doubt may be counted too wide, and is never lost. A token that begins a
    character which the next one ends has no text yet (vLLM tells it apart); the mark of the end is no token.
    """
    content = _dict(choice.get("delta")).get("content")
    if not isinstance(content, str) or (not content and choice.get("finish_reason") == "stop"):
        return []
    told = _dict(choice.get("logprobs")).get("content")
    entries = [each for each in told if isinstance(each, dict)] if isinstance(told, list) else []
    parts = [str(each.get("token")) for each in entries]
    known = [_likelihood(each) for each in entries]
    if len(entries) > 1 and "".join(parts) == content:
        return [Token(_clean(part), *pair) for part, pair in zip(parts, known, strict=True)]
    whole_known = bool(known) and all(probability is not None for probability, _ in known)
    if not whole_known:
        return [Token(_clean(content), None, None)] if content else []
    return [Token(_clean(content), *min(known, key=lambda pair: pair[0] or 0.0))]


def _likelihood(entry: dict[str, Any]) -> tuple[float | None, float | None]:
    """A token's probability and the entropy of the choice, in nats. The server tells the likeliest
    alternatives only: what is left counts as one more, so that the entropy is a lower bound.
    """
    own = _logprob(entry)
    if own is None:
        return None, None
    listed = entry.get("top_logprobs")
    told = [_logprob(each) for each in listed] if isinstance(listed, list) else []
    shares = [math.exp(each) for each in told if each is not None]
    shares.append(max(0.0, 1.0 - sum(shares)))
    return math.exp(own), -sum(share * math.log(share) for share in shares if share > 0)


def _logprob(entry: object) -> float | None:
    value = entry.get("logprob") if isinstance(entry, dict) else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not -1e9 < value < 0.01:
        return None
    return min(0.0, float(value))


def _clean(text: str) -> str:
    """JSON may hold halves of characters and NUL, which no file or database takes."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")


def _object(text: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _complaint(found: dict[str, Any]) -> str:
    error = found.get("error", found)
    said = error.get("message", error.get("detail", "")) if isinstance(error, dict) else error
    return printable(str(said), 200)
