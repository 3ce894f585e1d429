# The everyday commands; each is a line or two of CMake or a script.

PREFIX ?= /usr/local
# How many epochs `make run` trains for; by default as many as fit into a few minutes.
EPOCHS ?=
# `make keras-parity`: how many models of Keras 3 for each seed, half as many of Keras 2; three fresh seeds where none are given.
# Cases that Keras does not repeat with other rounding are undetermined, which is no failure up to three in a hundred.
COUNT ?= 100
SEEDS ?=
# `make bench`, `make accuracy`: which of its parts, by default all, and how often everybody has a turn in the first.
PARTS ?=
ROUNDS ?= 3

.PHONY: help build run test keras-parity lint bench accuracy docs format install package clean
.DEFAULT_GOAL := help

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

build: ## Build the command, build/antler
	@scripts/install-packages.sh
	cmake --preset release
	cmake --build --preset release
	@ln -sf release/cli/antler build/antler

run: build ## Train on the digits, then write cnn_net_model.h5 and mnist_output.csv
	@scripts/run-lesson.sh $(EPOCHS)

test: ## Check the format and all tests, then the tests again under sanitizers
	@scripts/install-packages.sh
	scripts/format.sh --dry-run --Werror
	cmake --preset test
	cmake --build --preset test
	ctest --preset test
	cmake --preset asan
	cmake --build --preset asan
	ctest --preset asan

keras-parity: build ## Hold antler against hundreds of random models of the real Keras: SEEDS="1 2 3" COUNT=100
	@scripts/make-venv.sh build/keras-venv tests/keras/requirements.txt --no-deps
	@build/keras-venv/bin/python tests/keras/oracle/parity.py build/antler --keras3 $(COUNT) --keras2 $$(($(COUNT) / 2)) \
		$(if $(SEEDS),--seeds $(SEEDS))

lint: build ## Check the format of the sources, and have clang-tidy read them: a quarter of an hour on two cores
	scripts/format.sh --dry-run --Werror
	run-clang-tidy -quiet -p build/release -extra-arg=-Wno-unknown-warning-option '^$(CURDIR)/(antler|digits|cli)/'

bench: ## Time antler against what users would run instead, and write docs/performance.md: PARTS="lesson networks" ROUNDS=3
	@scripts/install-packages.sh
	cmake --preset bench
	cmake --build --preset bench
	@scripts/make-venv.sh build/bench-venv bench/requirements.txt
	@scripts/make-venv.sh build/keras-venv tests/keras/requirements.txt --no-deps
	@build/bench-venv/bin/python bench/compare.py --antler build/bench/cli/antler --kernels build/bench/antler_bench \
		--digits "$$(scripts/get_digits.py)" --keras-python build/keras-venv/bin/python --rounds $(ROUNDS) $(PARTS)

accuracy: build ## Train by the recipes from many seeds, hours, and write docs/accuracy.md: PARTS="fast best"
	@python3 bench/accuracy.py --antler build/antler --digits "$$(scripts/get_digits.py)" $(PARTS)

format: ## Format the sources in place
	scripts/format.sh -i

install: build ## Install the command, the library and its headers under PREFIX (/usr/local)
	cmake --install build/release --prefix $(PREFIX)

docs: build ## Build the site of the docs, its figures drawn anew: build/docs/site
	cmake --build --preset release --target figures
	build/release/docs/figures/figures docs/images
	scripts/build-docs.sh build/docs

package: build ## Make Debian packages of the command and of the library, in build/packages
	cpack -G DEB --config build/release/CPackConfig.cmake -B build/packages

clean: ## Remove everything that was built, downloaded or trained
	rm -rf build cnn_net_model.h5 mnist_output.csv
