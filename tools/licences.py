"""Collects the licence texts of every part that a bundle ships into its folder ``licences``.

    python tools/licences.py dist/touchstone-0.1.0

Run it in the environment that the bundle was built from, on the Debian or Ubuntu machine that built it. It
ends with an error when a part has no licence text or one that may not be shipped, so that a new dependency
cannot slip through.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
from importlib.metadata import Distribution, distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / "tools" / "licence_texts"
FILES = re.compile(r"(licen[cs]e|copying|notice|copyright|authors|ofl)", re.IGNORECASE)
# GPL alone; "LGPL … OR GPL …" is a choice, and the runtime exception of GCC allows shipping.
FORBIDDEN = re.compile(r"(?<!L)\bA?GPL|(?<!Lesser )General Public", re.IGNORECASE)
APACHE, LGPL = (ROOT / "LICENSE",), (TEXTS / "LGPL-3.0.txt", TEXTS / "GPL-3.0.txt")
# Packages that bring no licence file: the text of the licence that their metadata name.
KEPT = {"flatbuffers": APACHE, "sentencepiece": APACHE, "pyside6-essentials": LGPL, "shiboken6": LGPL}
# Distributions of the build environment that are no part of the bundle.
BUILD_ONLY = {
    "altgraph", "ast-serialize", "grimp", "hypothesis", "import-linter", "iniconfig", "librt", "macholib",
    "markdown-it-py", "mdurl", "mypy", "mypy-extensions", "pathspec", "pefile", "pip", "pyinstaller",
    "pyinstaller-hooks-contrib", "pytest", "pytest-qt", "pytest-timeout", "pywin32-ctypes", "reportlab",
    "rich", "ruff", "setuptools", "sortedcontainers", "touchstone", "types-openpyxl", "types-psutil",
}  # fmt: skip
# System libraries under the GPL with GCC's runtime exception; the texts are in TEXTS.
GCC_RUNTIME = re.compile(r"lib(gcc_s|stdc\+\+|gomp|gfortran|quadmath)[.-]")


def main(bundle: Path) -> int:
    """Write the folder; 1 when a part's licence is missing or may not be shipped."""
    target = bundle / "licences"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for text in (*TEXTS.iterdir(), ROOT / "LICENSE", ROOT / "NOTICE"):
        shutil.copy(text, target / text.name)
    shutil.copy(Path(sysconfig.get_path("stdlib")) / "LICENSE.txt", target / "Python.txt")
    lines, problems = python_parts(target)
    system_lines, system_problems = system_parts(bundle, target)
    lines, problems = lines + system_lines, problems + system_problems
    (target / "PARTS.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"licences: {len(lines)} parts")
    for problem in problems:
        print(f"licences: {problem}", file=sys.stderr)
    return 1 if problems else 0


# ------------------------------------------------------------------------------------- Python packages


def python_parts(target: Path) -> tuple[list[str], list[str]]:
    """Copy the texts of all shipped distributions; return a line each, and what is wrong."""
    lines, problems = [], []
    parts = [part for part in distributions() if normal(part.name) not in BUILD_ONLY]
    for part in sorted(parts, key=lambda part: normal(part.name)):
        said = licence_of(part)
        lines.append(f"{part.name} {part.version}: {said}")
        if not copy_texts(part, target / normal(part.name)):
            problems.append(f"{part.name}: no licence text found")
        if FORBIDDEN.search(said) and "LGPL" not in said:
            problems.append(f"{part.name}: {said}")
    return lines, problems


def normal(name: str) -> str:
    """A distribution's name as indexes spell it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence_of(part: Distribution) -> str:
    """What the distribution says about its licence, in a few words."""
    said = part.metadata.get_all("License-Expression", [""])[0]
    if not said:
        classes = part.metadata.get_all("Classifier") or []
        said = ", ".join(c.rsplit(" :: ", 1)[1] for c in classes if c.startswith("License :: "))
    if not said and "License" in part.metadata:
        said = part.metadata["License"].strip().split("\n")[0]
    return said or "not stated"


def copy_texts(part: Distribution, folder: Path) -> int:
    """Copy every licence file of a distribution, or the text kept for it here; return how many."""
    texts = [Path(str(part.locate_file(file))) for file in part.files or () if is_text(file.parts)]
    texts = [text for text in texts if text.is_file()] or list(KEPT.get(normal(part.name), ()))
    for number, text in enumerate(texts):
        folder.mkdir(exist_ok=True)
        name = text.name if not (folder / text.name).exists() else f"{number}-{text.name}"
        shutil.copy(text, folder / name)
    return len(texts)


def is_text(parts: tuple[str, ...]) -> bool:
    """Whether a file of a distribution holds a licence, by its name or its folder."""
    named = FILES.search(parts[-1]) and not parts[-1].endswith((".py", ".pyc", ".pyi"))
    return bool(named) or any(part.lower() in {"licenses", "licences"} for part in parts[:-1])


# ------------------------------------------------------------------------------------ system libraries


def system_parts(bundle: Path, target: Path) -> tuple[list[str], list[str]]:
    """Copy the texts of the system's libraries that lie at the top of the bundle."""
    lines, problems = [], []
    for library in sorted((bundle / "_internal").glob("lib*.so*")):
        package = owner(library.name)
        if GCC_RUNTIME.match(library.name):
            lines.append(f"{library.name}: GPL-3.0 with the GCC runtime library exception 3.1")
        elif library.name.startswith("libpython"):
            lines.append(f"{library.name}: PSF-2.0 (Python.txt)")
        elif package is None:
            problems.append(f"{library.name}: no system package known that it belongs to")
        else:
            shutil.copy(Path("/usr/share/doc") / package / "copyright", target / f"{package}.txt")
            lines.append(f"{library.name}: {package}.txt")
    return lines, problems


def owner(library: str) -> str | None:
    """The Debian package that a library of the system belongs to."""
    asked = ["dpkg", "-S", f"*/{library}"]
    found = subprocess.run(asked, capture_output=True, text=True, check=False).stdout  # noqa: S603
    return found.split(":")[0] if found else None


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
