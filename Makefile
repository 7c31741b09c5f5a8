# Every target first sets up what it still lacks in .venv; a second call installs nothing.
#   make extract INPUT=releases.jsonl OUTPUT=data     make test     make help
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	2>/dev/null && echo $$p && break; done)
# Where torch comes from. Empty: the index that pip is set up with. https://download.pytorch.org/whl/cpu: the CPU build.
TORCH_INDEX ?=
INPUT ?= samples/releases.jsonl
OUTPUT ?= data
SOURCES ?=
DATA ?= ../shared/data
ARGS ?=

# INPUT and OUTPUT as one word each, also with spaces in them; unquoted, so that a leading ~ is still the home folder.
empty :=
space := $(empty) $(empty)
IN = $(subst $(space),\ ,$(INPUT))
OUT = $(subst $(space),\ ,$(OUTPUT))

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
PINNED := $(PIP) install --quiet --constraint constraints.txt
TORCH := $(shell grep '^torch==' constraints.txt)

# Two processes of one thread each: faster on two cores than one process of two.
DIRECTIVE = OMP_NUM_THREADS=1 $(BIN)/python -m torch.distributed.run --standalone --nproc-per-node 2 -m models.training.directive --data $(DATA) --hold-out 8

.PHONY: help extract test lint docs scrape serve notebooks train eval bench constraints clean

help: ## list the targets
	@grep -hE '^[a-z ]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 28

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; name it with PYTHON=..." >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

# Torch goes first and alone, so that its own index serves nothing else.
$(VENV)/.torch: constraints.txt | $(BIN)/python
	@echo "Setting up $(VENV): once, a few minutes"
	$(PIP) install --quiet $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) $(TORCH)
	@touch $@

$(VENV)/.base: pyproject.toml constraints.txt $(VENV)/.torch
	$(PINNED) --editable .
	@touch $@

$(VENV)/.with-%: $(VENV)/.base
	$(PINNED) --editable '.[$*]'
	@touch $@

extract: $(VENV)/.base ## INPUT -> directives in OUTPUT (INPUT=samples/releases.jsonl OUTPUT=data ARGS='--html')
	$(BIN)/arahan extract $(IN) -o $(OUT) $(ARGS)

test: $(VENV)/.with-dev ## the whole test suite, without network
	$(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/.with-dev ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(VENV)/.base ## docs/schema.md and docs/cli.md from the code
	$(BIN)/arahan docs

scrape: $(VENV)/.base ## SOURCES="id1 id2" -> OUTPUT/articles; without SOURCES from a demo site that it starts and stops
	$(if $(strip $(SOURCES)),$(BIN)/arahan scrape $(addprefix --source ,$(SOURCES)) -o $(OUT) $(ARGS),$(BIN)/python -m scrapers.demo -o $(OUT) -- $(ARGS))

serve: $(VENV)/.with-serve ## index OUTPUT (made from the samples when it is missing) and serve the search page on 127.0.0.1:8001
	test -d $(OUT)/directives || $(BIN)/arahan extract $(IN) -o $(OUT)
	$(BIN)/arahan serve $(OUT) $(ARGS)

notebooks: $(VENV)/.with-notebooks ## execute every notebook against OUTPUT, which is made from the samples when it is missing
	test -d $(OUT)/directives || $(BIN)/arahan extract $(IN) -o $(OUT)
	ARAHAN_DATA="$$(cd $(OUT) && pwd)" $(BIN)/python -m pytest --nbmake --nbmake-timeout=300 -o filterwarnings=default notebooks $(ARGS)

train: $(VENV)/.with-train ## rebuild the shipped weights from DATA, hours; goes on from where it stopped
	$(BIN)/python -m models.training.encoder --data $(DATA) --out models/encoder
	$(BIN)/python -m models.training.stanza_package --data $(DATA)
	$(BIN)/python -m models.training.entities --data $(DATA)
	$(BIN)/python -m models.training.joint --data $(DATA)
	for reading in wide close; do \
		$(DIRECTIVE) --reading $$reading --more samples/gold.jsonl --epochs 3 --out build/directive-$$reading && \
		$(DIRECTIVE) --reading $$reading --sources benchmark --epochs 1 --rate 5e-5 --head-rate 3e-4 \
			--initial build/directive-$$reading/model.pt --out build/directive-$$reading-last || exit 1; done
	$(BIN)/python -m models.training.directive_settings --data $(DATA) --hold-out 8 \
		--wide build/directive-wide-last/model.pt --close build/directive-close-last/model.pt
	$(BIN)/python -m models.training.sectors --data $(DATA)
	$(BIN)/python -m models.training.quantities --data $(DATA)
	$(BIN)/python -m models.training.deadlines --data $(DATA)
	$(BIN)/python -m models.training.addressees --data $(DATA)
	$(BIN)/python -m models.training.officials --data $(DATA) --hold-out 8
	$(BIN)/python -m models.training.confidence --data $(DATA) --hold-out 8

eval: $(VENV)/.with-train ## figures of what ships against the floors in git (DATA=../shared/data ARGS=--raise)
	$(BIN)/python -m tests.benchmarks.quality --data $(DATA) $(ARGS)

bench: $(VENV)/.with-serve ## text of pages against trafilatura; words a second by stage, peak memory; search over 20,000 directives
	$(BIN)/python -m tests.benchmarks.text_extraction
	$(BIN)/python -m tests.benchmarks.speed --data $(DATA) $(ARGS)
	test -d $(OUT)/directives || $(BIN)/arahan extract $(IN) -o $(OUT)
	$(BIN)/python -m tests.benchmarks.search_load --data $(OUT) --directives 20000

constraints: ## pin anew what pyproject.toml resolves to today
	$(PYTHON) -m venv --clear .venv-lock
	.venv-lock/bin/python -m pip install --quiet $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) $(TORCH)
	.venv-lock/bin/python -m pip install --quiet --editable '.[dev,serve,ray]'
	{ sed '/^[^#]/,$$d' constraints.txt; .venv-lock/bin/python -m pip freeze --exclude-editable | sed 's/+cpu$$//'; } > constraints.new
	mv constraints.new constraints.txt; rm -rf .venv-lock

clean: ## remove .venv and caches, never data
	rm -rf $(VENV) *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
