"""The user guide: pages of Markdown in two languages that come with the program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.settings import RESOURCES
from core.types import Language

FOLDER = RESOURCES / "guide"


@dataclass(frozen=True, slots=True)
class GuidePage:
    """One page: its file's name (the same in both languages), its title and its text."""

    name: str
    title: str
    text: str


def pages(language: Language, folder: Path = FOLDER) -> tuple[GuidePage, ...]:
    """The pages of a language in reading order."""
    return tuple(_page(path) for path in sorted((folder / language.value).glob("*.md")))


def picture(name: str, folder: Path = FOLDER) -> Path | None:
    """The file of a picture that a page names, None for anything that is not one of the guide's own."""
    path = folder / "pictures" / Path(name).name
    return path if path.suffix == ".png" and path.is_file() else None


def _page(path: Path) -> GuidePage:
    text = path.read_text(encoding="utf-8")
    title = text.split("\n", 1)[0].removeprefix("#").strip()
    return GuidePage(path.name, title, text)
