"""The processor: which instructions this llama.cpp was built to use, which ones are here, and threads."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path

import psutil

from core.errors import EngineError
from core.llm import native

# llama.cpp's name for an instruction set -> the flag in /proc/cpuinfo.
_FLAGS = {
    "SSE3": "pni",
    "SSSE3": "ssse3",
    "AVX": "avx",
    "AVX2": "avx2",
    "F16C": "f16c",
    "FMA": "fma",
    "BMI2": "bmi2",
    "AVX_VNNI": "avx_vnni",
    "AVX512": "avx512f",
    "AVX512_VBMI": "avx512vbmi",
    "AVX512_VNNI": "avx512_vnni",
    "AVX512_BF16": "avx512_bf16",
    "AMX_INT8": "amx_int8",
    "NEON": "asimd",
    "DOTPROD": "asimddp",
    "MATMUL_INT8": "i8mm",
    "SVE": "sve",
}


def threads(asked: int) -> int:
    """How many threads to compute with: as asked, or one fewer than this process has physical cores.

    llama.cpp's threads wait in a loop: with every core taken, one busy neighbour slows them forty-fold.
    """
    if asked > 0:
        return asked
    physical = psutil.cpu_count(logical=False) or 1
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else physical
    return max(1, min(physical, allowed) - 1)


def built_for() -> str:
    """The instruction sets that the loaded llama.cpp uses, such as ``"AVX AVX2 FMA"``; recorded."""
    return " ".join(built_features(native.system_info()))


def built_features(info: str) -> tuple[str, ...]:
    """Names of the features that a system-info line of llama.cpp says it has, in its order."""
    return tuple(re.findall(r"(\w+) = 1\b", info))


def require(flags: frozenset[str] | None = None) -> None:
    """Check that this CPU can run the llama.cpp that is installed.

    Raises EngineError ``engine_cpu_lacks``. Where the CPU's flags cannot be read (not Linux) nothing is
    checked here: there the child process dies of an illegal instruction and the parent says so.
    """
    native.start()
    here = cpu_flags() if flags is None else flags
    if not here:
        return
    missing = [name for name in built_features(native.system_info()) if _FLAGS.get(name, name) not in here]
    lacking = [name for name in missing if name in _FLAGS]
    if lacking:
        raise EngineError("engine_cpu_lacks", features=", ".join(lacking), cpu=platform.machine())


def cpu_flags(source: Path = Path("/proc/cpuinfo")) -> frozenset[str]:
    """The CPU's feature flags as Linux names them; empty elsewhere."""
    try:
        text = source.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return frozenset()
    found = re.search(r"^(?:flags|Features)\s*:\s*(.*)$", text, re.MULTILINE)
    return frozenset(found.group(1).split()) if found else frozenset()
