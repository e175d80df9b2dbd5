# Databases with their filestores: create, copy, rename, drop. A database's comment says from
# which inputs it was built, so a half-built or outdated one is recognised.
# shellcheck shell=bash

filestore() { printf '%s' "$DATA_DIR/filestore/$1"; }

check_name() {
    [[ "$1" =~ ^[a-z][a-z0-9_]{0,50}$ ]] ||
        die "\"$1\" is no usable database name" "Use small letters, digits and _, starting with a letter."
}

database_exists() { [ "$(sql -d postgres -c "SELECT 1 FROM pg_database WHERE datname = '$1'")" = 1 ]; }

database_label() {
    sql -d postgres -c "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '$1'"
}

label_database() { sql -d postgres -c "COMMENT ON DATABASE \"$1\" IS '$2'"; }

drop_database() {
    sql -d postgres -c "DROP DATABASE IF EXISTS \"$1\" WITH (FORCE)" 2>/dev/null
    rm -rf "$(filestore "$1")"
}

copy_database() { # copy_database SOURCE TARGET
    drop_database "$2"
    sql -d postgres -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '$1'" >/dev/null
    sql -d postgres -c "CREATE DATABASE \"$2\" TEMPLATE \"$1\" STRATEGY file_copy"
    # Odoo never changes a stored file, so links are as good as copies.
    [ ! -d "$(filestore "$1")" ] || cp -al "$(filestore "$1")" "$(filestore "$2")"
}

rename_database() { # rename_database OLD NEW
    drop_database "$2"
    sql -d postgres -c "ALTER DATABASE \"$1\" RENAME TO \"$2\""
    [ ! -d "$(filestore "$1")" ] || mv "$(filestore "$1")" "$(filestore "$2")"
}

# Odoo skips unknown modules with a warning only: ask the database what is really there.
check_installed() { # check_installed DATABASE MODULE...
    local database=$1 missing
    shift
    missing=$(printf '%s\n' "$@" | sort -u | comm -23 - <(
        sql -d "$database" -c "SELECT name FROM ir_module_module WHERE state = 'installed'" | sort -u
    ) | tr '\n' ' ')
    [ -z "$missing" ] || die "these addons did not install: $missing" \
        "The log of this step in $LOGS says why (a missing dependency, most often)."
}
