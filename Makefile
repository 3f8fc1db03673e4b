# The only verbs. Each makes .venv/ when it is missing or stale. `make` alone lists them.
PYTHON ?= python3
PORT ?= 8000
DATA ?= .ydin
WORKERS ?= 2

VENV := .venv
BIN := $(VENV)/bin
YDIN := $(BIN)/ydin
INSTALLED := $(VENV)/.installed
MESSAGES := $(VENV)/.messages
INTEROP := $(VENV)/interop/.installed
SCAN := $(VENV)/scan/.installed
NODE_PROGRAMS := $(VENV)/node/.installed
CATALOGUES := $(wildcard src/ydin/locale/*/LC_MESSAGES/*.po)

# The lock files are complete, so nothing is left for pip to resolve; Python compiles what is imported, when it is.
PIP := $(BIN)/python -m pip
INSTALL := install --quiet --disable-pip-version-check --no-deps --no-compile
LOCKED := $(INSTALL) --require-hashes -r

# Steps that do not need each other, several at a time; what each says stays in one piece (where make can).
TOGETHER = $(MAKE) --no-print-directory --keep-going --jobs=$(WORKERS) \
  $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)
CHECKS := types advisories migrations messages-whole templates settings-whole dependencies style contracts
PROGRAMS := $(INTEROP) $(SCAN) $(NODE_PROGRAMS)

.PHONY: help demo test check ci fix messages lock screenshots $(CHECKS)
.DEFAULT_GOAL := help

help:
	@echo "make demo          start the sample network (RESET=1 starts over, PORT=8000, DATA=.ydin)"
	@echo "make test          run the tests (ARGS=\"tests/people -k language\", WORKERS=2)"
	@echo "make check         everything that is checked without running the product"
	@echo "make fix           let the tools repair what they can"
	@echo "make messages      collect the texts to translate and compile the translations"
	@echo "make lock          lock the dependencies again, with hashes (UPGRADE=1 takes newer ones)"
	@echo "make screenshots   take the pictures of the documentation, from a demo of their own (or URL=…)"

$(INSTALLED): requirements/dev.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Ydin needs Python 3.11 or newer; '$(PYTHON)' was not found." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Ydin needs Python 3.11 or newer; say which: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV) \
	  || { echo "This Python cannot make virtual environments; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@sed -n '/^pip==/,/[^\\]$$/p' requirements/dev.txt > $(VENV)/pip.txt  # the locked pip is quicker than Python's own
	$(PIP) $(LOCKED) $(VENV)/pip.txt
	$(PIP) $(LOCKED) requirements/dev.txt
	$(PIP) $(INSTALL) --no-build-isolation --editable .
	@touch $@

$(MESSAGES): $(INSTALLED) $(CATALOGUES)
	$(YDIN) manage messages --compile
	@touch $@

# Calendar programs for tests/interop. Where one cannot be installed, its tests say so and are skipped.
$(INTEROP): requirements/interop.txt | $(INSTALLED)
	@$(BIN)/python -m venv --clear --without-pip $(VENV)/interop \
	  && $(PIP) --python $(VENV)/interop/bin/python $(LOCKED) requirements/interop.txt && touch $@ \
	  || { rm -rf $(VENV)/interop; echo "The calendar programs of PyPI could not be installed." >&2; }

$(NODE_PROGRAMS): tests/interop/package.json tests/interop/package-lock.json | $(INSTALLED)
	@if command -v npm >/dev/null; then mkdir -p $(VENV)/node && cp $^ $(VENV)/node && cd $(VENV)/node \
	  && npm ci --silent --no-audit --no-fund --ignore-scripts && touch .installed \
	  || echo "The calendar programs of npm could not be installed." >&2; \
	  else echo "Node is not here: two calendar programs are left out of the tests." >&2; fi

# The scanner of tests/security/test_scan.py, in an environment of its own for the same reason.
$(SCAN): requirements/scan.txt | $(INSTALLED)
	@$(BIN)/python -m venv --clear --without-pip $(VENV)/scan \
	  && $(PIP) --python $(VENV)/scan/bin/python $(LOCKED) requirements/scan.txt && touch $@ \
	  || { rm -rf $(VENV)/scan; echo "The scanner could not be installed." >&2; }

demo: $(MESSAGES)
	@$(YDIN) demo --port $(PORT) --data $(DATA) $(if $(RESET),--reset) --friendly

test: $(MESSAGES)
	@$(TOGETHER) $(PROGRAMS)
	$(BIN)/python -m pytest -n $(WORKERS) $(ARGS)

check: $(MESSAGES)
	@$(TOGETHER) $(CHECKS)

# What .ci/run runs: the tests' programs are installed while the checks run.
ci: $(MESSAGES)
	@$(TOGETHER) $(CHECKS) $(PROGRAMS)
	@$(MAKE) --no-print-directory test

types:
	$(BIN)/mypy

advisories:
	$(BIN)/python requirements/audit.py

migrations:
	$(YDIN) manage --throwaway makemigrations --check --dry-run

messages-whole:
	$(YDIN) manage messages --check

templates:
	$(BIN)/djlint --lint src/ydin

settings-whole:
	$(YDIN) check-config --example

dependencies:
	$(BIN)/deptry src

style:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

contracts:
	$(BIN)/lint-imports

fix: $(INSTALLED)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: $(INSTALLED)
	$(YDIN) manage messages
	@touch $(MESSAGES)

# Empty pip settings: the hashes are those of the public index, and no address of this machine gets in.
lock: $(INSTALLED)
	@for name in base dev interop scan; do \
	  echo "locking requirements/$$name.txt"; \
	  (cd requirements && PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= CUSTOM_COMPILE_COMMAND="make lock" \
	    ../$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe $(if $(UPGRADE),--upgrade) \
	    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options \
	    $$name.in --output-file $$name.txt) || exit 1; \
	done

screenshots: $(MESSAGES)
	$(YDIN) manage screenshots --out docs/screenshots $(if $(URL),--url $(URL))
