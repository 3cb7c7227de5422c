"""An answer whose evidence stands in a stored document, and whose file lies in a folder."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from core import audit, exports
from core.report.pack import VERIFIER, Pack
from core.store.database import Library
from core.store.documents import ContentId, StoredContent, put_content, put_document
from core.store.pages import put_pages
from core.types import (
    Answer,
    Decision,
    DocumentState,
    Evidence,
    Language,
    ModelInfo,
    Page,
    Place,
    Relation,
    Verdict,
)

PAGE = "Hotels\nA hotel may cost up to 130 € a night.\n住宿费每晚不超过500元。\n"
QUOTE = "up to 130 €"
PROMPT = "[system]\nAnswer from the passages.\n\n[user]\nHow much?"


@dataclass(frozen=True)
class Exported:
    """A pack on the disk with what its receiver gets from elsewhere."""

    path: Path
    pack: Pack
    documents: Path
    model: Path
    answer: Answer

    def verify(self, *options: str | Path, pack: Path | None = None, crypto: bool = True) -> Verified:
        return run_verifier(pack or self.path, *options, crypto=crypto)

    def whole(self) -> tuple[str | Path, ...]:
        """All that can be given, so that nothing is left unchecked but the head."""
        return ("--key", self.pack.fingerprint, "--documents", self.documents, "--model", self.model)


@dataclass(frozen=True)
class Verified:
    """What the verifier printed and returned."""

    status: int
    lines: tuple[str, ...]

    def of(self, status: str) -> list[str]:
        return [line for line in self.lines if line.startswith(status)]


def run_verifier(pack: Path, *options: str | Path, crypto: bool = True) -> Verified:
    """The verifier as its receiver runs it: isolated, none of our code importable."""
    code = "import sys, runpy; sys.modules['cryptography'] = None; sys.argv = sys.argv[1:]; "
    code += "runpy.run_path(sys.argv[0], run_name='__main__')"
    command = ["-I", str(VERIFIER)] if crypto else ["-I", "-c", code, str(VERIFIER)]
    done = subprocess.run(
        [sys.executable, *command, str(pack), *map(str, options)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=pack.parent,
        env={**os.environ, "PYTHONUTF8": "0"},
    )
    assert done.stderr == "", done.stderr
    return Verified(done.returncode, tuple(done.stdout.splitlines()))


@pytest.fixture(name="run_verifier")
def _run_verifier() -> Callable[..., Verified]:
    return run_verifier


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "travel-policy.md").write_text(PAGE, encoding="utf-8")
    return folder


@pytest.fixture
def stored_answer(
    library: Library, make_answer: Callable[..., Answer], documents: Path, tmp_path: Path
) -> Answer:
    """A usable answer in the log, with one quote from a page of a stored document."""
    content = (documents / "travel-policy.md").read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    stored = StoredContent(ContentId(0), sha256, ".md", "md", len(content), DocumentState.INDEXED, None)
    content_id = put_content(library, stored)
    put_pages(library, content_id, [Page(PAGE, section="Hotels")])
    put_document(library, str(documents / "travel-policy.md"), content_id)
    (tmp_path / "model.gguf").write_bytes(b"GGUF model")
    place = Place(str(documents / "travel-policy.md"), sha256, section="Hotels")
    start = PAGE.index(QUOTE)
    quote = Evidence(Relation.SUPPORTS, QUOTE, start, start + len(QUOTE), 0.9, place=place)
    answer = make_answer("Hotels are paid up to 130 €. 差旅住宿。", Decision.USABLE)
    claim = replace(
        answer.check.claims[0], end=28, text=answer.text[:28], verdict=Verdict.SUPPORTED, evidence=(quote,)
    )
    answer = replace(
        answer,
        check=replace(answer.check, claims=(claim,)),
        model=ModelInfo("SmolLM2-135M", hashlib.sha256(b"GGUF model").hexdigest(), "apache-2.0"),
        generation={"seed": 0, "prompt_sha256": hashlib.sha256(PROMPT.encode()).hexdigest()},
    )
    audit.record_answer(library, answer, prompt=PROMPT, context={"settings": {"seed": 0}})
    return answer


@pytest.fixture
def exported(library: Library, stored_answer: Answer, documents: Path, tmp_path: Path) -> Exported:
    folder = tmp_path / "received"
    folder.mkdir()
    pack = exports.export_pack(library, stored_answer.id, folder / "pack.zip", Language.EN)
    return Exported(folder / "pack.zip", pack, documents, tmp_path / "model.gguf", stored_answer)
