"""A model on a server in the firm: a real model behind the OpenAI protocol, and servers that misbehave."""

from __future__ import annotations

import http.server
import json
import math
import os
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from core.cli.model import model as model_command
from core.errors import EngineError, ModelError
from core.llm import choice, servers
from core.llm.engine import EngineConfig, Generated, Heartbeat, Message, Request, Role, StopReason, Token
from core.llm.local import LlamaLocal
from core.llm.remote import ServerEngine
from core.llm.servers import ServerModel
from core.settings import Settings, models_folder

HOST = "127.0.0.1"
CONFIG = EngineConfig(context_tokens=512, threads=1, gpu_layers="0")
REQUEST = Request((Message(Role.USER, "Name a colour."),), max_tokens=12)


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers with what its server was told to answer."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.answer(b"")

    def do_POST(self) -> None:
        self.answer(self.rfile.read(int(self.headers["Content-Length"])))

    def answer(self, body: bytes) -> None:
        self.server.seen.append((self.command, self.path, dict(self.headers), body))  # type: ignore[attr-defined]
        act = self.server.script.get(self.path)  # type: ignore[attr-defined]
        if act is None:
            self.send_json({"error": {"message": "no such path"}}, 404)
        else:
            act(self, json.loads(body) if body else {})

    def send_json(self, value: object, status: int = 200) -> None:
        text = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def begin_stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def send_event(self, value: object) -> None:
        text = value if isinstance(value, str) else json.dumps(value)
        data = f"data: {text}\n\n".encode()
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def end_stream(self) -> None:
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__((HOST, 0), Handler)
        self.seen: list[tuple[str, str, dict[str, str], bytes]] = []
        self.script: dict[str, Callable[[Handler, dict[str, Any]], None]] = {
            "/v1/models": lambda asked, _: asked.send_json({"data": [{"id": "small"}]})
        }

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is no news."""

    def says(self, *events: object) -> None:
        """Answer chats with these events of a stream."""

        def act(asked: Handler, _: dict[str, Any]) -> None:
            asked.begin_stream()
            for event in events:
                asked.send_event(event)
            asked.end_stream()

        self.script["/v1/chat/completions"] = act

    def entry(self, **fields: Any) -> ServerModel:
        return ServerModel(
            **({"host": HOST, "port": self.server_port, "model": "small", "tls": False} | fields)
        )


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
    return ServerEngine(server.entry(), CONFIG, [HOST])


def piece(text: str, **more: Any) -> dict[str, Any]:
    return {"choices": [{"delta": {"content": text}, "finish_reason": None} | more]}


END = {"choices": [{"delta": {}, "finish_reason": "stop"}]}


def run(engine: ServerEngine | LlamaLocal, request: Request = REQUEST) -> tuple[list[Token], Generated]:
    events = list(engine.generate(request))
    assert isinstance(events[-1], Generated)
    return [event for event in events if isinstance(event, Token)], events[-1]


def text_of(tokens: list[Token]) -> str:
    return "".join(token.text for token in tokens)


def serve_model(server: Server, local: LlamaLocal) -> None:
    """Put a real model behind the protocol, as llama.cpp's server does."""

    def messages(asked: dict[str, Any]) -> tuple[Message, ...]:
        return tuple(Message(Role(each["role"]), each["content"]) for each in asked["messages"])

    def chat(handler: Handler, asked: dict[str, Any]) -> None:
        request = Request(messages(asked), asked["max_tokens"], asked["temperature"], asked["seed"])
        handler.begin_stream()
        for event in local.generate(request):
            if isinstance(event, Token):
                assert event.probability is not None
                likely = [{"token": event.text, "logprob": math.log(event.probability), "top_logprobs": []}]
                handler.send_event(piece(event.text, logprobs={"content": likely}))
            elif isinstance(event, Generated):
                usage = {"prompt_tokens": event.prompt_tokens, "completion_tokens": event.answer_tokens}
                finish = "stop" if event.reason is StopReason.END else "length"
                handler.send_event({"choices": [{"delta": {}, "finish_reason": finish}]})
                handler.send_event({"choices": [], "usage": usage})
        handler.send_event("[DONE]")
        handler.end_stream()

    def tokenize(handler: Handler, asked: dict[str, Any]) -> None:
        handler.send_json({"tokens": [0] * local.count_tokens(messages(asked))})

    server.script |= {"/v1/chat/completions": chat, "/tokenize": tokenize}


