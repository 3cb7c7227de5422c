from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.errors import SettingsError
from core.settings import (
    Settings,
    Theme,
    default_library,
    home,
    load_settings,
    models_folder,
    save_settings,
    settings_file,
)


def test_no_file_gives_the_defaults() -> None:
    assert load_settings() == Settings()


def test_settings_come_back_as_saved() -> None:
    settings = Settings(theme=Theme.DARK, passages=9, reviewer="王芳", show_held_text=False)
    save_settings(settings)
    assert load_settings() == settings


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("colour", "red", "settings_unknown"),
        ("passages", "many", "settings_value"),
        ("passages", "0", "settings_bounds"),
        ("temperature", "3", "settings_bounds"),
        ("theme", "pink", "settings_value"),
        ("show_held_text", "perhaps", "settings_value"),
        ("gpu_layers", "all of them", "settings_value"),
        ("gpu_layers", "-1", "settings_value"),
    ],
)
def test_a_wrong_value_is_refused_in_words(name: str, text: str, code: str) -> None:
    with pytest.raises(SettingsError, match=code):
        Settings().with_text(name, text)


@pytest.mark.parametrize(
    ("name", "text", "value"), [("gpu_layers", "12", "12"), ("show_held_text", "no", False)]
)
def test_a_right_value_is_taken(name: str, text: str, value: object) -> None:
    assert getattr(Settings().with_text(name, text), name) == value


@pytest.mark.parametrize("content", ["", "[]", "{", '{"colour": "red"}', '{"passages": 0}'])
def test_a_damaged_or_foreign_file_is_never_dropped_silently(content: str) -> None:
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError):
        load_settings()


def test_saving_replaces_the_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    save_settings(Settings(), path)
    save_settings(Settings(passages=3), path)
    assert json.loads(path.read_text(encoding="utf-8"))["passages"] == 3
    assert [file.name for file in tmp_path.glob("settings*")] == ["settings.json"]


def test_all_folders_lie_in_the_home_that_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TOUCHSTONE_HOME", str(tmp_path / "stick"))
    assert home() == tmp_path / "stick"
    assert {default_library().parent, models_folder().parent, settings_file().parent} == {home()}
