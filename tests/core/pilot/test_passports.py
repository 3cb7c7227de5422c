from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from core.pilot.codec import decode, encode
from core.pilot.owner_passport import examined_now
from core.pilot.passports import passport_rows, taken
from core.pilot.types import RunModel
from core.types import Language


def test_a_run_from_before_passports_is_still_read_and_says_so() -> None:
    stored = json.loads(encode(RunModel("m", "0" * 64, "m.gguf", 1)))
    del stored["passport"]
    old = decode(json.dumps(stored), RunModel)
    assert old.passport is None
    assert "not recorded" in passport_rows(old, Language.EN)[0][1]


def test_a_file_that_is_gone_or_another_one_is_said_and_not_examined(tmp_path: Path) -> None:
    model = RunModel("m", "0" * 64, str(tmp_path / "m.gguf"), 1)
    gone = passport_rows(examined_now(model), Language.EN)
    assert [value for _, value in gone] == ["not examined: the file is not on this machine"]
    (tmp_path / "m.gguf").write_bytes(b"GGUF")
    broken = passport_rows(examined_now(model), Language.EN)
    assert "could not be read" in broken[0][1]
    server = RunModel("s", "", "", 0, server="https://models.firm")
    assert "server" in passport_rows(replace(server, passport=taken(server)), Language.EN)[0][1]


@pytest.mark.model
def test_the_passport_of_the_real_model_needs_no_file_once_it_is_taken(small_model: Path) -> None:
    sha256 = hashlib.sha256(small_model.read_bytes()).hexdigest()
    model = RunModel("m", sha256, str(small_model), 1)
    known = replace(model, passport=taken(model), path="gone.gguf")
    again = decode(encode(known), RunModel)
    assert again == known
    rows = passport_rows(again, Language.ZH)
    assert sha256 in rows[0][1]
    titles = [title for title, _ in rows]
    assert "模型文件护照" in titles
    assert len(titles) == len(set(titles)) >= 4
    assert any("SmolLM2" in value for _, value in rows[1:])
    assert passport_rows(again, Language.EN) != rows
    other = passport_rows(examined_now(replace(model, sha256="1" * 64)), Language.EN)
    assert "another file" in other[0][1]
