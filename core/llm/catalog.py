"""The models on this machine: those that came with the program and those in the user's model folder.

A file is hashed once; ``models.json`` in the user's folder remembers hash and metadata for as long as the
file keeps its size and time of change.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tomllib
from collections.abc import Generator, Iterator
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from core.errors import ModelError
from core.llm import gguf
from core.llm.template import ChatTemplate
from core.settings import RESOURCES, Settings, models_folder
from core.types import Language, ModelInfo

SMALL = "SmolLM2-135M-Instruct-Q4_1"
BILINGUAL = "Qwen2.5-Coder-1.5B-Instruct-Q4_K_M"
REGISTER = "models.json"
_REGISTER_VERSION = 1
_BLOCK = 4 * 2**20
# Model families that are trained on both languages, for files that do not name their languages.
_BILINGUAL_FAMILIES = ("qwen", "chatglm", "glm", "internlm", "baichuan", "minicpm", "deepseek", "hunyuan")
# general.file_type as llama.cpp numbers it.
_QUANTIZATIONS = {
    0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K", 11: "Q3_K_S",
    12: "Q3_K_M", 13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S", 17: "Q5_K_M", 18: "Q6_K",
    19: "IQ2_XXS", 20: "IQ2_XS", 21: "Q2_K_S", 22: "IQ3_XS", 23: "IQ3_XXS", 24: "IQ1_S", 25: "IQ4_NL",
    26: "IQ3_S", 27: "IQ3_M", 28: "IQ2_S", 29: "IQ2_M", 30: "IQ4_XS", 31: "IQ1_M", 32: "BF16",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model file and what is known about it; ``size`` in bytes, ``context_length`` in tokens."""

    name: str
    path: Path
    sha256: str
    size: int
    license: str | None
    architecture: str
    quantization: str
    context_length: int
    parameters: int
    languages: tuple[str, ...]

    @property
    def info(self) -> ModelInfo:
        """What an answer's record says about its model."""
        return ModelInfo(self.name, self.sha256, self.license)

    @property
    def bilingual(self) -> bool:
        """Whether it is fit for Chinese as well as English."""
        return "zh" in self.languages


@dataclass(frozen=True, slots=True)
class BrokenModel:
    """A file in a model folder that cannot be used, and why."""

    path: Path
    error: ModelError


@dataclass(frozen=True, slots=True)
class Adding:
    """A model file is being hashed and copied: bytes done of all."""

    done: int
    total: int


def scan() -> tuple[tuple[InstalledModel, ...], tuple[BrokenModel, ...]]:
    """All model files, usable and not, by name; a file that lies in both folders counts once."""
    usable: dict[str, InstalledModel] = {}
    broken = []
    for folder in (models_folder(), RESOURCES / "models"):
        for path in sorted(folder.glob("*.gguf")):
            try:
                model = identify(path)
            except ModelError as error:
                broken.append(BrokenModel(path, error))
            else:
                usable.setdefault(model.sha256, model)
    return tuple(sorted(usable.values(), key=lambda model: model.name.lower())), tuple(broken)


def installed() -> tuple[InstalledModel, ...]:
    """The models that can be used, by name."""
    return scan()[0]


def find(name: str) -> InstalledModel:
    """A model by its name, the start of its hash (8 characters or more) or the path of a GGUF file.

    Raises ModelError ``model_unknown``.
    """
    models = installed()
    for model in models:
        if model.name.lower() == name.lower() or (len(name) >= 8 and model.sha256.startswith(name.lower())):
            return model
    path = Path(name).expanduser()
    if path.suffix.lower() == ".gguf" and path.is_file():
        return identify(path)
    raise ModelError("model_unknown", name=name, known=", ".join(model.name for model in models) or "-")


def default(settings: Settings, language: Language | None = None) -> InstalledModel:
    """The model to use: the one the settings name, else for Chinese a bilingual one, else the small one.

    Raises ModelError ``model_unknown`` for a name that is not installed, ``model_none`` without any model.
    """
    if settings.model:
        return find(settings.model)
    models = installed()
    if not models:
        raise ModelError("model_none", folder=str(models_folder()))
    if language is Language.ZH:
        models = tuple(model for model in models if model.bilingual) or models
    return next((model for model in models if model.name == SMALL), models[0])


def add(file: Path) -> InstalledModel:
    """Put a model file into the user's folder and register it; see ``adding``."""
    *_, model = adding(file)
    assert isinstance(model, InstalledModel)
    return model


def adding(file: Path) -> Iterator[Adding | InstalledModel]:
    """Check a file, link or copy it into the user's folder and hash it; ends with the installed model.

    Raises ModelError for a file that is no whole GGUF or has no usable chat template, and
    ``model_name_taken`` where another file of that name is there already.
    """
    head = gguf.read(file)
    ChatTemplate(head.text("tokenizer.chat_template"), file.name)
    target = models_folder() / f"{file.stem}.gguf"
    sha256 = yield from _hashing(file)
    if target.exists() and not target.samefile(file):
        if identify(target).sha256 != sha256:
            raise ModelError("model_name_taken", name=target.name)
    elif not target.exists():
        _place(file, target)
    model = _describe(target, gguf.read(target), sha256)
    _remember(model)
    yield model


