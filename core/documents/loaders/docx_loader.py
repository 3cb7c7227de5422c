"""Word: a page a section with the numbers that Word shows, tables as rows, tracked changes as accepted."""

from __future__ import annotations

from collections.abc import Iterator

from core.documents.content import Loaded, with_text
from core.documents.loaders.docx_numbers import Numbers, Style, heading_level, list_of, styles
from core.documents.loaders.docx_package import Element, Package, child, local, value
from core.documents.sections import Sections, chapter_level
from core.documents.tidy import squeeze, tidy
from core.types import Page, Reason

# A tracked deletion, a field's formula, and the second copy of a drawing for old programs.
_UNSEEN = frozenset({"del", "moveFrom", "instrText", "delText", "Fallback"}) | frozenset(
    {"pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr"}
)
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_NUMERAL = frozenset("0123456789+-−")


def load(data: bytes, suffix: str) -> Loaded:  # noqa: ARG001 - every loader has the same call
    """Read a Word document. Raises Unreadable for one that is damaged."""
    package = Package(data)
    reading = _Reading(package)
    body = child(package.document, "body")
    reading.blocks(package.document if body is None else body)
    pages = [*reading.finish(), *_margins(package)]
    return with_text(tuple(pages), None if pages or not package.has_pictures else Reason("file_pictures"))


def _margins(package: Package) -> Iterator[Page]:
    """Headers and footers, where versions and dates often stand, each line once."""
    lines: dict[str, None] = {}
    for kind in ("header", "footer"):
        for part in package.parts(kind):
            reading = _Reading(package)
            reading.blocks(part)
            lines.update(
                dict.fromkeys(line for page in reading.finish() for line in page.text.split("\n") if line)
            )
    if lines:
        yield Page(text="\n".join(lines))


