"""The CPU code is registered once, from the program's own folder, or the failure is said in words."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import EngineError
from core.llm import backends
from core.types import Language
from core.words import say_error


class Function:
    """A C function as ctypes shows it: it can be called, and has types that can be set."""

    def __init__(self, does: Callable[..., object]) -> None:
        self.does = does
        self.argtypes: object = None
        self.restype: object = None

    def __call__(self, *arguments: object) -> object:
        return self.does(*arguments)


class Registry:
    """ggml's registry, with ``parts`` registered after a folder was searched."""

    def __init__(self, registered: int, found: int) -> None:
        self.registered = registered
        self.found = found
        self.searched: list[bytes] = []
        self.ggml_backend_reg_count = Function(lambda: self.registered)
        self.ggml_backend_load_all_from_path = Function(self._search)

    def _search(self, folder: bytes) -> None:
        self.searched.append(folder)
        self.registered += self.found


def test_what_is_linked_in_is_left_alone() -> None:
    registry = Registry(registered=1, found=1)
    backends.load(registry)
    assert registry.searched == []


def test_parts_are_searched_in_the_programs_own_folder_only() -> None:
    registry = Registry(registered=0, found=1)
    backends.load(registry)
    backends.load(registry)
    assert registry.searched == [os.fsencode(backends.FOLDER)]
    assert "llama_cpp" in str(backends.FOLDER)


@pytest.mark.parametrize("language", list(Language))
def test_a_machine_for_which_no_part_was_made_is_told_so(language: Language) -> None:
    with pytest.raises(EngineError) as caught:
        backends.load(Registry(registered=0, found=0))
    assert caught.value.code == "engine_no_cpu_code"
    assert str(backends.FOLDER) in say_error(caught.value, language)


def test_the_installed_llama_cpp_has_cpu_code(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    backends.load()
    assert backends.ggml().ggml_backend_reg_count() >= 1
