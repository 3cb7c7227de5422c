"""What leaves the tool as files: packs, reports, the verifier. Each export of an answer is recorded."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import date
from enum import StrEnum
from pathlib import Path

from core import audit, gate
from core.audit import RecordKind
from core.calibrate.intervals import Rate
from core.errors import DecisionError
from core.report.answer import Rows, answer_page
from core.report.pack import VERIFIER, Pack, build_pack
from core.report.period import collect
from core.report.period_pages import Section, period_page, period_report
from core.review import Figures, figures
from core.store import answers
from core.store.database import Library
from core.store.files import written_whole
from core.store.keys import library_key
from core.types import Answer, AnswerId, Decision, Language, Param
from core.words import say


class ReportFormat(StrEnum):
    """What a report is written as."""

    HTML = "html"
    PDF = "pdf"

    @classmethod
    def of(cls, path: Path) -> ReportFormat:
        """The format that a file's name asks for: PDF for ``….pdf``, else HTML."""
        return cls.PDF if path.suffix.lower() == ".pdf" else cls.HTML


def export_report(
    library: Library,
    answer_id: str,
    path: Path,
    language: Language,
    kind: ReportFormat | None = None,
    *,
    producer: str = "",
    passport: Rows = (),
) -> None:
    """Write an answer that may be used as a page of HTML or a PDF; None takes the format from the name.

    ``producer`` is the setting ``content_producer``, ``passport`` what the model's file is made of. Raises as
    ``export_pack`` does.
    """
    answer = _usable(library, answer_id)
    kind = kind or ReportFormat.of(path)
    content = report_bytes(
        answer, language, kind, head=audit.head(library), producer=producer, passport=passport
    )
    _hand_out(library, answer.id, kind.value, {path: content})


def report_bytes(
    answer: Answer,
    language: Language,
    kind: ReportFormat,
    *,
    head: str,
    producer: str = "",
    passport: Rows = (),
) -> bytes:
    """The report itself, for previews. Whether the answer may be shown is the caller's to ask."""
    if kind is ReportFormat.HTML:
        return answer_page(answer, language, head=head, producer=producer, passport=passport).encode("utf-8")
    from core.report.answer_pdf import answer_pdf  # noqa: PLC0415 - reportlab takes a moment to import

    return answer_pdf(answer, language, head=head, producer=producer, passport=passport)


def export_period(
    library: Library,
    first: date,
    last: date,
    path: Path,
    language: Language,
    kind: ReportFormat | None = None,
) -> None:
    """Write the report on the days from ``first`` to ``last`` (in UTC, both included).

    It holds the questions that documents could not answer, no answers. Raises LibraryError.
    """
    kind = kind or ReportFormat.of(path)
    report = period_report(
        collect(library, first, last),
        language,
        head=audit.head(library),
        made_at=audit.now(),
        found=_found(figures(library, first, last), language),
    )
    if kind is ReportFormat.HTML:
        content = period_page(report, language).encode("utf-8")
    else:
        from core.report.period_pdf import period_pdf  # noqa: PLC0415 - reportlab takes a moment to import

        content = period_pdf(report, language)
    _hand_out(library, "", f"period-{kind.value}", {path: content})


def _found(found: Figures, language: Language) -> Section:
    """How often review found a bad answer among the passed ones, and a good one among the held."""
    rates = {"period_missed": found.missed, "period_false_alarms": found.false_alarms}
    rows = tuple((say(f"report.{code}", language), _share(rate, language)) for code, rate in rates.items())
    return Section(say("report.period_found", language), rows, note=say("report.period_found_note", language))


def _share(rate: Rate, language: Language) -> str:
    if not rate.count:
        return say("report.period_unseen", language)
    shares = {"share": rate.share, "low": rate.low, "high": rate.high}
    told: dict[str, Param] = {name: f"{value:.1%}" for name, value in shares.items()}
    return say("report.period_share", language, {**told, "hits": rate.hits, "count": rate.count})


def export_pack(
    library: Library, answer_id: str, path: Path, language: Language, *, producer: str = ""
) -> Pack:
    """Write the evidence pack of an answer that may be used, and its signature beside it (``….sig``).

    Raises DecisionError while the gate is closed for the answer, LibraryError when it is unknown or erased
    or a file cannot be written (then neither is), IdentityError when the library's key cannot be had.
    """
    answer = _usable(library, answer_id)
    pack = build_pack(library, answer.id, language, library_key(library), producer=producer)
    files = {path: pack.content, signature_path(path): pack.signature}
    _hand_out(library, answer.id, "pack", files)
    return pack


def signature_path(pack: Path) -> Path:
    """Where the signature of a pack lies."""
    return pack.with_name(f"{pack.name}.sig")


def write_verifier(path: Path) -> None:
    """Write the stand-alone verifier, for whoever receives packs. Raises LibraryError."""
    _write({path: VERIFIER.read_bytes()})


def _usable(library: Library, answer_id: str) -> Answer:
    answer = answers.load_answer(library, answer_id)
    if gate.usable_text(answer) is None:
        raise _refusal(answer)
    return answer


def _refusal(answer: Answer) -> DecisionError:
    """Why an answer may not leave, so that people know what would help."""
    if answer.decision is Decision.REJECTED:
        return DecisionError("export_rejected")
    if gate.needs_signature(answer):
        return DecisionError("export_unsigned")
    return DecisionError("export_held")


def _hand_out(library: Library, answer_id: AnswerId | str, kind: str, files: Mapping[Path, bytes]) -> None:
    """Record what goes out and write it: both or neither."""
    content = next(iter(files.values()))
    body = {"format": kind, "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    with library.writing():
        audit.record_event(library, RecordKind.EXPORT, body, {"file": next(iter(files)).name}, answer_id)
        _write(files)


def _write(files: Mapping[Path, bytes]) -> None:
    """Write all files before the first of them is moved to its place."""
    with ExitStack() as stack:
        for path, content in files.items():
            stack.enter_context(written_whole(path)).write_bytes(content)
