# Everything starts here. `make test` needs Python 3.11 or newer, make and a package registry, nothing else.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: help demo test bench cpu mirror crawlbench probes scoring ablation labelled farm hostile mutations mutants faults kills lint lock clean machine
.DEFAULT_GOAL := help

help: ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

# Every file is checked against its hash, the build backend too: nothing unhashed is ever run.
$(STAMP): requirements-dev.lock setup.cfg
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "make: $(PYTHON) is older than 3.11; say make PYTHON=..." >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "installing into .venv (once)" >&2
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

machine: # apt packages, where they are missing and may be installed; tests that need them skip with a reason elsewhere
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  want=""; \
	  command -v chromium >/dev/null || want="$$want chromium"; \
	  fc-list 2>/dev/null | grep -qi cjk || want="$$want fonts-noto-cjk"; \
	  if [ -n "$$want" ]; then \
	    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y $$want; } >/dev/null 2>&1 \
	      || echo "could not install:$$want; what needs them is skipped" >&2; \
	  fi; \
	fi

demo: $(STAMP) ## crawl, probe, audit and report a small invented province on loopback; opens nothing, prints where to look
	@$(BIN)/python tests/farm/demo.py

farm: $(STAMP) ## both cities of the farm, every site and indicator: the confusion table of each edition and every difference
	@$(BIN)/python tests/farm/confusion.py --first

mutations: $(STAMP) ## take planted things of the farm away, one at a time (GONGKAI_MUTATIONS=N: a sample)
	@$(BIN)/python -m pytest -q -n 2 -m campaign tests/farm/test_mutations.py

hostile: $(STAMP) ## a province of traps, the guard against real listeners, DNS that goes away: some minutes
	@$(BIN)/python -m pytest -q -n 2 -m campaign tests/hostile tests/netns/test_private.py tests/netns/test_nameless.py

TAKE ?= 300

mutants: $(STAMP) ## change the code that judges, TAKE changes one at a time: do the tests see each? hours on two cores
	@$(BIN)/python bench/mutants.py --take $(TAKE)

faults: $(STAMP) ## make each page of both cities unreadable, one at a time: the matrix of sites and faults
	@$(BIN)/python tests/farm/faults.py

KILLS ?= 50

kills: $(STAMP) ## kill -9 a crawl of the farm KILLS times at random moments and compare the end: about three minutes
	@$(BIN)/python bench/kills.py --kills $(KILLS)

LABELS ?= ../shared/real/labels.jsonl
WARC ?= ../shared/real/pages.warc.gz

TITLES ?= ../shared/real/titles.jsonl
COLUMNS ?= ../shared/real/columns.jsonl
PEERS := .venv-peers/bin/python

.venv-peers/.installed:
	@$(PYTHON) -m venv .venv-peers && .venv-peers/bin/pip install -q "crawlee[parsel]" gne trafilatura htmldate lxml_html_clean beautifulsoup4 warcio scikit-learn
	@touch $@

labelled:
	@for f in $(LABELS) $(WARC) $(TITLES) $(COLUMNS); do test -f $$f || { echo "$$f: no labelled pages or titles here; name them with LABELS= WARC= TITLES= COLUMNS=" >&2; exit 1; }; done

bench: $(STAMP) .venv-peers/.installed labelled ## reading, storing and labelling beside their peers, in one run (LABELS= WARC= TITLES= name other labels)
	@$(BIN)/python bench/reading.py $(LABELS) $(WARC) --peers $(PEERS)
	@$(BIN)/python bench/storing.py $(WARC) --peers $(PEERS)
	@$(BIN)/gongkai classify < $(TITLES) > .venv-peers/ruled.jsonl && $(PEERS) bench/learned.py $(TITLES) .venv-peers/ruled.jsonl

cpu: $(STAMP) .venv-peers/.installed ## processor time a page of a whole crawl beside Scrapy, crawlee and Scrapy's floor, in one run
	@$(BIN)/python bench/cpu.py --peers $(PEERS)

MIRROR ?= $(firstword $(wildcard ../shared/real/mirror/*))

mirror: $(STAMP) ## a mirrored site crawled steered and breadth-first: requests until each disclosure was found (MIRROR= names another)
	@test -d "$(MIRROR)" || { echo "make mirror: no mirror here; name the folder of one host's files with MIRROR=" >&2; exit 1; }
	@$(BIN)/python bench/mirror.py $(MIRROR)

ablation: $(STAMP) labelled ## what each source of reading and each group of words is worth: three minutes
	@$(BIN)/python bench/ablation.py $(LABELS) $(WARC) $(TITLES) $(COLUMNS)

probes: $(STAMP) ## DNS questions beside aiodns and dnspython, and ten thousand sites on loopback: two minutes
	@$(BIN)/python bench/resolvers.py
	@$(BIN)/python bench/probes.py

CRAWLED ?= var/demo

scoring: $(STAMP) ## an assessment of 1,000 stored sites, timed (CRAWLED= names a crawled home, as `make demo` leaves one)
	@test -f $(CRAWLED)/var/gongkai.db || { echo "make scoring: $(CRAWLED): no crawled home; run make demo or name one with CRAWLED=" >&2; exit 1; }
	@$(BIN)/python bench/scoring.py $(CRAWLED)

crawlbench: $(STAMP) ## a polite night of sixty hosts, steering against breadth-first and an oracle, unchanged nights: seven minutes
	@$(BIN)/python bench/makespan.py
	@$(BIN)/python bench/steering.py
	@$(BIN)/python bench/nights.py

test: $(STAMP) machine ## set up and run the whole suite
	@$(BIN)/python -m pytest -q -n auto

lint: $(STAMP) ## ruff, mypy, import-linter
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lock: $(STAMP) ## write the lock files from requirements*.in
	$(BIN)/uv pip compile -q --generate-hashes --universal -p 3.11 --no-header --no-emit-index-url --no-emit-find-links requirements.in -o requirements.lock
	$(BIN)/uv pip compile -q --generate-hashes --universal -p 3.11 --no-header --no-emit-index-url --no-emit-find-links requirements-dev.in -o requirements-dev.lock

clean: ## remove what was made, but never var/
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache
