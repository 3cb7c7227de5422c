"""Codes into sentences, English and Chinese: the one place where the core speaks.

The sentences stand side by side in ``resources/i18n/words/*.toml`` (one file a subject), one table a code
with the keys ``en`` and ``zh``, placeholders in braces. Text that comes from documents or models enters
only as a parameter.
"""

from __future__ import annotations

import locale
import os
import tomllib
from collections.abc import Mapping
from functools import cache

from core.errors import CoreError
from core.settings import RESOURCES, Speech
from core.types import Language, Param, Reason


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """All sentences: code -> language -> template. Raises ValueError where a code stands in two files."""
    sentences: dict[str, dict[str, str]] = {}
    for path in sorted((RESOURCES / "i18n" / "words").glob("*.toml")):
        found = _flatten(tomllib.loads(path.read_text(encoding="utf-8")))
        if twice := sorted(sentences.keys() & found.keys()):
            raise ValueError(f"{path.name} says again: {', '.join(twice)}")
        sentences.update(found)
    return sentences


def _flatten(tree: dict[str, object], prefix: str = "") -> dict[str, dict[str, str]]:
    flat: dict[str, dict[str, str]] = {}
    for name, node in tree.items():
        if not isinstance(node, dict):
            continue
        code = f"{prefix}{name}"
        texts = {key: text for key, text in node.items() if isinstance(text, str)}
        if texts:
            flat[code] = texts
        flat.update(_flatten(node, f"{code}."))
    return flat


def say(code: str, language: Language, params: Mapping[str, Param] | None = None) -> str:
    """The sentence for a code.

    Raises KeyError for a code without a sentence, or a placeholder without a parameter: both are bugs
    that a test finds.
    """
    return catalogue()[code][language.value].format_map(dict(params or {}))


def say_reason(reason: Reason, language: Language) -> str:
    """A verdict's or a file's reason in words."""
    return say(f"reason.{reason.code}", language, reason.params)


def say_error(error: CoreError, language: Language) -> str:
    """What happened and what to do about it; a decision that the error names is put into words, too."""
    params = dict(error.params)
    if "decision" in params:
        params["decision"] = say(f"decided.{params['decision']}", language)
    return say(f"error.{error.code}", language, params)


def system_language() -> Language:
    """The language of the system's locale: Chinese for any ``zh``, else English."""
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    name = named or locale.getlocale()[0] or ""
    return Language.ZH if name.lower().startswith(("zh", "chinese")) else Language.EN


def spoken(speech: Speech) -> Language:
    """The language to speak under this setting."""
    return system_language() if speech is Speech.AUTO else Language(speech.value)
