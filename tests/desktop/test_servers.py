"""Models on servers of the firm in the window: added, allowed by whoever may, tried, removed."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core import audit, identity
from core.errors import CoreError, EngineError, IdentityError, ModelError
from core.identity import Role
from core.llm import servers
from core.llm.engine import EngineFacts
from core.offline import hook
from core.settings import Settings, load_settings
from core.store import audit_log
from core.store.database import Library
from desktop.core_backend import CoreBackend
from desktop.server_backend import HostState, ServerWish
from desktop.views.models import ModelsView
from desktop.views.settings import SettingsView

from .fake_backend import FakeBackend

URL, NAME = "https://llm.firm.example:8443", "qwen@llm.firm.example:8443"
SECRET = "correct horse"
Failures = Callable[[object], list[CoreError]]


@pytest.fixture
def view(backend: FakeBackend, qtbot: QtBot) -> ModelsView:
    made = ModelsView(backend)
    qtbot.addWidget(made)
    made.settings_wanted.connect(backend.apply)  # as the window does
    made.show()
    made.refresh()
    qtbot.waitUntil(lambda: len(made.model.rows) == 2)
    return made


@pytest.fixture
def added(view: ModelsView, qtbot: QtBot) -> ModelsView:
    """A server's model that a person has just described."""
    view._add_server.click()
    assert view.dialog is not None
    assert not view.dialog.ok.isEnabled()
    view.dialog.fill(URL, "qwen")
    view.dialog.ok.click()
    qtbot.waitUntil(lambda: view.details.model is not None and view.details.model.name == NAME)
    return view


def test_a_server_is_added_and_selected_and_nothing_is_sent(added: ModelsView, backend: FakeBackend) -> None:
    assert backend.named("add_server") == [(ServerWish(URL, "qwen"),)]
    assert added.dialog is None
    panel = added.details.server
    assert "nothing is sent there" in panel.warning.text()
    assert panel.allow.isVisible()
    assert not panel.attempt.isVisible()
    assert backend.settings.allowed_hosts == ""
    assert backend.settings.model == ""


def test_what_was_typed_comes_back_with_the_reason(
    view: ModelsView, backend: FakeBackend, failures: Failures, qtbot: QtBot
) -> None:
    seen = failures(view)
    backend.server_error = ModelError("server_keyring")
    view.ask_for_server()
    assert view.dialog is not None
    view.dialog.fill(URL, "qwen")
    view.dialog.key.setCurrentIndex(1)
    assert not view.dialog.ok.isEnabled()
    view.dialog.secret.setText("k3y")
    assert view.dialog.wish == ServerWish(URL, "qwen", key="k3y")
    view.dialog.ok.click()
    qtbot.waitUntil(lambda: bool(seen))
    assert view.dialog.isVisible()
    assert view.dialog.url.text() == URL
    view.dialog.reject()
    assert view.dialog is None


def test_a_host_is_allowed_without_users_at_once(
    added: ModelsView, backend: FakeBackend, qtbot: QtBot
) -> None:
    backend.settings = replace(backend.settings, allowed_hosts="other.firm")
    panel = added.details.server
    panel.allow.click()
    qtbot.waitUntil(panel.attempt.isVisible)
    assert backend.named("allow_hosts") == [("other.firm, llm.firm.example", "", "")]
    assert backend.settings.allowed_hosts == "other.firm, llm.firm.example"
    assert panel.facts["Host allowed"] == "yes"
    assert not panel.warning.isVisible()
    assert added.details.model is not None
    assert added.details.model.name == NAME


def test_with_users_an_administrator_is_asked_for(
    added: ModelsView, backend: FakeBackend, failures: Failures, qtbot: QtBot
) -> None:
    seen = failures(added)
    backend.administrator = "Ada"
    panel = added.details.server
    panel.allow.click()
    qtbot.waitUntil(lambda: panel.hosts.dialog is not None)
    assert panel.hosts.dialog is not None
    assert panel.hosts.dialog.hosts.text().endswith("no others: llm.firm.example")
    panel.hosts.dialog.reject()
    assert backend.named("allow_hosts") == []
    backend.server_error = IdentityError("administrator_needed")
    confirmed(panel.allow.click, panel, qtbot)
    qtbot.waitUntil(lambda: bool(seen))
    assert backend.settings.allowed_hosts == ""
    backend.server_error = None
    backend.host_state = HostState.NEXT_START
    confirmed(panel.allow.click, panel, qtbot)
    qtbot.waitUntil(lambda: "next start" in panel.warning.text())
    assert backend.named("allow_hosts")[-1] == ("llm.firm.example", "Ada", SECRET)
    assert not panel.attempt.isVisible()


def confirmed(ask: Callable[[], None], asker, qtbot: QtBot) -> None:
    """Ask, and give the administrator's passphrase."""
    ask()
    qtbot.waitUntil(lambda: asker.hosts.dialog is not None)
    asker.hosts.dialog.fill("Ada", SECRET)
    asker.hosts.dialog.ok.click()


def test_the_connection_is_tried_without_a_question(
    added: ModelsView, backend: FakeBackend, failures: Failures, qtbot: QtBot
) -> None:
    panel, seen = added.details.server, failures(added)
    panel.allow.click()
    qtbot.waitUntil(panel.attempt.isVisible)
    panel.attempt.click()
    qtbot.waitUntil(lambda: "2,048" in panel.found.text())
    backend.server_error = EngineError("server_refused", server=URL)
    panel.attempt.click()
    qtbot.waitUntil(lambda: [error.code for error in seen] == ["server_refused"])
    qtbot.waitUntil(panel.attempt.isEnabled)
    assert not panel.found.isVisible()


