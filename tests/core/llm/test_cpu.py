from __future__ import annotations

import os
from pathlib import Path

import psutil
import pytest

from core.errors import EngineError
from core.llm import cpu, native


def test_this_cpu_runs_the_llama_cpp_that_was_built_on_it() -> None:
    cpu.require()
    assert cpu.built_for() == " ".join(cpu.built_features(native.system_info()))


def test_features_are_read_from_the_line() -> None:
    line = "CPU : SSE3 = 1 | AVX2 = 1 | AVX512 = 0 | OPENMP = 1 | LABEL = 12 | "
    assert cpu.built_features(line) == ("SSE3", "AVX2", "OPENMP")


def test_what_the_cpu_lacks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native, "system_info", lambda: "CPU : SSE3 = 1 | AVX2 = 1 | FMA = 1 | REPACK = 1 | ")
    cpu.require(frozenset({"pni", "avx2", "fma"}))
    with pytest.raises(EngineError) as caught:
        cpu.require(frozenset({"pni", "avx"}))
    assert caught.value.code == "engine_cpu_lacks"
    assert caught.value.params["features"] == "AVX2, FMA"


def test_flags_of_x86_and_arm(tmp_path: Path) -> None:
    source = tmp_path / "cpuinfo"
    source.write_text("processor\t: 0\nflags\t\t: fpu avx2 fma\n\nprocessor\t: 1\nflags\t\t: fpu avx2 fma\n")
    assert cpu.cpu_flags(source) == {"fpu", "avx2", "fma"}
    source.write_text("processor : 0\nFeatures : fp asimd i8mm\n")
    assert cpu.cpu_flags(source) == {"fp", "asimd", "i8mm"}
    assert cpu.cpu_flags(tmp_path / "none") == frozenset()


@pytest.mark.parametrize(
    ("physical", "allowed", "expected"), [(8, 16, 7), (8, 2, 1), (1, 1, 1), (None, 4, 1)]
)
def test_one_core_is_left_to_others(
    monkeypatch: pytest.MonkeyPatch, physical: int | None, allowed: int, expected: int
) -> None:
    monkeypatch.setattr(psutil, "cpu_count", lambda logical: physical)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(allowed)), raising=False)
    assert cpu.threads(0) == expected
    assert cpu.threads(5) == 5
