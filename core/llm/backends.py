"""ggml's parts that compute: linked in, or (in a bundle) libraries of their own, one for each kind of CPU."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path
from typing import Any

from llama_cpp import llama_cpp as lib
from llama_cpp._ctypes_extensions import load_shared_library

from core.errors import EngineError

FOLDER = Path(lib.__file__).parent / "lib"


def ggml(part: str = "ggml") -> Any:
    """The functions of ggml (or of ``ggml-base``), of the very library that llama.cpp uses.

    A wheel holds each library under several names; opened by another one it would be loaded a second time,
    with a registry of its own that llama.cpp never sees. Only Windows does not find ggml through llama.
    """
    return load_shared_library(part, FOLDER) if sys.platform == "win32" else lib._lib


def load(registry: Any = None) -> None:
    """Register the CPU code that fits this machine best, unless it is linked in or registered already.

    llama.cpp itself would look beside the executable and in the current folder, where anybody's files may
    lie. Raises EngineError ``engine_no_cpu_code`` where none of the parts runs here.
    """
    registry = registry or ggml()
    registry.ggml_backend_reg_count.restype = ctypes.c_size_t
    if registry.ggml_backend_reg_count():
        return
    registry.ggml_backend_load_all_from_path.argtypes = [ctypes.c_char_p]
    registry.ggml_backend_load_all_from_path.restype = None
    registry.ggml_backend_load_all_from_path(os.fsencode(FOLDER))
    if not registry.ggml_backend_reg_count():
        raise EngineError("engine_no_cpu_code", folder=str(FOLDER))
