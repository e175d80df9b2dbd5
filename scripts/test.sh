#!/usr/bin/env bash
# The tests: test.sh all [ADDON] | unit [ADDON] | heavy
# Every phase writes a JUnit file; the closing lines count them all. A skipped test is a failure,
# so is a run that found no test.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

what=${1:-all} addon=${2:-}
[ -z "$addon" ] || [ -f "$REPO_ROOT/$addon/__manifest__.py" ] ||
    die "there is no addon $addon" "Give a folder's name, as in: make test ADDON=ai_bank_reconcile"
# What such a bridge needs is in no ordinary test database: tests/faults runs its tests.
is_far_bridge() { far_bridges | grep -qx "$1"; }
! is_far_bridge "$addon" || die "the tests of $addon need what test databases lack" "Use: make test-heavy"

RESULTS=$STATE/results-$what${addon:+-$addon}
rm -rf "$RESULTS"
mkdir -p "$RESULTS"
failed=0
JOBS=${JOBS:-2} # Odoo tests at a time, each with a database and a server of its own

pytest_phase() { # pytest_phase NAME ARGUMENTS...
    local name=$1 started=$SECONDS status=0
    shift
    say "==> $name tests"
    (cd "$REPO_ROOT" && "$VENV/bin/python" -m pytest -q --color=auto --durations=5 \
        -o cache_dir="$STATE/pytest-$name" --junitxml="$RESULTS/$name.xml" "$@" </dev/null) || status=$?
    say "    $name tests took $((SECONDS - started)) s"
    # Also where all passed: a crash at the very end is one.
    [ "$status" -eq 0 ] || { failed=1 && say "    $name tests ended with status $status"; }
}

has_tests() { [ -n "$(find "$@" -name 'test_*.py' -print -quit 2>/dev/null)" ]; }

unit_tests() {
    local paths=("$REPO_ROOT/tests/unit")
    if [ -n "$addon" ]; then
        paths=("$REPO_ROOT/tests/unit/$addon")
        has_tests "${paths[@]}" || return 0
    else
        paths+=("$REPO_ROOT/tests/test_repo_rules.py")
    fi
    pytest_phase unit "${paths[@]}"
}

# Inside Odoo, on copies of the test template, with a real browser for the tours.
odoo_tests() {
    local paths=() folder job
    for folder in "$REPO_ROOT"/${addon:-ai_*}/tests; do
        ! is_far_bridge "$(basename "$(dirname "$folder")")" || continue
        ! has_tests "$folder" || paths+=("$folder")
    done
    if [ -z "$addon" ] && has_tests "$REPO_ROOT/tests/e2e"; then paths+=("$REPO_ROOT/tests/e2e"); fi
    [ ${#paths[@]} -gt 0 ] || return 0
    need_system_packages browser
    hold_lock # nobody rebuilds the template before it is copied
    need_template test
    trap drop_test_databases EXIT
    for ((job = 0; job < JOBS; job++)); do copy_database tmpl_test "test_$$_gw$job"; done
    release_lock
    pytest_phase odoo -p odoo -p scripts.pytest_own_database --numprocesses="$JOBS" --dist=loadscope \
        --import-mode=prepend --odoo-database="test_$$" --odoo-http --odoo-log-level=warn "${paths[@]}"
}

drop_test_databases() {
    local job
    for ((job = 0; job < JOBS; job++)); do drop_database "test_$$_gw$job"; done
}

heavy_tests() {
    local paths=() folder
    for folder in "$REPO_ROOT"/tests/{faults,load}; do
        ! has_tests "$folder" || paths+=("$folder")
    done
    [ ${#paths[@]} -eq 0 ] || pytest_phase heavy "${paths[@]}"
}

case "$what" in
    unit)
        setup python
        need_optional_packages # scans are read with Tesseract
        unit_tests
        ;;
    all)
        setup python
        need_optional_packages
        unit_tests
        setup odoo
        odoo_tests
        ;;
    heavy)
        setup test
        heavy_tests
        ;;
    *) die "unknown tests: $what" "Use: make test, make test-unit or make test-heavy." ;;
esac

"$VENV/bin/python" "$REPO_ROOT/scripts/count_tests.py" "$RESULTS" || failed=1
say "All of it took $SECONDS s."
exit "$failed"
