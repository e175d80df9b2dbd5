# A private PostgreSQL cluster of throw-away databases (no fsync), on loopback only.
# shellcheck shell=bash

# PostgreSQL refuses to run as root: then the system user "postgres" owns the cluster, in a
# folder that it can reach.
if [ "$(id -u)" -eq 0 ]; then
    PG_CLUSTER=/var/lib/postgresql/ai-finance-odoo-$(printf '%s' "$AI_FINANCE_HOME" | hash_of)
else
    PG_CLUSTER=$AI_FINANCE_HOME/postgres
fi

_as_postgres() {
    if [ "$(id -u)" -eq 0 ]; then
        (cd / && runuser -u postgres -- "$@" 9>&-)
    else
        "$@" 9>&-
    fi
}

need_postgres() {
    local bin version=''
    need_system_packages server
    [ ! -f "$PG_CLUSTER/PG_VERSION" ] || version=$(cat "$PG_CLUSTER/PG_VERSION")
    bin=$(postgres_bin "$version")
    [ -n "$bin" ] || die "the databases in $PG_CLUSTER need PostgreSQL $version, which is gone" \
        "Install it again, or remove that folder to start with fresh databases."
    if [ ! -s "$STATE/pg-password" ]; then
        remove_cluster # without its password and filestores it is of no use
        "$PYTHON" -c 'import secrets; print(secrets.token_hex(16))' | write_file "$STATE/pg-password"
        chmod 600 "$STATE/pg-password"
    fi
    [ -f "$PG_CLUSTER/PG_VERSION" ] || _create_cluster "$bin"
    if ! postgres_at_hand; then
        free_port 54321 | write_file "$STATE/pg-port"
        timed "starting PostgreSQL on port $(cat "$STATE/pg-port")" _as_postgres "$bin/pg_ctl" \
            -D "$PG_CLUSTER" -w -t 60 -l "$PG_CLUSTER/server.log" -o "-p $(cat "$STATE/pg-port")" start
    fi
    use_postgres "$bin"
    _need_role
}

postgres_at_hand() {
    [ -s "$STATE/pg-password" ] && [ -s "$STATE/pg-port" ] && [ -f "$PG_CLUSTER/PG_VERSION" ] &&
        _as_postgres "$(postgres_bin "$(cat "$PG_CLUSTER/PG_VERSION")")/pg_ctl" -D "$PG_CLUSTER" status >/dev/null 2>&1
}

use_postgres() { # the libpq variables that psql, Odoo and the tests read
    PATH=$1:$PATH
    PGHOST=127.0.0.1
    PGPORT=$(cat "$STATE/pg-port")
    PGUSER=odoo
    PGPASSWORD=$(cat "$STATE/pg-password")
    export PATH PGHOST PGPORT PGUSER PGPASSWORD
}

_create_cluster() {
    local bin=$1 work=$PG_CLUSTER.new password
    rm -rf "$work"
    password=$(mktemp)
    cat "$STATE/pg-password" >"$password"
    [ "$(id -u)" -ne 0 ] || chown postgres "$password"
    timed "creating a private PostgreSQL cluster" _as_postgres "$bin/initdb" -D "$work" \
        -U postgres --pwfile="$password" --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --no-sync
    rm -f "$password"
    _as_postgres tee -a "$work/postgresql.conf" >/dev/null <<'CONF'
# Throw-away databases: speed over safety against power failure.
fsync = off
synchronous_commit = off
full_page_writes = off
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = 512MB
work_mem = 16MB
maintenance_work_mem = 256MB
max_wal_size = 4GB
jit = off
CONF
    mv "$work" "$PG_CLUSTER"
}

remove_cluster() {
    local bin
    [ -f "$PG_CLUSTER/PG_VERSION" ] || return 0
    bin=$(postgres_bin "$(cat "$PG_CLUSTER/PG_VERSION")")
    _as_postgres "$bin/pg_ctl" -D "$PG_CLUSTER" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$PG_CLUSTER"
}

_need_role() { # Odoo refuses to run as "postgres", and tests should meet an ordinary owner
    sql -d postgres -c 'SELECT 1' >/dev/null 2>&1 && return
    PGUSER=postgres sql -d postgres -v password="$PGPASSWORD" >/dev/null <<'SQL'
SELECT 'CREATE ROLE odoo LOGIN CREATEDB' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'odoo') \gexec
ALTER ROLE odoo PASSWORD :'password';
SQL
}

sql() { psql -X -q -A -t -v ON_ERROR_STOP=1 "$@"; }
