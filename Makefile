# Reading Room. `make` lists what there is to make.
#
# Everything is installed into .venv at the versions and hashes in requirements/, once: a stamp in .venv
# remembers it, so that a second run installs nothing and works offline. pip keeps its own configuration,
# so a package mirror set up for pip is used.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PORT ?= 8000
DEMO_HOME ?= demo-home
# two tests at a time: most of them wait for disks, browsers and child processes
PYTEST_FLAGS ?= -n 2 --dist loadfile
VENV := .venv
BIN := $(VENV)/bin
IS_NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
# the first Python here that is new enough; PYTHON=/path/to/python3.12 chooses another
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c '$(IS_NEW_ENOUGH)' 2>/dev/null && echo $$python && break; done)
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--custom-compile-command 'make lock' $(LOCK_FLAGS)
INSTALL_PROJECT := $(PIP_INSTALL) --no-deps --no-build-isolation --editable .

RUNTIME := $(VENV)/.runtime-installed
DEV := $(VENV)/.dev-installed
SAMPLES := $(DEMO_HOME)/.samples-and-accounts-added

.PHONY: help
help: ## list what there is to make
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'

.PHONY: demo
demo: $(SAMPLES) ## serve an archive with the sample documents at 127.0.0.1 (PORT=8000)
	@exec $(BIN)/reading-room --home $(DEMO_HOME) serve --port $(PORT)

.PHONY: test
test: lint chromium node ## run all checks and tests
	$(BIN)/python -m pytest $(PYTEST_FLAGS)

.PHONY: browser
browser: $(DEV) chromium ## run the tests in a browser only
	$(BIN)/python -m pytest -m browser

.PHONY: lint
lint: $(DEV) ## check style, types and floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The index must stay readable and writable by the other living distribution of Whoosh: docs/why/whoosh.md
WHOOSH3 := $(VENV)/whoosh3-3.54.0
.PHONY: whoosh
whoosh: $(DEV) $(WHOOSH3) ## run the tests of the index on whoosh3 instead of whoosh-reloaded
	PYTHONPATH=$(WHOOSH3) $(BIN)/python -m pytest -q tests/contracts/test_search_engine.py tests/contracts/test_query_nodes.py tests/search

$(WHOOSH3): | $(DEV)
	@$(PIP_INSTALL) --no-deps --target $@ whoosh3==3.54.0 || { rm -rf $@; \
		echo 'whoosh3 3.54.0 could not be downloaded; these tests need it once.' >&2; exit 1; }

.PHONY: bench
bench: $(DEV) ## measure reading, ingest, uploads and search, as ratios
	$(BIN)/python -m tests.bench

.PHONY: bench-search
bench-search: $(DEV) ## measure search at 100,000 pages beside SQLite FTS5 and tantivy (a quarter of an hour)
	$(BIN)/python -m tests.bench search --pages 100000

.PHONY: lock
lock: $(DEV) ## resolve requirements/ again from pyproject.toml (LOCK_FLAGS=--upgrade for newer ones)
	$(PIP_INSTALL) uv
	$(LOCK) pyproject.toml --group dev --output-file requirements/dev.txt
	$(LOCK) pyproject.toml --constraint requirements/dev.txt --output-file requirements/runtime.txt
	$(LOCK) --group build --constraint requirements/dev.txt --output-file requirements/build.txt

.PHONY: clean
clean: ## remove what was installed and cached; archives (demo-home) stay
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist build
	find archive ingest tests -name __pycache__ -prune -exec rm -rf {} +

.PHONY: chromium
chromium: # the browser tests' browser, and the library that its driver needs; with CI=true a failure if absent
	@if command -v chromium chromium-browser google-chrome >/dev/null && PATH=$$PATH:/sbin ldconfig -p | grep libatomic >/dev/null; then \
		exit 0; \
	fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium libatomic1 >/dev/null && exit 0; \
	fi; \
	echo 'The browser tests need Chromium. Type: sudo apt-get install chromium libatomic1' >&2; \
	[ "$${CI:-}" != true ]

.PHONY: node
node: # what the stock upload client of the tests runs on; with CI=true a failure if absent
	@if command -v node >/dev/null && command -v npm >/dev/null; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && apt-get install -qq -y --no-install-recommends nodejs npm >/dev/null && exit 0; \
	fi; \
	echo 'The tests of uploading need Node.js and npm. Type: sudo apt-get install nodejs npm' >&2; \
	[ "$${CI:-}" != true ]

$(SAMPLES): | $(RUNTIME)
	@echo 'Adding the sample documents (once; about a minute) ...'
	@$(BIN)/reading-room --home $(DEMO_HOME) sample --accounts
	@touch $@

$(BIN)/python:
	@if [ -z '$(PYTHON)' ] || ! $(PYTHON) -c '$(IS_NEW_ENOUGH)' 2>/dev/null; then \
		echo 'Reading Room needs Python 3.11 or newer. Install it, or name it: make PYTHON=/path/to/python3.11' >&2; \
		exit 1; \
	fi
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo 'Python cannot make a virtual environment. On Debian and Ubuntu type: sudo apt-get install python3-venv' >&2; \
		exit 1; }

$(RUNTIME): requirements/build.txt requirements/runtime.txt pyproject.toml | $(BIN)/python
	@echo 'Installing what Reading Room needs (once; a few minutes at most) ...'
	@$(PIP_INSTALL) --require-hashes --requirement requirements/build.txt --requirement requirements/runtime.txt
	@$(INSTALL_PROJECT)
	@touch $@

$(DEV): requirements/dev.txt $(RUNTIME) | $(BIN)/python
	@echo 'Installing what the tests need (once; a few minutes at most) ...'
	@$(PIP_INSTALL) --require-hashes --requirement requirements/dev.txt
	@touch $@