def test_a_server_in_use_is_removed_with_its_place_in_the_settings(
    added: ModelsView, backend: FakeBackend, qtbot: QtBot
) -> None:
    added.details.choose.click()
    assert backend.settings.model == NAME
    added.details.server.remove.click()
    dialog = added.details.server.dialog
    assert dialog is not None
    assert NAME in "".join(part.text() for part in dialog.findChildren(type(added.details.name)))
    dialog.ok.click()
    qtbot.waitUntil(lambda: len(added.model.rows) == 2)
    assert backend.settings.model == ""
    assert backend.named("remove_server") == [(NAME,)]


def test_settings_ask_for_an_administrator_once(backend: FakeBackend, qtbot: QtBot) -> None:
    backend.administrator = "Ada"
    view = SettingsView(backend)
    qtbot.addWidget(view)
    view.show()
    wanted: list[Settings] = []
    view.settings_wanted.connect(wanted.append)
    line = view.fields["allowed_hosts"].editor
    line.setText("llm.firm.example")
    line.editingFinished.emit()
    line.editingFinished.emit()  # the dialog takes the focus
    qtbot.waitUntil(lambda: view.hosts.dialog is not None)
    view.hosts.dialog.reject()
    assert line.text() == ""
    assert wanted == []
    line.setText("llm.firm.example")
    confirmed(line.editingFinished.emit, view, qtbot)
    qtbot.waitUntil(lambda: bool(wanted))
    assert wanted == [replace(backend.settings, allowed_hosts="llm.firm.example")]
    assert backend.named("allow_hosts") == [("llm.firm.example", "Ada", SECRET)]


# Over the real core


@pytest.fixture
def core(tmp_path: Path) -> CoreBackend:
    """A library with an administrator and a reviewer."""
    with Library.open(tmp_path / "library") as library:
        admin = identity.add_user(library, "Ada", Role.ADMINISTRATOR, SECRET)
        by = identity.log_in(library, admin.name, SECRET)
        identity.add_user(library, "Ben", Role.REVIEWER, SECRET, by=by)
    return CoreBackend(tmp_path / "library", Settings(reviewer="Ben"))


def records(core: CoreBackend) -> list[dict[str, object]]:
    with Library.open(core.library_folder) as library:
        assert audit.verify(library).findings == ()
        return [json.loads(record.body) for record in audit_log.records(library)]


def test_only_an_administrators_word_counts_and_it_is_recorded(core: CoreBackend) -> None:
    host = "llm.firm.example"
    assert core.hosts_need_administrator()
    for who, passphrase in (("Ben", SECRET), ("Ada", "wrong horse")):
        with pytest.raises(IdentityError):
            core.allow_hosts(host, who, passphrase)
    assert load_settings().allowed_hosts == ""
    assert core.host_states([host]) == {host: HostState.REFUSED}
    core.allow_hosts(host, "Ada", SECRET)
    core.settings = load_settings()
    assert core.unlocked() is None  # the administrator's key is not left open for whoever sits there
    assert core.host_states([host.upper()]) == {host.upper(): HostState.NEXT_START}
    bodies = records(core)
    assert any(body.get("server_hosts") == [host] for body in bodies)
    assert bodies[-1]["changed"] == {"allowed_hosts": ["", host]} or "settings" in bodies[-1]
    core.allow_hosts("", "Ada", SECRET)
    assert any(body.get("server_hosts") == [] for body in records(core))


def test_a_host_that_only_the_settings_name_waits_for_the_administrator(core: CoreBackend) -> None:
    core.settings = Settings(allowed_hosts="llm.firm.example")
    assert core.host_states(["llm.firm.example"]) == {"llm.firm.example": HostState.NOT_PERMITTED}


def test_without_users_the_settings_alone_decide_and_are_recorded(tmp_path: Path) -> None:
    core = CoreBackend(tmp_path / "library", Settings())
    core.readiness()
    assert not core.hosts_need_administrator()
    core.allow_hosts("llm.firm.example")
    assert load_settings().allowed_hosts == "llm.firm.example"
    assert records(core)[-1]["settings"]["allowed_hosts"] == "llm.firm.example"  # type: ignore[index]


class Models(http.server.BaseHTTPRequestHandler):
    """A server that lists one model."""

    def do_GET(self) -> None:
        text = json.dumps({"data": [{"id": "small", "max_model_len": 1024}]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Models) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def test_a_real_server_is_added_tried_and_removed(
    core: CoreBackend, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = core.add_server(ServerWish(url, "small"))
    assert core.servers() == (entry,)
    with pytest.raises(EngineError, match="server_not_allowed"):
        list(core.try_server(entry))
    core.allow_hosts("127.0.0.1", "Ada", SECRET)
    core.settings = load_settings()
    monkeypatch.setattr(hook._hook, "allowed", frozenset({"127.0.0.1"}))
    assert core.host_states(["127.0.0.1"]) == {"127.0.0.1": HostState.OPEN}
    last = list(core.try_server(entry))[-1]
    assert isinstance(last, EngineFacts)
    assert last.context_tokens == 1024
    core.remove_server(entry.name)
    assert servers.servers() == ()
    actions = [(body.get("action"), body.get("name")) for body in records(core) if "action" in body]
    assert [each for each in actions if each[1] == entry.name] == [
        ("added", entry.name),
        ("removed", entry.name),
    ]
