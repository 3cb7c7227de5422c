"""``touchstone model add --server`` and ``model test``: models on a server in the firm."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import click

from core.audit import record_model_change
from core.cli.common import Command, tell, user_language
from core.cli.show import plain
from core.llm import choice, servers
from core.llm.engine import EngineConfig
from core.llm.servers import ServerModel
from core.offline import hosts_of
from core.settings import load_settings
from core.words import say

_LARGEST = 4096  # characters of a line that may be a key


def server_options(command: Command) -> Command:
    """The options that describe a server and the model on it."""
    options = (
        click.option("--server", metavar="URL", help="A server in your firm, https://host:port."),
        click.option("--name", "model_name", metavar="MODEL", help="The model's name on that server."),
        click.option("--ca", type=click.Path(path_type=Path), help="File with the firm's own CA (PEM)."),
        click.option("--key-variable", metavar="NAME", help="Environment variable that holds the key."),
        click.option("--key", is_flag=True, help="Ask for the key and keep it in the system's keyring."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def add_server(
    url: str, name: str | None, ca: Path | None, key_variable: str | None, key: bool, library_folder: Path
) -> ServerModel:
    """Make the entry and record it; nothing is contacted. Raises ModelError."""
    if not name:
        raise click.UsageError("--server needs --name MODEL, the model's name on that server.")
    if key and key_variable:
        raise click.UsageError("Give --key or --key-variable, not both.")
    entry = servers.parse(url, name, ca=ca, key_variable=key_variable or "")
    entry = servers.add(entry, _read_key(entry) if key else "")
    record_model_change(library_folder, "added", entry.info)
    return entry


def show_added(entry: ServerModel) -> None:
    """Say what was added, and what is still to be done before it may answer."""
    show_server(entry)
    if entry.host.lower() not in {host.lower() for host in hosts_of(load_settings().allowed_hosts)}:
        tell("server_to_allow", host=entry.host)


def show_server(entry: ServerModel) -> None:
    """One line: the model and where it runs."""
    tell("server_line", name=plain(entry.name), url=entry.url)


def _read_key(entry: ServerModel) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline(_LARGEST).rstrip("\r\n")
    words = say("cli.server_key", user_language(), {"url": entry.url})
    typed: str = click.prompt(words, hide_input=True, err=True)
    return typed


@click.command("test")
@click.argument("name")
def test_server(name: str) -> None:
    """Ask the server of the model NAME whether it is there and runs the model."""
    settings = load_settings()
    config = EngineConfig(settings.context_tokens)
    with closing(choice.open_server(name, config, settings)) as engine:
        facts = engine.facts()
    server = plain(facts.llama_cpp) or "?"
    tell("server_there", name=plain(facts.model.name), server=server, context=facts.context_tokens)
