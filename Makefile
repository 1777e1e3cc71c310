# Orken: `make start` runs it, `make test` proves it. Both set up what they need first.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin

.PHONY: start test check check-types check-rest demo setup setup-dev assets

start: setup
	$(BIN)/python -m orken start --port $(PORT)

test: setup-dev
	$(BIN)/python -m tests.run

# Types take as long as all the rest, on one core: both at once.
check: setup-dev
	$(MAKE) --no-print-directory --jobs=2 --output-sync=target check-types check-rest

check-types: setup-dev
	$(BIN)/mypy

check-rest: setup-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m orken translations check

demo: setup
	$(BIN)/python -m orken demo

setup: $(VENV)/base.stamp build/assets/stamp

setup-dev: $(VENV)/dev.stamp build/assets/stamp

$(VENV)/base.stamp: requirements/base.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/base.txt
	printf '#!/bin/sh\nPYTHONPATH="%s" exec "%s/bin/python" -m orken "$$@"\n' "$(CURDIR)" "$(CURDIR)/$(VENV)" > $(BIN)/orken
	chmod +x $(BIN)/orken
	touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/base.stamp
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	touch $@

build/assets/stamp: $(VENV)/base.stamp package-lock.json orken/kit/ui/assets.py $(wildcard orken/kit/ui/css/*.css)
	$(BIN)/python -m orken assets
	touch $@
