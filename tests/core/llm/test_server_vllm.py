"""A server that answers as vLLM 0.32 was seen to: its list of models, its stream, its refusals."""

from __future__ import annotations

import http.server
import json
import math
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from core.errors import EngineError
from core.llm.engine import EngineConfig, Generated, Message, Request, Role, StopReason, Token
from core.llm.remote import ServerEngine
from core.llm.servers import ServerModel

HOST = "127.0.0.1"
MESSAGES = (Message(Role.USER, "Which word is it?"),)
SERVED = {
    "object": "list",
    "data": [
        {
            "id": "small",
            "object": "model",
            "created": 1795619018,
            "owned_by": "vllm",
            "root": "/models/small",
            "parent": None,
            "max_model_len": 256,
            "permission": [{"id": "modelperm-1", "object": "model_permission", "allow_logprobs": True}],
        }
    ],
}


def chunk(content: str | None, finish: str | None = None, **more: Any) -> dict[str, Any]:
    """An event of a stream, without a token's probability."""
    delta = {"content": content} if content is not None else {}
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish, "token_ids": None}
    return {"id": "chatcmpl-1", "object": "chat.completion.chunk", "choices": [choice | more]}


def token(content: str, share: float, finish: str | None = None, told: str | None = None) -> dict[str, Any]:
    """An event with one token. A token of an unfinished character has no text and no bytes of its own."""
    entry = {"token": content if told is None else told, "logprob": math.log(share), "top_logprobs": []}
    return chunk(content, finish, logprobs={"content": [entry | {"bytes": list(content.encode())}]})


BEGINS = chunk("", delta={"role": "assistant", "content": ""})
USAGE = {"choices": [], "usage": {"prompt_tokens": 43, "total_tokens": 49, "completion_tokens": 6}}
ENDS = token("", 0.87, "stop", told="<|im_end|>")


class Handler(http.server.BaseHTTPRequestHandler):
    """Chats with the events of its server, or refuses with its words."""

    def do_GET(self) -> None:
        self.say({"/v1/models": SERVED, "/version": {"version": "0.32.0"}}[self.path])

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, asked))  # type: ignore[attr-defined]
        if self.path == "/tokenize":
            self.say({"count": 32, "max_model_len": 256, "tokens": [1] * 32, "token_strs": None})
            return
        status, events = self.server.reply  # type: ignore[attr-defined]
        if status != 200:
            self.say(events, status)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.end_headers()
        for event in (*map(json.dumps, events), "[DONE]"):
            self.wfile.write(f"data: {event}\n\n".encode())

    def say(self, value: object, status: int = 200) -> None:
        text = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def version_string(self) -> str:
        return "uvicorn"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__((HOST, 0), Handler)
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.reply: tuple[int, object] = (200, ())


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.02,))
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def engine(server: Server) -> ServerEngine:
    entry = ServerModel(HOST, server.server_port, "small", tls=False)
    return ServerEngine(entry, EngineConfig(4096, 1, "0"), [HOST])


def run(engine: ServerEngine) -> tuple[list[Token], Generated]:
    events = list(engine.generate(Request(MESSAGES, 24)))
    assert isinstance(events[-1], Generated)
    return [event for event in events if isinstance(event, Token)], events[-1]


def test_facts_name_the_program_and_not_its_web_server(engine: ServerEngine) -> None:
    assert (engine.facts().llama_cpp, engine.facts().context_tokens) == ("vLLM 0.32.0", 256)


def test_a_prompt_is_counted_by_its_messages(server: Server, engine: ServerEngine) -> None:
    assert engine.count_tokens(MESSAGES) >= 32
    ((path, asked),) = server.asked
    assert (path, asked["messages"][0]["content"]) == ("/tokenize", MESSAGES[0].content)


def test_doubt_about_the_first_bytes_of_a_character_is_kept(server: Server, engine: ServerEngine) -> None:
    server.reply = 200, [BEGINS, token("", 0.45), token("", 0.85), token(" 差", 0.998), ENDS, USAGE]
    tokens, end = run(engine)
    assert [each.text for each in tokens] == ["", "", " 差"], "the mark of the end is no token"
    assert [each.probability for each in tokens] == pytest.approx([0.45, 0.85, 0.998])
    assert (end.reason, end.prompt_tokens, end.answer_tokens) == (StopReason.END, 43, 6)


def test_thoughts_that_a_server_tells_apart_are_no_answer(server: Server, engine: ServerEngine) -> None:
    thought = chunk(None, delta={"reasoning": "It may be yes.", "content": None})
    server.reply = 200, [BEGINS, thought, token("Yes", 0.9), ENDS, USAGE | {"error": None}]
    assert [each.text for each in run(engine)[0]] == ["Yes"]


@pytest.mark.parametrize("finish", ["length", "abort"])
def test_what_ends_before_the_model_was_done_is_cut_off(
    server: Server, engine: ServerEngine, finish: str
) -> None:
    server.reply = 200, [BEGINS, token("Yes", 0.9, finish), USAGE]
    assert run(engine)[1].reason is StopReason.LENGTH


def test_the_cache_of_prompts_is_declined_anew_each_time(server: Server, engine: ServerEngine) -> None:
    server.reply = 200, [BEGINS, token("Yes", 0.9), ENDS, USAGE]
    run(engine)
    run(engine)
    salts = [asked["cache_salt"] for _, asked in server.asked]
    assert len(set(salts)) == 2
    assert all(asked["repetition_penalty"] == 1.0 for _, asked in server.asked)


LONG = "This model's maximum context length is 256 tokens. However, your prompt contains at least 257."
REFUSED = {
    "too long": (
        400,
        {"error": {"message": LONG, "type": "BadRequestError", "code": 400}},
        "server_rejected",
    ),
    "an older vLLM": (400, {"object": "error", "message": LONG, "code": 400}, "server_rejected"),
    "no such model": (
        404,
        {"error": {"message": "The model `x` does not exist.", "code": 404}},
        "server_path",
    ),
    "no key": (401, {"error": "Unauthorized"}, "server_key"),
    "in the stream": (200, [BEGINS, {"error": {"message": LONG, "code": 500}}], "server_rejected"),
}


@pytest.mark.parametrize(("status", "said", "code"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_is_told_in_the_servers_words(
    server: Server, engine: ServerEngine, status: int, said: object, code: str
) -> None:
    server.reply = status, said
    with pytest.raises(EngineError) as caught:
        run(engine)
    assert caught.value.code == code
    if code == "server_rejected":
        assert "256 tokens" in str(caught.value.params["detail"])
