# The README's two commands, and the checks that .ci/run adds to them.
PYTHON ?= python3

.PHONY: run test check clean

run:
	$(PYTHON) -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/python app.py

test:
	$(PYTHON) -m venv .venv && .venv/bin/pip install -r requirements-dev.txt && .venv/bin/python -m pytest

check:
	.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy

clean:
	rm -rf .venv index/pactqa.sqlite3* index/*.faiss
