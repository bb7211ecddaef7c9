# Two commands: `make run` serves the page, `make test` tests everything. Both install what they need.
PYTHON ?= python3
ARCHIVE ?= archive
PORT ?= 7860
BIN := .venv/bin

# Models come out of packages; nothing is fetched at run time.
export HF_HUB_OFFLINE := 1

.PHONY: run test lint types imports wheel browser bench-archive bench-peers clean

run: .venv/run
	@$(BIN)/onrecord build seeds --archive $(ARCHIVE)
	@$(BIN)/onrecord serve --archive $(ARCHIVE) --port $(PORT)

test: .venv/test browser
	$(BIN)/python -m pytest

lint: .venv/test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: .venv/test
	$(BIN)/mypy

imports: .venv/test
	PYTHONPATH=. $(BIN)/lint-imports

wheel: .venv/test
	rm -rf dist
	$(BIN)/python -m build --wheel --no-isolation
	$(BIN)/check-wheel-contents dist

browser:
	@tests/browser/install

# What an archive costs and withstands; about half an hour, figures in bench-archive/.
BENCH := HF_HUB_OFFLINE=1 PYTHONPATH=. $(BIN)/python -W ignore tests/speed
SIZES ?= 10000 100000
MINUTES ?= 1

bench-archive: .venv/test
	$(BENCH)/scale.py --sizes $(SIZES) --work bench-archive/archives
	$(BENCH)/plot.py bench-archive/scale.json docs/scale.svg
	$(BENCH)/updates.py --archive bench-archive/archives/$(lastword $(SIZES))
	rm -rf bench-archive/archives
	$(BENCH)/crashes.py
	$(BENCH)/load.py --minutes $(MINUTES)
	$(BENCH)/throughput.py

# Recall, and time a question, beside other projects, which are installed for this alone.
# QUESTIONS=FILE asks these of ARCHIVE; otherwise the examples' are asked of an archive of theirs.
PEERS ?= .venv-peers

bench-peers: .venv/test $(PEERS)/installed
	$(BENCH)/retrieval.py --peers $(PEERS)/bin/python \
	  $(if $(QUESTIONS),--questions $(QUESTIONS) --archive $(ARCHIVE))

$(PEERS)/installed: tests/speed/peers/requirements.txt constraints.txt
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/pip install --quiet --constraint constraints.txt --requirement $<
	touch $@

.venv/pip:
	$(PYTHON) -m venv .venv
	touch $@

.venv/run: .venv/pip pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --constraint constraints.txt --editable ".[ui]"
	touch $@

.venv/test: .venv/run
	$(BIN)/pip install --quiet --constraint constraints.txt --editable ".[ui,dev]"
	touch $@

clean:
	rm -rf .venv .venv-peers dist build $(ARCHIVE)
