#!/usr/bin/env bash
# Writes requirements.lock and requirements-test.lock from pyproject.toml: names, versions and digests for every system,
# and no address of any registry. Needs the network, and an environment of its own in .bench/lock.
set -euo pipefail
root=$(readlink -f -- "${BASH_SOURCE[0]}")
root=${root%/installer/*}
# shellcheck source=installer/setup.sh
source "$root/installer/setup.sh"

find_base_python
tools=$root/.bench/lock
[ -x "$tools/bin/python" ] || "$base" -I -m venv "$tools"
"$tools/bin/python" -I -m pip install --quiet --disable-pip-version-check uv
cd -- "$root"
compile=("$tools/bin/uv" pip compile --quiet pyproject.toml --universal --python-version 3.11 --generate-hashes
    --no-annotate --no-header --no-emit-index-url --no-emit-find-links "$@")
"${compile[@]}" --output-file requirements.lock
"${compile[@]}" --group test --group check --constraint requirements.lock --output-file requirements-test.lock
! grep -n '://' requirements.lock requirements-test.lock || stop "A lock names an address; it must not."
say "Written: requirements.lock and requirements-test.lock. ./test sets itself up anew with them."
