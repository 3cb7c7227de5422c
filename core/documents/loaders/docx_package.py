"""The parts of a Word file: its document, styles, numbering, notes, headers and footers as XML."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree

from core.documents.content import broken

Element = Any  # lxml has no types


def local(element: Element) -> str:
    """An element's name without its namespace: Word writes two families of them. Comments have none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: Element | None, name: str = "val") -> str | None:
    """An attribute by its name without the namespace."""
    if element is None:
        return None
    return next((text for key, text in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of that name, of the first child of that name…"""
    for name in path:
        if element is None:
            return None
        element = next((below for below in element if local(below) == name), None)
    return element


class Package:
    """A Word file's parts by what they are to it. Raises Unreadable when the document itself is missing."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(BytesIO(data))
        self._names = set(self._archive.namelist())
        self.main = next(self._targets("_rels/.rels", "officeDocument"), "word/document.xml")
        document = self._xml(self.main)
        if document is None:
            raise broken("file_damaged", format="Word")
        self.document = document

    def part(self, kind: str) -> Element | None:
        """The one part of a kind, such as ``styles``; None when there is none."""
        return next(self.parts(kind), None)

    def parts(self, kind: str) -> Iterator[Element]:
        """All parts of a kind, such as ``header``."""
        folder, name = posixpath.split(self.main)
        for target in self._targets(f"{folder}/_rels/{name}.rels", kind):
            found = self._xml(target)
            if found is not None:
                yield found

    @property
    def has_pictures(self) -> bool:
        """Whether pictures are in it."""
        return any("/media/" in name for name in self._names)

    def _targets(self, relations: str, kind: str) -> Iterator[str]:
        found = self._xml(relations)
        for relation in () if found is None else found:
            if (value(relation, "Type") or "").endswith(f"/{kind}"):
                base = posixpath.dirname(posixpath.dirname(relations))
                target = posixpath.join("/", base, value(relation, "Target") or "")
                yield posixpath.normpath(target).lstrip("/")

    def _xml(self, name: str) -> Element | None:
        if name not in self._names:
            return None
        try:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
            return etree.fromstring(self._archive.read(name), parser)
        except (etree.XMLSyntaxError, zipfile.BadZipFile) as error:
            raise broken("file_damaged", format="Word") from error
