# The one door to every chore. Each target makes the .venv that it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
QM := resources/i18n/touchstone_zh.qm
DATA ?= ../shared/data
TRAIN := .venv-training
WORK ?= training/work
HOURS ?= 8

.PHONY: help demo run test check bench bench-verifier bench-calibration life bundle i18n models models-small train test-gpu screenshots lock clean

help:
	@echo "make demo          the main job on the sample documents, on the command line"
	@echo "make run           the window"
	@echo "make test          all tests                 make check        lint, types, imports, translations"
	@echo "make models        the bilingual model too   make bundle       a folder that runs anywhere on Linux"
	@echo "make bench         the benchmarks            make screenshots  every screen as a picture"

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) tools/check_system.py build
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the pinned packages into $(VENV). The first build of llama-cpp-python takes 5 to 10 minutes."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

models-small: $(READY)
	@$(BIN)/python tools/fetch_models.py small

models: $(READY)
	@$(BIN)/python tools/fetch_models.py small bilingual

demo: models-small
	@$(BIN)/touchstone demo

run: $(READY) models-small i18n
	@$(PYTHON) tools/check_system.py window
	@$(BIN)/python -m desktop

test: $(READY) models-small i18n
	@$(PYTHON) tools/check_system.py window
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest

check: $(READY) i18n
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/check_translations.py

i18n: $(READY)
	@$(BIN)/python tools/build_i18n.py

bench: $(READY) models-small i18n
	$(BIN)/python -m bench.ingest
	$(BIN)/python -m bench.engine
	$(BIN)/python -m bench.start
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m bench.window
	@test -d $(DATA) || echo "No folder $(DATA): retrieval is not measured (make bench DATA=DIR)."
	@test ! -d $(DATA) || $(BIN)/python -m bench.retrieval --data $(DATA)

bench-verifier: $(READY)
	$(BIN)/python -m bench.verifier --data $(DATA) --rows 60 --fitted 50

bench-calibration: $(READY)
	$(BIN)/python -m bench.calibration --data $(DATA) --fitted 50

life: models-small
	@$(BIN)/python -m tools.life

bundle: models-small i18n
	bash tools/bundle.sh $(MODEL)

screenshots: $(READY) models-small i18n
	$(BIN)/python -m tools.screenshots

train: $(READY)
	@test -x $(TRAIN)/bin/python || $(PYTHON) -m venv $(TRAIN)
	@$(TRAIN)/bin/python -m pip install --quiet --disable-pip-version-check -r training/requirements.txt
	$(TRAIN)/bin/python -m training.fetch_weights --work $(WORK)
	$(TRAIN)/bin/python -m training.build --data $(DATA) --work $(WORK)
	$(TRAIN)/bin/python -m training.train --weights $(WORK)/e5-small-q4.bin --work $(WORK) --hours $(HOURS)
	$(TRAIN)/bin/python -m training.export --work $(WORK) --out resources/verifier
	$(BIN)/python -m training.fit_fusion $(DATA)

test-gpu: models-small
	bash tools/test_gpu.sh

lock:
	bash tools/lock.sh

clean:
	rm -rf $(VENV) build dist
