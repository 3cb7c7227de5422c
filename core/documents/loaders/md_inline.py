"""The marks inside a line of markdown: emphasis, links, code, tags, entities."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

_READABLE = 60
_DEFINITION = re.compile(r"^ {0,3}\[([^\]^][^\]]*)\]:[ \t]*<?(\S+?)>?(?:[ \t]+[\"'(].*[\"')])?[ \t]*$")
_CODE = re.compile(r"(`+)(.+?)(?<!`)\1(?!`)")
_IMAGE = re.compile(r"!\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_LINK = re.compile(r"\[([^\[\]]+)\]\(\s*<?([^\s)>]*)>?(?:\s+[\"'(][^)]*)?\)")
_REFERENCE = re.compile(r"\[([^\[\]]+)\]\[([^\[\]]*)\]")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^>\s]+|[\w.+-]+@[\w.-]+)>")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|center|cite|code|dd|del|details|div|dl|dt|em|figcaption|figure|font|h[1-6]|hr"
    r"|i|iframe|img|input|ins|kbd|label|li|main|mark|nav|ol|p|picture|pre|q|s|section|small|source|span|strike|strong|sub"
    r"|summary|sup|table|tbody|td|textarea|tfoot|th|thead|tr|u|ul|video|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_EMPHASIS = (
    re.compile(r"(?<!\\)\*\*\*(?=\S)(.+?)(?<=\S)\*\*\*"),
    re.compile(r"(?<!\\)\*\*(?=\S)(.+?)(?<=[^\s\\])\*\*"),
    re.compile(r"(?<![\\\w*])__(?=\S)(.+?)(?<=\S)__(?!\w)"),
    re.compile(r"(?<![\\*A-Za-z\d])\*(?=[^\s*])([^*]+?)(?<=[^\s\\*])\*(?![*A-Za-z\d])"),
    re.compile(r"(?<![\\\w_])_(?=[^\s_])([^_]+?)(?<=[^\s_])_(?![\w_])"),
)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~$])")
_HELD = "\ue000{}\ue001"
_HELD_BACK = re.compile("\ue000(\\d+)\ue001")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FENCE = re.compile(r"^ {0,3}(?:`{3,}|~{3,})")


def references(lines: list[str]) -> tuple[list[str], dict[str, str]]:
    """Take link definitions and comments out of the lines, code apart: what is left, and label -> target."""
    kept: list[str] = []
    links: dict[str, str] = {}
    fenced = False
    for line in _without_comments(lines):
        fenced ^= bool(_FENCE.match(line))
        definition = None if fenced else _DEFINITION.match(line)
        if definition:
            links[definition[1].lower()] = definition[2]
        else:
            kept.append(line)
    return kept, links


def _without_comments(lines: list[str]) -> list[str]:
    """Comments span lines; a fence inside one is rare and a comment inside code too: the text decides."""
    text = "\n".join(lines)
    return _COMMENT.sub("", text).split("\n") if "<!--" in text else lines


def inline(text: str, links: dict[str, str]) -> str:
    """The text as it is read: code and link texts kept, a link's address beside it where it is one."""
    held: list[str] = []

    def hold(piece: str) -> str:
        held.append(piece)
        return _HELD.format(len(held) - 1)

    text = _CODE.sub(lambda m: hold(m[2].strip()), text)
    text = _IMAGE.sub(lambda m: m[1], text)
    text = _LINK.sub(lambda m: _link(m[1], m[2], hold), text)
    text = _REFERENCE.sub(lambda m: _link(m[1], links.get((m[2] or m[1]).lower(), ""), hold), text)
    text = _AUTOLINK.sub(lambda m: hold(m[1].removeprefix("mailto:")), text)
    text = _TAG.sub("", _BREAK.sub(" ", text))
    for mark in _EMPHASIS:
        text = mark.sub(lambda m: m[1], text)
    text = html.unescape(_ESCAPE.sub(lambda m: m[1], text))
    while _HELD_BACK.search(text):  # code may stand inside the text of a link
        text = _HELD_BACK.sub(lambda m: held[int(m[1])], text)
    return text


def _link(text: str, target: str, hold: Callable[[str], str]) -> str:
    """A link's text; an address on the web or of mail is told, unless nobody would read it out."""
    if not target.startswith(("http://", "https://", "mailto:")) or len(target) > _READABLE:
        return text
    address = target.removeprefix("mailto:")
    return text if address.rstrip("/") in text else f"{text} ({hold(address)})"
