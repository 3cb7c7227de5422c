"""HTML as a person sees it: a page a section, tables as rows, without scripts, menus and hidden parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from core.documents.content import Loaded, broken, with_text
from core.documents.encoding import decode_html
from core.documents.loaders.html_table import TableRows
from core.documents.sections import Sections
from core.documents.tidy import squeeze, tidy

_MOST_DEPTH = 1000
_MOST_OPEN = 5000
# Elements that stay open until they are closed; a new paragraph, item or cell ends the one before.
_NESTING = re.compile(
    r"<(/?)(?:div|span|section|article|blockquote|center|table|ul|ol|dl|details|fieldset|figure|form|main|b|i|u"
    r"|em|strong|font|small|big|code|tt|s|label|q|sub|sup|x[\w-]*|\w+-[\w-]*)\b",
    re.IGNORECASE,
)


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split(" "))


_SKIPPED = _names(
    "script style noscript template head svg math nav iframe object canvas video audio button select "
    "datalist dialog"
)
_BLOCKS = _names(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure "
    "footer form header hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul"
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = ("ul", "ol")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DIGITS = re.compile(r"[+\-−]?\d+$")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_READABLE = 60


def load(data: bytes, suffix: str) -> Loaded:  # noqa: ARG001 - every loader has the same call
    """Read a web page. Raises Unreadable for one that nests absurdly deep."""
    decoded = decode_html(data)
    text = tidy(decoded.text)
    _refuse_depth(text)
    tree = LexborHTMLParser(text)
    reading = _Reading()
    if tree.css_first("h1, h2, h3, h4, h5, h6") is None and (title := tree.css_first("title")):
        reading.sections.heading(1, title.text(deep=False))
    root = tree.body or tree.root
    if root is not None:
        for node, entering in _walk(root, reading.wants):
            reading.enter(node) if entering else reading.leave(node)
        reading.flush()
    return with_text(reading.sections.pages(), decoded.reason)


def _refuse_depth(text: str) -> None:
    """Parsing takes the square of the depth: 60,000 open elements would keep a core busy half a minute."""
    depth = 0
    for tag in _NESTING.finditer(text):
        depth += -1 if tag[1] else 1
        if depth > _MOST_OPEN:
            raise broken("file_too_deep", limit=_MOST_DEPTH)
        depth = max(depth, 0)


def _walk(root: LexborNode, wanted: Callable[[LexborNode], bool]) -> Iterator[tuple[LexborNode, bool]]:
    """Every wanted node twice, when it opens and when it closes; without recursion."""
    open_nodes: list[LexborNode] = []
    node: LexborNode | None = root
    while node is not None or open_nodes:
        if node is None:
            node = open_nodes.pop()
            yield node, False
            node = node.next if open_nodes else None
            continue
        if not wanted(node):
            node = node.next if open_nodes else None
            continue
        yield node, True
        open_nodes.append(node)
        if len(open_nodes) > _MOST_DEPTH:
            raise broken("file_too_deep", limit=_MOST_DEPTH)
        node = node.child


class _Reading:
    """What is open while the tree is walked: the text of a block, lists, a table, a heading."""

    def __init__(self) -> None:
        self.sections = Sections()
        self._text: list[str] = []
        self._lists: list[int | None] = []  # the number of the last item, None for bullets
        self._items: list[str] = []
        self._marker = ""
        self._tables: list[TableRows | None] = []  # None: a table that only lays out the page
        self._code = 0
        self._links: list[str] = []

    def wants(self, node: LexborNode) -> bool:
        """Whether a person sees this node."""
        if node.tag in _SKIPPED or node.is_comment_node:
            return False
        if not node.is_element_node:
            return True
        attributes = node.attributes
        hidden = "hidden" in attributes or attributes.get("type") == "hidden"
        return not (hidden or _HIDDEN.search(attributes.get("style") or ""))

    def enter(self, node: LexborNode) -> None:
        """Open an element, or take in a text."""
        tag = node.tag or ""
        if tag == "-text":
            self._take(node)
        elif tag == "br":
            self._text.append("\n")
        elif tag in _BLOCKS or tag in _HEADINGS:
            self.flush()
            self._open(tag, node)
        elif tag == "a":
            self._links.append(node.attributes.get("href") or "")

    def _open(self, tag: str, node: LexborNode) -> None:
        if tag in _LISTS:
            self._lists.append(None if tag == "ul" else _start(node))
        elif tag == "li":
            self._open_item()
        elif tag == "pre":
            self._code += 1
        elif tag == "table":
            self._close_list()
            self._tables.append(None if _holds_tables(node) else TableRows())
        elif (table := self._table) is not None:
            table.enter(tag, node.attributes)

    @property
    def _table(self) -> TableRows | None:
        return self._tables[-1] if self._tables else None

    def _take(self, node: LexborNode) -> None:
        text = node.text_content or ""
        if not self._code:
            text = re.sub(r"\s+", " ", text)
        parent = node.parent.tag if node.parent is not None else ""
        if parent == "sup" and _DIGITS.match(text.strip()):
            text = text.strip().translate(_RAISED)
        self._text.append(text)

    def _open_item(self) -> None:
        depth = max(len(self._lists) - 1, 0)
        number = self._lists[-1] if self._lists else None
        if self._lists and number is not None:
            self._lists[-1] = number + 1
        self._marker = "  " * depth + ("- " if number is None else f"{number + 1}. ")

    def leave(self, node: LexborNode) -> None:
        """Close an element."""
        tag = node.tag or ""
        if tag in _HEADINGS:
            self._heading(_HEADINGS[tag])
        elif tag in _BLOCKS:
            self.flush()
            self._close(tag)
        elif tag == "a" and self._links:
            self._tell_address(self._links.pop())

    def _close(self, tag: str) -> None:
        if tag in _LISTS and self._lists:
            self._lists.pop()
            if not self._lists:
                self._close_list()
        elif tag == "pre":
            self._code = max(self._code - 1, 0)
        elif tag == "table":
            table = self._tables.pop()
            if table is not None:
                self.sections.table(table.rows())
        elif (table := self._table) is not None:
            table.leave(tag)

    def _heading(self, level: int) -> None:
        if self._table is not None or self._lists:
            self.flush()
            return
        title = squeeze("".join(self._text))
        self._text = []
        self.sections.heading(level, title)

    def _tell_address(self, target: str) -> None:
        """A link's address stands beside its text, unless nobody would read it out."""
        address = target.removeprefix("mailto:")
        shown = "".join(self._text)
        told = target.startswith(("http://", "https://", "mailto:")) and len(target) <= _READABLE
        if told and address.rstrip("/") not in shown:
            self._text.append(f" ({address})")

    def flush(self) -> None:
        """The block that is open ends here."""
        text, self._text = "".join(self._text), []
        if self._code and self._table is None:
            text = "\n".join(line.rstrip() for line in text.split("\n"))
            self._close_list()
            self.sections.block(text)
            return
        text = "\n".join(filter(None, (squeeze(line) for line in text.split("\n"))))
        if not text:
            return
        if self._table is not None and self._table.add(text):
            return
        if self._lists:
            self._items.append(f"{self._marker or '  ' * len(self._lists)}{text}")
            self._marker = ""
        else:
            self.sections.block(text)

    def _close_list(self) -> None:
        if self._items:
            self.sections.block("\n".join(self._items))
            self._items = []


def _holds_tables(table: LexborNode) -> bool:
    return any(inner.mem_id != table.mem_id for inner in table.css("table"))


def _start(node: LexborNode) -> int:
    start = node.attributes.get("start") or "1"
    return int(start) - 1 if start.isdigit() else 0
