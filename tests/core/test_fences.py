from __future__ import annotations

import subprocess
import sys

CODE = """
import pkgutil, sys, importlib, core
for module in pkgutil.walk_packages(core.__path__, "core."):
    importlib.import_module(module.name)
print([name for name in sys.modules if name.split(".")[0] in ("PySide6", "shiboken6", "desktop")])
"""


def test_the_core_runs_without_qt() -> None:
    """Every module of the core, imported in a fresh interpreter, brings no Qt with it."""
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