def test_a_server_writes_what_this_machine_writes(
    server: Server, engine: ServerEngine, small_model: Path
) -> None:
    with closing(LlamaLocal(small_model, CONFIG)) as local:
        here, here_end = run(local)
        serve_model(server, local)
        there, there_end = run(engine)
        assert text_of(there) == text_of(here)
        assert text_of(here).strip()
        assert [token.probability for token in there] == pytest.approx([t.probability for t in here])
        assert (there_end.reason, there_end.prompt_tokens) == (here_end.reason, here_end.prompt_tokens)
        assert engine.count_tokens(REQUEST.messages) >= local.count_tokens(REQUEST.messages)
    asked = json.loads(server.seen[0][3])
    assert (asked["temperature"], asked["seed"], asked["cache_prompt"]) == (0.0, 0, False)
    assert asked["repeat_penalty"] == asked["repetition_penalty"] == asked["top_p"] == 1.0


def test_a_cut_off_answer_says_so(server: Server, engine: ServerEngine) -> None:
    server.says(piece("Blue"), {"choices": [{"delta": {}, "finish_reason": "length"}]}, "[DONE]")
    assert run(engine)[1].reason is StopReason.LENGTH


def test_probabilities_come_with_an_entropy_that_is_no_guess(server: Server, engine: ServerEngine) -> None:
    halves = [{"token": each, "logprob": math.log(0.5)} for each in "ab"]
    server.says(
        piece("a", logprobs={"content": [{"token": "a", "logprob": math.log(0.5), "top_logprobs": halves}]}),
        piece("bc", logprobs={"content": [{"token": "b", "logprob": -0.1}, {"token": "c", "logprob": -2.0}]}),
        piece("d", logprobs={"content": [{"token": "d", "logprob": "sure"}]}),
        piece("e"),
        END,
        "[DONE]",
    )
    tokens, _ = run(engine)
    assert [token.text for token in tokens] == ["a", "b", "c", "d", "e"]
    assert tokens[0].entropy == pytest.approx(math.log(2))
    assert tokens[2].probability == pytest.approx(math.exp(-2.0))
    assert [token.probability for token in tokens[3:]] == [None, None]


def test_a_server_without_probabilities_is_asked_again_without(server: Server, engine: ServerEngine) -> None:
    def act(handler: Handler, asked: dict[str, Any]) -> None:
        if "logprobs" in asked:
            handler.send_json({"error": {"message": "logprobs are not supported"}}, 400)
            return
        handler.begin_stream()
        for event in (piece("Blue"), END, "[DONE]"):
            handler.send_event(event)
        handler.end_stream()

    server.script["/v1/chat/completions"] = act
    tokens, _ = run(engine)
    assert [(token.text, token.probability) for token in tokens] == [("Blue", None)]


def test_a_server_that_takes_plain_openai_only_is_asked_for_no_more(
    server: Server, engine: ServerEngine
) -> None:
    asked_for: list[set[str]] = []

    def act(handler: Handler, asked: dict[str, Any]) -> None:
        asked_for.append(set(asked))
        if "repeat_penalty" in asked:
            handler.send_json({"error": {"message": "unknown field"}}, 422)
            return
        stream(piece("Blue"), END, "[DONE]")(handler, asked)

    server.script["/v1/chat/completions"] = act
    assert text_of(run(engine)[0]) == "Blue"
    plain = {"model", "messages", "max_tokens", "temperature", "seed", "stream", "stream_options"}
    assert asked_for[-1] == plain
    assert "logprobs" in asked_for[0] - asked_for[1]