class _Reading:
    """One pass over the body; a list is kept open until something else comes."""

    def __init__(self, package: Package) -> None:
        self._sections = Sections()
        self._styles = styles(package.part("styles"))
        self._numbers = Numbers(package.part("numbering"))
        self._notes = _notes(package)
        self._items: list[str] = []
        self._marks: list[str] = []

    def finish(self) -> tuple[Page, ...]:
        """Everything so far."""
        self._close()
        self._tell_notes()
        return self._sections.pages()

    def blocks(self, parent: Element) -> None:
        """Paragraphs and tables in the order of the body, those in content controls too."""
        for element in parent:
            name = local(element)
            if name == "p":
                self._paragraph(element)
            elif name == "tbl":
                self._close()
                self._table(element)
            elif name not in _UNSEEN and name != "r":
                self.blocks(element)

    def _paragraph(self, paragraph: Element) -> None:
        properties = child(paragraph, "pPr")
        style = self._styles.get(value(child(properties, "pStyle")) or "", Style())
        boxes: list[Element] = []
        text = tidy("".join(self._pieces(paragraph, boxes))).strip()
        label, depth = self._label(properties, style) if text else (None, 0)
        level = heading_level(properties)
        level = style.level if level is None else level
        if level is None and text:
            level = chapter_level(f"{label} {text}" if label else text)
        if text and not style.is_contents:
            whole = f"{label} {text}" if label else text
            if level is not None:
                self._close()
                self._tell_notes()
                self._sections.heading(level, whole)
            elif label:
                self._items.append("  " * depth + whole)
            else:
                self._close()
                self._sections.block("\n".join(squeeze(line) for line in text.split("\n")))
        for box in boxes:
            self._close()
            self.blocks(box)

    def _label(self, properties: Element | None, style: Style) -> tuple[str | None, int]:
        list_id, level = list_of(properties)
        list_id = style.list_id if list_id is None else list_id
        level = (style.list_level or 0) if level is None else level
        if list_id is None or list_id == "0":
            return None, 0
        return self._numbers.label(list_id, level), level

    def _pieces(self, parent: Element, boxes: list[Element]) -> Iterator[str]:
        """The visible text below an element; text boxes are put aside."""
        for element in parent:
            name = local(element)
            if name == "t":
                yield element.text or ""
            elif name in ("tab", "ptab"):
                yield "\t"
            elif name in ("br", "cr"):
                yield "\n"
            elif name == "noBreakHyphen":
                yield "-"
            elif name in ("footnoteReference", "endnoteReference"):
                yield self._mark(name, value(element, "id") or "")
            elif name == "txbxContent":
                boxes.append(element)
            elif name == "r":
                yield from self._run(element, boxes)
            elif name not in _UNSEEN:
                yield from self._pieces(element, boxes)

    def _run(self, run: Element, boxes: list[Element]) -> Iterator[str]:
        properties = child(run, "rPr")
        hidden = child(properties, "vanish")
        if hidden is not None and value(hidden) not in ("0", "false"):
            return
        pieces = self._pieces(run, boxes)
        if value(child(properties, "vertAlign")) == "superscript":
            yield from (p.translate(_RAISED) if set(p) <= _NUMERAL else p for p in pieces)
        else:
            yield from pieces

    def _mark(self, kind: str, number: str) -> str:
        note = self._notes.get((kind.removesuffix("Reference"), number))
        if note is None:
            return ""
        self._marks.append("")
        text = squeeze(tidy("".join(self._pieces(note, []))))
        count = len(self._marks)
        self._marks[-1] = f"[{count}] {text}"
        return f"[{count}]"

    def _tell_notes(self) -> None:
        """Notes stand at the end of the section that refers to them."""
        untold = [note for note in self._marks if note]
        if untold:
            self._sections.block("\n".join(untold))
            self._marks = ["" for _ in self._marks]

    def _table(self, table: Element) -> None:
        rows = self._rows(table)
        if all(len(row) == 1 for row in rows):  # a frame around text
            for (cell,) in rows:
                self._sections.block(cell)
        else:
            self._sections.table(rows)

    def _rows(self, table: Element) -> list[list[str]]:
        rows: list[list[str]] = []
        for line in _below(table, "tr"):
            if child(line, "trPr", "del") is not None:
                continue
            above = rows[-1] if rows else []
            row: list[str] = []
            for cell in _below(line, "tc"):
                row += self._cell(cell, above, len(row))
            rows.append(row)
        return rows

    def _cell(self, cell: Element, above: list[str], column: int) -> list[str]:
        """A cell's text; what reaches down from above is repeated, what spans columns leaves them empty."""
        properties = child(cell, "tcPr")
        merge = child(properties, "vMerge")
        span = value(child(properties, "gridSpan")) or "1"
        if merge is not None and value(merge) != "restart":
            text = above[column] if column < len(above) else ""
        else:
            text = "\n".join(filter(None, self._cell_lines(cell)))
        return [text, *[""] * (min(int(span), 100) - 1 if span.isdigit() else 0)]

    def _cell_lines(self, cell: Element) -> Iterator[str]:
        for element in _flat(cell):
            if local(element) == "tbl":
                yield from (" ".join(filter(None, row)) for row in self._rows(element))
                continue
            properties = child(element, "pPr")
            style = self._styles.get(value(child(properties, "pStyle")) or "", Style())
            boxes: list[Element] = []
            text = tidy("".join(self._pieces(element, boxes))).strip()
            label = self._label(properties, style)[0] if text else None
            yield f"{label} {text}" if label else text
            for box in boxes:
                yield from self._cell_lines(box)

    def _close(self) -> None:
        if self._items:
            self._sections.block("\n".join(self._items))
            self._items = []


def _below(parent: Element, name: str) -> Iterator[Element]:
    """Rows or cells, those in content controls too, not those of inner tables."""
    for element in parent:
        if local(element) == name:
            yield element
        elif local(element) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _below(element, name)


def _flat(parent: Element) -> Iterator[Element]:
    """The paragraphs and inner tables of a cell."""
    for element in parent:
        if local(element) in ("p", "tbl"):
            yield element
        elif local(element) not in _UNSEEN:
            yield from _flat(element)


def _notes(package: Package) -> dict[tuple[str, str], Element]:
    """Footnotes and endnotes by kind and id, without the separators that Word keeps among them."""
    found: dict[tuple[str, str], Element] = {}
    for kind in ("footnote", "endnote"):
        part = package.part(f"{kind}s")
        for note in () if part is None else part:
            if local(note) == kind and value(note, "type") in (None, "normal"):
                found[kind, value(note, "id") or ""] = note
    return found
