"""Settings, declared once: the dataclass is the API, the settings page and ``touchstone settings`` are
built from its fields. Also the folders that the product uses.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

import platformdirs

from core.errors import SettingsError

APP_NAME = "touchstone"
RESOURCES = Path(__file__).resolve().parent.parent / "resources"


class Theme(StrEnum):
    """The window's colours; ``AUTO`` follows the system."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


class Speech(StrEnum):
    """The language Touchstone speaks; ``AUTO`` follows the system."""

    AUTO = "auto"
    EN = "en"
    ZH = "zh"


def home() -> Path:
    """The folder that holds the user's settings, models and default library.

    ``TOUCHSTONE_HOME`` overrides the platform's data folder; a folder ``touchstone-data`` beside the
    executable of a bundle does too, so that the tool runs from a USB stick.
    """
    named = os.environ.get("TOUCHSTONE_HOME")
    if named:
        return Path(named).expanduser()
    beside = Path(sys.executable).resolve().parent / "touchstone-data"
    if getattr(sys, "frozen", False) and beside.is_dir():
        return beside
    return platformdirs.user_data_path(APP_NAME, appauthor=False)


def default_library() -> Path:
    """The folder of the library that is used when none is named."""
    return home() / "library"


def models_folder() -> Path:
    """The user's folder of GGUF files."""
    return home() / "models"


def _declare(default: object, *, section: str, low: float | None = None, high: float | None = None) -> Any:
    return field(default=default, metadata={"section": section, "low": low, "high": high})


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a user may set. Each field's metadata names its section and bounds; its label and help
    are ``setting.<name>`` and ``setting.<name>.help`` in ``resources/i18n/words/*.toml``.
    """

    language: Speech = _declare(Speech.AUTO, section="general")
    theme: Theme = _declare(Theme.AUTO, section="general")
    text_scale: float = _declare(1.0, section="general", low=0.75, high=2.0)
    reviewer: str = _declare("", section="general")
    model: str = _declare("", section="model")
    gpu_layers: str = _declare("auto", section="model")
    threads: int = _declare(0, section="model", low=0, high=256)
    context_tokens: int = _declare(4096, section="model", low=512, high=131072)
    max_answer_tokens: int = _declare(256, section="model", low=16, high=4096)
    temperature: float = _declare(0.0, section="model", low=0.0, high=2.0)
    seed: int = _declare(0, section="model", low=0, high=2**31 - 1)
    extra_samples: int = _declare(0, section="model", low=0, high=5)
    passages: int = _declare(4, section="retrieval", low=1, high=50)
    medium_from: float = _declare(-1.0, section="policy", low=-1.0, high=1.0)
    high_from: float = _declare(-1.0, section="policy", low=-1.0, high=1.0)
    show_held_text: bool = _declare(True, section="policy")
    four_eyes: bool = _declare(False, section="policy")
    review_sample: float = _declare(0.05, section="policy", low=0.0, high=1.0)
    content_producer: str = _declare("", section="policy")
    allowed_hosts: str = _declare("", section="policy")
    currency: str = _declare("EUR", section="cost")
    price_kwh: float = _declare(0.30, section="cost", low=0.0, high=100.0)
    hardware_price: float = _declare(1500.0, section="cost", low=0.0, high=1e9)
    write_off_months: int = _declare(36, section="cost", low=1, high=240)
    hourly_wage: float = _declare(40.0, section="cost", low=0.0, high=1e6)
    machine_watts: float = _declare(0.0, section="cost", low=0.0, high=100_000.0)
    manual_minutes: float = _declare(10.0, section="cost", low=0.0, high=10_000.0)
    missed_error_cost: float = _declare(0.0, section="cost", low=0.0, high=1e9)
    monthly_answers: int = _declare(0, section="cost", low=0, high=10_000_000)

    def with_text(self, name: str, text: str) -> Settings:
        """Return a copy with one field read from text, as the command line gives it.

        Raises SettingsError for an unknown name or a value out of its bounds.
        """
        return self._with(name, _parse(name, text))

    def _with(self, name: str, value: object) -> Settings:
        _check_bounds(name, value)
        return replace(self, **cast(dict[str, Any], {name: value}))


def _field_types() -> dict[str, type]:
    defaults = Settings()
    return {f.name: type(getattr(defaults, f.name)) for f in fields(Settings)}


def _parse(name: str, text: str) -> object:
    kind = _field_types().get(name)
    if kind is None:
        raise SettingsError("settings_unknown", name=name)
    try:
        if kind is bool:
            return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}[
                text.lower()
            ]
        return kind(text)
    except (ValueError, KeyError) as error:
        raise SettingsError("settings_value", name=name, value=text) from error


def _check_bounds(name: str, value: object) -> None:
    declared = {f.name: f.metadata for f in fields(Settings)}[name]
    low, high = declared["low"], declared["high"]
    if isinstance(value, int | float) and low is not None and not low <= value <= high:
        raise SettingsError("settings_bounds", name=name, value=value, low=low, high=high)
    if name == "gpu_layers" and value != "auto" and not str(value).isdigit():
        raise SettingsError("settings_value", name=name, value=str(value))


def settings_file() -> Path:
    """Where the settings are kept."""
    return home() / "settings.json"


def load_settings(path: Path | None = None) -> Settings:
    """Read the settings, or the defaults where no file exists.

    Raises SettingsError for a damaged file, an unknown name or a value that does not fit: a setting
    that cannot be honoured is never silently dropped.
    """
    path = path or settings_file()
    if not path.exists():
        return Settings()
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError("settings_damaged", path=str(path)) from error
    if not isinstance(stored, dict):
        raise SettingsError("settings_damaged", path=str(path))
    settings = Settings()
    for name, value in stored.items():
        settings = settings.with_text(name, str(value))
    return settings


def save_settings(settings: Settings, path: Path | None = None) -> None:
    """Write the settings beside the old file, then replace it, so that a crash leaves one whole file."""
    path = path or settings_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    stored = {f.name: getattr(settings, f.name) for f in fields(Settings)}
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(stored, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    beside.replace(path)
