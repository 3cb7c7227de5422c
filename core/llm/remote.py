"""An engine on a server inside the firm that speaks the OpenAI protocol (llama.cpp's server, vLLM).

Everything that the server says is untrusted: sizes are bounded, types are looked at, texts are made whole.
The server answers for its own determinism: temperature and seed are asked for, and a cached prompt is
declined, but what it runs cannot be seen from here.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Collection, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Any

from core.errors import EngineError
from core.llm.engine import (
    EngineConfig,
    EngineEvent,
    EngineFacts,
    Generated,
    Heartbeat,
    Message,
    Request,
    StopReason,
    Token,
)
from core.llm.replies import Delta, Pieces, Whole, deltas, number, printable, until_head, whole
from core.llm.servers import ServerModel, key_of, tls_of
from core.llm.turn import Turn
from core.llm.wire import Head, request

# The alternatives of each token: as many as vLLM tells unless it is set up otherwise.
_LIKELY: dict[str, Any] = {"logprobs": True, "top_logprobs": 20}
# Nothing but temperature and seed, as here: servers and models bring a penalty for repetition, and more, and
# apply it silently. llama.cpp and vLLM have names of their own for it. A cached prompt is declined: from
# llama.cpp by ``cache_prompt``, from vLLM by ``cache_salt``, which is new with each request.
_AS_HERE: dict[str, Any] = {
    "top_p": 1.0,
    "top_k": 0,
    "min_p": 0.0,
    "presence_penalty": 0.0,
    "frequency_penalty": 0.0,
    "repeat_penalty": 1.0,
    "repetition_penalty": 1.0,
    "cache_prompt": False,
}
_STREAM = 64 * 1024  # bytes of a stream for each token asked for, alternatives included
_CHARACTERS = 64  # of an answer for each token asked for
_ROLE_TOKENS = 8  # a chat template puts about so many tokens around a message
_REFUSALS = {401: "server_key", 403: "server_key", 404: "server_path", 429: "server_busy", 503: "server_busy"}


@dataclass(slots=True)
class _Written:
    """A generation on its way: its beginning, its first token, and what the server counts."""

    began: float
    first: float | None = None
    tokens: int = 0
    characters: int = 0
    end: Delta = field(default_factory=Delta)

    def done(self, reason: StopReason) -> Generated:
        """The last event."""
        now = time.monotonic()
        first = self.first or now
        return Generated(
            reason,
            self.end.prompt_tokens or 0,
            self.end.cached_tokens or 0,
            self.end.answer_tokens or self.tokens,
            first - self.began,
            now - first,
        )


class ServerEngine:
    """Writes with a server's model, under the same protocol as llama.cpp here. Any thread; one at a time."""

    def __init__(self, model: ServerModel, config: EngineConfig, allowed: Collection[str]) -> None:
        """Nothing is sent yet. Raises EngineError ``server_not_allowed`` unless the host is ``allowed``."""
        if model.host.lower() not in {host.lower() for host in allowed}:
            raise EngineError("server_not_allowed", host=model.host)
        self._model = model
        self._config = config
        self._turn = Turn()
        self._stop = threading.Event()
        self._facts: EngineFacts | None = None
        self._counts = True  # whether the server counts tokens, as far as is known

    def generate(self, request: Request) -> Generator[EngineEvent, None, None]:
        """Yield tokens, and a heartbeat at least every 100 ms while there is nothing else, then Generated.

        Raises EngineError ``server_…``. What was written before is then worth nothing.
        """
        self._turn.require_free()
        self._stop.clear()
        return self._generate(request)

    def load(self) -> Generator[Heartbeat, None, None]:
        """Ask the server whether it runs the model. Raises EngineError ``server_…``."""
        with self._turn.taken():
            self._stop.clear()
            loading = self._load()
            while self._facts is None:
                try:
                    next(loading)
                except StopIteration as done:
                    self._facts = done.value
                yield Heartbeat(0.0)

    def count_tokens(self, messages: tuple[Message, ...]) -> int:
        """Prompt length in tokens: as the server counts it, else an estimate that is rather too long."""
        with self._turn.taken():
            self._stop.clear()
            around = _ROLE_TOKENS * (len(messages) + 1)
            text = "\n".join(message.content for message in messages)
            if self._counts:
                asked = {"model": self._model.model, "messages": _plain(messages), "content": text}
                reply = _last(self._ask("POST", "/tokenize", asked))
                counted = _counted(reply) if reply.head.status == 200 else None
                if counted is not None:
                    return counted + around
                self._counts = False
            return _estimate(text) + around

    def facts(self) -> EngineFacts:
        """What to record: the server, the model's name there, what the server calls itself."""
        if self._facts is None:
            for _ in self.load():
                pass
        assert self._facts is not None
        return self._facts

    def stop(self) -> None:
        """End the running generation: its connection is closed at the next beat."""
        self._stop.set()

    def close(self) -> None:
        """Stop; the engine is not used afterwards."""
        self._turn.closed = True
        self._stop.set()

    @property
    def host(self) -> str:
        """The host that it asks."""
        return self._model.host

    @property
    def busy(self) -> bool:
        """Whether it is asking the server right now."""
        return self._turn.busy

    @property
    def pid(self) -> None:
        """There is no process of ours."""
        return

    # One generation.

    def _generate(self, request: Request) -> Generator[EngineEvent, None, None]:
        with self._turn.taken():
            written = _Written(time.monotonic())
            with closing(self._said(request)) as said:
                for delta in said:
                    if self._stop.is_set():
                        yield written.done(StopReason.STOPPED)
                        return
                    if delta is None:
                        yield Heartbeat(0.0 if written.first is None else 1.0)
                    else:
                        yield from self._tokens(delta, written, request)
            if written.end.finish is None:
                raise self._error("server_broke", "EOF")
            yield written.done(StopReason.END if written.end.finish == "stop" else StopReason.LENGTH)

    def _tokens(self, delta: Delta, written: _Written, request: Request) -> Iterator[Token]:
        """What a piece of the stream adds; the last piece, with the counts, may hold no text."""
        written.end = delta.after(written.end)
        for token in delta.tokens:
            written.first = written.first or time.monotonic()
            written.tokens += 1
            written.characters += len(token.text)
            if written.characters > _CHARACTERS * request.max_tokens:
                raise self._error("server_too_large")
            yield token

    def _said(self, request: Request) -> Generator[Delta | None, None, None]:
        """The stream; asked again with less where the server refuses to tell probabilities, or more."""
        asked = {
            "model": self._model.model,
            "messages": _plain(request.messages),
            "max_tokens": request.max_tokens,
            "temperature": request.temperature,
            "seed": request.seed,
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        most = _STREAM * (request.max_tokens + 16)
        here = _AS_HERE | {"cache_salt": secrets.token_hex(16)}
        for more in (here | _LIKELY, here, {}):
            refused = yield from self._stream(asked | more, most)
            if refused is None:
                return
            if refused.head.status not in (400, 422) or not more:
                raise self._refused(refused)

    def _stream(self, asked: dict[str, Any], most: int) -> Generator[Delta | None, None, Whole | None]:
        """Yield the events of a stream; the value is the reply where it is a refusal."""
        with closing(self._exchange("POST", "/v1/chat/completions", asked)) as pieces:
            head = yield from until_head(pieces)
            if head.status != 200:
                return (yield from whole(head, pieces, self._model.url))
            if head.kind != "text/event-stream":
                raise self._error("server_reply", head.kind)
            yield from deltas(pieces, self._model.url, most)
            return None

    # Questions to the server.

    def _load(self) -> Generator[None, None, EngineFacts]:
        reply = yield from self._ask("GET", "/v1/models")
        if reply.head.status != 200:
            raise self._refused(reply)
        entry = self._entry(reply)
        longest = number(entry.get("max_model_len"))
        name = yield from self._called(reply, entry)
        return EngineFacts(
            model=self._model.info,
            context_tokens=min(self._config.context_tokens, longest or self._config.context_tokens),
            threads=0,
            gpu_layers=0,
            backend="server",
            llama_cpp=name,
            cpu_features="",
        )

    def _called(self, reply: Whole, entry: dict[str, Any]) -> Generator[None, None, str]:
        """What the server calls itself. vLLM says it beside the model, its version at a place of its own, and
        only the name of its web server in the reply's head.
        """
        if entry.get("owned_by") != "vllm":
            return printable(reply.head.server, 60)
        version = (yield from self._ask("GET", "/version")).json.get("version")
        return printable(f"vLLM {version if isinstance(version, str) else '?'}", 60)

    def _entry(self, reply: Whole) -> dict[str, Any]:
        """The model in the server's list. Raises EngineError ``server_model`` where it is not in it."""
        listed = reply.json.get("data")
        entries = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
        if not entries:
            raise self._error("server_reply", "/v1/models")
        for entry in entries:
            if entry.get("id") == self._model.model:
                return entry
        known = printable(", ".join(str(entry.get("id")) for entry in entries[:20]), 200)
        raise EngineError("server_model", server=self._model.url, name=self._model.model, known=known)

    def _ask(
        self, method: str, path: str, asked: dict[str, Any] | None = None
    ) -> Generator[None, None, Whole]:
        """A reply that is no stream. Raises EngineError ``engine_stopped`` when a stop comes first."""
        with closing(self._exchange(method, path, asked)) as pieces:
            waiting = _reply(pieces, self._model.url)
            while not self._stop.is_set():
                try:
                    yield next(waiting)
                except StopIteration as done:
                    reply: Whole = done.value
                    return reply
            raise EngineError("engine_stopped")

    def _exchange(
        self, method: str, path: str, asked: dict[str, Any] | None
    ) -> Generator[Head | bytes | None, None, None]:
        body = json.dumps(asked).encode("ascii") if asked else b""
        endpoint = replace(self._model.endpoint, tls=tls_of(self._model))
        return request(endpoint, method, path, body, key_of(self._model))

    def _refused(self, whole: Whole) -> EngineError:
        """What a status other than 200 means. A redirect is an answer of its own kind: it is not followed."""
        status = whole.head.status
        if 300 <= status < 400:
            return self._error("server_redirect")
        code = _REFUSALS.get(status, "server_rejected")
        return EngineError(code, server=self._model.url, status=status, detail=whole.complaint)

    def _error(self, code: str, detail: str = "") -> EngineError:
        return EngineError(code, server=self._model.url, detail=printable(detail, 200))


def _reply(pieces: Pieces, server: str) -> Generator[None, None, Whole]:
    head = yield from until_head(pieces)
    return (yield from whole(head, pieces, server))


def _plain(messages: tuple[Message, ...]) -> list[dict[str, str]]:
    return [{"role": message.role.value, "content": message.content} for message in messages]


def _counted(reply: Whole) -> int | None:
    """How many tokens a server says a text has: vLLM tells the number, llama.cpp lists them."""
    listed = reply.json.get("tokens")
    told = number(reply.json.get("count"))
    return len(listed) if told is None and isinstance(listed, list) else told


def _estimate(text: str) -> int:
    """Tokens of a text where nobody counts them: rather too many than too few, since a prompt that does not
    fit is refused or, worse, cut by the server.
    """
    plain = sum(char.isascii() for char in text)
    return -(-plain // 3) + 2 * (len(text) - plain)


def _last(waiting: Generator[None, None, Whole]) -> Whole:
    """Wait for a reply."""
    while True:
        try:
            next(waiting)
        except StopIteration as done:
            reply: Whole = done.value
            return reply
