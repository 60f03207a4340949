# make, and python -m threatledger behind it. Works with GNU Make 3.81, as macOS has it.

SHELL := /bin/sh

# Plain `make` makes the briefing: it is what a newcomer wants, and costs nothing when nothing changed.
.DEFAULT_GOAL := report

# The name of a file in notebooks/editions/. Taken as it is written, and handed on through the
# environment, so that no character of it is read by make or the shell.
EDITION := default
override EDITION := $(value EDITION)
export EDITION

# How kernels start: forked from one process that has imported what is slow to import, or plain.
ENGINE := forked
override ENGINE := $(value ENGINE)
export ENGINE

# How long each target of `make fuzz` is tried, and which; all of them where none is named.
TIME := 600
TARGET :=
override TIME := $(value TIME)
override TARGET := $(value TARGET)
export TIME
export TARGET

export PYTHONPATH := $(CURDIR)/notebooks
# Byte code is what makes the second start quick.
unexport PYTHONDONTWRITEBYTECODE

# An active environment is used as it is (never conda's base, which belongs to conda); else .venv,
# which make creates from the lock file.
ENVIRONMENT := .venv
ifneq ($(filter-out base,$(CONDA_DEFAULT_ENV)),)
ifneq ($(CONDA_PREFIX),)
ENVIRONMENT := $(CONDA_PREFIX)
endif
endif
ifneq ($(VIRTUAL_ENV),)
ENVIRONMENT := $(VIRTUAL_ENV)
endif
ifeq ($(ENVIRONMENT),$(CURDIR)/.venv)
ENVIRONMENT := .venv
endif
PYTHON := "$(ENVIRONMENT)/bin/python"
LOCK := requirements.lock.txt

.PHONY: report reports check publish lab test refresh verify open clean help lock picture bench bench-scale audit fuzz faults environment

report: environment ## Make a briefing: reports/EDITION/briefing.html (EDITION=default)
	@$(PYTHON) -m threatledger report --edition="$$EDITION"

reports: environment ## Make the briefing of every edition in notebooks/editions/
	@$(PYTHON) -m threatledger reports

check: environment ## Say everything that is wrong with tables, texts and editions
	@$(PYTHON) -m threatledger check

publish: report ## Keep an edition as published, for the next one to compare with (EDITION=default)
	@$(PYTHON) -m threatledger publish --edition="$$EDITION"

lab: environment ## Open JupyterLab on the notebooks
	@$(PYTHON) -m jupyter lab --LabApp.default_url=/lab/tree/notebooks

test: environment ## Unit tests, and every notebook against its stored outputs
	@$(PYTHON) -m pytest -c notebooks/pyproject.toml -n 2 --nbval --nbval-current-env notebooks

refresh: environment ## Execute the notebooks in place, so that their stored outputs are true
	@$(PYTHON) -m threatledger refresh

verify: environment ## Rebuild the default edition elsewhere and compare it with the committed checksums
	@$(PYTHON) -m threatledger verify

open: report ## Make a briefing and show it in the browser (EDITION=default)
	@$(PYTHON) -m threatledger open --edition="$$EDITION"

clean: environment ## Remove what make wrote in reports/, except what git keeps
	@$(PYTHON) -m threatledger clean

bench: environment ## Measure speed beside other libraries, and write it to reports/README.md
	@$(PYTHON) -m threatledger.bench

bench-scale: environment ## Measure time and memory on archives of up to 100,000 texts, and write them there
	@$(PYTHON) -m threatledger.bench.scale

audit: environment ## Ask whether a weakness is known in a locked package (needs the network)
	@$(PYTHON) -m threatledger.chain.tools audit

fuzz: environment ## Try the readers on what no person writes, 10 minutes each (TARGET=, TIME=600)
	@$(PYTHON) -m threatledger.chain.tools fuzz --seconds="$$TIME" $$TARGET

faults: environment ## Kill, stop and starve runs at fifty moments of chance, and look at the next
	@KILLS=50 $(PYTHON) -m pytest -c notebooks/pyproject.toml -n 0 notebooks/tests/test_faults.py

picture: report ## Take the README's picture of the page (needs Chromium)
	@$(PYTHON) -m threatledger.briefing.picture

lock: environment ## Write the locks of packages anew from notebooks/pyproject.toml
	@$(PYTHON) -m threatledger.chain.tools lock

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' Makefile

# The environment carries a copy of the lock that it agrees with; it is written last, so that a
# half-made environment is made again.
environment:
	@cmp -s $(LOCK) "$(ENVIRONMENT)/threat-ledger.lock.txt" && test -x $(PYTHON) || { $(PREPARE); }

ifeq ($(ENVIRONMENT),.venv)
define PREPARE
usable=; bare=; \
for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
  "$$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null || continue; \
  bare="$$name"; \
  "$$name" -c 'import ensurepip, venv' 2>/dev/null && usable="$$name" && break; \
done; \
if test -n "$$usable"; then "$$usable" -m threatledger.chain.environment make; \
elif test -n "$$bare"; then \
  echo "$$bare has no venv module: install it (Debian, Ubuntu: apt install $$bare-venv), then run make again" >&2; exit 1; \
else \
  echo "Python 3.11, 3.12, 3.13 or 3.14 is needed and was not found: install one (https://www.python.org/downloads/), then run make again" >&2; exit 1; \
fi
endef
else
PREPARE = $(PYTHON) -m threatledger.chain.environment check
endif
