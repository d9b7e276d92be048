# Two commands do everything from a fresh checkout: `make demo` and `make check`.

.PHONY: help demo check bench asan tsan format setup peers configure snnc

help:
	@echo 'make demo    build snnc, run examples/coba.snn and draw its spikes'
	@echo 'make check   build everything and run every test'
	@echo 'make bench   measure speed (single thread)'
	@echo 'make asan    build with the address and undefined-behaviour sanitizers and run every test'
	@echo 'make tsan    build the runtime with the thread sanitizer and run its tests'
	@echo 'make format  format the sources with clang-format'
	@echo 'make peers   install Brian2, with which `make check` then compares eleven networks'
	@echo 'make setup   install the Debian packages that are missing (the others do so too)'

setup:
	@scripts/install-packages.sh

peers:
	@scripts/install-packages.sh peers

# Quiet unless it fails: what matters to the reader comes after it.
configure: setup
	@mkdir -p build && cmake --preset release > build/configure.log 2>&1 || { cat build/configure.log; exit 1; }

snnc: configure
	@cmake --build build --target snnc snncCommands

demo: snnc
	@scripts/demo.sh build

check: configure
	@cmake --build build
	@scripts/check.py build

bench: configure
	@cmake --build build --target bench

# LLVM's own libraries are not instrumented: they hand out memory of arenas that our code has poisoned.
asan: setup
	@mkdir -p build-asan && cmake --preset asan > build-asan/configure.log 2>&1 || { cat build-asan/configure.log; exit 1; }
	@cmake --build build-asan
	@ASAN_OPTIONS=allow_user_poisoning=0 scripts/check.py build-asan

# The runtime only: generated code and LLVM are not instrumented, so what they do to memory goes unseen.
tsan: setup
	@mkdir -p build-tsan && cmake --preset tsan > build-tsan/configure.log 2>&1 || { cat build-tsan/configure.log; exit 1; }
	@cmake --build build-tsan --target RuntimeTests
	@build-tsan/bin/RuntimeTests --gtest_brief=1

format:
	@git ls-files '*.h' '*.cpp' '*.c' | xargs clang-format -i
