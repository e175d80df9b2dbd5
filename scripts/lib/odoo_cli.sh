# Calling Odoo's command line with our Python, addons and databases.
# shellcheck shell=bash

write_odoo_conf() {
    local addons=$REPO_ROOT
    [ ! -s "$STATE/odoo-addons" ] || addons=$(cat "$STATE/odoo-addons"),$addons
    [ -z "${EXTRA_ADDONS:-}" ] || addons=$addons,$EXTRA_ADDONS
    write_file "$ODOO_CONF" <<CONF
[options]
addons_path = $addons
data_dir = $DATA_DIR
db_host = $PGHOST
db_port = $PGPORT
db_user = $PGUSER
db_password = $PGPASSWORD
http_interface = 127.0.0.1
screenshots = $LOGS/browser-tests
server_wide_modules = base,web,rpc
limit_time_cpu = 600
limit_time_real = 1200
CONF
    chmod 600 "$ODOO_CONF"
    export ODOO_RC=$ODOO_CONF
}

odoo() { "$VENV/bin/python" "$REPO_ROOT/scripts/odoo_main.py" "$@"; }
