"""The owner's page in words and charts, as HTML that stands alone and as a page of A4."""

from __future__ import annotations

from dataclasses import dataclass

from core.pilot.cost import electricity, per_accepted
from core.pilot.owner_types import Advice, OwnerPage, PerQuestion, Source, money
from core.report.answer import environment, picture
from core.report.charts import Axis, Curve, Stack, Tone, line, number_words, stacked_bars
from core.report.drawing import Drawing, beside
from core.report.lines import Breaker, Span
from core.report.typeset import GREY, Pages
from core.types import Language, Param
from core.words import say

_SHEET = 700.0  # points: more than what a page with charts leaves
_WIDTH = 400.0  # of one chart in pixels; two stand side by side
_SIGNS = {Advice.GO: "✓", Advice.NOT_YET: "…", Advice.NO: "×"}


@dataclass(frozen=True, slots=True)
class OwnerWords:
    """The page in one language: the advice with its sign, reasons with theirs, rows, all charts as one; the
    model's ``passport`` on a sheet behind it.
    """

    title: str
    subtitle: str
    sign: str
    advice: str
    why: str
    reasons: tuple[tuple[str, str], ...]
    numbers: str
    rows: tuple[tuple[str, str], ...]
    charts: Drawing
    footer: str
    passport: tuple[tuple[str, str], ...] = ()


def owner_words(page: OwnerPage, language: Language) -> OwnerWords:
    """The page in words."""
    say_ = _Speaker(language)
    params: dict[str, Param] = {
        "model": page.model,
        "set": page.set_name,
        "questions": page.questions,
        "date": page.created_at[:10],
    }
    return OwnerWords(
        title=say_("title"),
        subtitle=say_("subtitle", **params),
        sign=_SIGNS[page.advice],
        advice=say_(page.advice.value),
        why=say_("why"),
        reasons=tuple((_SIGNS[w.advice], say_(f"reason.{w.code}", **w.params)) for w in page.reasons),
        numbers=say_("numbers"),
        rows=_rows(page, say_),
        charts=beside([_judged(page, say_), _costs(page, say_), _volume(page, say_), _time(page, say_)]),
        footer=say_("footer"),
    )


def owner_html(words: OwnerWords, language: Language) -> str:
    """The page of HTML; it loads nothing and runs nothing."""
    template = environment().get_template("owner.html")
    return template.render(words=words, language=language.value, charts=picture(words.charts))


def owner_pdf(words: OwnerWords, language: Language) -> bytes:
    """The page as PDF."""
    from core.report.pdf import Metadata, font_widths, write_pdf  # noqa: PLC0415 - reportlab takes a moment

    pages = Pages(Breaker(font_widths()), words.title)
    pages.paragraph([Span(words.title, 15, bold=True)], gap=1)
    pages.paragraph([Span(words.subtitle, 8, GREY)], gap=5)
    pages.paragraph([Span(f"{words.sign} {words.advice}", 14, bold=True)], gap=3)
    for sign, reason in words.reasons:
        pages.paragraph([Span(f"{sign}  {reason}", 9)], indent=8, gap=1.5)
    pages.rule(8)
    pages.table(words.rows, first=230.0, size=8.5)
    pages.rule(8)
    pages.drawing(words.charts, gap=4)
    if words.passport:
        pages.keep_together(_SHEET)
        pages.table(words.passport, first=150.0, size=8.5)

    def footer(number: int, count: int) -> str:
        return words.footer if count == 1 else f"{words.footer} ({number}/{count})"

    return write_pdf(pages.finished(footer), Metadata(words.title, language.value))


