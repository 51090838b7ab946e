# The README's two commands, and the checks that .ci/run adds to them.
PYTHON ?= python3

# `make mutate ROOMS="answer export"` mutates some of them.
ROOMS ?= search judgement answer export evaluation

.PHONY: run test probe benchmark check audit mutate clean

run:
	$(PYTHON) -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/python app.py

test:
	$(PYTHON) -m venv .venv && .venv/bin/pip install -r requirements-dev.txt && .venv/bin/python -m pytest

# Tries to break it, longer than `make test` does: damaged files, kills, hostile input.
probe:
	PACTQA_PROBE=long .venv/bin/python -m pytest -n0 -m probe

benchmark:
	.venv/bin/python -m pytest -m benchmark

# Ruff's rules of the group S are those of bandit; what is ignored, and why, is in pyproject.toml.
check:
	.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy
	.venv/bin/pip-licenses > /dev/null

# Asks a service on the network about known faults of what is installed.
audit:
	.venv/bin/pip install pip-audit && .venv/bin/pip-audit

# Changes the code a little at a time and counts the changes that no test notices.
mutate:
	OMP_NUM_THREADS=1 .venv/bin/mutmut run $(ROOMS:%='pactqa.%.*') > mutmut.log
	.venv/bin/python scripts/count_mutants.py $(ROOMS)

clean:
	rm -rf .venv mutants mutmut.log index/pactqa.sqlite3* index/*.faiss
