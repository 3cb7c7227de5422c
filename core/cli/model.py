"""``touchstone model``: the models on this machine, adding one, and what one would take to run."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from core.audit import record_model_change
from core.cli.common import json_option, library_option, print_json, show_progress, tell, user_language
from core.cli.model_server import add_server, server_options, show_added, show_server, test_server
from core.cli.passport import passport
from core.llm import catalog, gguf, gpu, servers
from core.llm.catalog import InstalledModel
from core.llm.engine import EngineConfig
from core.llm.estimate import estimate as estimate_memory
from core.llm.servers import ServerModel
from core.settings import load_settings
from core.words import say_error, say_reason

_MEBIBYTE = 2**20


@click.group()
def model() -> None:
    """List, add and measure models (GGUF files)."""


model.add_command(passport)
model.add_command(test_server)


@model.command("list")
@json_option
def list_models(as_json: bool) -> None:
    """List the installed models; unusable files too, with the reason."""
    usable, broken = catalog.scan()
    if as_json:
        for item in usable:
            print_json(_as_object(item))
        for entry in servers.servers():
            print_json(_server_object(entry))
        return
    for item in usable:
        _show(item)
    for file in broken:
        click.echo(f"✗ {file.path.name}: {say_error(file.error, user_language())}", err=True)
    for entry in servers.servers():
        show_server(entry)
    if not usable:
        tell("model_list_empty")


@model.command("add")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@server_options
@library_option
@json_option
def add_model(
    file: Path | None,
    server: str | None,
    model_name: str | None,
    ca: Path | None,
    key_variable: str | None,
    key: bool,
    library_folder: Path,
    as_json: bool,
) -> None:
    """Check FILE, hash it and put it into your model folder; or name a model on a SERVER in your firm. The
    library's log says so. A server is asked for nothing yet, and only once its host is allowed.
    """
    if (file is None) == (server is None):
        raise click.UsageError("Give either a FILE or --server URL.")
    if server is not None:
        entry = add_server(server, model_name, ca, key_variable, key, library_folder)
        if as_json:
            print_json(_server_object(entry))
        else:
            show_added(entry)
        return
    assert file is not None
    added = _add(file)
    record_model_change(library_folder, "added", added.info)
    if as_json:
        print_json(_as_object(added))
        return
    _show(added)
    tell("model_hash", sha256=added.sha256)
    for field, value in catalog.description(added.path):
        click.echo(f"  {field}: {value}")


def _add(file: Path) -> InstalledModel:
    """Add a file; on a terminal, stderr shows how far it has been read."""
    for step in catalog.adding(file):
        if isinstance(step, InstalledModel):
            return step
        if show_progress():
            click.echo(f"\r{step.done / step.total:4.0%}", nl=step.done == step.total, err=True)
    raise AssertionError("adding() ends with the model")


@model.command("remove")
@click.argument("name")
@library_option
def remove_model(name: str, library_folder: Path) -> None:
    """Take a model out of your model folder; the library's log says so."""
    removed = servers.remove(name) or catalog.remove(name)
    record_model_change(library_folder, "removed", removed.info)
    tell("model_removed", name=removed.name)


@model.command("estimate")
@click.argument("file")
@click.option("--context", type=click.IntRange(min=1), help="Context in tokens (default: the setting).")
@json_option
def estimate_model(file: str, context: int | None, as_json: bool) -> None:
    """Say how much memory FILE (a GGUF file or an installed model's name) takes, without loading it."""
    path = Path(file) if Path(file).is_file() else catalog.find(file).path
    head, settings = gguf.read(path), load_settings()
    config = EngineConfig(context or settings.context_tokens, settings.threads, "auto")
    guess, plan = estimate_memory(head, config.context_tokens), gpu.plan(head, config)
    if as_json:
        extra = {"total_bytes": guess.total_bytes, "fits": guess.fits, "gpu_layers": plan.layers}
        print_json(asdict(guess) | extra)
        return
    rows = {
        "weights": guess.weight_bytes,
        "repacked": guess.repacked_bytes,
        "kv": guess.kv_bytes,
        "compute": guess.compute_bytes,
        "program": guess.program_bytes,
        "total": guess.total_bytes,
        "free": guess.free_bytes,
    }
    for row, size in rows.items():
        tell(f"estimate_{row}", size=_size(size))
    _show_gpu(plan)
    tell("estimate_fits" if guess.fits else "estimate_too_large")


def _show_gpu(plan: gpu.Plan) -> None:
    if plan.reason is None:
        tell("estimate_gpu", layers=plan.layers, device=plan.backend)
    else:
        click.echo(say_reason(plan.reason, user_language()))


def _show(item: InstalledModel) -> None:
    tell(
        "model_line",
        name=item.name,
        parameters=f"{item.parameters / 1e9:.2f}",
        quantization=item.quantization,
        size=_size(item.size),
        context=item.context_length,
        license=item.license or "?",
        languages=", ".join(item.languages) or "?",
    )


def _size(size: int) -> str:
    return f"{size / _MEBIBYTE:,.0f} MiB"


def _as_object(item: InstalledModel) -> dict[str, object]:
    return asdict(item) | {"path": str(item.path)}


def _server_object(entry: ServerModel) -> dict[str, object]:
    """An entry without what its key is: only where it comes from."""
    return {"name": entry.name, "sha256": None, "server": entry.url} | asdict(entry)
