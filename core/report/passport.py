"""A model's passport in words: rows of facts, and findings by how certain they are; also as a page of HTML.

The texts that come from the file are untrusted: they are cut and made printable when they are read, and
escaped here where they become HTML.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.errors import ModelError
from core.llm import catalog
from core.llm.passport import Certainty, Declared, Facts, Finding, Passport, kept
from core.report.answer import Rows, environment
from core.types import Answer, Language, Param
from core.words import say


@dataclass(frozen=True, slots=True)
class Line:
    """A finding in words; ``notable`` marks what should be asked about."""

    text: str
    notable: bool


@dataclass(frozen=True, slots=True)
class Words:
    """A passport in one language: titles with rows of label and value, titles with findings."""

    title: str
    limits: str
    tables: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    findings: tuple[tuple[str, tuple[Line, ...]], ...]


def passport_words(passport: Passport, language: Language) -> Words:
    """The passport in words."""

    def section(code: str) -> str:
        return say(f"passport.{code}", language)

    return Words(
        title=section("title"),
        limits=section("limits"),
        tables=(
            (section("declares"), declared_rows(passport.facts.declared, language)),
            (section("consists"), _rows(_counted(passport.facts, language), language)),
        ),
        findings=finding_lines(passport.findings, language),
    )


def declared_rows(declared: Declared, language: Language) -> tuple[tuple[str, str], ...]:
    """What a file says about itself, as rows of label and value."""
    return _rows(_declared(declared), language)


def finding_lines(
    findings: Sequence[Finding], language: Language
) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """Findings in words under the title of how certain they are; no title stands without a finding."""
    sorted_out = []
    for certainty in Certainty:
        found = [finding for finding in findings if finding.certainty is certainty]
        lines = (Line(say(f"passport.finding.{f.code}", language, f.params), f.notable) for f in found)
        sorted_out.append((say(f"passport.{certainty.value}", language), tuple(lines)))
    return tuple((title, lines) for title, lines in sorted_out if lines)


def brief_rows(
    name: str, sha256: str, declared: Declared, findings: Sequence[Finding], language: Language
) -> tuple[tuple[str, str], ...]:
    """What other reports say of a model: hash, declared, certain, resemblance, cannot be told; a title and
    its lines each. A finding that should be asked about is marked.
    """
    said = (
        say("report.said", language, {"name": n, "value": v}) for n, v in declared_rows(declared, language)
    )
    rows = [
        (
            say("passport.brief", language),
            say("passport.brief_file", language, {"name": name, "sha256": sha256}),
        ),
        (say("passport.declares", language), "\n".join(said)),
    ]
    ask = say("passport.ask", language)
    for title, lines in finding_lines(findings, language):
        marked = (f"{line.text} {ask}" if line.notable else line.text for line in lines)
        rows.append((title, "\n".join(marked)))
    return tuple(rows)


def answer_rows(answer: Answer, language: Language) -> Rows:
    """``brief_rows`` of the model that wrote an answer, or why nothing can be said; nothing for a text that
    no model of ours wrote. Reads the whole file the first time that it is asked about.
    """
    if answer.model is None:
        return ()
    if answer.model.server is not None:
        return _without("passport_server", language)
    try:
        model = catalog.find(answer.model.sha256)
        found = kept.brief(model.path)
    except ModelError as error:
        gone = error.code in ("model_unknown", "model_missing")
        return _without("passport_gone" if gone else "passport_failed", language, {"detail": error.code})
    if found.sha256 != answer.model.sha256:
        return _without("passport_other", language)
    return brief_rows(answer.model.name, found.sha256, found.declared, found.findings, language)


def _without(reason: str, language: Language, params: Mapping[str, Param] | None = None) -> Rows:
    return ((say("passport.brief", language), say(f"reason.{reason}", language, params)),)


def passport_page(passport: Passport, language: Language) -> str:
    """The passport as a page of HTML that stands alone; it loads nothing and runs nothing."""
    return (
        environment()
        .get_template("passport.html")
        .render(
            words=passport_words(passport, language),
            ask=say("passport.notable", language),
            language=language.value,
            file=passport.facts.file,
        )
    )


def _rows(rows: list[tuple[str, str]], language: Language) -> tuple[tuple[str, str], ...]:
    nothing = say("passport.nothing", language)
    return tuple((say(f"passport.row.{code}", language), value or nothing) for code, value in rows)


def _declared(declared: Declared) -> list[tuple[str, str]]:
    return [
        ("name", declared.name),
        ("organization", declared.organization),
        ("license", declared.license),
        ("base", ", ".join(declared.base)),
        ("architecture", declared.architecture),
        ("size_label", declared.size_label),
    ]


def _counted(facts: Facts, language: Language) -> list[tuple[str, str]]:
    def value(code: str, **params: Param) -> str:
        return say(f"passport.value.{code}", language, params)

    shape, tokenizer = facts.shape, facts.tokenizer
    total, active = f"{facts.parameters:,}", f"{facts.active:,}"
    dense = facts.active == facts.parameters
    bytes_all = sum(part.size for part in facts.parts) or 1
    rows = [
        ("file", f"{facts.file} ({facts.size:,} B)"),
        ("sha256", facts.weights.sha256),
        (
            "parameters",
            value("parameters", total=total) if dense else value("active", total=total, active=active),
        ),
        *(
            (
                "quantization",
                value("part", type=p.type, tensors=p.tensors, share=f"{100 * p.size / bytes_all:.1f}"),
            )
            for p in facts.parts
        ),
        ("context", value("context", tokens=facts.context)),
        ("layers", str(shape.blocks)),
        (
            "widths",
            value(
                "widths",
                embedding=shape.embedding,
                inner=shape.feed_forward,
                query=shape.query,
                key=shape.key,
                words=shape.vocabulary,
            ),
        ),
        ("heads", _heads(facts, language)),
        ("rope", ", ".join(f"{name} {_number(number)}" for name, number in facts.rope.items())),
        ("names", facts.names_hash),
        ("template", facts.template_hash or ""),
    ]
    if tokenizer:
        rows += [
            (
                "tokenizer",
                value(
                    "tokenizer",
                    kind=tokenizer.kind,
                    pre=tokenizer.pre or "-",
                    words=tokenizer.words,
                    control=tokenizer.control,
                ),
            ),
            ("vocabulary", tokenizer.vocabulary),
            ("merges", tokenizer.merges or ""),
            ("special", ", ".join(f"{role} {word}" for role, word in tokenizer.special)),
        ]
    return rows


def _heads(facts: Facts, language: Language) -> str:
    heads = facts.stated.get("attention.head_count")
    if heads is None:
        return ""
    keys = facts.stated.get("attention.head_count_kv", heads)
    return say("passport.value.heads", language, {"heads": heads, "key_heads": keys})


def _number(value: Param) -> str:
    return f"{value:,g}" if isinstance(value, float) else str(value)
