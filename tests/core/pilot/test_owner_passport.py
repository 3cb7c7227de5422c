from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from core.pilot.owner_passport import passport_rows
from core.pilot.types import Environment, Run, RunModel, RunPlan
from core.types import Language


def run_of(path: Path, sha256: str) -> Run:
    plan = RunPlan("set.csv", "0" * 64, "library", "0" * 64, (("m", sha256),), {})
    here = Environment("0", "1", "3", "x", "x", "0", "0", "", None, "0" * 64)
    return Run("r", "2026-01-01", plan, here, (), {}, (RunModel("m", sha256, str(path), 1),), ())


def test_a_file_that_is_gone_or_another_one_is_said_and_not_examined(tmp_path: Path) -> None:
    gone = passport_rows(run_of(tmp_path / "m.gguf", "0" * 64), "m", Language.EN)
    assert [value for _, value in gone] == ["not examined: the file is not on this machine"]
    (tmp_path / "m.gguf").write_bytes(b"GGUF")
    other = passport_rows(run_of(tmp_path / "m.gguf", "0" * 64), "m", Language.EN)
    assert "another file" in other[0][1]


@pytest.mark.model
def test_hash_and_findings_of_the_real_model(small_model: Path) -> None:
    sha256 = hashlib.sha256(small_model.read_bytes()).hexdigest()
    rows = passport_rows(run_of(small_model, sha256), "m", Language.ZH)
    assert sha256 in rows[0][1]
    assert any("SmolLM2" in value for _, value in rows[1:])
    assert len(rows) > 1
