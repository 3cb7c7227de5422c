"""Enums and figures of the core as words on the screen, in the language of the window."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from core.assistant.events import Stage, StageName
from core.types import Answer, Decision, DocumentState, Level, Place, Relation, Verdict
from desktop.late import Late

if TYPE_CHECKING:
    from core.documents import sections
    from core.llm import offload
else:
    sections, offload = Late("core.documents.sections"), Late("core.llm.offload")

translate = QCoreApplication.translate

# Said when asked for: tables ask thousands of times, and a translation takes a while.
_VERDICTS = {
    Verdict.SUPPORTED: lambda: translate("Words", "Supported"),
    Verdict.CONTRADICTED: lambda: translate("Words", "Contradicted"),
    Verdict.CONFLICTING: lambda: translate("Words", "Documents disagree"),
    Verdict.NOT_FOUND: lambda: translate("Words", "Not found"),
    Verdict.COULD_NOT_CHECK: lambda: translate("Words", "Could not check"),
    Verdict.NO_CLAIM: lambda: translate("Words", "No claim"),
}
_LEVELS = {
    Level.LOW: lambda: translate("Words", "Low risk"),
    Level.MEDIUM: lambda: translate("Words", "Medium risk"),
    Level.HIGH: lambda: translate("Words", "High risk"),
}
_DECISIONS = {
    Decision.USABLE: lambda: translate("Words", "May be used"),
    Decision.HELD: lambda: translate("Words", "Held for review"),
    Decision.RELEASED: lambda: translate("Words", "Released"),
    Decision.REJECTED: lambda: translate("Words", "Rejected"),
}
_STATES = {
    DocumentState.INDEXED: lambda: translate("Words", "Ready"),
    DocumentState.UNCHANGED: lambda: translate("Words", "Ready, unchanged"),
    DocumentState.EMPTY: lambda: translate("Words", "No text"),
    DocumentState.ENCRYPTED: lambda: translate("Words", "Password needed"),
    DocumentState.BROKEN: lambda: translate("Words", "Damaged"),
    DocumentState.UNSUPPORTED: lambda: translate("Words", "Kind not supported"),
    DocumentState.TOO_LARGE: lambda: translate("Words", "Too large"),
}


def verdict_word(verdict: Verdict) -> str:
    """A verdict in one or two words."""
    return _VERDICTS[verdict]()


def level_word(level: Level) -> str:
    """A risk level, as the badge shows it."""
    return _LEVELS[level]()


def decision_word(decision: Decision) -> str:
    """What the gate says."""
    return _DECISIONS[decision]()


def state_word(state: DocumentState) -> str:
    """What became of a file."""
    return _STATES[state]()


def relation_word(relation: Relation) -> str:
    """How a quote bears on a claim."""
    return {
        Relation.SUPPORTS: translate("Words", "Supports the claim"),
        Relation.CONTRADICTS: translate("Words", "Contradicts the claim"),
    }[relation]


def stage_word(stage: Stage) -> str:
    """What is happening now."""
    if stage.name is StageName.CHECKING and stage.total:
        words = translate("Words", "Checking claim {done} of {total}")
        return words.format(done=stage.done, total=stage.total)
    if stage.name is StageName.SAMPLING and stage.total:
        words = translate("Words", "Further answer {done} of {total}")
        return words.format(done=stage.done, total=stage.total)
    return {
        StageName.LOADING: translate("Words", "Loading the model"),
        StageName.RETRIEVING: translate("Words", "Searching your documents"),
        StageName.READING: translate("Words", "Reading the passages found"),
        StageName.WRITING: translate("Words", "Writing a draft"),
        StageName.SAMPLING: translate("Words", "Asking the model again"),
        StageName.CHECKING: translate("Words", "Checking every claim"),
    }[stage.name]


def place_words(place: Place) -> str:
    """Where a quote stands inside its file: page, section, sheet and cells, as far as known."""
    parts = []
    if place.page is not None:
        parts.append(translate("Words", "page {page}").format(page=place.page))
    if place.section:
        parts.append(" › ".join(place.section.split(sections.PATH_SEPARATOR)))
    if place.sheet:
        parts.append(translate("Words", "sheet “{sheet}”").format(sheet=place.sheet))
    if place.cells:
        parts.append(translate("Words", "cells {cells}").format(cells=place.cells))
    return " · ".join(parts)


def size_words(count: int) -> str:
    """A file size for people."""
    return QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def date_words(iso: str) -> str:
    """A UTC time stamp as local date and time."""
    return _moment(iso, "yyyy-MM-dd HH:mm", "d MMM yyyy, HH:mm")


def day_words(iso: str) -> str:
    """A UTC time stamp as local date."""
    return _moment(iso, "yyyy-MM-dd", "d MMM yyyy")


def _moment(iso: str, chinese: str, english: str) -> str:
    shape = chinese if QLocale().language() is QLocale.Language.Chinese else english
    return QLocale().toString(
        QDateTime.fromSecsSinceEpoch(round(datetime.fromisoformat(iso).timestamp())), shape
    )


def percent(share: float) -> str:
    """A share of one as a whole percentage."""
    return QLocale().toString(round(100 * share)) + "%"


def seconds_words(seconds: float) -> str:
    """A short span of time."""
    if seconds < 60:
        return translate("Words", "{seconds} s").format(seconds=QLocale().toString(seconds, "f", 1))
    minutes, rest = divmod(int(seconds), 60)
    return translate("Words", "{minutes} min {seconds} s").format(minutes=minutes, seconds=rest)


def caveat_words(caveat: str) -> str:
    """A caveat of the person who released an answer."""
    return translate("Words", "Caveat: {text}").format(text=caveat)


def sources_text(text: str, answer: Answer) -> str:
    """A text for the clipboard with the places that bear its claims out."""
    places = {
        (evidence.place.document, place_words(evidence.place)): evidence.text
        for claim in answer.check.claims
        for evidence in claim.evidence
        if evidence.place is not None and evidence.relation is Relation.SUPPORTS
    }
    lines = [
        f"[{number}] {', '.join(part for part in (PurePath(document).name, where) if part)}: “{quote}”"
        for number, ((document, where), quote) in enumerate(places.items(), start=1)
    ]
    caveats = [caveat_words(caveat) for caveat in answer.caveats]
    sources = [translate("Words", "Sources"), *lines] if lines else []
    return "\n".join([text, *caveats, *(["", *sources] if sources else [])])


def number_words(number: int) -> str:
    """A whole number with the separators of the language."""
    return QLocale().toString(number)


def device_words(device: str) -> str:
    """What a model computes on: a name of hardware, or that only the CPU can be used."""
    if device == offload.NO_SUPPORT:
        return translate("Words", "CPU; the installed llama.cpp has no GPU support")
    return device


def parameters_words(count: int) -> str:
    """The size of a model: millions or billions of parameters, as models are named by."""
    if count >= 10**9:
        return f"{QLocale().toString(count / 10**9, 'f', 1)} B"
    return f"{QLocale().toString(round(count / 10**6))} M"


def rate_words(rate: float) -> str:
    """So many in a second: a whole number, with one digit more where it is small."""
    return QLocale().toString(rate, "f", 1 if rate < 10 else 0)


def energy_words(wh: float) -> str:
    """Watt-hours with two telling digits."""
    digits = 0 if wh >= 10 else 1 if wh >= 1 else 2 if wh >= 0.1 else 3
    return QLocale().toString(wh, "f", digits)


def section_word(section: str) -> str:
    """The heading of a group of settings."""
    return {
        "general": translate("Words", "General"),
        "model": translate("Words", "Model"),
        "retrieval": translate("Words", "Search"),
        "policy": translate("Words", "Policy"),
        "cost": translate("Words", "Cost"),
    }[section]


def choice_word(value: str) -> str:
    """A choice among a setting's values; languages are named in themselves."""
    return {
        "auto": translate("Words", "As the system"),
        "light": translate("Words", "Light"),
        "dark": translate("Words", "Dark"),
        "en": "English",
        "zh": "中文",
    }[value]


def path_words(path: Path) -> str:
    """A path as people write it, from their home folder where it lies in there."""
    home = Path.home()
    return str(Path("~") / path.relative_to(home)) if path.is_relative_to(home) else str(path)
