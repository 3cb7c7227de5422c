"""The lock holds what pyproject.toml asks for, with hashes, and names no place."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def asked() -> list[Requirement]:
    extras = PROJECT["optional-dependencies"]
    locked = extras.keys() - {"training", "cluster"}
    listed = PROJECT["dependencies"] + [line for name in sorted(locked) for line in extras[name]]
    return [Requirement(line) for line in listed]


def pins() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^ ;\\]+)", LOCK, re.MULTILINE):
        found.setdefault(canonicalize_name(name), set()).add(version)
    return found


@pytest.mark.parametrize("requirement", asked(), ids=lambda requirement: requirement.name)
def test_every_dependency_is_pinned_to_a_version_that_is_allowed(requirement: Requirement) -> None:
    versions = pins().get(canonicalize_name(requirement.name), set())
    assert versions, "run `make lock`"
    assert all(requirement.specifier.contains(version) for version in versions), "run `make lock`"


def test_every_pin_has_a_hash() -> None:
    for block in re.split(r"\n(?=\w)", LOCK.strip()):
        assert "--hash=sha256:" in block, block.splitlines()[0]


def test_no_place_is_named() -> None:
    assert not re.search(r"://|^-|file:|@ ", LOCK, re.MULTILINE)
