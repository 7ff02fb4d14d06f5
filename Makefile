# What one types. Everything is set up in .venv and .laksana, below this folder.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
export LAKSANA_HOME ?= $(CURDIR)/.laksana

.PHONY: run test test-sqlite test-postgresql test-browser test-faults bench bench-papers bench-pages judge pictures lint format lock messages clean

run: .venv/ready  ## the demonstration office, ready to click
	LAKSANA_DEMO=1 $(BIN)/laksana init
	LAKSANA_DEMO=1 $(BIN)/laksana demo
	LAKSANA_DEMO=1 $(BIN)/laksana serve

test: .venv/test-ready  ## everything: what CI runs
	.ci/test

bench: .venv/test-ready  ## steps per second beside plain SQL and SpiffWorkflow, on both databases
	.ci/bench

bench-papers: .venv/test-ready  ## papers per second, size, time to the first, beside WeasyPrint and LibreOffice
	.ci/bench-papers

bench-pages: .venv/test-ready  ## the server's time for every page of the demonstration, on both databases
	.ci/bench-pages

judge: .venv/test-ready  ## hold soundness, BPMN and event logs against programs of others
	judges/run

pictures: .venv/test-ready  ## take the pictures of the README anew
	CHROMIUM=$$(.ci/chromium) $(BIN)/pytest -q tests/browser/pictures.py

lint: .venv/test-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/laksana manage makemigrations --check --dry-run

format: .venv/test-ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: .venv/test-ready  ## collect the texts of the interface and compile the catalogues
	cd src/laksana && ../../$(BIN)/laksana manage makemessages --all --no-location --no-wrap
	cd src/laksana && ../../$(BIN)/laksana manage compilemessages

lock: .venv/test-ready  ## pin every dependency with its hashes
	$(BIN)/python .ci/lock.py

.venv/ready: requirements/run.txt pyproject.toml .ci/venv
	.ci/venv requirements/run.txt
	touch $@

.venv/test-ready: requirements/test.txt pyproject.toml .ci/venv
	.ci/venv requirements/test.txt
	touch .venv/ready $@

clean:
	rm -rf .venv .laksana
