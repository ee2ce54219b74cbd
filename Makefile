# Everything that is done with this repository. Needs make and a Python of 3.11 or newer; whatever
# is installed goes into .venv, never into the system's Python.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.set-up
PYTEST_ARGS ?= -n auto --dist worksteal

# The first of these that runs, is new enough and can make an environment with pip in it.
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3; do \
	if $$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' \
		2>/dev/null; then echo $$python; break; fi; done)

.DEFAULT_GOAL := help
.PHONY: help setup conform test check types form oracle tlc format generate tables bench clean distclean

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## Install conform and what developing it takes into .venv

$(STAMP): pyproject.toml
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11+ with venv and pip found (on Debian:" \
		"apt install python3-venv); or say which: make PYTHON=/path/to/python $(MAKECMDGOALS)" >&2; \
		exit 2; }
	test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

conform: setup ## Check that the specs, models and implementations in this repository agree
	$(BIN)/conform check

# In CI, `make check` asks TLC, so that it need not be asked here where it happens to be installed.
test: setup ## Run the test suite
	$(BIN)/pytest $(PYTEST_ARGS) $(if $(CI),-m 'not live')

# CI has run the suite as `make test` by then; there, TLC's own answers take the suite's place. The
# types take one core for a minute, so that the rest of what needs no other goes beside them.
check: setup ## All that must be green at each commit; in CI, the comparison with TLC too
	$(MAKE) -j 2 types form
	$(if $(CI),$(MAKE) oracle,$(BIN)/pytest $(PYTEST_ARGS))

types: setup
	$(BIN)/mypy

form: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/conform generate --check

tlc: setup ## Install TLC, the second engine; needs Maven and Java
	@$(BIN)/conform tlc path 2>/dev/null || $(BIN)/conform tlc install

oracle: tlc ## Compare with TLC, run for real
	CONFORM_ORACLE=live $(BIN)/pytest $(PYTEST_ARGS) -m live tests/oracle

format: setup ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

generate: setup ## Write generated/ anew
	$(BIN)/conform generate

tables: setup ## Make the parsing tables anew, after a change of a grammar
	$(BIN)/python -m conform.languages.tlaplus.tables
	$(BIN)/python -m conform.languages.fizzbee.tables
	$(BIN)/python -m conform.languages.markdown.grammars

bench: setup ## Run the benchmarks; they print ratios and fail nothing
	@for each in bench/bench_*.py; do \
		test -e "$$each" || { echo "no benchmark in bench/"; break; }; \
		echo "$$each"; $(BIN)/python "$$each" || exit 1; done

clean: ## Remove caches and build results
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .conform build dist
	find . -path ./$(VENV) -prune -o -type d -name __pycache__ -exec rm -rf {} +

distclean: clean ## The same, and .venv
	rm -rf $(VENV)