def test_untrusted_text_is_made_whole(server: Server, engine: ServerEngine) -> None:
    server.says('{"choices":[{"delta":{"content":"a\\ud800b\\u0000c"}}]}', END, "[DONE]")
    text = text_of(run(engine)[0])
    text.encode("utf-8")
    assert "\0" not in text
    assert text[0] + text[-1] == "ac"


def stream(*events: object) -> Callable[[Handler, dict[str, Any]], None]:
    def act(handler: Handler, _: dict[str, Any]) -> None:
        handler.begin_stream()
        for event in events:
            handler.send_event(event)
        handler.end_stream()

    return act


def status(code: int, **headers: str) -> Callable[[Handler, dict[str, Any]], None]:
    def act(handler: Handler, _: dict[str, Any]) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return act


def raw(data: bytes) -> Callable[[Handler, dict[str, Any]], None]:
    def act(handler: Handler, _: dict[str, Any]) -> None:
        handler.wfile.write(data)
        handler.close_connection = True

    return act


SSE = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
BAD = {
    "redirect": (status(302, Location="http://127.0.0.1:1/v1/chat/completions"), "server_redirect"),
    "key": (status(401), "server_key"),
    "path": (status(404), "server_path"),
    "busy": (status(503), "server_busy"),
    "failed": (status(500), "server_rejected"),
    "no JSON": (stream("{not json"), "server_reply"),
    "deep JSON": (stream('{"a":' + "[" * 200_000), "server_reply"),
    "no choices": (stream({"choices": "none"}), "server_reply"),
    "error in the stream": (stream(piece("a"), {"error": {"message": "out of memory"}}), "server_rejected"),
    "no end": (stream(piece("Blue")), "server_broke"),
    "too long": (stream(piece("x" * 5_000), END, "[DONE]"), "server_too_large"),
    "endless event": (stream("x" * 3_000_000), "server_too_large"),
    "no HTTP": (raw(b"SSH-2.0-OpenSSH\r\n"), "server_reply"),
    "no stream": (lambda handler, _: handler.send_json({"choices": []}), "server_reply"),
    "head too long": (raw(b"HTTP/1.1 200 OK\r\n" + b"A: " + b"x" * 200_000), "server_too_large"),
    "bad chunk": (raw(SSE + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nabc"), "server_reply"),
    "bad length": (raw(SSE + b"Content-Length: -1\r\n\r\n"), "server_reply"),
    "packed": (raw(SSE + b"Content-Encoding: gzip\r\n\r\n"), "server_reply"),
    "hangs up": (raw(SSE + b"Content-Length: 100\r\n\r\ndata: "), "server_broke"),
    "says nothing": (raw(b""), "server_broke"),
}


@pytest.mark.parametrize(("act", "code"), BAD.values(), ids=BAD)
def test_a_bad_reply_is_an_error_in_words(
    server: Server, engine: ServerEngine, act: Callable[[Handler, dict[str, Any]], None], code: str
) -> None:
    server.script["/v1/chat/completions"] = act
    with pytest.raises(EngineError) as caught:
        run(engine)
    assert caught.value.code == code
    server.says(piece("Blue"), END, "[DONE]")
    assert text_of(run(engine)[0]) == "Blue", "the engine is usable afterwards"


def test_a_redirect_is_not_followed(server: Server, engine: ServerEngine) -> None:
    server.script["/v1/chat/completions"] = status(307, Location="/v1/models")
    with pytest.raises(EngineError, match="server_redirect"):
        run(engine)
    assert [path for _, path, _, _ in server.seen] == ["/v1/chat/completions"]


def test_proxies_of_the_environment_are_ignored(
    server: Server, engine: ServerEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server.says(piece("Blue"), END, "[DONE]")
    assert text_of(run(engine)[0]) == "Blue"


def test_nothing_listens_there() -> None:
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    with pytest.raises(EngineError, match="server_refused"):
        run(ServerEngine(ServerModel(HOST, port, "small", tls=False), CONFIG, [HOST]))


def test_silence_ends(server: Server, engine: ServerEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    done = threading.Event()
    server.script["/v1/chat/completions"] = lambda *_: done.wait(10) and None
    monkeypatch.setattr("core.llm.wire.SILENCE_SECONDS", 0.2)
    with pytest.raises(EngineError, match="server_timeout"):
        run(engine)
    done.set()


def test_a_stop_is_heeded_while_the_server_is_silent(server: Server, engine: ServerEngine) -> None:
    done = threading.Event()
    server.script["/v1/chat/completions"] = lambda *_: done.wait(10) and None
    events = engine.generate(REQUEST)
    assert isinstance(next(events), Heartbeat)
    assert engine.busy
    with pytest.raises(EngineError, match="engine_busy"):
        engine.generate(REQUEST)
    engine.stop()
    assert [event.reason for event in events if isinstance(event, Generated)] == [StopReason.STOPPED]
    assert not engine.busy
    done.set()


def test_a_closed_iterator_closes_the_connection(server: Server, engine: ServerEngine) -> None:
    hung_up = threading.Event()

    def act(handler: Handler, _: dict[str, Any]) -> None:
        handler.begin_stream()
        try:
            while True:
                handler.send_event(piece("a "))
                time.sleep(0.005)
        except OSError:
            hung_up.set()

    server.script["/v1/chat/completions"] = act
    events = engine.generate(REQUEST)
    assert any(isinstance(event, Token) for event in events)
    events.close()
    assert hung_up.wait(10)


def test_a_model_that_is_not_there_is_named_with_those_that_are(server: Server) -> None:
    engine = ServerEngine(server.entry(model="large"), CONFIG, [HOST])
    with pytest.raises(EngineError) as caught:
        engine.facts()
    assert (caught.value.code, caught.value.params["known"]) == ("server_model", "small")


def test_facts_name_the_server_and_no_hash(server: Server, engine: ServerEngine) -> None:
    server.script["/v1/models"] = lambda asked, _: asked.send_json(
        {"data": [{"id": "small", "max_model_len": 256}]}
    )
    facts = engine.facts()
    assert facts.model.server == f"http://{HOST}:{server.server_port}"
    assert facts.model.sha256 == ""
    assert facts.context_tokens == 256
    assert facts.backend == "server"


def test_tokens_are_estimated_where_nobody_counts(server: Server, engine: ServerEngine) -> None:
    assert engine.count_tokens((Message(Role.USER, "a" * 300 + "色" * 10),)) == 100 + 20 + 16
    engine.count_tokens(REQUEST.messages)
    assert len(server.seen) == 1, "a server that cannot count is asked once"


def test_the_key_is_sent_and_told_to_nobody(
    server: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("FIRM_KEY", "s3cret-key")
    entry = server.entry(key_variable="FIRM_KEY")
    engine = ServerEngine(entry, CONFIG, [HOST])
    server.script["/v1/chat/completions"] = status(403)
    with pytest.raises(EngineError) as caught:
        run(engine)
    assert server.seen[0][2]["Authorization"] == "Bearer s3cret-key"
    servers.add(entry)
    kept = (models_folder() / servers.FILE).read_text(encoding="utf-8")
    assert "s3cret" not in f"{caught.value}{caught.value.params}{caplog.text}{kept}{entry!r}"
    monkeypatch.setenv("FIRM_KEY", "s3cret\r\nX-Other: 1")
    with pytest.raises(ModelError, match="server_key_text"):
        run(engine)
    monkeypatch.delenv("FIRM_KEY")
    with pytest.raises(ModelError, match="server_key_missing"):
        run(engine)


def test_a_key_never_crosses_the_network_readable() -> None:
    with pytest.raises(ModelError, match="server_key_plain"):
        servers.add(servers.parse("http://llm.firm.example:8080", "small", key_variable="FIRM_KEY"))
    assert servers.servers() == ()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A firm's own authority that vouches for 127.0.0.1, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "firm.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("tls")
    (folder / "ca.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    )
    return folder / "ca.pem", folder / "key.pem"


def test_tls_with_the_firms_own_authority_and_never_without(
    server: Server, certificate: tuple[Path, Path]
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.says(piece("Blue"), END, "[DONE]")
    trusted = server.entry(tls=True, ca=str(certificate[0]))
    assert text_of(run(ServerEngine(trusted, CONFIG, [HOST]))[0]) == "Blue"
    with pytest.raises(EngineError, match="server_certificate"):
        run(ServerEngine(server.entry(tls=True), CONFIG, [HOST]))


def test_a_port_that_speaks_no_tls(server: Server) -> None:
    with pytest.raises(EngineError, match="server_tls"):
        run(ServerEngine(server.entry(tls=True), CONFIG, [HOST]))


def test_a_host_that_is_not_allowed_is_never_asked(server: Server) -> None:
    for allowed in ("", "llm.firm.example"):
        with pytest.raises(EngineError, match="server_not_allowed"):
            choice.open_model(server.entry(), Settings(allowed_hosts=allowed))
    assert server.seen == []


GUARDED = """
import sys
from core.errors import EngineError
from core.llm.engine import EngineConfig, Message, Request, Role
from core.llm.remote import ServerEngine
from core.llm.servers import ServerModel
from core.offline import go_offline

port, *hosts = sys.argv[1:]
go_offline(hosts)
engine = ServerEngine(ServerModel("127.0.0.1", int(port), "small", tls=False), EngineConfig(), ["127.0.0.1"])
try:
    asked = Request((Message(Role.USER, "?"),))
    print("".join(getattr(event, "text", "") for event in engine.generate(asked)))
except EngineError as error:
    print(error.code)
"""


@pytest.mark.parametrize(
    ("hosts", "said"),
    [([], "server_offline"), (["192.0.2.7"], "server_offline"), ([HOST], "Blue")],
    ids=["none allowed", "another allowed", "allowed"],
)
def test_the_guard_of_the_process_has_the_last_word(server: Server, hosts: list[str], said: str) -> None:
    server.says(piece("Blue"), END, "[DONE]")
    arguments = [sys.executable, "-c", GUARDED, str(server.server_port), *hosts]
    told = subprocess.run(arguments, capture_output=True, text=True, check=True, env=os.environ)
    assert told.stdout.strip() == said
    assert bool(server.seen) == (said == "Blue")


def test_entries_are_kept_found_and_removed() -> None:
    entry = servers.add(servers.parse("https://LLM.firm.example:8443/v1/", "Qwen/Qwen2.5-7B"))
    assert entry == ServerModel("llm.firm.example", 8443, "Qwen/Qwen2.5-7B")
    assert servers.servers() == (entry,)
    assert choice.find("qwen/qwen2.5-7b") == choice.find("Qwen/Qwen2.5-7B@llm.firm.example:8443") == entry
    assert choice.default(Settings(model=entry.name)) == entry
    assert servers.remove(entry.name) == entry
    with pytest.raises(ModelError, match="model_unknown"):
        choice.find(entry.name)


@pytest.mark.parametrize(
    "url",
    ["ftp://a", "https://", "https://a:99999", "https://a/b", "https://u:p@a", "https://a b", "http://ä"],
)
def test_no_address_of_a_server(url: str) -> None:
    with pytest.raises(ModelError, match="server_url"):
        servers.parse(url, "small")


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"version": 2}',
        '{"version": 1, "servers": [{"host": "a b", "port": 1, "model": "m"}]}',
    ],
)
def test_a_damaged_list_is_told(text: str) -> None:
    models_folder().mkdir(parents=True)
    (models_folder() / servers.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match="servers_damaged"):
        servers.servers()


def test_the_command_line_adds_lists_tests_and_removes(server: Server) -> None:
    def call(*arguments: str) -> str:
        result = CliRunner().invoke(model_command, arguments, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.output

    url = f"http://{HOST}:{server.server_port}"
    assert "allowed_hosts" in call("add", "--server", url, "--name", "small")
    assert f"small@{HOST}:{server.server_port}" in call("list")
    assert f'"server": "{url}"' in call("list", "--json")
    with pytest.raises(EngineError, match="server_not_allowed"):
        call("test", "small")
    assert server.seen == []
    call("remove", "small")
    assert servers.servers() == ()
