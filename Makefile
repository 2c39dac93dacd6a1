# `make help` lists what there is. run and test look first for what they need (Tools/setup.sh) and install it by apt-get.

SHELL := /bin/sh
PREFIX ?= /usr/local
DESTDIR ?=
# The standard library is linked in: measured 2026-11-23, `kalimat --help` starts in 8.2 ms (median of 60) in place of
# 11.6, and the program runs where no Swift is.
# The same options for every product: with others all would be compiled anew.
BUILD_PRODUCT = swift build -c release --static-swift-stdlib --product
BUILD = $(BUILD_PRODUCT) kalimat
KALIMAT = .build/release/kalimat
# The document of Corpus/id-viva-2025-11-04.txt (docs/FORMAT.md, worked example).
VIVA = db826269i8q00mhol

.PHONY: bench-exchange eval-align eval-languages help setup build run test test-tools test-spark dist lint soak bench train eval accept install clean eval-leftovers train-boundaries train-leftovers

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "make %-12s %s\n", $$1, $$2 }'

setup: ## look for what is needed; install what is missing (apt-get)
	@Tools/setup.sh

build: setup ## the program: .build/release/kalimat
	@$(BUILD)

run: build ## Corpus/ becomes a dataset in out/corpus, is proven, counted, and one article of it shown
	$(KALIMAT) build Corpus --output out/corpus --replace
	$(KALIMAT) validate out/corpus
	$(KALIMAT) stats out/corpus
	$(KALIMAT) show $(VIVA) --dataset out/corpus

test: build ## every test; the commands' tests run the release build
	KALIMAT=$(CURDIR)/$(KALIMAT) swift test

test-tools: build .venv/ready .venv/spark-4/ready ## datasets, polars, duckdb, jq, mlcroissant, Spark … read what was written (Python packages from PyPI)
	KALIMAT=$(CURDIR)/$(KALIMAT) .venv/bin/python -m pytest -q Tests/Tools
	KALIMAT=$(CURDIR)/$(KALIMAT) .venv/spark-4/bin/python -m pytest -q Integrations/spark/tests -k "not cluster or jsonl-2 or seeded"

test-spark: build .venv/spark-3.5/ready .venv/spark-4/ready ## all tests of Integrations/spark, under both versions of PySpark: an hour
	for version in 3.5 4; do \
	  KALIMAT=$(CURDIR)/$(KALIMAT) KALIMAT_SOAK=1 .venv/spark-$$version/bin/python -m pytest -q Integrations/spark/tests || exit 1; \
	done

.venv/spark-%/ready: Integrations/spark/requirements-%.txt .venv/ready
	python3 -m venv .venv/spark-$*
	.venv/spark-$*/bin/python -m pip install --quiet --disable-pip-version-check --requirement $<
	touch $@

.venv/ready: Tests/Tools/requirements.txt
	python3 -m venv .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement Tests/Tools/requirements.txt
	touch $@

eval-align: build .venv/eval-align/ready ## alignment against ../shared/gold, and its speed: the tables of docs/ALIGNMENT.md
	.venv/eval-align/bin/python Evaluation/alignment.py $(KALIMAT) --gold "$(KALIMAT_GOLD)/alignment" --write docs/ALIGNMENT.md

.venv/eval-align/ready: Evaluation/alignment-requirements.txt
	python3 -m venv .venv/eval-align
	.venv/eval-align/bin/python -m pip install --quiet --disable-pip-version-check --requirement $<
	touch $@

eval-languages: build .venv/eval-languages ## languages inside an article, beside CLD2 alone: the tables of docs/LANGUAGES.md
	KALIMAT_GOLD="$(KALIMAT_GOLD)" .venv/bin/python Evaluation/languages.py --program $(KALIMAT) --write

.venv/eval-languages: Evaluation/languages-requirements.txt
	python3 -m venv .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement $<
	touch $@

lint: ## style of Swift and Python, and words that Sources must not hold
	@Tools/lint.sh

soak: build ## what takes long: hundreds of kills, thousands of corruptions, Corpus × 1,000
	KALIMAT=$(CURDIR)/$(KALIMAT) KALIMAT_SOAK=1 swift test

