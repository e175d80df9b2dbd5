#!/usr/bin/env bash
# Runs a script in the project's Python with the addons' plain Python importable, without Odoo:
# py.sh script.py [ARGUMENTS]
# shellcheck source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
[ -f "${1:-}" ] || die "no script \"${1:-}\"" "Use: make py FILE=script.py"
setup python </dev/null
exec "$VENV/bin/python" "$REPO_ROOT/scripts/bare_addons.py" "$@"
