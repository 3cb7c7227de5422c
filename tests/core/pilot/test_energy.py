from __future__ import annotations

from pathlib import Path

import pytest

from core.pilot import energy
from core.pilot.energy import Reading


def package(folder: Path, name: str, microjoules: str, whole: str = "262143328850") -> Path:
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    (place / "energy_uj").write_text(microjoules)
    (place / "max_energy_range_uj").write_text(whole)
    return place


@pytest.fixture(autouse=True)
def no_card(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(energy, "_nvml", lambda: None)


def test_packages_are_added_and_their_parts_are_not(tmp_path: Path) -> None:
    for name in ("intel-rapl:0", "intel-rapl:1", "intel-rapl:0:0"):
        package(tmp_path, name, "1000000")
    before = energy.read(tmp_path)
    package(tmp_path, "intel-rapl:0", "6000000")
    package(tmp_path, "intel-rapl:1", "3500000")
    package(tmp_path, "intel-rapl:0:0", "9000000")
    assert energy.read(tmp_path).since(before) == pytest.approx(7.5)


def test_a_counter_that_began_again_counts_on(tmp_path: Path) -> None:
    package(tmp_path, "intel-rapl:0", "9000000", "10000000")
    before = energy.read(tmp_path)
    package(tmp_path, "intel-rapl:0", "2000000", "10000000")
    assert energy.read(tmp_path).since(before) == pytest.approx(3.0)


@pytest.mark.parametrize("content", ["", "many", "-"])
def test_without_a_readable_counter_nothing_is_told(tmp_path: Path, content: str) -> None:
    assert energy.read(tmp_path / "none").since(energy.read(tmp_path / "none")) is None
    package(tmp_path, "intel-rapl:0", content)
    assert energy.read(tmp_path).counters == ()


def test_a_counter_that_came_later_is_left_out() -> None:
    later = Reading((("a", 5.0, 0.0), ("b", 7.0, 0.0)))
    assert later.since(Reading((("a", 4.0, 0.0),))) == 1.0
    assert later.since(Reading(())) is None


class Card:
    """Stands for NVIDIA's library: one card that has spent 12,345 mJ, another that does not tell."""

    def nvmlDeviceGetCount_v2(self, count: object) -> int:
        count._obj.value = 2  # type: ignore[attr-defined]
        return 0

    def nvmlDeviceGetHandleByIndex_v2(self, number: int, card: object) -> int:
        card._obj.value = number + 1  # type: ignore[attr-defined]
        return 0

    def nvmlDeviceGetTotalEnergyConsumption(self, card: object, spent: object) -> int:
        spent._obj.value = 12_345  # type: ignore[attr-defined]
        return 0 if card.value == 1 else 3  # type: ignore[attr-defined]


def test_cards_count_in_millijoules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(energy, "_nvml", Card)
    assert energy.read(tmp_path).counters == (("gpu:0", 12.345, 0.0),)
