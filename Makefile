# Two commands: `make run` serves the page, `make test` tests everything. Both install what they need.
PYTHON ?= python3
ARCHIVE ?= archive
PORT ?= 7860
BIN := .venv/bin

# Models come out of packages; nothing is fetched at run time.
export HF_HUB_OFFLINE := 1

.PHONY: run test lint types imports wheel browser clean

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
	rm -rf .venv dist build $(ARCHIVE)
