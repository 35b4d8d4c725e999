# Tillit: every command of the project. `make` alone lists them.
# Each target sets up what it needs in .venv; nothing is written outside this folder but pip's cache.

.DEFAULT_GOAL := help
SHELL := /bin/sh
RUN_LOCK := requirements/media.txt
DEV_LOCK := requirements/dev.txt

FOUND := $(shell sh scripts/find-python)
ifneq ($(words $(FOUND)),1)
$(error $(FOUND))
endif
PYTHON := .venv/bin/python
SETUP := @$(FOUND) scripts/setup.py

.PHONY: help demo test proof lint types bench shots messages lock

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-16s %s\n", $$1, $$2 }'

demo: ## run Tillit with demo content on http://localhost:8000 (PORT, TILLIT_VAR)
	$(SETUP) $(RUN_LOCK)
	@TILLIT_DEMO=1 exec $(PYTHON) -m lms.launcher

test: ## run the tests; ARGS="-k words" runs some
	$(SETUP) $(DEV_LOCK)
	@exec $(PYTHON) scripts/run_tests.py $(ARGS)

proof: ## run the long proofs, by hand: minutes to hours
	$(SETUP) $(DEV_LOCK)
	@exec $(PYTHON) -m pytest -m slow $(ARGS)

lint: ## check style, imports between rooms and forgotten migrations
	$(SETUP) $(DEV_LOCK)
	@$(PYTHON) -m ruff check
	@$(PYTHON) -m ruff format --check
	@$(PYTHON) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"
	@$(PYTHON) manage.py makemigrations --check --dry-run --settings lms.settings.test

types: ## check types
	$(SETUP) $(DEV_LOCK)
	@exec $(PYTHON) -m mypy

bench: ## measure against the goals; names what is missing on this machine
	$(SETUP) $(DEV_LOCK)
	@exec $(PYTHON) -m benchmarks $(ARGS)

shots: ## take the screenshots of docs/images (needs Chromium)
	$(SETUP) $(DEV_LOCK)
	@exec $(PYTHON) scripts/take_screenshots.py $(ARGS)

messages: ## gather and compile the translations (maintainers: needs gettext)
	$(SETUP) $(RUN_LOCK)
	@exec $(PYTHON) scripts/messages.py

lock: ## resolve requirements/*.txt anew (maintainers: needs uv)
	@for lock in "run" "dev --group dev --extra media --extra postgres --extra redis" "media --extra media"; do \
	  set -- $$lock; name=$$1; shift; \
	  [ $$name = run ] || set -- "$$@" -c requirements/run.txt; \
	  uv pip compile pyproject.toml "$$@" --universal --generate-hashes --no-emit-index-url --no-header \
	    --python-version 3.11 --quiet --output-file requirements/$$name.txt || exit 1; \
	done
