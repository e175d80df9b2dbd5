#!/usr/bin/env bash
# Prints the figures of bench/ (see its README.md), measured in a throw-away copy of the test
# template: bench.sh [TEMPLATE]     LINES=2000 ROWS=100000: how much of it
# shellcheck source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

database=bench_$$
trap '"$REPO_ROOT/scripts/db.sh" drop "$database"' EXIT
"$REPO_ROOT/scripts/db.sh" new "$database" "${1:-tmpl_test}"
"$REPO_ROOT/scripts/shell.sh" "$database" <<PY
import sys; sys.path.insert(0, "$REPO_ROOT")
from bench import report
report.run(env, lines=${LINES:-2000}, rows=${ROWS:-100000})
PY
