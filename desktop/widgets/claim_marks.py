"""How a claim looks in the answer's text: underline style, tint and icon of its verdict."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
)

from core.types import Claim, Verdict
from desktop import icons
from desktop.colors import blend, verdict_color
from desktop.theme import Kind, colors, font, space

_LINE = QTextCharFormat.UnderlineStyle
UNDERLINES = {
    Verdict.SUPPORTED: _LINE.SingleUnderline,
    Verdict.CONTRADICTED: _LINE.WaveUnderline,
    Verdict.CONFLICTING: _LINE.DashDotLine,
    Verdict.NOT_FOUND: _LINE.DashUnderline,
    Verdict.COULD_NOT_CHECK: _LINE.DotLine,
}
# Stands for an icon in the document, joined to the word before it; never part of the answer.
ICON = "\u2060\ufffc"
GRAVEST_FIRST = (
    Verdict.CONTRADICTED,
    Verdict.CONFLICTING,
    Verdict.NOT_FOUND,
    Verdict.COULD_NOT_CHECK,
    Verdict.SUPPORTED,
)
MARKED_FROM = 0.5  # a span counts as marked from this risk: design, contract of the batch output


def marked(claims: Sequence[Claim]) -> list[int]:
    """The numbers of the claims that a text marks, in their order in it; a greeting is none."""
    numbers = [number for number, claim in enumerate(claims) if claim.verdict in UNDERLINES]
    return sorted(numbers, key=lambda number: claims[number].start)


def plain_format(*, draft: bool) -> QTextCharFormat:
    """The text itself; a draft is grey."""
    of = colors()
    form = QTextCharFormat()
    form.setFont(font(Kind.ANSWER))
    form.setForeground(QColor(of.muted if draft else of.text))
    return form


def claim_format(claim: Claim, *, draft: bool) -> QTextCharFormat:
    """The words of a claim: underlined in the way of its verdict, tinted where it is not supported."""
    of = colors()
    form = plain_format(draft=draft)
    form.setUnderlineStyle(UNDERLINES[claim.verdict])
    form.setUnderlineColor(QColor(verdict_color(claim.verdict, of)))
    if claim.verdict is not Verdict.SUPPORTED:
        form.setBackground(tint(claim.verdict, 0.07))
    return form


def tint(verdict: Verdict, share: float) -> QColor:
    """So much of a verdict's colour over the surface."""
    of = colors()
    return QColor(blend(verdict_color(verdict, of), of.surface, share))


def insert_claim(cursor: QTextCursor, text: str, claim: Claim, *, draft: bool, ratio: float) -> None:
    """Write a claim of ``text`` with its risky words and, at its end, the icon of its verdict."""
    form = claim_format(claim, draft=draft)
    risky = QTextCharFormat(form)
    risky.setBackground(tint(claim.verdict, 0.2))
    at = claim.start
    for span in sorted(claim.spans, key=lambda span: span.start):
        if span.risk < MARKED_FROM or span.start < at:
            continue
        cursor.insertText(text[at : span.start], form)
        cursor.insertText(text[span.start : span.end], risky)
        at = span.end
    cursor.insertText(text[at : claim.end] + ICON[0], form)
    cursor.insertImage(_icon(cursor.document(), claim.verdict, ratio))


def leading() -> QTextBlockFormat:
    """Room between the lines for the underlines."""
    form = QTextBlockFormat()
    form.setLineHeight(150, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    form.setBottomMargin(space(1))
    return form


def units(text: str) -> int:
    """How many positions of a Qt document a text takes: characters outside the first plane take two."""
    return len(text.encode("utf-16-le")) // 2


def _icon(document: QTextDocument, verdict: Verdict, ratio: float) -> QTextImageFormat:
    size = round(QFontMetricsF(font(Kind.ANSWER)).ascent() * 1.05)
    color = verdict_color(verdict, colors())
    url = QUrl(f"icon:{verdict.value}-{color[1:]}-{size}-{ratio}")
    picture = icons.pixmap(verdict.value, color, size, ratio)
    document.addResource(QTextDocument.ResourceType.ImageResource.value, url, picture)
    form = QTextImageFormat()
    form.setName(url.toString())
    form.setWidth(size)
    form.setHeight(size)
    form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
    return form


def gravest(claims: Sequence[Claim]) -> int | None:
    """The first of the claims with the gravest verdict; None where nothing is claimed."""
    return min(range(len(claims)), key=lambda index: GRAVEST_FIRST.index(claims[index].verdict), default=None)
