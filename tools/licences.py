"""Collects the licence texts of every part that a bundle ships into its folder ``licences``.

    python tools/licences.py dist/touchstone-0.1.0

Run it in the environment that the bundle was built from, on the Debian or Ubuntu machine that built it. It
ends with an error when a part has no licence text or one that may not be shipped, so that a new dependency
cannot slip through. ``PARTS.txt`` is the list for people, ``parts.json`` the same for the window.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core import parts
from core.parts import Part, normal
from core.settings import RESOURCES

TEXTS = RESOURCES / "licences"
# GPL alone; "LGPL … OR GPL …" is a choice, and the runtime exception of GCC allows shipping.
FORBIDDEN = re.compile(r"(?<!L)\bA?GPL|(?<!Lesser )General Public", re.IGNORECASE)
# Distributions of the build environment that are no part of the bundle.
BUILD_ONLY = {
    "altgraph", "ast-serialize", "grimp", "hypothesis", "import-linter", "iniconfig", "librt", "macholib",
    "markdown-it-py", "mdurl", "mypy", "mypy-extensions", "pathspec", "pefile", "pip", "pyinstaller",
    "pyinstaller-hooks-contrib", "pytest", "pytest-qt", "pytest-timeout", "pywin32-ctypes",
    "rich", "ruff", "setuptools", "sortedcontainers", "touchstone", "types-openpyxl", "types-psutil",
}  # fmt: skip
# System libraries under the GPL with GCC's runtime exception; the texts are in TEXTS.
GCC_RUNTIME = re.compile(r"lib(gcc_s|stdc\+\+|gomp|gfortran|quadmath)[.-]")
GCC_TEXTS = ("GCC-runtime-exception-3.1.txt", "GPL-3.0.txt")


def main(bundle: Path) -> int:
    """Write the folder; 1 when a part's licence is missing or may not be shipped."""
    target = bundle / "licences"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for text in TEXTS.iterdir():
        shutil.copy(text, target / text.name)
    own = [copied(part, target) for part in parts.own_parts()]
    models = model_parts(bundle, target)
    python, problems = python_parts(target)
    system, system_problems = system_parts(bundle, target)
    found = [*own, *models, *python, *system]
    (target / "PARTS.txt").write_text("\n".join(map(line, found)) + "\n", encoding="utf-8")
    parts.write_list(target, found)
    print(f"licences: {len(found)} parts")
    for problem in problems + system_problems:
        print(f"licences: {problem}", file=sys.stderr)
    return 1 if problems or system_problems else 0


def line(part: Part) -> str:
    """A part in the list for people."""
    return f"{part.name} {part.version}".strip() + f": {part.licence}"


def copied(part: Part, target: Path) -> Part:
    """The part with its texts copied into a folder of its own."""
    folder = target / normal(part.name.split(" (")[0])
    made = []
    for number, text in enumerate(part.texts):
        folder.mkdir(exist_ok=True)
        name = text.name if not (folder / text.name).exists() else f"{number}-{text.name}"
        made.append(Path(shutil.copy(text, folder / name)))
    return Part(part.name, part.version, part.licence, tuple(made))


def python_parts(target: Path) -> tuple[list[Part], list[str]]:
    """The shipped distributions with their texts copied, and what is wrong."""
    found, problems = [], []
    shipped = [part for part in distributions() if normal(part.name) not in BUILD_ONLY]
    for distribution in sorted(shipped, key=lambda part: normal(part.name)):
        part = copied(parts.part_of(distribution), target)
        found.append(part)
        if not part.texts:
            problems.append(f"{part.name}: no licence text found")
        if FORBIDDEN.search(part.licence) and "LGPL" not in part.licence:
            problems.append(f"{part.name}: {part.licence}")
    return found, problems


def model_parts(bundle: Path, target: Path) -> list[Part]:
    """The chat models that lie in the bundle; both that we ship are under Apache-2.0."""
    files = sorted((bundle / "_internal" / "resources" / "models").glob("*.gguf"))
    text = target / "touchstone" / "LICENSE"
    return [Part(path.stem, "", "Apache-2.0", (text,)) for path in files]


def system_parts(bundle: Path, target: Path) -> tuple[list[Part], list[str]]:
    """The system's libraries that lie at the top of the bundle, with their texts copied."""
    found, problems = [], []
    for library in sorted((bundle / "_internal").glob("lib*.so*")):
        package = owner(library.name)
        if GCC_RUNTIME.match(library.name):
            said = "GPL-3.0 with the GCC runtime library exception 3.1"
            found.append(Part(library.name, "", said, tuple(target / name for name in GCC_TEXTS)))
        elif library.name.startswith("libpython"):
            found.append(Part(library.name, "", "PSF-2.0", (target / "python" / "LICENSE.txt",)))
        elif package is None:
            problems.append(f"{library.name}: no system package known that it belongs to")
        else:
            text = target / f"{package}.txt"
            shutil.copy(Path("/usr/share/doc") / package / "copyright", text)
            found.append(Part(library.name, "", text.name, (text,)))
    return found, problems


def owner(library: str) -> str | None:
    """The Debian package that a library of the system belongs to."""
    asked = ["dpkg", "-S", f"*/{library}"]
    found = subprocess.run(asked, capture_output=True, text=True, check=False).stdout  # noqa: S603 - a fixed program
    return found.split(":")[0] if found else None


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
