#!/usr/bin/env bash
# Everything that is checked without running the program's tests: `make check`. Says all that is wrong, not the first.
set -euo pipefail
root=$(readlink -f -- "${BASH_SOURCE[0]}")
root=${root%/installer/*}
# shellcheck source=installer/setup.sh
source "$root/installer/setup.sh"

environment_is_ready test || set_up_environment test
use_own_code_alone
cd -- "$root"

failed=()
check() {
    local name=$1
    shift
    printf '== %s\n' "$name"
    "$@" || failed+=("$name")
}

check "shell scripts" bash -n run test .ci/run installer/*.sh
check "format" "$python" -P -m ruff format --check --quiet .
check "lint" "$python" -P -m ruff check --quiet .
check "types" "$python" -P -m mypy
check "import contracts" "$python" -P -c 'from importlinter.cli import lint_imports_command; lint_imports_command()' --no-logo
check "requirements against tests" "$python" -P -m tests.support.requirements
check "models against migrations" "$python" -P -m db.migrations.check

if [ ${#failed[@]} -gt 0 ]; then
    printf 'Not in order: %s\n' "$(printf '%s, ' "${failed[@]}" | sed 's/, $//')"
    exit 1
fi
printf 'All in order.\n'
