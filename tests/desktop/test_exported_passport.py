"""A report that the window writes tells what the model's file is made of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from core import exports
from core.settings import Settings
from core.types import Answer
from desktop import core_backend
from desktop.core_backend import CoreBackend

ROWS = (("Model passport", "declared <b>Evil</b>"),)


@pytest.mark.parametrize("suffix", ["html", "pdf", "zip"])
def test_reports_get_the_passport_and_packs_do_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_answer: Callable[..., Answer], suffix: str
) -> None:
    written: dict[str, object] = {}
    monkeypatch.setattr(core_backend, "answer_rows", lambda answer, language: ROWS)
    monkeypatch.setattr(exports, "export_report", lambda *_, **named: written.update(named))
    monkeypatch.setattr(exports, "export_pack", lambda *_, **named: written.update(named))
    backend = CoreBackend(tmp_path / "library", Settings(content_producer="Firm"))
    backend.export(make_answer(), tmp_path / f"x.{suffix}")
    assert written == {"producer": "Firm"} | ({} if suffix == "zip" else {"passport": ROWS})
