# `make test` sets up and runs the whole suite; `make lock` writes the hash-locked requirements again.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python

.PHONY: setup test lint lock clean

setup: $(VENV)/.ready

$(VENV)/.ready: requirements-dev.lock setup.cfg pyproject.toml
	test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

test: setup
	$(PY) -m pytest -q

lint: setup
	$(VENV)/bin/ruff check .
	$(VENV)/bin/lint-imports

lock:
	uv pip compile --generate-hashes --universal -p 3.11 --no-emit-index-url --no-header requirements-dev.in -o requirements-dev.lock

clean:
	rm -rf $(VENV) *.egg-info
