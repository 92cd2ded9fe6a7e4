PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo test test-browser test-fast test-feeds test-kafka test-prometheus screenshots lint format eval bench fast slow schemas docs dashboards lexicon lock clean

help: ## Show what each target does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-15s %s\n", $$1, $$2}'

$(BIN)/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else f"tocsin needs Python 3.11 or newer, this is {v[0]}.{v[1]}: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

demo: $(VENV)/.runtime ## Run the whole line on this machine until Ctrl-C (ARGS=--once: drain and leave)
	@$(BIN)/tocsin demo $(ARGS)

test: $(VENV)/.dev ## Run every test that needs Python alone, the pipeline on the embedded broker
	$(BIN)/python -m pytest -n 4 --dist loadscope $(ARGS)

test-kafka: $(VENV)/.dev ## Run the pipeline tests on real Apache Kafka (needs a JDK 17 and Maven)
	$(BIN)/python -m pytest tests/pipeline --broker=kafka $(ARGS)

test-prometheus: $(VENV)/.dev ## Ask every panel and rule of a real Prometheus on a real run (Debian: prometheus)
	$(BIN)/python -m pytest tests/watching --prometheus $(ARGS)

test-feeds: $(VENV)/.dev ## Poll 2,000 feeds, good and bad ones, from a server on this machine
	$(BIN)/python -m pytest tests/ingest/feeds/test_agent.py --feeds 2000 $(ARGS)

test-browser: $(VENV)/.dev ## Run the tests of the live page in Chromium (Debian: apt install chromium)
	$(BIN)/python -m pytest tests/web/browser --browser --timeout 600 $(ARGS)

screenshots: $(VENV)/.dev ## Take the pictures of docs/images from a running line (needs Chromium)
	$(BIN)/python -m pytest tests/web/browser/screenshots.py --browser --timeout 600 $(ARGS)

lint: $(VENV)/.dev ## Check style, types, floors, dependencies and generated files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/python tools/build_lookups.py --check
	$(BIN)/tocsin schema check
	$(BIN)/python tools/write_docs.py --check
	$(BIN)/python tools/build_dashboards.py --check

format: $(VENV)/.dev ## Format the code and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lexicon: $(VENV)/.dev ## Build the look-up files from the lexicon and the actor lists
	$(BIN)/python tools/build_lookups.py

schemas: $(VENV)/.dev ## Write the JSON Schemas and the AsyncAPI document from the models
	$(BIN)/tocsin schema export

eval: $(VENV)/.dev ## Print what the tagger gets right and wrong on the gold
	$(BIN)/tocsin eval $(ARGS)

bench: $(VENV)/.dev ## Print rates, latencies and memory, measured in one run
	$(BIN)/python -m bench $(ARGS)

fast: $(VENV)/.dev ## Compile the tagger: same results, half the time (needs a C compiler)
	@command -v $${CC:-cc} >/dev/null || { echo "make fast needs a C compiler (Debian: apt install gcc); all else runs without"; exit 1; }
	$(BIN)/python tools/build_fast.py

test-fast: fast ## Run what the tagger must find on the compiled tagger, then take that away again
	$(BIN)/python -m pytest tests/tagging/test_fast.py tests/tagging/test_gate.py tests/tagging/test_seed.py tests/tagging/test_taxonomy_examples.py $(ARGS); status=$$?; $(MAKE) --no-print-directory slow; exit $$status

slow: ## Take the compiled tagger away again
	rm -f streams/tagging/*.so streams/tagging/*.pyd

docs: $(VENV)/.dev ## Write the reference pages from the code
	$(BIN)/python tools/write_docs.py

dashboards: $(VENV)/.dev ## Write the Grafana dashboards from their description
	$(BIN)/python tools/build_dashboards.py

lock: $(VENV)/.dev ## Pin every dependency anew
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --extra demo --group build -o requirements.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --extra demo --group build --group dev -o requirements-dev.lock pyproject.toml

clean: slow ## Remove the virtual environment and every cache
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
