#!/usr/bin/env bash
# Odoo's shell on a database: shell.sh DATABASE < script.py, or interactively.
# The script gets "env" (superuser), must commit by itself (env.cr.commit()), and its failure is
# ours. Standard output holds what the script prints and nothing else.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
[ -n "${1:-}" ] || die "no database name given" "Use: make shell DB=my_database < script.py"
setup odoo </dev/null
database_exists "$1" || die "there is no database $1" "Create it: make db NAME=$1"
odoo shell -d "$1" --no-http --log-level="${LOG_LEVEL:-warn}"
