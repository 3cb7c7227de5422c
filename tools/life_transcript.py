"""Commands that are run for real in folders of their own, and the transcript of what they said."""

from __future__ import annotations

import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from core.types import Language

ROOT = Path(__file__).resolve().parent.parent
WORDS = tomllib.loads((ROOT / "tools" / "life.toml").read_text(encoding="utf-8"))
LENT = (
    "cryptography",
    "cffi",
    "_cffi_backend",
    "pycparser",
)  # all that the verifier may import besides Python
_BOOT = "import runpy, sys; sys.path.append(sys.argv[1]); del sys.argv[0:2]; "
_BOOT += "runpy.run_path(sys.argv[0], run_name='__main__')"


@dataclass(slots=True)
class Life:
    """One language's part: its folder, its people and the transcript so far."""

    language: Language
    folder: Path
    model: Path
    lines: list[str] = field(default_factory=list)

    def say(self, key: str) -> None:
        """A paragraph between the commands."""
        if text := WORDS[key][self.language.value]:
            self.lines += ["", text, ""]

    def run(self, *args: str, at: str = "firm", expect: int = 0, quiet: bool = False) -> str:
        """A command of ours on one of the computers; ``quiet`` leaves it out of the transcript."""
        environment = os.environ | {
            "TOUCHSTONE_HOME": str(self.folder / at / "home"),
            "PYTHONPATH": str(ROOT),
            "PYTHONIOENCODING": "utf-8",
        }
        return self._run(
            [sys.executable, "-m", "core.cli", *args],
            f"touchstone {shlex.join(args)}",
            at,
            expect,
            environment,
            quiet,
        )

    def verify(self, *args: str, lent: bool = True, expect: int = 0) -> str:
        """The verifier as its receiver runs it: isolated, with Python's own library and at most ``LENT``."""
        shelf = str(self.folder / ("lent" if lent else "nothing"))
        command = [sys.executable, "-I", "-S", "-c", _BOOT, shelf, "verify.py", *args]
        return self._run(command, f"python verify.py {shlex.join(args)}", "receiver", expect, os.environ)

    def python(self, code: str, expect: int) -> None:
        """A line of Python in the receiver's folder, isolated as the verifier is."""
        command = [sys.executable, "-I", "-S", "-c", code]
        self._run(command, f'python -c "{code}"', "receiver", expect, os.environ, last_line=True)

    def _run(
        self,
        command: list[str],
        shown: str,
        at: str,
        expect: int,
        environment: Mapping[str, str],
        quiet: bool = False,
        last_line: bool = False,
    ) -> str:
        done = subprocess.run(  # noqa: S603 - our own programs
            command,
            cwd=self.folder / at,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        if done.returncode != expect:
            raise SystemExit(f"{shown}\n{done.stdout}\nended with {done.returncode} instead of {expect}")
        if not quiet:
            self._tell(at, shown, done.stdout, done.returncode, last_line)
        return done.stdout

    def _tell(self, at: str, shown: str, output: str, code: int, last_line: bool) -> None:
        """Into the transcript, without the name of the temporary folder or spaces at the ends of lines."""
        written = [line.rstrip() for line in output.strip("\n").split("\n")]
        written = written[-1:] if last_line else written
        ends = [] if code == 0 else [f"(exit code {code})"]
        block = [f"{at}$ {shown}", *written, *ends]
        text = "\n".join(block).replace(str(self.folder.resolve()), "…").replace(str(self.folder), "…")
        self.lines += ["```text", text, "```"]

    def sign_in(self, name: str) -> tuple[str, ...]:
        """The options with which a reviewer decides."""
        return ("--who", name, "--passphrase-file", f"{name}.txt")

    def note(self, shown: str) -> None:
        """Something that was done without a command."""
        self.lines += ["```text", shown, "```"]


def lend(shelf: Path) -> None:
    """Copy the package that checks signatures, and what it needs, onto a shelf that holds nothing else."""
    shelf.mkdir()
    for name in LENT:
        found = importlib.util.find_spec(name)
        if found is None or found.origin is None:
            continue  # a later version may do without
        origin = Path(found.origin)
        if found.submodule_search_locations:
            shutil.copytree(origin.parent, shelf / name)
        else:
            shutil.copyfile(origin, shelf / origin.name)


def link(source: Path, target: Path) -> None:
    """A second name for a large file, or a copy where the disk has no such thing."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
