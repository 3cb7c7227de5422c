"""Models: what one would take, layers on the GPU, loading and freeing, the speed test."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.errors import EngineError
from core.llm.catalog import InstalledModel
from desktop.views.model_runner import ModelRunner


@pytest.fixture
def model(backend) -> InstalledModel:
    return backend.models()[0][0]


@pytest.fixture
def runner(backend, qtbot: QtBot) -> ModelRunner:
    view = ModelRunner(backend)
    qtbot.addWidget(view)
    view.show()
    return view


def click(button) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_without_a_gpu_the_slider_is_closed_and_says_why(runner: ModelRunner, model, qtbot: QtBot) -> None:
    runner.show_model(model)
    qtbot.waitUntil(runner.memory.isVisible)
    assert not runner.offload.slider.isEnabled()
    assert "no GPU" in runner.offload.slider.accessibleDescription()
    assert not runner.gpu_memory.isVisible()


def test_the_estimate_follows_the_slider_and_the_setting_its_rest(
    runner: ModelRunner, backend, model, qtbot: QtBot
) -> None:
    backend.layers = 4
    backend.settings = replace(backend.settings, gpu_layers="1")
    runner.show_model(model)
    qtbot.waitUntil(runner.gpu_memory.isVisible)
    slider = runner.offload.slider
    assert (slider.minimum(), slider.maximum(), slider.value()) == (0, 4, 1)
    slider.setSliderDown(True)
    slider.setValue(3)
    qtbot.waitUntil(lambda: runner._need is not None and runner._need.gpu_layers == 3)
    assert "238" in runner.memory.words.text()  # megabytes: a quarter stays
    assert "715" in runner.gpu_memory.words.text()
    with qtbot.waitSignal(runner.settings_wanted) as told:
        slider.setSliderDown(False)
    assert told.args[0].gpu_layers == "3"


def test_automatic_gives_the_choice_back(runner: ModelRunner, backend, model, qtbot: QtBot) -> None:
    backend.layers = 4
    backend.settings = replace(backend.settings, gpu_layers="1")
    runner.show_model(model)
    qtbot.waitUntil(runner.offload.slider.isEnabled)
    with qtbot.waitSignal(runner.settings_wanted) as told:
        runner.offload.automatic.setChecked(True)
    assert told.args[0].gpu_layers == "auto"
    assert not runner.offload.slider.isEnabled()


def test_a_model_is_loaded_and_freed(runner: ModelRunner, backend, model, qtbot: QtBot) -> None:
    runner.show_model(model)
    assert runner._state.text() == "Not loaded. The first question loads it."
    click(runner.load_button)
    qtbot.waitUntil(lambda: "Loaded" in runner._state.text())
    assert runner.load_button.text() == "Free the memory"
    click(runner.load_button)
    qtbot.waitUntil(lambda: "Not loaded" in runner._state.text())
    assert backend.named("load_model") == [(model.name,)]


def test_the_speed_test_shows_both_rates_and_can_be_stopped(
    runner: ModelRunner, backend, model, qtbot: QtBot
) -> None:
    runner.show_model(model)
    click(runner.test_button)
    qtbot.waitUntil(lambda: not runner.running)
    assert runner._result.text() == "Reads 250 and writes 12 tokens a second on this computer"
    backend.hold = True
    click(runner.test_button)
    qtbot.waitUntil(lambda: "it wrote nothing" in runner._result.text())
    assert not runner.load_button.isEnabled()
    click(runner.progress._stop)
    qtbot.waitUntil(lambda: not runner.running)
    assert backend.stopped.is_set()
    assert runner.load_button.isEnabled()


def test_a_model_that_is_busy_says_so(
    runner: ModelRunner, backend, model, qtbot: QtBot, failures, monkeypatch
) -> None:
    def busy(_: InstalledModel) -> None:
        raise EngineError("engine_busy")

    monkeypatch.setattr(backend, "speed_test", busy)
    seen = failures(runner)
    runner.show_model(model)
    click(runner.test_button)
    qtbot.waitUntil(lambda: not runner.running)
    assert [error.code for error in seen] == ["engine_busy"]
