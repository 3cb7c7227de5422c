"""One answer as a page of HTML that stands alone: text with marked claims, evidence, figures, who decided.

Everything that comes from documents, models or people is escaped; the page loads nothing and runs nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from core.report.drawing import Drawing
from core.report.label import aigc_json
from core.report.text import visible
from core.settings import RESOURCES
from core.types import Answer, Claim, Language, Place, Verdict
from core.words import say, say_reason

# Signs beside a verdict, so that it survives a print in black and white.
MARKS = {
    Verdict.SUPPORTED: "✓",
    Verdict.CONTRADICTED: "×",
    Verdict.CONFLICTING: "≠",
    Verdict.NOT_FOUND: "?",
    Verdict.COULD_NOT_CHECK: "!",
}


Rows = tuple[tuple[str, str], ...]  # titles and what stands under them


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the answer's text; ``number`` (from 1) and ``claim`` where it is a claim."""

    text: str
    number: int = 0
    claim: Claim | None = None


def answer_page(
    answer: Answer,
    language: Language,
    *,
    head: str,
    key: str = "",
    producer: str = "",
    passport: Rows = (),
) -> str:
    """The page. ``head`` is the audit log's head hash, printed so that it stands outside the library;
    ``key`` the fingerprint of the library's key, where the page goes into a pack; ``producer`` who answers
    for generated text (the setting ``content_producer``); ``passport`` rows on the model's file, where
    somebody asked for them.

    Whether the answer may leave the tool is the caller's to ask (``core.gate.usable_text``); the page
    says plainly how it was decided.
    """
    return (
        environment()
        .get_template("answer.html")
        .render(
            answer=answer,
            language=language.value,
            stretches=stretches(answer),
            claims=numbered(answer),
            head=head,
            key=key,
            passport=passport,
            aigc=aigc_json(answer, producer),
            marks=MARKS,
            **speech(language),
        )
    )


def environment(folder: Path = RESOURCES / "report") -> Environment:
    """The templates of a folder: everything is escaped, and made visible where it would hide."""
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalized,
    )


def picture(drawing: Drawing) -> Markup:
    """A chart for a template, which must not escape it again: ``Drawing.to_svg`` escapes every label."""
    return Markup(drawing.to_svg())  # noqa: S704 - our own SVG, its labels escaped where they are written


def _finalized(value: object) -> object:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def speech(language: Language) -> dict[str, Callable[..., str]]:
    """What templates say codes, reasons and places with."""
    return {
        "say": lambda code, **params: say(code, language, params),
        "reason": lambda reason: say_reason(reason, language),
        "where": lambda place: place_line(place, language),
    }


def numbered(answer: Answer) -> tuple[Claim, ...]:
    """The claims that reports number from 1: all but greetings, refusals and the like."""
    return tuple(claim for claim in answer.check.claims if claim.verdict is not Verdict.NO_CLAIM)


def stretches(answer: Answer) -> tuple[Stretch, ...]:
    """The answer's text cut at the borders of its claims, in order, nothing lost."""
    pieces: list[Stretch] = []
    position = 0
    for number, claim in enumerate(numbered(answer), 1):
        if claim.start < position:
            continue
        if claim.start > position:
            pieces.append(Stretch(answer.text[position : claim.start]))
        pieces.append(Stretch(answer.text[claim.start : claim.end], number, claim))
        position = claim.end
    pieces.append(Stretch(answer.text[position:]))
    return tuple(piece for piece in pieces if piece.text)


def place_line(place: Place, language: Language) -> str:
    """Where evidence stands, in one line: file, page, sheet and cells, section."""
    parts = [place.document.replace("\\", "/").rsplit("/", 1)[-1]]
    parts += [say("report.page", language, {"page": place.page})] if place.page is not None else []
    parts += [part for part in (place.sheet, place.cells, place.section) if part]
    return " · ".join(parts)
