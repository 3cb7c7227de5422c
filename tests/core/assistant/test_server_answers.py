"""An answer that a server in the firm wrote: checked here, named in every record, and only where allowed."""

from __future__ import annotations

import http.server
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from core import audit, exports, identity, review
from core.assistant import Assistant
from core.assistant.events import Finished
from core.assistant.replay import Replayed, replay
from core.cli import touchstone
from core.errors import IdentityError
from core.identity import Role
from core.index import ingest
from core.llm import choice, servers
from core.llm.servers import ServerModel
from core.report.pack import VERIFIER
from core.settings import Settings, load_settings, save_settings
from core.store import answers, audit_log
from core.store.database import Library
from core.store.keys import library_key
from core.types import Answer, AnswerId, Check, Decision, Language, Level, ModelInfo

HOST = "127.0.0.1"
POLICY = "# Travel policy\n\n## 3 Hotels\n\nA hotel in Europe may cost up to 130 euros a night.\n"
TEXT = "A hotel in Europe may cost up to 130 euros a night."
QUESTION = "How much may a hotel in Europe cost?"


class Handler(http.server.BaseHTTPRequestHandler):
    """A server that always writes TEXT and tells no probabilities."""

    def do_GET(self) -> None:
        self.reply("application/json", json.dumps({"data": [{"id": "qwen"}]}))

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/tokenize":
            self.reply("application/json", json.dumps({"count": 50}))
            return
        self.server.chats += 1  # type: ignore[attr-defined]
        events = [
            {"choices": [{"delta": {"content": TEXT}, "finish_reason": None}]},
            {"choices": [{"delta": {}, "finish_reason": "stop"}]},
            {"choices": [], "usage": {"prompt_tokens": 50, "completion_tokens": 14}},
        ]
        lines = [f"data: {json.dumps(event)}\n\n" for event in events]
        self.reply("text/event-stream", "".join([*lines, "data: [DONE]\n\n"]))

    def reply(self, kind: str, text: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Any]:
    with http.server.ThreadingHTTPServer((HOST, 0), Handler) as running:
        running.chats = 0  # type: ignore[attr-defined]
        thread = threading.Thread(target=running.serve_forever, args=(0.02,))
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def entry(server: Any) -> ServerModel:
    return servers.add(ServerModel(HOST, server.server_port, "qwen", tls=False))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    document = tmp_path / "travel-policy.md"
    document.write_text(POLICY, encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        list(ingest.add(library, [document], None))
    return tmp_path / "library"


def ask(folder: Path, entry: ServerModel) -> Answer:
    settings = Settings(model=entry.name, allowed_hosts=HOST)
    engine = choice.open_model(entry, settings)
    events = list(Assistant(folder, engine, None, None, settings).answer(QUESTION))
    assert isinstance(events[-1], Finished)
    return events[-1].answer


def bodies(folder: Path, kind: str) -> list[dict[str, Any]]:
    with Library.open(folder) as library:
        return [json.loads(record.body) for record in audit_log.records_of(library, kind)]


def test_every_record_names_the_server_and_its_model(folder: Path, entry: ServerModel) -> None:
    answer = ask(folder, entry)
    named = {"name": entry.name, "sha256": "", "server": entry.url}
    assert answer.text == TEXT
    assert answer.model == ModelInfo(entry.name, "", None, entry.url)
    assert bodies(folder, "answer")[0]["model"] == named
    assert bodies(folder, "answer")[0]["context"]["engine"]["model"]["server"] == entry.url
    (used,) = bodies(folder, "model")
    assert {"action": "used", **named}.items() <= used.items()
    with Library.open(folder) as library:
        assert answers.load_answer(library, answer.id) == answer
        assert audit.verify(library).holds


def test_what_the_server_does_not_tell_is_said_to_be_missing(folder: Path, entry: ServerModel) -> None:
    answer = ask(folder, entry)
    assert "signals_absent" in [reason.code for reason in answer.check.reasons]


def test_answers_of_this_machine_are_written_as_before() -> None:
    assert ModelInfo("small", "ab").record() == {"name": "small", "sha256": "ab"}
    assert "server" not in answers.encode(_answer(ModelInfo("small", "ab")))
    assert '"server":"https://a:1"' in answers.encode(_answer(ModelInfo("m", "", None, "https://a:1")))


def _answer(model: ModelInfo) -> Answer:
    check = Check("", 0.0, Level.LOW, 1.0, ())
    return Answer(AnswerId("a"), None, "", check, Decision.USABLE, "2026-01-01", model=model)


def test_a_replay_says_that_the_model_could_not_be_hashed(folder: Path, entry: ServerModel) -> None:
    answer = ask(folder, entry)
    current = Settings(model=entry.name, allowed_hosts=HOST)
    *_, outcome = replay(folder, answer.id, current)
    assert isinstance(outcome, Replayed)
    assert outcome.answer is not None
    assert outcome.answer.text == TEXT
    assert "server_unhashed" in [change.code for change in outcome.changes]
    *_, refused = replay(folder, answer.id, Settings())
    assert isinstance(refused, Replayed)
    assert refused.answer is None
    assert "server_missing" in [change.code for change in refused.changes]


def test_a_pack_says_not_checked_for_the_model(folder: Path, entry: ServerModel, tmp_path: Path) -> None:
    answer = ask(folder, entry)
    with Library.open(folder) as library:
        if answer.decision is not Decision.USABLE:
            review.release(library, answer.id, who="Ada Marsh", reason="read", caveats=())
        exports.export_pack(library, answer.id, tmp_path / "pack.zip", Language.EN)
        key = library_key(library).fingerprint
    arguments = [sys.executable, str(VERIFIER), str(tmp_path / "pack.zip"), "--key", key, "--lang", "en"]
    told = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout
    lines = [line for line in told.stdout.splitlines() if entry.name in line]
    assert lines
    assert lines[0].startswith("NOT CHECKED")
    assert "could not be hashed" in lines[0]


def test_where_there_are_users_an_administrator_lets_a_host_in(
    folder: Path, entry: ServerModel, server: Any
) -> None:
    with Library.open(folder) as library:
        identity.add_user(library, "Ada", Role.ADMINISTRATOR, "correct horse")
    with pytest.raises(IdentityError, match="host_not_permitted"):
        ask(folder, entry)
    assert server.chats == 0
    with Library.open(folder) as library:
        identity.add_user(
            library,
            "Bo",
            Role.REVIEWER,
            "battery staple",
            by=identity.log_in(library, "Ada", "correct horse"),
        )
        reviewer = identity.log_in(library, "Bo", "battery staple")
        with pytest.raises(IdentityError, match="administrator_needed"):
            identity.set_permitted_hosts(library, [HOST], by=reviewer)
        identity.set_permitted_hosts(library, [HOST], by=identity.log_in(library, "Ada", "correct horse"))
    assert ask(folder, entry).text == TEXT
    with Library.open(folder) as library:
        identity.set_permitted_hosts(library, [], by=identity.log_in(library, "Ada", "correct horse"))
        assert audit.verify(library).holds
    with pytest.raises(IdentityError, match="host_not_permitted"):
        ask(folder, entry)


def test_the_command_line_takes_an_administrator_for_it(folder: Path, tmp_path: Path) -> None:
    def run(*arguments: str) -> Any:
        return CliRunner().invoke(touchstone, [*arguments, "--library", str(folder)])

    secret = tmp_path / "secret"
    secret.write_text("correct horse\n", encoding="utf-8")
    assert run("settings", "set", "allowed_hosts", "one.firm").exit_code == 0, "nobody is known here yet"
    with Library.open(folder) as library:
        identity.add_user(library, "Ada", Role.ADMINISTRATOR, "correct horse")
    refused = run("settings", "set", "allowed_hosts", "two.firm")
    assert isinstance(refused.exception, IdentityError)
    assert load_settings().allowed_hosts == "one.firm"
    admin = ("--admin", "Ada", "--admin-passphrase-file", str(secret))
    assert run("settings", "set", "allowed_hosts", "two.firm", *admin).exit_code == 0
    with Library.open(folder) as library:
        assert identity.permitted_hosts(library) == ("two.firm",)
    assert load_settings().allowed_hosts == "two.firm"
    changed = [body["changed"] for body in bodies(folder, "policy") if "changed" in body]
    assert changed[-1]["allowed_hosts"] == ["one.firm", "two.firm"]


def test_ask_by_name_over_the_command_line(
    folder: Path, entry: ServerModel, server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_settings(Settings(allowed_hosts=HOST))
    monkeypatch.setattr("core.assistant.opening.open_encoders", lambda: (None, None))
    told = CliRunner().invoke(
        touchstone, ["ask", QUESTION, "--model", "qwen", "--library", str(folder), "--json"]
    )
    assert json.loads(told.stdout)["model"]["server"] == entry.url
    assert server.chats == 1
