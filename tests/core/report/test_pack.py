from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import audit, exports, signing
from core.cli import touchstone
from core.errors import DecisionError, LibraryError
from core.report.pack import VERIFIER, build_pack, signature_file, zipped
from core.signing import SigningKey
from core.store import audit_log
from core.store.content import sign_decision
from core.store.database import Library
from core.store.keys import library_key
from core.types import Answer, Decision, Language

Exported = Any  # conftest's class; the folder is no package
RunVerifier = Callable[..., Any]
PROMPT = "[system]\nAnswer from the passages.\n\n[user]\nHow much?"


def loaded_verifier() -> ModuleType:
    """The verifier in this process, for the many small changes that a process each would take too long."""
    spec = importlib.util.spec_from_file_location("pack_verifier", VERIFIER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


VERIFIER_MODULE = loaded_verifier()


def files_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def resigned(library: Library, path: Path, files: dict[str, bytes]) -> Path:
    """A pack with other files and a right manifest, signed by the library's own key: an insider's work."""
    manifest = json.loads(files["manifest.json"])
    manifest["files"] = {
        name: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
        if name != "manifest.json"
    }
    content = zipped({**files, "manifest.json": json.dumps(manifest).encode()})
    return written(library, path, content)


def written(library: Library, path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    path.with_name(path.name + ".sig").write_bytes(signature_file(content, library_key(library)))
    return path


def test_a_whole_pack_passes_and_only_the_head_is_open(exported: Exported) -> None:
    result = exported.verify(*exported.whole())
    assert result.status == 0
    assert not result.of("FAIL")
    (left,) = result.of("NOT CHECKED")
    assert "--head" in left
    assert any("travel-policy.md" in line and "word for word" in line for line in result.of("PASS"))


def test_the_head_that_was_kept_is_found(library: Library, exported: Exported) -> None:
    kept = next(iter(audit_log.records(library, exported.answer.id))).hash
    result = exported.verify(*exported.whole(), "--head", kept)
    assert not result.of("NOT CHECKED")
    assert exported.verify(*exported.whole(), "--head", "ab" * 32).of("NOT CHECKED")


def test_what_cannot_be_checked_is_never_passed(exported: Exported) -> None:
    bare = exported.verify()
    assert bare.status == 0
    open_lines = " ".join(bare.of("NOT CHECKED"))
    for missing in ("--key", "--documents", "--model", "--head"):
        assert missing in open_lines
    assert not any("travel-policy.md: the file" in line for line in bare.of("PASS"))


def test_without_cryptography_signatures_are_not_checked(exported: Exported) -> None:
    result = exported.verify(*exported.whole(), crypto=False)
    assert result.status == 0
    assert sum("cryptography" in line for line in result.of("NOT CHECKED")) == 2
    assert not any("signature: made" in line or "records are signed" in line for line in result.lines)


def test_chinese_lines_for_chinese_receivers(exported: Exported) -> None:
    result = exported.verify(*exported.whole(), "--lang", "zh")
    assert result.status == 0
    assert any("逐字一致" in line for line in result.of("PASS"))


def test_another_key_fails(exported: Exported) -> None:
    result = exported.verify("--key", "ab" * 32)
    assert result.status == 1
    assert any("--key" in line for line in result.of("FAIL"))


@pytest.mark.parametrize("crypto", [True, False])
def test_one_changed_byte_is_caught_by_the_process(exported: Exported, crypto: bool) -> None:
    content = bytearray(exported.path.read_bytes())
    content[content.index(b"130 ")] ^= 1
    exported.path.write_bytes(content)
    result = exported.verify(*exported.whole(), crypto=crypto)
    assert result.status == 1
    assert result.of("FAIL")


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_changed_byte_fails_even_without_the_signature(exported: Exported, data: st.DataObject) -> None:
    """Without the signature file's hash and without cryptography: form, manifest and chain find it alone."""
    content = bytearray(exported.pack.content)
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    assert in_process(bytes(content)) > 0


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_cut_or_longer_pack_fails(exported: Exported, data: st.DataObject) -> None:
    content = exported.pack.content
    cut = data.draw(st.integers(0, len(content) - 1))
    assert in_process(content[:cut]) > 0
    assert in_process(content + data.draw(st.binary(min_size=1, max_size=40))) > 0
    assert in_process(data.draw(st.binary(min_size=1, max_size=40)) + content) > 0


def in_process(content: bytes) -> int:
    """How many checks fail on the zip alone."""
    outcome = VERIFIER_MODULE.Outcome(False)
    try:
        files = VERIFIER_MODULE.open_zip(content, outcome)
        manifest = VERIFIER_MODULE.check_manifest(files, outcome)
        records = VERIFIER_MODULE.load_chain(files, outcome)
        VERIFIER_MODULE.check_links(records, outcome)
        VERIFIER_MODULE.check_answer(files, records, manifest, None, outcome)
    except VERIFIER_MODULE.Stop:
        pass
    return int(outcome.counts["FAIL"])


def test_a_manifest_made_anew_does_not_hide_a_byte(library: Library, exported: Exported) -> None:
    """Whoever edits the manifest too cannot sign: the signature file finds it."""
    files = files_of(exported.pack.content)
    files["readme.txt"] += b" "
    manifest = json.loads(files["manifest.json"])
    content = files["readme.txt"]
    manifest["files"]["readme.txt"] = {
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    exported.path.write_bytes(zipped({**files, "manifest.json": json.dumps(manifest).encode()}))
    for crypto in (True, False):
        result = exported.verify(*exported.whole(), crypto=crypto)
        assert result.status == 1
        assert any("signature file names" in line for line in result.of("FAIL"))


def change_answer(files: dict[str, bytes]) -> None:
    files["answer.json"] = files["answer.json"].replace(b"130", b"150")


def change_page(files: dict[str, bytes]) -> None:
    name = next(name for name in files if name.startswith("pages/"))
    files[name] = files[name].replace(b"130", b"150")


def change_prompt(files: dict[str, bytes]) -> None:
    files["prompt.txt"] += b"!"


def change_index(files: dict[str, bytes]) -> None:
    files["index.html"] = files["index.html"].replace("130 €".encode(), "150 €".encode())


def add_script(files: dict[str, bytes]) -> None:
    files["index.html"] = files["index.html"].replace(b"</body>", b"<script>x()</script></body>")


def change_salted_text(files: dict[str, bytes]) -> None:
    files["chain.jsonl"] = files["chain.jsonl"].replace(b"Answer from", b"Invent from")


def change_record(files: dict[str, bytes]) -> None:
    files["chain.jsonl"] = files["chain.jsonl"].replace(rb"\"risk\":0.93", rb"\"risk\":0.03")


def drop_record(files: dict[str, bytes]) -> None:
    files["chain.jsonl"] = b"".join(files["chain.jsonl"].splitlines(keepends=True)[1:])


def double_record(files: dict[str, bytes]) -> None:
    files["chain.jsonl"] += files["chain.jsonl"].splitlines(keepends=True)[0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (change_answer, "answer.json is the answer that the log recorded"),
        (change_page, "the quote does not stand where it says"),
        (change_prompt, "prompt"),
        (change_index, "index.html differs"),
        (add_script, "index.html differs"),
        (change_salted_text, "was changed"),
        (change_record, "was edited"),
        (drop_record, "no record of this answer"),
        (double_record, "out of order"),
    ],
)
def test_a_pack_that_an_insider_signed_again_is_still_caught(
    library: Library,
    exported: Exported,
    tmp_path: Path,
    change: Callable[[dict[str, bytes]], None],
    said: str,
) -> None:
    files = files_of(exported.pack.content)
    before = dict(files)
    change(files)
    assert files != before
    result = exported.verify(*exported.whole(), pack=resigned(library, tmp_path / "forged.zip", files))
    assert result.status == 1
    assert any(said in line for line in result.of("FAIL")), result.lines


def raw_zip(entries: list[tuple[str, bytes]], compression: int = zipfile.ZIP_STORED) -> bytes:
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", compression) as archive:
        for name, content in entries:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = compression
            archive.writestr(entry, content)
    return whole.getvalue()


@pytest.mark.parametrize(
    "name",
    ["../evil.txt", "/etc/passwd", "C:\\evil.txt", "a/../../b.txt", "..", "CON:", "a\x1b[2J.txt", ".hidden"],
)
def test_names_that_lead_elsewhere_are_refused(
    library: Library, exported: Exported, tmp_path: Path, name: str
) -> None:
    content = raw_zip([*files_of(exported.pack.content).items(), (name, b"x")])
    result = exported.verify(pack=written(library, tmp_path / "evil.zip", content))
    assert result.status == 1
    assert any("no pack has" in line for line in result.of("FAIL"))
    assert not any("\x1b" in line for line in result.lines)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_refused(library: Library, exported: Exported, tmp_path: Path) -> None:
    files = list(files_of(exported.pack.content).items())
    content = raw_zip([*files, ("answer.json", b"{}")])
    result = exported.verify(pack=written(library, tmp_path / "twice.zip", content))
    assert result.status == 1
    assert any("two files named answer.json" in line for line in result.of("FAIL"))


def test_a_zip_bomb_is_refused_and_not_unpacked(library: Library, exported: Exported, tmp_path: Path) -> None:
    content = raw_zip([("answer.json", b"0" * 50_000_000)], zipfile.ZIP_DEFLATED)
    result = exported.verify(pack=written(library, tmp_path / "bomb.zip", content))
    assert result.status == 1
    assert any("not unpacked" in line for line in result.of("FAIL"))


def test_a_nested_json_bomb_is_refused(library: Library, exported: Exported, tmp_path: Path) -> None:
    files = {**files_of(exported.pack.content), "documents.json": b"[" * 200_000}
    result = exported.verify(pack=resigned(library, tmp_path / "nested.zip", files))
    assert result.status == 1
    assert any("documents.json cannot be understood" in line for line in result.of("FAIL"))


def test_swapped_packs_are_told(library: Library, exported: Exported, tmp_path: Path) -> None:
    other = tmp_path / "other.zip"
    files = files_of(exported.pack.content)
    written(library, other, zipped({**files, "readme.txt": b"other"}))
    (tmp_path / "other.zip.sig").write_bytes(exported.pack.signature)
    assert exported.verify(*exported.whole(), pack=other).status == 1


def test_a_missing_signature_file_fails(exported: Exported) -> None:
    exports.signature_path(exported.path).unlink()
    result = exported.verify()
    assert result.status == 1
    assert "no signature file" in result.of("FAIL")[0]


def test_a_changed_document_fails_and_a_missing_one_is_open(exported: Exported) -> None:
    file = exported.documents / "travel-policy.md"
    file.write_text("Hotels are free.\n", encoding="utf-8")
    result = exported.verify(*exported.whole())
    assert result.status == 1
    assert any("another version" in line for line in result.of("FAIL"))
    file.unlink()
    result = exported.verify(*exported.whole())
    assert result.status == 0
    assert any("no file with its hash" in line for line in result.of("NOT CHECKED"))


def test_another_model_file_fails(exported: Exported) -> None:
    exported.model.write_bytes(b"another model")
    assert exported.verify(*exported.whole()).status == 1


def test_the_same_answer_gives_the_same_bytes(library: Library, stored_answer: Answer) -> None:
    key = library_key(library)
    one, two = (build_pack(library, stored_answer.id, Language.ZH, key) for _ in range(2))
    assert one == two
    assert one.content == VERIFIER_MODULE.stored_zip(files_of(one.content))
    assert signing.verify(key.public, one.content, bytes.fromhex(json.loads(one.signature)["signature"]))


def test_records_of_others_come_without_their_texts(
    library: Library, stored_answer: Answer, make_answer: Callable[..., Answer]
) -> None:
    secret = make_answer("Ms Zhang earns 9,000 € a month.")
    audit.record_answer(library, secret, prompt="the secret prompt", context={})
    pack = build_pack(library, stored_answer.id, Language.EN, library_key(library))
    assert secret.id.encode() in pack.content
    assert b"Zhang" not in pack.content
    assert b"secret prompt" not in pack.content


def test_the_folders_of_the_owner_are_not_told_in_the_list(exported: Exported) -> None:
    listed = json.loads(files_of(exported.pack.content)["documents.json"])["documents"]
    assert [document["path"] for document in listed] == ["travel-policy.md"]


def test_a_held_answer_gives_no_pack(
    library: Library, make_answer: Callable[..., Answer], tmp_path: Path
) -> None:
    held = make_answer()
    audit.record_answer(library, held, prompt="", context={})
    with pytest.raises(DecisionError, match="export_held"):
        exports.export_pack(library, held.id, tmp_path / "held.zip", Language.EN)
    assert not list(tmp_path.glob("held*"))


def test_an_erased_answer_gives_no_pack(library: Library, stored_answer: Answer, tmp_path: Path) -> None:
    audit.erase(library, stored_answer.id, who="Ann Lee", reason="law")
    with pytest.raises(LibraryError, match="answer_erased"):
        exports.export_pack(library, stored_answer.id, tmp_path / "gone.zip", Language.EN)


def test_an_export_that_cannot_be_written_is_not_recorded(
    library: Library, stored_answer: Answer, tmp_path: Path
) -> None:
    before = audit.head(library)
    with pytest.raises(LibraryError, match="export_failed"):
        exports.export_pack(library, stored_answer.id, tmp_path / "no" / "pack.zip", Language.EN)
    assert audit.head(library) == before
    exports.export_pack(library, stored_answer.id, tmp_path / "pack.zip", Language.EN)
    assert audit.head(library) != before
    assert audit.verify(library).holds


def test_the_command_line_writes_pack_and_verifier(
    library: Library, stored_answer: Answer, tmp_path: Path
) -> None:
    run = CliRunner().invoke
    where = ["--library", str(library.folder)]
    out = tmp_path / "p.zip"
    result = run(touchstone, ["report", "pack", stored_answer.id[:10], "--out", str(out), *where, "--json"])
    assert result.exit_code == 0
    said = json.loads(result.stdout)
    assert said["fingerprint"] == library_key(library).fingerprint
    assert sorted(os.listdir(tmp_path)) == sorted({*os.listdir(tmp_path), "p.zip", "p.zip.sig"})
    assert run(touchstone, ["report", "verifier", "--out", str(tmp_path / "v.py")]).exit_code == 0
    assert (tmp_path / "v.py").read_bytes() == VERIFIER.read_bytes()


def test_a_report_by_id_alone_still_works(library: Library, stored_answer: Answer, tmp_path: Path) -> None:
    out = tmp_path / "x.html"
    command = ["report", stored_answer.id, "--out", str(out), "--library", str(library.folder)]
    assert CliRunner().invoke(touchstone, command).exit_code == 0
    assert "130 €" in out.read_text(encoding="utf-8")
    assert "Usage" in CliRunner().invoke(touchstone, ["report", "--help"]).output


def test_erased_pages_are_not_passed(library: Library, stored_answer: Answer, exported: Exported) -> None:
    library.db.execute("delete from documents")
    library.db.execute("delete from contents")
    exports.export_pack(library, stored_answer.id, exported.path, Language.EN)
    result = exported.verify(*exported.whole())
    assert result.status == 0
    assert any("is not in the pack" in line for line in result.of("NOT CHECKED"))


def released(library: Library, answer: Answer, key: SigningKey | None, text: str | None = None) -> Answer:
    """A held answer with a release, signed by a person where a key is given."""
    held = replace(answer, id=audit.new_answer_id(), decision=Decision.HELD)
    audit.record_answer(library, held, prompt=PROMPT, context={})
    decided = replace(
        held,
        decision=Decision.RELEASED,
        final_text=text or held.text,
        decided_by="Ann Lee",
        decided_at=audit.now(),
        decision_reason="checked by hand",
    )
    decided = sign_decision(decided, key) if key else decided
    audit.record_decision(library, decided)
    return decided


def test_a_reviewers_signature_is_checked(
    library: Library, stored_answer: Answer, tmp_path: Path, run_verifier: RunVerifier
) -> None:
    key = SigningKey.generate()
    path = tmp_path / "signed.zip"
    exports.export_pack(library, released(library, stored_answer, key).id, path, Language.EN)
    result = run_verifier(path)
    assert result.status == 0
    assert any(key.fingerprint in line and "Ann Lee" in line for line in result.of("PASS"))
    assert any("--reviewer" in line for line in result.of("NOT CHECKED"))
    assert run_verifier(path, "--reviewer", key.fingerprint).status == 0
    assert run_verifier(path, "--reviewer", "ab" * 32).status == 1


def test_a_decision_on_another_answer_or_in_another_name_fails(
    library: Library, stored_answer: Answer, tmp_path: Path, run_verifier: RunVerifier
) -> None:
    answer = released(library, stored_answer, SigningKey.generate())
    pack = build_pack(library, answer.id, Language.EN, library_key(library))
    files = files_of(pack.content)
    files["decision.json"] = files["decision.json"].replace(b"Ann Lee", b"Bob Lee")
    result = run_verifier(resigned(library, tmp_path / "forged.zip", files))
    assert any("signature of Bob Lee is wrong" in line for line in result.of("FAIL"))


def test_a_page_that_shows_another_released_text_fails(
    library: Library, stored_answer: Answer, tmp_path: Path, run_verifier: RunVerifier
) -> None:
    answer = released(library, stored_answer, None, "Up to 131 €, edited.")
    path = tmp_path / "edited.zip"
    pack = exports.export_pack(library, answer.id, path, Language.EN)
    assert run_verifier(path).status == 0
    files = files_of(pack.content)
    files["index.html"] = files["index.html"].replace(b"Up to 131", b"Up to 999")
    result = run_verifier(resigned(library, tmp_path / "forged.zip", files))
    assert any("index.html differs" in line for line in result.of("FAIL"))


def test_an_unsigned_decision_is_not_passed(
    library: Library, stored_answer: Answer, tmp_path: Path, run_verifier: RunVerifier
) -> None:
    path = tmp_path / "unsigned.zip"
    exports.export_pack(library, released(library, stored_answer, None).id, path, Language.EN)
    result = run_verifier(path)
    assert result.status == 0
    assert any("did not sign" in line for line in result.of("NOT CHECKED"))


def test_a_long_log_is_left_out_and_said_so(
    library: Library,
    stored_answer: Answer,
    make_answer: Callable[..., Answer],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    run_verifier: RunVerifier,
) -> None:
    for _ in range(3):
        audit.record_answer(library, make_answer(), prompt="", context={})
    monkeypatch.setattr("core.report.pack._MOST_LINKS", 1)
    exports.export_pack(library, stored_answer.id, tmp_path / "long.zip", Language.EN)
    result = run_verifier(tmp_path / "long.zip")
    assert result.status == 0
    assert any("are not in the pack" in line for line in result.of("NOT CHECKED"))
    assert len(files_of((tmp_path / "long.zip").read_bytes())["chain.jsonl"].splitlines()) == 2


def test_a_clock_that_went_back_is_told(
    library: Library,
    stored_answer: Answer,
    make_answer: Callable[..., Answer],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    run_verifier: RunVerifier,
) -> None:
    monkeypatch.setattr("core.store.chain.now", lambda: "2001-01-01T00:00:00.000000+00:00")
    audit.record_answer(library, make_answer(), prompt="", context={})
    monkeypatch.undo()
    exports.export_pack(library, stored_answer.id, tmp_path / "clock.zip", Language.EN)
    result = run_verifier(tmp_path / "clock.zip")
    assert any("clock went back" in line for line in result.of("NOT CHECKED"))
