# Two commands matter: `make demo` and `make test`. Everything is installed into VENV from locked, hashed files.
UV_VERSION := 0.13.9
VENV ?= .venv
# Any Python from 3.11 on: the first that is found. PYTHON=/usr/bin/python3 makes VENV of that one.
PYTHON ?= >=3.11
TOOLS := .tools
UV := $(shell command -v uv 2>/dev/null || echo $(TOOLS)/bin/uv)
BIN := $(VENV)/bin
export UV_PYTHON_DOWNLOADS := never
export UV_NO_PROGRESS := 1

.DEFAULT_GOAL := help
.PHONY: help demo test suite test-slow lint types format env notebook docs bench lock clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

# Debian's python3 has no pip of its own until python3-pip or python3-venv is installed: either will do.
$(TOOLS)/bin/uv:
	@python3 -m pip --version >/dev/null 2>&1 || python3 -m venv $(TOOLS)/pip || \
	  { echo "uv is needed, or a python3 with pip: install one of uv, python3-pip, python3-venv." >&2; exit 1; }
	@if python3 -m pip --version >/dev/null 2>&1; then pip=python3; else pip=$(TOOLS)/pip/bin/python; fi; \
	  $$pip -m pip install --quiet --disable-pip-version-check --root-user-action ignore --target $(TOOLS) uv==$(UV_VERSION)

$(BIN)/python: | $(filter $(TOOLS)/bin/uv,$(UV))
	$(UV) venv --quiet --allow-existing --python '$(PYTHON)' $(VENV)

# The package itself is installed editable and without its dependencies: those come from the lock alone.
$(VENV)/.run: requirements.lock pyproject.toml | $(BIN)/python
	VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --compile-bytecode --require-hashes -r requirements.lock
	VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --no-deps -e .
	$(BIN)/python -m compileall -q src
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m corpus.keep
	@touch $@

$(VENV)/.all: requirements-dev.lock pyproject.toml | $(BIN)/python
	VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --compile-bytecode --require-hashes -r requirements-dev.lock
	VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --no-deps -e .
	$(BIN)/python -m compileall -q src
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m corpus.keep
	@touch $@

env: $(VENV)/.all ## everything, extras and test tools included, into VENV

demo: | $(VENV)/.demo ## run the whole job on the sample corpus and say what it found
	$(BIN)/corpus run data/raw data/processed
	$(BIN)/corpus show data/processed facts --rows 8
	@echo
	@echo "Tables: data/processed/*.parquet   Dictionary: $(BIN)/corpus tables   Notebook: make notebook"

.PHONY: $(VENV)/.demo
$(VENV)/.demo:
	@test -e $(VENV)/.all || $(MAKE) --no-print-directory $(VENV)/.run

test: suite ## the test suite and the notebooks, without the slow proofs
	$(BIN)/python -m pytest --nbmake notebooks

suite: env ## the test suite alone; VENV=.venv-system PYTHON=/usr/bin/python3 runs it on another Python
	$(BIN)/python -m pytest -m "not slow" -n 2 --dist loadfile

test-slow: env ## the slow proofs: fuzzing with cases that are new every time, scale
	HYPOTHESIS_PROFILE=search $(BIN)/python -m pytest -m slow

lint: env ## formatting, lint and the import rule
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

types: env ## mypy --strict
	$(BIN)/mypy

format: env ## write the formatting
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

notebook: env ## open the notebooks in JupyterLab
	$(BIN)/jupyter lab notebooks

docs: env ## write docs/tables.md, docs/cli.md and the excerpts of the README anew
	$(BIN)/corpus run data/raw data/processed --quiet
	$(BIN)/python scripts/excerpts.py data/processed
	$(BIN)/python -m scripts.cli_page > docs/cli.new && mv docs/cli.new docs/cli.md
	$(BIN)/python -m scripts.corrections_page
	{ sed '/^## /,$$d' docs/tables.md; $(BIN)/corpus tables --markdown; } > docs/tables.new && mv docs/tables.new docs/tables.md

bench: env ## print the benchmark tables; CASES=DIR names the folder of cases
	$(BIN)/python -m benchmarks $(if $(CASES),--cases $(CASES))

lock: | $(BIN)/python ## resolve the dependencies anew
	$(UV) pip compile -q --universal --generate-hashes --python-version 3.11 pyproject.toml -o requirements.lock
	$(UV) pip compile -q --universal --generate-hashes --python-version 3.11 pyproject.toml --extra cluster \
	  --extra notebook --extra multilingual --extra remote --extra peers --group test -c requirements.lock -o requirements-dev.lock

clean: ## remove the output of the demo
	find data/processed -mindepth 1 ! -name README.md -delete
