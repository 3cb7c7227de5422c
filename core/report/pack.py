"""The evidence pack of one answer: one zip that a third party can check again without Touchstone.

The zip is stored, not compressed, sorted by name and of one fixed time: the same contents give the same
bytes on any machine, and the stand-alone verifier (``resources/report/verify.py``) can rebuild it to see that
no byte was added. The signature lies in a file beside it, made by the library's key over all of its bytes.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from core import __version__
from core.errors import LibraryError
from core.report.answer import answer_page
from core.settings import RESOURCES
from core.signing import SigningKey
from core.store import answers, audit_log, documents, pages
from core.store.audit_log import StoredRecord, StoredText
from core.store.content import canonical
from core.store.database import Library
from core.types import Answer, AnswerId, Evidence, Language, Page

FORMAT = 1
VERIFIER = RESOURCES / "report" / "verify.py"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first time that a zip can hold
_MOST_LINKS = 2000  # records of others between the first of this answer and the head
_SIGNATURE_FORMAT = "touchstone-signature-1"


@dataclass(frozen=True, slots=True)
class Pack:
    """A finished pack: the bytes of the zip, those of the signature file, and the key's fingerprint."""

    content: bytes
    signature: bytes
    fingerprint: str


def build_pack(
    library: Library, answer_id: AnswerId, language: Language, key: SigningKey, *, producer: str = ""
) -> Pack:
    """The pack of an answer. Whether it may leave the tool is the caller's to ask.

    Raises LibraryError when the answer is unknown, erased or damaged.
    """
    with library.reading():
        answer = answers.load_answer(library, answer_id)
        files = _files(library, answer, language, key, producer)
    files["manifest.json"] = _json(_manifest(answer, files, key))
    content = zipped(files)
    return Pack(content, signature_file(content, key), key.fingerprint)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The one zip that holds these files."""
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, files[name])
    return whole.getvalue()


def signature_file(content: bytes, key: SigningKey) -> bytes:
    """The detached signature: Ed25519 over the bytes themselves, so that other tools can check it too."""
    named = {
        "format": _SIGNATURE_FORMAT,
        "algorithm": "Ed25519",
        "sha256": hashlib.sha256(content).hexdigest(),
        "fingerprint": key.fingerprint,
        "public_key": key.public.hex(),
        "signature": key.sign(content).hex(),
    }
    return _json(named)


def _files(
    library: Library, answer: Answer, language: Language, key: SigningKey, producer: str
) -> dict[str, bytes]:
    records = tuple(_segment(library, answer.id))
    head = records[-1].hash
    cited, texts = _cited(library, answer)
    files = {
        "answer.json": _text_of(library, answer.id, "content"),
        "documents.json": _json({"documents": cited}),
        "chain.jsonl": b"".join(_line(library, record, answer.id) for record in records),
        "index.html": _index(answer, language, head, key.fingerprint, producer),
        "readme.txt": (RESOURCES / "report" / "readme.txt").read_bytes(),
        "verify.py": VERIFIER.read_bytes(),
        "settings.json": _json(_context(records, answer.id)),
        **texts,
    }
    if "prompt_sha256" in answer.generation:
        files["prompt.txt"] = _text_of(library, answer.id, "prompt")
    if answer.decided_by is not None:
        files["decision.json"] = _text_of(library, answer.id, "decision")
    return files


def _index(answer: Answer, language: Language, head: str, key: str, producer: str) -> bytes:
    return answer_page(answer, language, head=head, key=key, producer=producer).encode("utf-8")


def _manifest(answer: Answer, files: Mapping[str, bytes], key: SigningKey) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "touchstone": __version__,
        "answer_id": answer.id,
        "model": answer.model.record() if answer.model else None,
        "key": key.fingerprint,
        "files": {
            name: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in files.items()
        },
    }


def _text_of(library: Library, answer_id: AnswerId, role: str) -> bytes:
    text = audit_log.text_of(library, answer_id, role)
    if text is None:
        raise LibraryError("answer_damaged")
    return text.encode("utf-8")


def _segment(library: Library, answer_id: AnswerId) -> Iterable[StoredRecord]:
    """The log from the answer's first record to its head; where that is long, only the answer's records
    and the newest: the verifier then says what it could not follow.
    """
    own = tuple(audit_log.records(library, answer_id))
    last = audit_log.last_record(library)
    assert last is not None
    if last.seq - own[0].seq - len(own) > _MOST_LINKS:
        return (*own, last) if own[-1] != last else own
    return (record for record in audit_log.records(library) if record.seq >= own[0].seq)


def _line(library: Library, record: StoredRecord, answer_id: AnswerId) -> bytes:
    """One record; texts only with those of this answer, the others are links and say nothing in words."""
    own = audit_log.texts(library, record.seq) if record.answer_id == answer_id else ()
    link = {
        "seq": record.seq,
        "at": record.at,
        "kind": record.kind,
        "answer_id": record.answer_id,
        "body": record.body,
        "previous": record.previous,
        "hash": record.hash,
        "signature": record.signature.hex() if record.signature else None,
        "key": record.key.hex() if record.key else None,
        "texts": [_salted(text) for text in own],
    }
    return canonical(link).encode("utf-8") + b"\n"


def _salted(text: StoredText) -> dict[str, str | None]:
    return {"role": text.role, "salt": text.salt.hex(), "digest": text.digest, "text": text.text}


def _context(records: Iterable[StoredRecord], answer_id: AnswerId) -> dict[str, Any]:
    """Settings, policy and versions of the run, as the answer's record holds them; for people to read."""
    for record in records:
        if record.answer_id == answer_id and record.kind == "answer":
            body = json.loads(record.body)
            return {"context": body.get("context", {}), "generation": body.get("generation", {})}
    raise LibraryError("answer_damaged")


def _cited(library: Library, answer: Answer) -> tuple[list[dict[str, Any]], dict[str, bytes]]:
    """The documents that the answer's evidence stands in, and the text of the pages that it cites."""
    cited: dict[str, dict[str, Any]] = {}
    texts: dict[str, bytes] = {}
    for evidence in (item for claim in answer.check.claims for item in claim.evidence):
        if evidence.place is None:
            continue
        sha256 = evidence.place.document_sha256
        document = cited.setdefault(sha256, _document(library, sha256, evidence.place.document))
        page = _page(library, evidence)
        if page is None:
            continue
        content = page.text.encode("utf-8")
        place = {"number": page.number, "section": page.section, "sheet": page.sheet}
        if not any(
            texts[known["file"]] == content and place.items() <= known.items() for known in document["pages"]
        ):
            name = f"pages/{sha256[:16]}-{len(document['pages']) + 1}.txt"
            texts[name] = content
            document["pages"].append({"file": name, **place})
    return [cited[sha256] for sha256 in sorted(cited)], texts


def _document(library: Library, sha256: str, path: str) -> dict[str, Any]:
    """What is known of a file: its name without the folders, which are nobody else's business."""
    known = next(iter(documents.with_hash(library, sha256)), None)
    return {
        "path": path.replace("\\", "/").rsplit("/", 1)[-1],
        "sha256": sha256,
        "size": known.size if known else None,
        "format": known.format if known else None,
        "added_at": known.added_at if known else None,
        "pages": [],
    }


def _page(library: Library, evidence: Evidence) -> Page | None:
    """The page as it was checked; None where it was forgotten since: the verifier then says so."""
    assert evidence.place is not None
    try:
        return pages.find_page(library, evidence.place, start=evidence.start, text=evidence.text)
    except LibraryError:
        return None


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode("utf-8")
