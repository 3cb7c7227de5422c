"""Fails when a word of the window or the core lacks its English or Chinese form, or a catalogue is behind."""

from __future__ import annotations

import shutil
import sys
import tempfile
import tomllib
from pathlib import Path
from xml.etree import ElementTree

sys.path.insert(0, str(Path(__file__).resolve().parent))

import build_i18n

LANGUAGES = ("en", "zh")


def unfinished(path: Path) -> list[str]:
    """The source words of a catalogue that have no finished translation."""
    found = []
    for message in ElementTree.parse(path).getroot().iter("message"):  # noqa: S314 - our own file
        translation = message.find("translation")
        forms = [] if translation is None else [translation, *translation.iter("numerusform")]
        texts = [form.text or "" for form in forms[1:] or forms]
        if translation is None or translation.get("type") or not all(text.strip() for text in texts):
            found.append(message.findtext("source", ""))
    return found


def words(path: Path) -> set[tuple[str, str]]:
    """Context and source of every message of a catalogue."""
    contexts = ElementTree.parse(path).getroot().iter("context")  # noqa: S314 - our own file
    return {
        (context.findtext("name", ""), message.findtext("source", ""))
        for context in contexts
        for message in context.iter("message")
    }


def behind() -> list[str]:
    """Words of the code that a catalogue does not hold, and words that it still holds."""
    with tempfile.TemporaryDirectory() as name:
        fresh = Path(name)
        for catalogue in build_i18n.CATALOGUES:
            shutil.copyfile(build_i18n.FOLDER / catalogue, fresh / catalogue)
        build_i18n.update(fresh)
        return [
            f"{catalogue}: {context}: {source}"
            for catalogue in build_i18n.CATALOGUES
            for context, source in words(fresh / catalogue) ^ words(build_i18n.FOLDER / catalogue)
        ]


def one_sided(node: dict[str, object], prefix: str = "") -> list[str]:
    """Codes of a words file that lack a language."""
    texts = {key for key, value in node.items() if isinstance(value, str)}
    missing = [prefix] if texts and not texts.issuperset(LANGUAGES) else []
    for name, child in node.items():
        if isinstance(child, dict):
            missing += one_sided(child, f"{prefix}.{name}".strip("."))
    return missing


def main() -> int:
    """Print what is wrong; 1 when anything is."""
    problems = [f"behind: {problem} (python tools/build_i18n.py --update)" for problem in behind()]
    for catalogue in build_i18n.CATALOGUES:
        path = build_i18n.FOLDER / catalogue
        problems += [f"unfinished: {catalogue}: {source}" for source in unfinished(path)]
    for path in sorted((build_i18n.FOLDER / "words").glob("*.toml")):
        missing = one_sided(tomllib.loads(path.read_text(encoding="utf-8")))
        problems += [f"one language missing: {path.name}: {code}" for code in missing]
    print("\n".join(problems) or "translations: complete in English and Chinese")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
