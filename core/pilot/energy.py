"""Energy from the machine's own counters: RAPL of Intel and AMD, NVML of NVIDIA; else nothing.

The counters are the whole machine's: other programs that run at the time are in them.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

POWERCAP = Path("/sys/class/powercap")
_PACKAGES = "intel-rapl:[0-9]*"  # AMD's too; parts of a package have a second colon and are in it already


@dataclass(frozen=True, slots=True)
class Reading:
    """Counters at one moment: name, joules since some start, where the counter begins again (0: never)."""

    counters: tuple[tuple[str, float, float], ...]

    def since(self, before: Reading) -> float | None:
        """The joules between two readings; None where no counter stands in both."""
        earlier = {name: joules for name, joules, _ in before.counters}
        spent = [
            joules - earlier[name] if joules >= earlier[name] else joules - earlier[name] + whole
            for name, joules, whole in self.counters
            if name in earlier
        ]
        return sum(spent) if spent else None


def read(powercap: Path = POWERCAP) -> Reading:
    """The counters now; a counter that may not be read (RAPL often needs rights) is left out."""
    return Reading((*_packages(powercap), *_cards()))


def _packages(powercap: Path) -> Sequence[tuple[str, float, float]]:
    found = []
    for folder in sorted(powercap.glob(_PACKAGES)):
        if folder.name.count(":") != 1:
            continue
        try:
            joules = int((folder / "energy_uj").read_text(encoding="ascii")) / 1e6
            whole = int((folder / "max_energy_range_uj").read_text(encoding="ascii")) / 1e6
        except (OSError, ValueError):
            continue
        found.append((folder.name, joules, whole))
    return found


def _cards() -> Sequence[tuple[str, float, float]]:
    library = _nvml()
    if library is None:
        return ()
    count = ctypes.c_uint()
    if library.nvmlDeviceGetCount_v2(ctypes.byref(count)):
        return ()
    found = []
    for number in range(count.value):
        card, spent = ctypes.c_void_p(), ctypes.c_ulonglong()
        if library.nvmlDeviceGetHandleByIndex_v2(number, ctypes.byref(card)):
            continue
        if library.nvmlDeviceGetTotalEnergyConsumption(card, ctypes.byref(spent)) == 0:
            found.append((f"gpu:{number}", spent.value / 1e3, 0.0))
    return found


@cache
def _nvml() -> Any:
    """NVIDIA's management library, ready for use; None where the machine has none."""
    try:
        library = ctypes.CDLL("nvml.dll" if hasattr(ctypes, "windll") else "libnvidia-ml.so.1")
        return library if library.nvmlInit_v2() == 0 else None
    except (OSError, AttributeError):
        return None