def remove(name: str) -> InstalledModel:
    """Delete a model's file from the user's folder; returns what it was.

    Raises ModelError ``model_unknown``, or ``model_bundled`` for a file that came with the program.
    """
    model = find(name)
    if model.path.resolve().parent != models_folder().resolve():
        raise ModelError("model_bundled", name=model.name)
    model.path.unlink()
    return model


def description(path: Path) -> tuple[tuple[str, str], ...]:
    """What a file says about itself, for people: its general metadata, one line an entry."""
    head = gguf.read(path)
    return tuple(
        (key.removeprefix("general."), _printable(value))
        for key, value in head.metadata.items()
        if key.startswith("general.") and not isinstance(value, gguf.LongArray)
    )


def _printable(value: object) -> str:
    text = ", ".join(str(item) for item in value) if isinstance(value, tuple) else str(value)
    return "".join(char for char in text[:200] if char.isprintable())


def identify(path: Path) -> InstalledModel:
    """What is known about a file: from the register, or read and hashed now.

    Raises ModelError for a file that is no whole GGUF.
    """
    try:
        stamp = stamp_of(path)
    except OSError as error:
        raise ModelError("model_missing", path=str(path)) from error
    entry = _register().get(str(path.resolve()))
    if entry is not None and entry["stamp"] == stamp:
        return _from_entry(path, entry)
    head = gguf.read(path)
    hashing = _hashing(path)
    while True:
        try:
            next(hashing)
        except StopIteration as done:
            model = _describe(path, head, done.value)
            break
    _remember(model)
    return model


def _describe(path: Path, head: gguf.Gguf, sha256: str) -> InstalledModel:
    languages = head.metadata.get("general.languages")
    listed = languages if isinstance(languages, tuple) else ()
    spoken = tuple(_printable(item) for item in listed if isinstance(item, str))
    if head.architecture.startswith(_BILINGUAL_FAMILIES) and "zh" not in spoken:
        spoken = (*spoken, "zh")
    model = InstalledModel(
        name=path.stem,
        path=path,
        sha256=sha256,
        size=path.stat().st_size,
        license=_printable(head.text("general.license") or "") or None,
        architecture=_printable(head.architecture),
        quantization=_QUANTIZATIONS.get(head.number("general.file_type") or 0, "?"),
        context_length=head.number("context_length") or 0,
        parameters=head.parameters,
        languages=spoken,
    )
    known = _known().get(sha256)
    return replace(model, **known) if known else model


def known_names() -> dict[str, str]:
    """Hash -> name of the model files that Touchstone knows."""
    return {sha256: str(fields["name"]) for sha256, fields in _known().items()}


@cache
def _known() -> dict[str, dict[str, Any]]:
    """Hash -> name, licence and languages of the models in ``resources/models/known.toml``."""
    listed = tomllib.loads((RESOURCES / "models" / "known.toml").read_text(encoding="utf-8"))["model"]
    return {
        model["sha256"]: {
            "name": model["name"],
            "license": model["license"],
            "languages": tuple(model["languages"]),
        }
        for model in listed
    }


def _hashing(path: Path) -> Generator[Adding, None, str]:
    """Hash a file by blocks; the generator's value is the SHA-256 in hexadecimal."""
    digest, done, total = hashlib.sha256(), 0, path.stat().st_size
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            done += len(block)
            yield Adding(done, total)
    return digest.hexdigest()


def _place(file: Path, target: Path) -> None:
    """Link the file into the folder where the disk allows it (no second copy), else copy it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(file.resolve(), target)
    except OSError:
        part = target.with_suffix(".part")
        shutil.copyfile(file, part)
        part.replace(target)


def stamp_of(path: Path) -> list[int]:
    """What changes when a file does: its size, and when it was last changed. Raises OSError."""
    status = path.stat()
    return [status.st_size, status.st_mtime_ns]


def _register() -> dict[str, dict[str, Any]]:
    """The remembered models by path; empty, so that files are hashed again, where it cannot be read."""
    try:
        stored = json.loads((models_folder() / REGISTER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(stored, dict) or stored.get("version") != _REGISTER_VERSION:
        return {}
    models = stored.get("models")
    if not isinstance(models, dict):
        return {}
    return {path: entry for path, entry in models.items() if _is_entry(entry)}


def _is_entry(entry: object) -> bool:
    return isinstance(entry, dict) and {"stamp", "model"} <= entry.keys() and isinstance(entry["model"], dict)


def _from_entry(path: Path, entry: dict[str, Any]) -> InstalledModel:
    fields = entry["model"]
    return InstalledModel(**{**fields, "path": path, "languages": tuple(fields["languages"])})


def _remember(model: InstalledModel) -> None:
    """Write the register beside the old one, then replace it."""
    fields = {name: value for name, value in asdict(model).items() if name != "path"}
    entries = _register()
    entries[str(model.path.resolve())] = {"stamp": stamp_of(model.path), "model": fields}
    entries = {path: entry for path, entry in entries.items() if Path(path).exists()}
    folder = models_folder()
    text = json.dumps({"version": _REGISTER_VERSION, "models": entries}, ensure_ascii=False, indent=2)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside = folder / f"{REGISTER}.{os.getpid()}"
        beside.write_text(text + "\n", encoding="utf-8")
        beside.replace(folder / REGISTER)
    except OSError:
        return  # a folder that cannot be written (a read-only stick): the next start hashes again
