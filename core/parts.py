"""Every part that Touchstone is made of, with its version, its licence and the licence's text.

A bundle brings a list that was made with it (``tools/licences.py``). Elsewhere the installed packages are
asked: those that Touchstone requires, and those that they require.
"""

from __future__ import annotations

import json
import platform
import re
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution, distributions
from pathlib import Path

from core import __version__
from core.settings import RESOURCES

LIST = "parts.json"
_TEXTS = RESOURCES / "licences"
_LGPL = (_TEXTS / "LGPL-3.0.txt", _TEXTS / "GPL-3.0.txt")
_FILES = re.compile(r"(licen[cs]e|copying|notice|copyright|authors|ofl)", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")
_EXTRA = re.compile(r"extra\s*==\s*['\"](?P<name>[\w-]+)")
_UNUSED = frozenset({"pip"})  # sqlite-utils names it for a command of its own
_WANTED_EXTRAS = frozenset({"desktop"})
_APACHE_ALONE = frozenset({"flatbuffers", "sentencepiece"})
_LGPL_ALONE = frozenset({"pyside6-essentials", "shiboken6"})


@dataclass(frozen=True, slots=True)
class Part:
    """A part: its name, version ("" where it has none), what its makers say its licence is, and the files
    with the texts.
    """

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]


def parts() -> tuple[Part, ...]:
    """Touchstone itself, what its makers added, then everything else by name."""
    bundled = bundle_folder()
    if bundled is not None:
        return read_list(bundled)
    return (*own_parts(), *(part_of(found) for found in required()))


def text_of(part: Part) -> str:
    """All texts of a part, each under its file's name where there are several."""
    several = len(part.texts) > 1
    pieces = []
    for path in part.texts:
        text = path.read_text(encoding="utf-8", errors="replace").strip()
        pieces.append(f"{path.name}\n{'=' * len(path.name)}\n\n{text}" if several else text)
    return "\n\n\n".join(pieces) + "\n" if pieces else ""


def bundle_folder() -> Path | None:
    """The folder ``licences`` of a bundle, None elsewhere."""
    return Path(sys.executable).resolve().parent / "licences" if getattr(sys, "frozen", False) else None


def own_parts() -> tuple[Part, ...]:
    """Touchstone, Python, the networks and the font that come along."""
    encoder, checker = RESOURCES / "encoder" / "NOTICE.md", RESOURCES / "verifier" / "MODEL_CARD.md"
    mit = _TEXTS / "MIT-multilingual-e5.txt"
    python = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    found = [
        Part("Touchstone", __version__, "Apache-2.0", _own_texts()),
        Part("Python", platform.python_version(), "PSF-2.0", (python,)),
        Part("Encoder (multilingual-e5)", "", "MIT", (encoder, mit)),
        Part("Checker (multilingual-e5)", "", "MIT, Apache-2.0", (checker, mit)),
        Part("Font of PDF reports (Noto Sans CJK SC)", "", "OFL-1.1", (RESOURCES / "fonts" / "OFL.txt",)),
    ]
    return tuple(Part(p.name, p.version, p.licence, tuple(filter(Path.is_file, p.texts))) for p in found)


def part_of(found: Distribution) -> Part:
    """A package as its own metadata tell it."""
    return Part(found.name, found.version, licence_of(found), texts_of(found))


def required() -> list[Distribution]:
    """The installed packages that Touchstone and its window require, and theirs, by name."""
    waiting = [name for own in distributions(name="touchstone") for name in _requires(own, _WANTED_EXTRAS)]
    found: dict[str, Distribution] = {}
    while waiting:
        name = normal(waiting.pop())
        if name in found or name in _UNUSED:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue  # for another system or another Python than this one
        waiting += _requires(found[name], frozenset())
    return [found[name] for name in sorted(found)]


def licence_of(found: Distribution) -> str:
    """What a package says about its licence, in a few words."""
    said = found.metadata.get_all("License-Expression", [""])[0]
    if not said:
        classes = found.metadata.get_all("Classifier") or []
        said = ", ".join(c.rsplit(" :: ", 1)[1] for c in classes if c.startswith("License :: "))
    if not said and "License" in found.metadata:
        said = found.metadata["License"].strip().split("\n")[0]
    return said or "not stated"


def texts_of(found: Distribution) -> tuple[Path, ...]:
    """The licence files that a package brings, or those kept here for packages that bring none."""
    inside = [Path(str(found.locate_file(file))) for file in found.files or () if is_text(file.parts)]
    return tuple(path for path in inside if path.is_file()) or _kept(normal(found.name))


def is_text(parts: Sequence[str]) -> bool:
    """Whether a file of a package holds a licence, by its name or its folder."""
    if parts[-1].endswith((".py", ".pyc", ".pyi")):
        return False
    return bool(_FILES.search(parts[-1])) or any(
        part.lower() in {"licenses", "licences"} for part in parts[:-1]
    )


def normal(name: str) -> str:
    """A package's name as indexes spell it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def write_list(folder: Path, found: Iterable[Part]) -> None:
    """Write the list into a bundle's folder, which holds the texts already."""
    entries = [
        {
            "name": part.name,
            "version": part.version,
            "licence": part.licence,
            "texts": [path.relative_to(folder).as_posix() for path in part.texts],
        }
        for part in found
    ]
    text = json.dumps(entries, ensure_ascii=False, indent=1)
    (folder / LIST).write_text(text + "\n", encoding="utf-8")


def read_list(folder: Path) -> tuple[Part, ...]:
    """The list of a bundle; our own parts alone where the folder was not copied along with the program."""
    path = folder / LIST
    if not path.is_file():
        return own_parts()
    return tuple(
        Part(
            entry["name"],
            entry["version"],
            entry["licence"],
            tuple(folder / name for name in entry["texts"]),
        )
        for entry in json.loads(path.read_text(encoding="utf-8"))
    )


def _requires(found: Distribution, extras: frozenset[str]) -> list[str]:
    wanted = []
    for line in found.requires or ():
        name, extra = _NAME.match(line), _EXTRA.search(line)
        if name is not None and (extra is None or extra["name"] in extras):
            wanted.append(name[0])
    return wanted


def _kept(name: str) -> tuple[Path, ...]:
    if name in _LGPL_ALONE:
        return _LGPL
    return tuple(path for path in _own_texts() if path.name == "LICENSE") if name in _APACHE_ALONE else ()


def _own_texts() -> tuple[Path, ...]:
    """Our LICENSE and NOTICE: at the top of a source tree, else where the wheel's metadata lie."""
    beside = [RESOURCES.parent / name for name in ("LICENSE", "NOTICE")]
    if beside[0].is_file():
        return tuple(filter(Path.is_file, beside))
    inside = (
        Path(str(own.locate_file(file)))
        for own in distributions(name="touchstone")
        for file in own.files or ()
        if file.name in ("LICENSE", "NOTICE")
    )
    return tuple(dict.fromkeys(path for path in inside if path.is_file()))
