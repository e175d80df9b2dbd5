#!/usr/bin/env bash
# Databases by hand:
#   db.sh new NAME [TEMPLATE]   a copy of tmpl_demo (default), tmpl_test, tmpl_core_demo or tmpl_core_test
#   db.sh drop NAME
#   db.sh list
#   db.sh psql NAME [OPTIONS]
# shellcheck source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

command=${1:-list} name=${2:-}
usage="make db NAME=my_database, or: scripts/db.sh new|drop|psql NAME, scripts/db.sh list"
if [ "$command" != list ]; then
    [ -n "$name" ] || die "no database name given" "Use: $usage"
    check_name "$name"
    case "$command:$name" in new:tmpl_* | drop:tmpl_*) die "$name is a template's name" "Choose another name." ;; esac
fi

case "$command" in
    new)
        template=${3:-tmpl_demo}
        setup odoo
        hold_lock
        case "$template" in
            tmpl_demo | tmpl_test) need_template "${template#tmpl_}" ;;
            tmpl_core_demo | tmpl_core_test) need_core "${template#tmpl_core_}" ;;
            *) database_exists "$template" || die "there is no database $template to copy" "See: scripts/db.sh list" ;;
        esac
        copy_database "$template" "$name"
        release_lock
        say "Database $name is ready (a copy of $template)."
        ;;
    drop)
        setup odoo
        drop_database "$name"
        ;;
    psql)
        setup odoo
        exec psql -d "$name" "${@:3}"
        ;;
    list)
        setup odoo
        sql -d postgres -c "SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres' ORDER BY 1"
        ;;
    *) die "unknown command: $command" "Use: $usage" ;;
esac
