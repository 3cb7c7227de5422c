"""An answer on a terminal: its text, each claim with its verdict and evidence, the level and the gate."""

from __future__ import annotations

import unicodedata

import click

from core.gate import may_show, usable_text
from core.report.answer import place_line
from core.types import Answer, Claim, Evidence, Language, Level, Param, Place, Verdict
from core.words import say, say_reason

_MARKS = {
    Verdict.SUPPORTED: ("✓", "green"),
    Verdict.CONTRADICTED: ("✗", "red"),
    Verdict.CONFLICTING: ("≠", "red"),
    Verdict.NOT_FOUND: ("?", "yellow"),
    Verdict.COULD_NOT_CHECK: ("!", "yellow"),
    Verdict.NO_CLAIM: ("·", None),
}
_LEVEL_COLOURS = {Level.LOW: "green", Level.MEDIUM: "yellow", Level.HIGH: "red"}
_QUOTE = 240  # characters of a quote that are shown


def show_answer(answer: Answer, language: Language, *, show_held: bool = True) -> None:
    """Print a checked answer for people; of one that may not be shown, only that it waits."""
    if not may_show(answer, show_held=show_held):
        click.echo(say(f"decision.{answer.decision.value}", language))
        click.echo(answer.id)
        return
    click.echo(plain(answer.text).strip())
    click.echo()
    for claim in answer.check.claims:
        _show_claim(claim, language)
    _show_verdict(answer, language)


def show_for_review(answer: Answer, language: Language, *, hidden: bool) -> None:
    """Print an answer for whoever decides about it: claims numbered, ``hidden`` without its level."""
    if answer.question:
        click.secho(plain(answer.question), bold=True)
    click.echo(plain(answer.text).strip())
    click.echo()
    for number, claim in enumerate(answer.check.claims, start=1):
        click.echo(f"[{number}]", nl=False)
        _show_claim(claim, language)
    if not hidden:
        _show_verdict(answer, language)


def show_page(place: Place, text: str, language: Language) -> None:
    """Print the text of a page that evidence stands on."""
    click.secho(f"\n── {plain(place_line(place, language))}", bold=True)
    click.echo(plain(text))


def _show_claim(claim: Claim, language: Language) -> None:
    sign, colour = _MARKS[claim.verdict]
    verdict = say(f"verdict.{claim.verdict.value}", language)
    risk = "" if claim.verdict is Verdict.NO_CLAIM else f"  {claim.risk:.0%}"
    click.secho(f"  {sign} {verdict}{risk}", fg=colour, nl=False)
    click.echo(f"  {plain(claim.text).strip()}")
    for reason in claim.reasons:
        click.echo(f"      – {plain(say_reason(reason, language))}")
    for item in claim.evidence[:2]:
        _show_evidence(item, language)


def _show_evidence(item: Evidence, language: Language) -> None:
    relation = say(f"relation.{item.relation.value}", language)
    where = plain(place_line(item.place, language)) if item.place else ""
    quote = " ".join(plain(item.text).split())
    quote = quote if len(quote) <= _QUOTE else quote[:_QUOTE] + "…"
    click.echo(f"      {relation}: {where}\n        “{quote}”")


def _show_verdict(answer: Answer, language: Language) -> None:
    check = answer.check
    level = say(f"level.{check.level.value}", language)
    params: dict[str, Param] = {
        "level": level,
        "risk": f"{check.risk:.0%}",
        "checked": _checked(answer),
        "claims": _claims(answer),
    }
    click.secho(say("cli.verdict", language, params), fg=_LEVEL_COLOURS[check.level], bold=True)
    for reason in check.reasons:
        click.echo(f"  – {plain(say_reason(reason, language))}")
    click.echo(say(f"decision.{answer.decision.value}", language))


def _claims(answer: Answer) -> int:
    return sum(claim.verdict is not Verdict.NO_CLAIM for claim in answer.check.claims)


def _checked(answer: Answer) -> int:
    unchecked = (Verdict.NO_CLAIM, Verdict.COULD_NOT_CHECK)
    return sum(claim.verdict not in unchecked for claim in answer.check.claims)


def plain(text: str) -> str:
    """Text from a document or a model without what could drive a terminal: control and format characters."""
    return "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cf"))


def held(answer: Answer) -> bool:
    """Whether the answer may not be used as it stands."""
    return usable_text(answer) is None
