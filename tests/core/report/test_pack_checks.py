"""Each check of the stand-alone verifier alone: one thing is wrong, everything around it was made to fit."""

from __future__ import annotations

import hashlib
import json
import runpy
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from core import audit, exports
from core.report.pack import VERIFIER, build_pack, signature_file, zipped
from core.signing import SigningKey
from core.store.content import sign_decision
from core.store.database import Library
from core.store.keys import library_key
from core.types import Decision, Language

Exported = Any  # conftest's class; the folder is no package
Json = dict[str, Any]
VERIFY: Any = SimpleNamespace(**runpy.run_path(str(VERIFIER)))


class Pack:
    """A pack taken apart, to be changed and put before one check at a time."""

    def __init__(self, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.files: dict[str, bytes] = VERIFY.open_zip(content, VERIFY.Outcome(False))
        self.manifest: Json = json.loads(self.files["manifest.json"])
        self.records: list[Json] = VERIFY.load_chain(self.files, VERIFY.Outcome(False))

    def failures(self, check: Callable[..., object], *given: object) -> str:
        """What fails of one check."""
        self._capsys.readouterr()
        with suppress(VERIFY.Stop):
            check(*given, VERIFY.Outcome(False))
        return "\n".join(line for line in self._capsys.readouterr().out.splitlines() if line[:4] == "FAIL")

    def of_answer(self, reviewer: str | None = None) -> str:
        """What fails of the answer: texts, claims, figures, prompt, settings, decision."""
        return self.failures(VERIFY.check_answer, self.files, self.records, self.manifest, reviewer)

    def commit(self, role: str, text: str) -> None:
        """Put another text into the log as if it had been recorded: salt and digests fit."""
        for record in self.records:
            for held in record["texts"]:
                if held["role"] == role:
                    made = hashlib.sha256(bytes.fromhex(held["salt"]) + text.encode()).hexdigest()
                    held["text"], held["digest"], record["open"]["texts"][role] = text, made, made

    def edit(self, role: str, name: str, **changes: object) -> None:
        """Change fields of a JSON file, in the pack and in the log alike."""
        text = VERIFY.canonical({**json.loads(self.files[name]), **changes})
        self.files[name] = text.encode()
        self.commit(role, text)

    @property
    def answer(self) -> Json:
        """What answer.json says."""
        found: Json = json.loads(self.files["answer.json"])
        return found


@pytest.fixture
def pack(exported: Exported, capsys: pytest.CaptureFixture[str]) -> Pack:
    found = Pack(exported.pack.content, capsys)
    assert not found.of_answer()
    return found


@pytest.fixture
def decided(library: Library, exported: Exported, pack: Pack, capsys: pytest.CaptureFixture[str]) -> Pack:
    """The pack of an answer that was held and then released under a person's signature: two records."""
    held = replace(exported.answer, id=audit.new_answer_id(), decision=Decision.HELD)
    audit.record_answer(library, held, prompt=pack.files["prompt.txt"].decode(), context={})
    released = replace(
        held,
        decision=Decision.RELEASED,
        final_text=held.text,
        decided_by="Ann Lee",
        decided_at=audit.now(),
        decision_reason="checked by hand",
    )
    audit.record_decision(library, sign_decision(released, SigningKey.generate()))
    found = Pack(build_pack(library, held.id, Language.EN, library_key(library)).content, capsys)
    assert [record["kind"] for record in found.records] == ["answer", "decision"]
    assert not found.of_answer()
    return found


# ------------------------------------------------------------------------------ the signature and the files


def changed_signature(exported: Exported, **changes: str) -> None:
    path = exports.signature_path(exported.path)
    path.write_text(json.dumps({**json.loads(path.read_bytes()), **changes}), encoding="utf-8")


def test_a_signature_under_other_bytes_is_caught(library: Library, exported: Exported) -> None:
    other = json.loads(signature_file(b"other bytes", library_key(library)))
    changed_signature(exported, signature=other["signature"])
    result = exported.verify(*exported.whole())
    assert result.status == 1
    assert [line for line in result.of("FAIL") if "signature: made by" in line] == result.of("FAIL")


def test_a_stranger_cannot_sign_in_the_librarys_name(exported: Exported) -> None:
    """A stranger signs for real and writes the library's fingerprint over the own key."""
    signed = json.loads(signature_file(exported.pack.content, SigningKey.generate()))
    changed_signature(exported, signature=signed["signature"], public_key=signed["public_key"])
    for crypto in (True, False):
        result = exported.verify(*exported.whole(), crypto=crypto)
        assert result.status == 1
        assert any("fingerprint belongs" in line for line in result.of("FAIL"))


def add_file(files: dict[str, bytes]) -> None:
    files["added.txt"] = b"read me"


def drop_file(files: dict[str, bytes]) -> None:
    del files["readme.txt"]


def change_file(files: dict[str, bytes]) -> None:
    files["readme.txt"] = files["readme.txt"][:-1] + b"!"


@pytest.mark.parametrize("change", [add_file, drop_file, change_file])
def test_a_manifest_that_was_left_alone_does_not_fit(
    library: Library,
    exported: Exported,
    pack: Pack,
    tmp_path: Path,
    change: Callable[[dict[str, bytes]], None],
) -> None:
    change(pack.files)
    path = tmp_path / "forged.zip"
    path.write_bytes(zipped(pack.files))
    path.with_name("forged.zip.sig").write_bytes(signature_file(path.read_bytes(), library_key(library)))
    result = exported.verify(*exported.whole(), pack=path)
    assert result.status == 1
    assert "manifest does not fit" in result.of("FAIL")[0]


def test_a_page_swapped_with_its_manifest_fails_without_a_signature(exported: Exported, pack: Pack) -> None:
    page = pack.files["index.html"].replace("130 €".encode(), "150 €".encode())
    pack.files["index.html"] = page
    pack.manifest["files"]["index.html"] = {"size": len(page), "sha256": hashlib.sha256(page).hexdigest()}
    exported.path.write_bytes(zipped({**pack.files, "manifest.json": json.dumps(pack.manifest).encode()}))
    exports.signature_path(exported.path).unlink()
    result = exported.verify()
    assert result.status == 1
    assert "no signature file" in result.of("FAIL")[0]
    assert "index.html differs" in pack.failures(VERIFY.check_index, pack.files, pack.answer)


@pytest.mark.parametrize("text", ['{"a": 1, "a": 2}', '{"a": NaN}', '{"a": Infinity}'])
def test_json_that_readers_understand_differently_is_refused(pack: Pack, text: str) -> None:
    assert "cannot be understood" in pack.failures(VERIFY.load, {"x.json": text.encode()}, "x.json")


def test_a_name_that_python_cuts_off_is_refused(pack: Pack) -> None:
    content = zipped(pack.files).replace(b"readme.txt", b"readme\0txt")
    assert "no pack has" in pack.failures(VERIFY.open_zip, content)


# --------------------------------------------------------------------------------------------------- the log


def test_a_record_that_follows_another_is_caught(decided: Pack) -> None:
    decided.records[1]["previous"] = "ab" * 32
    decided.records[1]["hash"] = VERIFY.link_hash(decided.records[1])
    assert "does not follow" in decided.failures(VERIFY.check_links, decided.records)


def test_the_first_record_follows_nothing(decided: Pack) -> None:
    decided.records[0] |= {"seq": 1, "previous": "ab" * 32}
    assert "record 1 does not follow" in decided.failures(VERIFY.check_links, decided.records[:1])
    decided.records[0]["previous"] = VERIFY.GENESIS
    assert not decided.failures(VERIFY.check_links, decided.records[:1])


def test_each_records_signature_is_checked(library: Library, decided: Pack) -> None:
    public = library_key(library).public
    assert not decided.failures(VERIFY.check_record_signatures, decided.records, public)
    decided.records[1]["signature"] = "00" * 64
    said = decided.failures(VERIFY.check_record_signatures, decided.records, public)
    assert f"signature of record {decided.records[1]['seq']} is wrong" in said


def test_a_record_signed_anew_by_somebody_else_does_not_fit_the_next(library: Library, decided: Pack) -> None:
    """The signature is sound by its own key: the next record names the one that stood there."""
    first, other = decided.records[0], SigningKey.generate()
    message = b"touchstone audit record\0" + first["hash"].encode()
    first |= {"key": other.public.hex(), "signature": other.sign(message).hex()}
    said = decided.failures(VERIFY.check_record_signatures, decided.records, library_key(library).public)
    assert f"signature of record {first['seq']} is wrong" in said


@pytest.mark.parametrize("where", ["committed", "held"])
def test_both_digests_of_a_text_are_checked(pack: Pack, where: str) -> None:
    (record,) = pack.records
    if where == "committed":
        record["open"]["texts"]["prompt"] = "ab" * 32
    else:
        next(text for text in record["texts"] if text["role"] == "prompt")["digest"] = "ab" * 32
    assert "“prompt” was changed" in pack.of_answer()


def test_two_records_of_one_answer_are_refused(pack: Pack) -> None:
    pack.records *= 2
    assert "no record of this answer" in pack.of_answer()


# ------------------------------------------------------------------------------------------------ the answer


def test_a_claim_that_stands_elsewhere_is_caught(pack: Pack) -> None:
    check = pack.answer["check"]
    check["claims"][0]["text"] = "Hotels are paid up to 150 €."
    pack.edit("content", "answer.json", check=check)
    assert "claim 1 does not stand" in pack.of_answer()


@pytest.mark.parametrize(("name", "value"), [("risk", 0.01), ("level", "low"), ("coverage", 0.5)])
def test_figures_that_the_record_does_not_have_are_caught(pack: Pack, name: str, value: object) -> None:
    check = pack.answer["check"]
    assert check[name] != value
    pack.edit("content", "answer.json", check={**check, name: value})
    assert "record's figures" in pack.of_answer()


def test_a_verdict_that_the_record_does_not_have_is_caught(pack: Pack) -> None:
    check = pack.answer["check"]
    check["claims"][0]["verdict"] = "conflicting"
    pack.edit("content", "answer.json", check=check)
    assert "record's figures" in pack.of_answer()


def test_another_prompt_is_caught_in_the_log_and_in_the_pack(pack: Pack) -> None:
    pack.commit("prompt", "another prompt")
    assert "prompt has the hash" in pack.of_answer()
    pack.files["prompt.txt"] = b"another prompt"
    assert "prompt has the hash" in pack.of_answer()


def test_other_settings_than_the_recorded_are_caught(pack: Pack) -> None:
    assert b'"seed": 0' in pack.files["settings.json"]
    pack.files["settings.json"] = pack.files["settings.json"].replace(b'"seed": 0', b'"seed": 1')
    assert "settings.json" in pack.of_answer()


def test_a_held_answer_without_its_decision_is_caught(decided: Pack) -> None:
    del decided.files["decision.json"], decided.records[1]
    assert "none was needed" in decided.of_answer()


@pytest.mark.parametrize("name", ["content", "answer"])
def test_a_decision_on_something_else_is_caught(decided: Pack, name: str) -> None:
    decided.edit("decision", "decision.json", **{name: "ab" * 32})
    assert "taken on this answer" in decided.of_answer()


def test_a_decision_that_the_log_does_not_have_is_caught(decided: Pack) -> None:
    content = json.loads(decided.files["decision.json"])
    decided.files["decision.json"] = VERIFY.canonical({**content, "reason": "read twice"}).encode()
    assert "decision shown is the last one" in decided.of_answer()


def test_a_decision_changed_in_the_log_too_has_no_signature(decided: Pack) -> None:
    decided.edit("decision", "decision.json", reason="read twice")
    assert "signature of Ann Lee is wrong" in decided.of_answer()
    assert "named with --reviewer" in decided.of_answer(reviewer="ab" * 32)


def test_a_quote_must_stand_where_it_says(pack: Pack) -> None:
    documents = json.loads(pack.files["documents.json"])
    answer = pack.answer
    assert not pack.failures(VERIFY.check_quotes, pack.files, documents, answer)
    quote = answer["check"]["claims"][0]["evidence"][0]
    quote["start"], quote["end"] = quote["start"] + 1, quote["end"] + 1
    assert "does not stand" in pack.failures(VERIFY.check_quotes, pack.files, documents, answer)
    quote |= {"start": 3, "end": 3, "text": ""}
    assert "does not stand" in pack.failures(VERIFY.check_quotes, pack.files, documents, answer)


def test_a_cited_document_that_is_not_listed_is_told(pack: Pack) -> None:
    said = pack.failures(VERIFY.check_quotes, pack.files, {"documents": []}, pack.answer)
    assert "documents.json lists" in said


# ---------------------------------------------------------------------------------------------- the page


def page_failures(pack: Pack, old: str, new: str) -> str:
    page = pack.files["index.html"].decode()
    assert old in page
    files = {**pack.files, "index.html": page.replace(old, new, 1).encode()}
    return pack.failures(VERIFY.check_index, files, pack.answer)


def test_the_page_is_compared_with_answer_claims_and_quotes(pack: Pack) -> None:
    assert not page_failures(pack, "Hotels", "Hotels")
    assert "the answer" in page_failures(pack, "差旅住宿", "差旅")  # stands in no claim
    assert "claims or quotes" in page_failures(pack, 'data-of="quote-1-1"', 'data-of="quote-1-2"')


@pytest.mark.parametrize(
    "added",
    [
        "<script>x()</script>",
        "<SCRIPT>x()</SCRIPT>",
        '<p onclick="x()">more</p>',
        '<p style="display: none">more</p>',
        '<img src="x.png">',
        '<a href="javascript:x()">more</a>',
        "<svg></svg>",
        '<meta http-equiv="refresh" content="0; url=x">',
        "<style>p { background: url(x) }</style>",
        "<style>@import 'x';</style>",
        "<!--><script>x()</script>-->",  # a comment to some readers, a script to others
        "<p class='a'>more</p>",
        '<p\nclass="a">more</p>',
        "1 < 2",
    ],
)
def test_a_page_that_could_run_or_load_anything_fails(pack: Pack, added: str) -> None:
    assert "run or load" in page_failures(pack, "</body>", f"{added}</body>")


# --------------------------------------------------------------------------------------- files from outside


def test_links_in_the_folder_of_documents_are_no_way_out(exported: Exported, tmp_path: Path) -> None:
    """A link to the file itself is that file; one to a folder is not followed, one to nothing is no file."""
    file = exported.documents / "travel-policy.md"
    file.rename(tmp_path / "moved.md")
    (exported.documents / "loop").symlink_to(exported.documents)
    file.symlink_to(tmp_path / "nothing")
    result = exported.verify(*exported.whole())
    assert result.status == 0
    assert any("no file with its hash" in line for line in result.of("NOT CHECKED"))
    file.unlink()
    file.symlink_to(tmp_path / "moved.md")
    assert any(
        "recorded hash" in line and "travel-policy" in line
        for line in exported.verify(*exported.whole()).of("PASS")
    )


def test_a_model_file_that_is_not_there_fails_and_says_so(exported: Exported) -> None:
    exported.model.unlink()
    result = exported.verify(*exported.whole())
    assert result.status == 1
    assert result.of("FAIL") == ["FAIL         the model file cannot be read"]
