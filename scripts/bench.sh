#!/usr/bin/env bash
# Prints the figures of bench/ (see its README.md), measured in throw-away copies of the test
# template: bench.sh [TEMPLATE]     LINES=2000 ROWS=100000: how much of it
# LINES_BANK=1000 ITEMS=5000 LINES_BOOKED=300: the same for bank matching     FULL=1: steps
# INVOICES=1000: deliveries to invoice
# ONLY=bank: bank matching only     ONLY=invoicing: invoices from deliveries only
# ONLY=bills: reading of bills only     ONLY=delay: payment dates only; DATA=folder of public sets
# shellcheck source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

database=bench_$$ template=${1:-tmpl_test} figures=$(mktemp)
drop() {
    rm -f "$figures"
    for name in "$database" "${database}_ours" "${database}_widget" "${database}_invoices"; do
        "$REPO_ROOT/scripts/db.sh" drop "$name"
    done
}
trap drop EXIT

in_odoo() { # DATABASE CODE
    "$REPO_ROOT/scripts/db.sh" new "$1" "$template"
    [ "$1" != "${database}_widget" ] || widget_installed "$1"
    "$REPO_ROOT/scripts/shell.sh" "$1" <<<"import sys; sys.path.insert(0, '$REPO_ROOT')
from bench import report
$2"
}

widget_installed() {
    # Without our bridge, which stops what is measured.
    "$REPO_ROOT/scripts/odoo" -d "$1" -i account_reconcile_oca --skip-auto-install --no-http --log-level=error \
        --stop-after-init
}

export DATA=${DATA:-$REPO_ROOT/../shared/data}
for part in bills delay; do # plain Python: no database
    if [ -z "${ONLY:-}" ] || [ "$ONLY" = "$part" ]; then
        (cd "$REPO_ROOT" && nice "$VENV/bin/python" -m "bench.$part.accuracy")
    fi
    if [ "${ONLY:-}" = "$part" ]; then exit; fi
done
if [ -z "${ONLY:-}" ] || [ "$ONLY" = invoicing ]; then
    in_odoo "${database}_invoices" "report.invoices(env, number=${INVOICES:-1000})"
fi
if [ "${ONLY:-}" = invoicing ]; then exit; fi
if [ "${ONLY:-}" != bank ]; then
    in_odoo "$database" "report.run(env, lines=${LINES:-2000}, rows=${ROWS:-100000})"
fi
if compgen -G "$VENV/lib/*/site-packages/odoo/addons/account_reconcile_oca" >/dev/null; then
    in_odoo "${database}_widget" "report.widget(env, '$figures')"
fi
in_odoo "${database}_ours" "report.bank(env, '$figures')"