class _Speaker:
    """Says codes of the owner's page in one language."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def __call__(self, code: str, **params: Param) -> str:
        return say(f"owner.{code}", self._language, params)


def _rows(page: OwnerPage, say_: _Speaker) -> tuple[tuple[str, str], ...]:
    settings, took, tool = page.settings, page.spent, page.with_tool
    accepted = page.judged.accepted.value if page.judged.source is not Source.GATE else 0.0
    running = electricity(took.energy.wh, settings) + tool.review
    manual = say_("value.minutes", minutes=f"{settings.manual_minutes:g}")
    wh_accepted = per_accepted(took.energy.wh, accepted)
    rows = [
        ("passed" if page.judged.source is Source.GATE else "accepted", _share(page, say_)),
        ("review_minutes", say_("value.minutes", minutes=f"{page.judged.minutes:.1f}")),
        ("seconds", say_("value.of", all=f"{took.seconds:.1f}", part=f"{took.checking:.1f}")),
        (
            "tokens",
            say_("value.tokens", read=f"{took.prompt_tokens:.0f}", written=f"{took.answer_tokens:.0f}"),
        ),
        ("energy", _energy(page, say_)),
        ("energy_accepted", _or_unknown(say_, wh_accepted and say_("value.wh", wh=f"{wh_accepted:.3g}"))),
        ("cost", money(running, settings)),
        ("cost_accepted", _or_unknown(say_, _money(per_accepted(running, accepted), page))),
        ("saving", money(page.by_hand.total - tool.total, settings)),
        ("fixed", money(page.fixed, settings)),
        ("missed", _missed(page, say_)),
        (
            "missed_cost",
            money(tool.missed, settings) if settings.missed_error_cost else say_("value.not_entered"),
        ),
        ("break_even", _break_even(page, say_)),
    ]
    return tuple((say_(f"row.{code}", manual=manual), value) for code, value in rows)


def _share(page: OwnerPage, say_: _Speaker) -> str:
    accepted, count = page.judged.accepted, page.judged.total
    if count == 0:
        return say_("value.unknown")
    share, low, high = (f"{100 * value:.0f}" for value in (accepted.value, accepted.low, accepted.high))
    return say_("value.share", share=share, low=low, high=high, count=count)


def _energy(page: OwnerPage, say_: _Speaker) -> str:
    took = page.spent
    checking, wh = f"{100 * took.checking_share:.0f}", f"{took.energy.wh:.3g}"
    if took.energy.watts is None:
        return say_("value.measured", wh=wh, checking=checking)
    watts, seconds = f"{took.energy.watts:g}", f"{took.seconds:.1f}"
    return say_("value.estimated", wh=wh, watts=watts, seconds=seconds, checking=checking)


def _money(amount: float | None, page: OwnerPage) -> str | None:
    return None if amount is None else money(amount, page.settings)


def _or_unknown(say_: _Speaker, text: str | float | None) -> str:
    return text if isinstance(text, str) else say_("value.unknown")


def _missed(page: OwnerPage, say_: _Speaker) -> str:
    if page.missed is None:
        return say_("value.unknown")
    value, low, high = (100 * part for part in (page.missed.value, page.missed.low, page.missed.high))
    return f"{value:.1f} ({low:.1f}–{high:.1f})"


def _break_even(page: OwnerPage, say_: _Speaker) -> str:
    if page.break_even is None:
        return say_("value.never")
    return say_("value.per_month", volume=f"{page.break_even:,}")


def _judged(page: OwnerPage, say_: _Speaker) -> Drawing:
    judged = page.judged
    legend = [
        (say_("as_is"), Tone.SUPPORTED),
        (say_("edited"), Tone.CONFLICTING),
        (say_("rejected"), Tone.CONTRADICTED),
        (say_("undecided"), Tone.UNCHECKED),
    ]
    parts = (judged.as_is, judged.edited, judged.rejected, judged.undecided)
    stack = Stack("", tuple(map(float, parts)), f"n = {judged.total}")
    note = say_(judged.source.value)
    return stacked_bars(say_("judged"), legend, [stack], note=note, width=_WIDTH)


def _costs(page: OwnerPage, say_: _Speaker) -> Drawing:
    legend = [
        (say_("work"), Tone.ACCENT),
        (say_("review"), Tone.NOT_FOUND),
        (say_("electricity"), Tone.UNCHECKED),
        (say_("missed"), Tone.CONTRADICTED),
    ]
    stacks = [
        Stack(say_(code), _parts(cost), f"{cost.total:,.2f}")
        for code, cost in (("by_hand", page.by_hand), ("with_tool", page.with_tool))
    ]
    title = say_("cost_title", currency=page.settings.currency)
    return stacked_bars(title, legend, stacks, show=lambda v: f"{v:,.2f}", shares=False, width=_WIDTH)


def _parts(cost: PerQuestion) -> tuple[float, ...]:
    """The parts of a cost that can be seen: what rounds to nothing is left to the table."""
    parts = (cost.work, cost.review, cost.electricity, cost.missed)
    return tuple(part if part >= 0.005 else 0.0 for part in parts)


def _volume(page: OwnerPage, say_: _Speaker) -> Drawing:
    settings = page.settings
    most = float(max(100, 2 * (page.break_even or 0), round(1.25 * settings.monthly_answers)))
    hand, tool = page.by_hand.total, page.with_tool.total
    curves = [
        Curve(say_("by_hand"), ((0.0, 0.0), (most, hand * most))),
        Curve(say_("with_tool"), ((0.0, page.fixed), (most, page.fixed + tool * most))),
    ]
    marked = []
    if page.break_even is not None:
        name = say_("break_even_at", volume=f"{page.break_even:,}")
        marked.append(((float(page.break_even), hand * page.break_even), name))
    top = max(hand * most, page.fixed + tool * most, 1.0)
    axes = Axis(say_("volume_axis"), 0.0, most, number_words), Axis(say_("cost_axis"), 0.0, top, number_words)
    title = say_("volume_title", currency=settings.currency)
    return line(title, curves, *axes, marked=marked, width=_WIDTH, height=150.0)


def _time(page: OwnerPage, say_: _Speaker) -> Drawing:
    took = page.spent
    legend = [
        (say_("reading"), Tone.ACCENT),
        (say_("writing"), Tone.NOT_FOUND),
        (say_("checking"), Tone.UNCHECKED),
    ]
    stack = Stack("", (took.reading, took.writing, took.checking), f"{took.seconds:.1f}")
    return stacked_bars(say_("time_title"), legend, [stack], show=lambda v: f"{v:.1f}", width=_WIDTH)
