#!/bin/bash
# Installs the Debian packages that a build needs, and with `peers` the simulator that tests compare with. Says and does nothing when none
# is missing.
set -euo pipefail

compile=(g++ cmake ninja-build pkg-config ccache libmlir-22-dev mlir-22-tools llvm-22-dev lld-22 liblld-22-dev)
libraries=(libboost-dev libcli11-dev libhdf5-dev libkissfft-dev libzip-dev libxxhash-dev zlib1g-dev libzstd-dev)
test=(clang-22 libclang-rt-22-dev libgtest-dev hdf5-tools python3 valgrind gdb linux-perf neovim)
run=(gnuplot-nox)
peers=(python3-brian python3-h5py)
needed=("${compile[@]}" "${libraries[@]}" "${test[@]}" "${run[@]}")
[[ ${1:-} != peers ]] || needed+=("${peers[@]}")

if ! command -v dpkg-query >/dev/null; then
  echo "snnc: this is not a Debian system, so nothing is installed; what a build needs is: ${needed[*]}" >&2
  exit 0
fi

missing=()
for package in "${needed[@]}"; do
  state=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
  [[ $state == installed ]] || missing+=("$package")
done
[[ ${#missing[@]} -gt 0 ]] || exit 0

echo "snnc: installing ${missing[*]}"
install="apt-get install -y --no-install-recommends ${missing[*]}"

as_root=()
if [[ $EUID -ne 0 ]]; then
  if [[ -t 0 ]] && command -v sudo >/dev/null; then
    as_root=(sudo)
  elif sudo -n true 2>/dev/null; then
    as_root=(sudo -n)
  else
    printf 'snnc: packages are missing and this user may not install them; ask an administrator to run\n' >&2
    printf '  apt-get update && %s\n' "$install" >&2
    exit 2
  fi
fi

"${as_root[@]}" apt-get update -qq

# LLVM 22 reaches Debian 12 through its security suite, which a hand-made source list may leave out.
for package in "${missing[@]}"; do
  if ! apt-cache show "$package" >/dev/null 2>&1; then
    printf 'snnc: no package source of this machine has `%s`\n' "$package" >&2
    printf '  on Debian 12 it is in `main` of the suites bookworm and bookworm-security: enable both and try again\n' >&2
    exit 2
  fi
done

"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive $install
