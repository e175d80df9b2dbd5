# Template databases in two layers, built once and copied from then on:
#   tmpl_core_demo -> tmpl_demo    demo data, community importer, our addons
#   tmpl_core_test -> tmpl_test    no demo data, our addons
# shellcheck shell=bash

CORE_MODULES=(account account_payment payment_demo sale_management sale_stock stock_delivery
    sale_timesheet purchase_stock)
DEMO_MODULES=("${CORE_MODULES[@]}" hr_expense contacts account_statement_import_camt)
# What only tests need: kits and rewards.
TEST_MODULES=("${CORE_MODULES[@]}" sale_mrp sale_loyalty)

# Bridges (auto_install addons) whose tests need them; they come with the Odoo addons they join.
TEST_BRIDGES=(ai_ar_invoicing_timesheet ai_bookkeeping_bank)

core_modules() { if [ "$1" = demo ]; then echo "${DEMO_MODULES[@]}"; else echo "${TEST_MODULES[@]}"; fi; }

need_core() { # need_core demo|test
    local kind=$1 name=tmpl_core_$1 label modules options=()
    modules=$(core_modules "$kind")
    label="core $({ echo "$kind $modules"; cat "$OCA_ADDONS" "$(readlink -f "$ODOO_LINK/odoo")/release.py"; } | hash_of)"
    [ "$(database_label "$name")" != "$label" ] || return 0
    [ "$kind" = test ] || options=(--with-demo)
    drop_database "${name}_building"
    sql -d postgres -c "CREATE DATABASE \"${name}_building\" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C'"
    timed "installing Odoo's own modules ($kind layer, about two minutes)" \
        odoo -d "${name}_building" -i "${modules// /,}" "${options[@]}" --stop-after-init --no-http
    # shellcheck disable=SC2086  # a list of words
    check_installed "${name}_building" $modules
    rename_database "${name}_building" "$name"
    label_database "$name" "$label"
}

need_template() { # need_template demo|test
    local kind=$1 name=tmpl_$1 label addons options=()
    need_core "$kind"
    addons=$(our_addons | tr '\n' ' ')
    addons="$addons${TEST_BRIDGES[*]:-}"
    label="addons $(addons_hash) on $(database_label "tmpl_core_$kind")"
    [ "$(database_label "$name")" != "$label" ] || return 0
    [ "$kind" = test ] || options=(--with-demo)
    copy_database "tmpl_core_$kind" "${name}_building"
    if [ -n "${addons// /}" ]; then
        addons=${addons% }
        # Our addons alone: without the option Odoo would add every bridge that fits.
        timed "installing our addons ($kind layer)" odoo -d "${name}_building" -i "${addons// /,}" \
            "${options[@]}" --skip-auto-install --stop-after-init --no-http
        # shellcheck disable=SC2086
        check_installed "${name}_building" $addons
    fi
    rename_database "${name}_building" "$name"
    label_database "$name" "$label"
}
