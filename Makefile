# Two commands are enough: `make demo` shows what sendready does, `make test` runs the tests.
# Both set up what they need: a virtual environment from a lock, for the tests also Node's tools where Node is there.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNTIME_READY := $(VENV)/.runtime-ready
READY := $(VENV)/.ready
NODE_READY := node_modules/.ready
SUITE_READY := $(VENV)/.suite-ready
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1

.PHONY: demo test lint bench lock docs goldens clean

demo: $(RUNTIME_READY)
	@$(BIN)/python specs/demo.py specs/parcel-tracking.yaml output

test: $(READY) $(NODE_READY) $(SUITE_READY)
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 8 --dist loadgroup

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(READY) $(NODE_READY)
	$(BIN)/python benchmarks/convert.py

docs: $(READY)
	$(BIN)/python docs/generate.py

goldens: $(READY)
	REWRITE_GOLDENS=1 $(BIN)/python -m pytest tests/golden -q

COMPILE := $(BIN)/python -m piptools compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header \
  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-annotate

lock: $(READY)
	$(COMPILE) --output-file requirements.lock pyproject.toml
	$(COMPILE) --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml requirements-dev.in

INSTALL := $(BIN)/python -m pip install --quiet

# What sendready needs when it runs, and no more: a checkout runs as it is.
$(RUNTIME_READY): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "sendready needs Python 3.11 or newer; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "Setting up $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@$(INSTALL) --require-hashes --requirement requirements.lock
	@touch $@

$(READY): $(RUNTIME_READY) requirements-dev.lock pyproject.toml
	@echo "Setting up what development needs …"
	@$(INSTALL) --require-hashes --requirement requirements-dev.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(SUITE_READY): requirements-dev.lock tests/samples/suite.py | $(READY)
	@echo "Fetching the JSON-Schema-Test-Suite …"
	@$(BIN)/python -m tests.samples.suite
	@touch $@

# Not `npm ci`: it refuses a lock in which a registry leaves out the binaries of other systems.
$(NODE_READY): package-lock.json
	@if command -v npm >/dev/null 2>&1; then \
	  echo "Setting up node_modules …" && npm install --no-save --no-audit --no-fund --loglevel=error && touch $@; \
	else \
	  echo "Node.js is not there: the tests that drive Postman's own tools are skipped."; \
	fi

clean:
	rm -rf $(VENV) node_modules build dist