bench: build ## boundaries and whole builds beside others (Python packages from PyPI), into docs/PERFORMANCE.md
	swift build -c release --package-path Benchmarks
	test -x Benchmarks/.venv/bin/python || python3 -m venv Benchmarks/.venv
	Benchmarks/.venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement Benchmarks/requirements.txt
	Benchmarks/.venv/bin/python Benchmarks/boundaries.py --write
	Benchmarks/.venv/bin/python Benchmarks/builds.py --large 400 4000 --write
	test ! -d "$(KALIMAT_GOLD)/alignment" || \
	  python3 Evaluation/alignment.py $(KALIMAT) --gold "$(KALIMAT_GOLD)/alignment" --only speed --write docs/ALIGNMENT.md

bench-exchange: build ## exports and imports, speed and memory; docs/TRANSLATION.md has a run
	python3 Benchmarks/exchange.py --kalimat $(CURDIR)/$(KALIMAT)

# What the two read: the gold data beside the project; in another place, say KALIMAT_GOLD=….
KALIMAT_GOLD ?= $(CURDIR)/../shared/gold
TRAINER = .build/release/SegmentationTrainer
LEFTOVER_TRAINER = .build/release/LeftoverTrainer
PAGES = Tests/Cases/Leftovers/pages

# Boundaries first: how pages are cut is what the model of pages learns from.
train: train-boundaries ## the weights of Segmentation/Model and Leftovers/Model from ../shared/gold; the same bytes from the same data
	@$(MAKE) --no-print-directory train-leftovers

train-boundaries:
	@test -d "$(KALIMAT_GOLD)/segmentation" || { echo "no gold data in $(KALIMAT_GOLD)"; exit 1; }
	$(BUILD_PRODUCT) SegmentationTrainer
	$(TRAINER) train "$(KALIMAT_GOLD)/segmentation" Sources/Segmentation/Model/boundaries.weights

train-leftovers:
	@test -d "$(KALIMAT_GOLD)/leftovers" || { echo "no gold data in $(KALIMAT_GOLD)"; exit 1; }
	$(BUILD_PRODUCT) LeftoverTrainer
	$(LEFTOVER_TRAINER) train "$(KALIMAT_GOLD)/leftovers" $(PAGES) Sources/Leftovers/Model/pages.weights

eval-leftovers: build ## what is kept and rejected of marked pages and of dumps, by the program; and by models of four fifths
	KALIMAT_GOLD="$(KALIMAT_GOLD)" python3 Evaluation/leftovers.py --program $(KALIMAT)
	$(BUILD_PRODUCT) LeftoverTrainer
	test ! -d "$(KALIMAT_GOLD)/leftovers" || $(LEFTOVER_TRAINER) folds "$(KALIMAT_GOLD)/leftovers" $(PAGES)

eval: build eval-leftovers ## F1 of segmentation beside ICU and its peers, into docs/SEGMENTATION.md (Python packages from PyPI)
	$(BUILD_PRODUCT) SegmentationTrainer
	mkdir -p .build-eval/folds
	test -x .build-eval/venv/bin/python || python3 -m venv .build-eval/venv
	.build-eval/venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement Evaluation/requirements.txt
	test ! -d "$(KALIMAT_GOLD)/segmentation" || \
	  $(TRAINER) train "$(KALIMAT_GOLD)/segmentation" .build-eval/all.weights .build-eval/folds
	KALIMAT_GOLD="$(KALIMAT_GOLD)" .build-eval/venv/bin/python Evaluation/segmentation.py --write
	KALIMAT=$(CURDIR)/$(KALIMAT) .build-eval/venv/bin/python Evaluation/golden.py --write

accept: build ## take today's output as right: Manifests/ and the golden files of Tests/Cases/Commands
	KALIMAT=$(CURDIR)/$(KALIMAT) KALIMAT_ACCEPT=1 swift test --filter 'Commands\.(GoldenTests|ManifestTests)'

# All libraries but glibc's beside the program: $ORIGIN is the folder that it stands in.
dist: setup ## one archive of the program and its libraries, for Spark and for machines without them: .build/dist/
	@$(BUILD) -Xlinker --disable-new-dtags -Xlinker -rpath -Xlinker '$$ORIGIN/lib'
	@Tools/dist.sh $(KALIMAT) .build/dist

install: build ## the program and its completions for bash, zsh and fish: make install PREFIX=$HOME/.local
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/bash-completion/completions \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	install -m 755 $(KALIMAT) $(DESTDIR)$(PREFIX)/bin/kalimat
	$(KALIMAT) --generate-completion-script bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/kalimat
	$(KALIMAT) --generate-completion-script zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_kalimat
	$(KALIMAT) --generate-completion-script fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/kalimat.fish

clean: ## take away what was built
	rm -rf .build .venv out
