# The virtual environment: the addons' needs, Odoo's needs, test and lint tools, all pinned.
# shellcheck shell=bash

REQUIREMENTS=(
    "$REPO_ROOT/requirements.txt"
    "$REPO_ROOT/scripts/requirements/odoo.txt"
    "$REPO_ROOT/scripts/requirements/oca-needs.txt"
    "$REPO_ROOT/scripts/requirements/dev.txt"
)
OCA_ADDONS=$REPO_ROOT/scripts/requirements/oca.txt
CONSTRAINTS=$REPO_ROOT/constraints.txt

need_python() {
    local wanted
    need_system_packages python
    ! python_at_hand || return 0
    # Another set-up may have begun since the caller looked: nobody removes what others install.
    hold_lock
    ! python_at_hand || return 0
    wanted=$(_python_stamp)
    "$PYTHON" -c 'import sys; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))' ||
        die "Odoo 19 runs on Python 3.10 to 3.13, but $PYTHON is $("$PYTHON" -V)" \
            "Point to a fitting one: PYTHON=/path/to/python3.12 make ..."
    # Without a stamp an earlier installation was cut short: start over.
    [ -e "$VENV/stamp" ] || rm -rf "$VENV"
    rm -f "$VENV/stamp"
    [ -x "$VENV/bin/python" ] || timed "creating the Python environment" "$PYTHON" -m venv "$VENV"
    timed "installing Python packages" _install_python_packages
    printf '%s' "$wanted" | write_file "$VENV/stamp"
}

python_at_hand() { [ "$(cat "$VENV/stamp" 2>/dev/null)" = "$(_python_stamp)" ]; }

_python_stamp() {
    { "$PYTHON" -c 'import sys; print(sys.version, sys.prefix)'; cat "${REQUIREMENTS[@]}" "$OCA_ADDONS" "$CONSTRAINTS"; } | hash_of
}

_install_python_packages() {
    local requirement arguments=()
    for requirement in "${REQUIREMENTS[@]}"; do arguments+=(-r "$requirement"); done
    "$VENV/bin/python" -m pip install --no-input --progress-bar off -c "$CONSTRAINTS" "${arguments[@]}"
    # These wheels ask for a package "odoo", which no index has: Odoo comes from elsewhere.
    "$VENV/bin/python" -m pip install --no-input --progress-bar off --no-deps -r "$OCA_ADDONS"
}
