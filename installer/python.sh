#!/usr/bin/env bash
# Python with the tests' set-up and this checkout's modules: installer/python.sh -m tests.bench, for example.
set -euo pipefail
root=$(readlink -f -- "${BASH_SOURCE[0]}")
root=${root%/installer/*}
# shellcheck source=installer/setup.sh
source "$root/installer/setup.sh"

purpose=test
environment_is_ready test || set_up_environment test
ensure_libraries test
compile_own_code
use_own_code_alone
exec "$python" -P "$@"
