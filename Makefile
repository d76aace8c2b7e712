.DEFAULT_GOAL := help
PORT ?= 8000
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
EVERYDAY := -m "not slow and not journey"
# Named, not asked of git: a bare machine or an unpacked archive has none.
PROSE = *.md Makefile manage.py pyproject.toml package.json \
	.ci bench docs holdspace requirements tests tools

help: ## Show these commands
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Make .venv with everything the locks name; nothing to do when it is up to date
	@PYTHON="$(or $(PYTHON),python3)" sh tools/set_up.sh

demo: setup ## Serve the sample practice on this machine (PORT=8000)
	$(BIN)/holdspace demo --port $(PORT)

test: setup ## The everyday run: Python, scripts, a browser, then PostgreSQL
	node=$$($(BIN)/python -c 'from tools.front_end import find_node; print(find_node()[0])') \
		&& $$node --test tests/js/*.test.mjs
	$(MAKE) --no-print-directory test-postgres
	$(PYTEST) -n 2 -m "not slow"

test-postgres: setup ## The tests that touch a database, on a PostgreSQL of their own
	$(BIN)/python -m tests.postgres -- $(PYTEST) -n 2 -q $(EVERYDAY) --database-only

test-all: setup ## Every test there is, slow ones too
	$(PYTEST)

journeys: setup ## A person in a real browser
	$(PYTEST) tests/journeys -m journey

check: lint types floors migrations spelling ## Everything that reads the code without running it

lint: setup ## Style of Python and templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djhtml --tabwidth 2 --check holdspace
	$(BIN)/curlylint holdspace

types: setup ## mypy --strict with django-stubs
	$(BIN)/mypy holdspace tests tools

floors: setup ## Who may import whom
	$(BIN)/lint-imports --no-logo

migrations: setup ## Models and migrations agree
	$(BIN)/python manage.py makemigrations --check --dry-run

spelling: setup ## Spelling
	$(BIN)/codespell $(PROSE)

format: setup ## Put Python and templates into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djhtml --tabwidth 2 holdspace

coverage: setup ## Branches of code and templates; fails below the floors
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -q $(EVERYDAY)
	$(BIN)/python -m tests.postgres -- $(BIN)/coverage run -m pytest -q $(EVERYDAY) --database-only
	$(BIN)/coverage combine -q
	$(BIN)/coverage json -q -o .coverage-report.json
	$(BIN)/coverage report --fail-under=0 | tail -40
	$(BIN)/python tools/coverage_floor.py .coverage-report.json

reference: setup ## Write the reference pages that the code itself can tell
	$(BIN)/python -m tools.reference

tongues: setup ## Bring the catalogues of German and Spanish in line with the code
	$(BIN)/python -m tools.tongues

bench: setup ## The figures, measured on this machine
	$(BIN)/python -m bench

.PHONY: help setup demo test test-postgres test-all journeys check lint types floors migrations \
	spelling format coverage reference tongues bench
