#!/usr/bin/env bash
# Sets up what is missing: setup.sh python | odoo | demo | test   (default: demo)
# Each level holds the ones before it. Quick when there is nothing to do; safe to interrupt.
# Source it to also get the environment (PATH, PG*, ODOO_RC) of that level.
# shellcheck source-path=SCRIPTDIR
for part in env system python odoo_source postgres databases odoo_cli addons templates; do
    # shellcheck source=/dev/null
    source "$(dirname "${BASH_SOURCE[0]}")/lib/$part.sh"
done

setup() {
    # Nothing to do means nothing to wait for: another set-up may be building a template just now.
    _at_hand "$1" || hold_lock
    need_python
    if [ "$1" != python ]; then
        need_optional_packages
        need_postgres
        need_odoo
        write_odoo_conf
    fi
    case "$1" in
        demo | test) need_template "$1" ;;
        python | odoo) ;;
        *) die "unknown set-up level: $1" "Levels: python, odoo, demo, test." ;;
    esac
    release_lock
}

_at_hand() {
    case "$1" in
        python) python_at_hand ;;
        odoo) python_at_hand && odoo_at_hand && postgres_at_hand ;;
        *) return 1 ;;
    esac
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
    setup "${1:-demo}"
    say "Set-up ready: ${1:-demo}."
fi
