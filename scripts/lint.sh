#!/usr/bin/env bash
# The checks: lint.sh [CHECK [FILE...]]   CHECK: ruff format pylint xml js (none: all, on all files)
#             lint.sh fix                 lets ruff repair and format what it can
# .pre-commit-config.yaml calls the same checks with the files of a commit.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
source "$(dirname "${BASH_SOURCE[0]}")/lib/eslint.sh"
cd "$REPO_ROOT" || exit

files_named() { # tracked or new files, whose names end in one of the given ways
    git ls-files --cached --others --exclude-standard -- "${@/#/*}" |
        while IFS= read -r file; do [ ! -f "$file" ] || printf '%s\n' "$file"; done
}

check_ruff() { "$VENV/bin/ruff" check --quiet --force-exclude "$@"; }

check_format() { "$VENV/bin/ruff" format --quiet --force-exclude --diff "$@"; }

check_pylint() { # Odoo's rules are about addons only
    local file addon_files=()
    for file in "$@"; do case "$file" in ai_*/*) addon_files+=("$file") ;; esac; done
    [ ${#addon_files[@]} -gt 0 ] || return 0
    "$VENV/bin/pylint" --rcfile=.pylintrc "${addon_files[@]}" || true
    "$VENV/bin/pylint" --rcfile=.pylintrc-mandatory "${addon_files[@]}"
}

check_xml() { "$VENV/bin/python" scripts/check_xml.py "$@"; }

check_js() { eslint "$@"; }

declare -A ENDINGS=([ruff]='.py' [format]='.py' [pylint]='.py' [xml]='.xml .svg' [js]='.js')

run_check() { # run_check CHECK [FILE...]
    local check=$1 files=("${@:2}") started=$SECONDS
    # shellcheck disable=SC2086  # a list of words
    [ ${#files[@]} -gt 0 ] || mapfile -t files < <(files_named ${ENDINGS[$check]})
    [ ${#files[@]} -gt 0 ] || return 0
    if "check_$check" "${files[@]}"; then
        say "    $check: ${#files[@]} files, $((SECONDS - started)) s, in order"
    else
        say "    $check: found something, see above"
        return 1
    fi
}

setup python </dev/null
case "${1:-}" in
    '')
        failed=()
        for check in ruff format pylint xml js; do run_check "$check" || failed+=("$check"); done
        [ ${#failed[@]} -eq 0 ] || die "checks that found something: ${failed[*]}" \
            "Mend what is printed above; make fix repairs layout and order of imports."
        ;;
    fix)
        mapfile -t files < <(files_named .py)
        "$VENV/bin/ruff" check --fix "${files[@]}" || true
        "$VENV/bin/ruff" format "${files[@]}"
        ;;
    ruff | format | pylint | xml | js) run_check "$@" ;;
    *) die "unknown check: $1" "Checks: ruff, format, pylint, xml, js." ;;
esac
