# The doors of Veridical. `make demo` and `make test` set themselves up; nothing but Python 3.11+ and PyPI is needed.

VENV   ?= .venv
DATA   ?= ../shared/data
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PY     := $(VENV)/bin/python
PIP    := $(PY) -m pip --disable-pip-version-check --quiet
RUN    := $(VENV)/bin/veridical

.PHONY: help setup demo test check bench bench-data scores docs corpus-stats picture lock clean

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(VENV)/.gazetteer ## .venv with the locked libraries, Veridical in it, and the gazetteer

demo: setup ## the example reports: casebook.db, a table, and out/
	$(RUN) build examples/reports --casebook casebook.db
	@mkdir -p out
	@for file in incidents.jsonl incidents.csv incidents.geojson dossier.html; do \
		case $$file in dossier.html) profile=dossier;; *) profile=$${file##*.};; esac; \
		$(RUN) export casebook.db --profile $$profile -o out/$$file || exit; done
	$(RUN) show casebook.db
	@echo "Open out/dossier.html in a browser; the same incidents are in out/incidents.jsonl, .csv and .geojson."

test: setup $(VENV)/.dev ## all tests, types and import contracts included
	@$(PY) -m pytest

check: setup $(VENV)/.dev ## the quick half: style, types, import contracts, docs in step
	$(PY) -m ruff check
	$(PY) -m pytest tests/test_contracts.py tests/test_tree.py tests/test_cli.py -k "contract or typed or tree or reference"

bench: setup $(VENV)/.dev ## speed and memory beside the bare encoder; DATA=folder, ARGS=--full
	$(PY) bench/speed.py --data $(DATA) $(ARGS)

bench-data: setup $(VENV)/.dev ## every report of DATA through a build
	$(PY) bench/corpus_run.py --data $(DATA) $(ARGS)

scores: setup $(VENV)/.dev ## times, places and merging scored on the corpora of DATA
	$(PY) bench/score_times.py $(DATA)/tempeval3
	$(PY) bench/score_places.py --data $(DATA)/geo
	$(PY) bench/score_merging.py --data $(DATA) --set gvc-dev

docs: setup $(VENV)/.dev ## write the generated reference of the command line
	$(PY) docs/make_cli.py

corpus-stats: setup ## write what the corpus holds to corpus/STATS.txt
	$(RUN) corpus stats corpus > corpus/STATS.txt

picture: demo $(VENV)/.dev ## the README's picture of the dossier; needs Debian's chromium
	@mkdir -p docs/pictures
	$(PY) tools/screenshot.py out/dossier.html -o docs/pictures/dossier.png \
		--incident "$$($(PY) tools/richest_incident.py out/incidents.jsonl)"

lock: $(VENV)/.made ## pin the libraries of pyproject.toml anew, with hashes and without any index's address
	$(PIP) install uv
	$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" pyproject.toml --output-file requirements.lock
	$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" pyproject.toml --extra dev --constraints requirements.lock \
		--output-file requirements-dev.lock

clean: ## everything that was made here but casebooks
	rm -rf $(VENV) out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "Veridical needs Python 3.11 or newer: install one, or name it: make PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.made requirements.lock pyproject.toml
	@echo "Installing the locked libraries (some minutes the first time)"
	$(PIP) install --require-hashes --requirement requirements.lock
	$(PIP) install --no-deps --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.installed requirements-dev.lock
	$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@

$(VENV)/.gazetteer: $(VENV)/.installed $(wildcard src/veridical/data/gazetteer_* src/veridical/data/places_*)
	@$(RUN) gazetteer info > /dev/null
	@touch $@
