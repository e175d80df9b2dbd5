#!/usr/bin/env bash
# The demo server in the background: server.sh start [DATABASE] | stop | reset | logs | address
# shellcheck source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

PID_FILE=$STATE/server.pid
SERVER_LOG=$LOGS/server.log
# Threads by default: with worker processes live updates need a proxy in front.
WORKERS=${WORKERS:-0}

server_pid() { # the running server's process id, or nothing
    local pid
    pid=$(cat "$PID_FILE" 2>/dev/null) || return 0
    # A number from before a restart may belong to another program by now.
    if tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -q odoo_main.py; then printf '%s' "$pid"; fi
}

address() { printf 'http://127.0.0.1:%s' "$(cat "$STATE/http-port")"; }

answers() {
    "$PYTHON" - "$(address)/web/login" <<'PY' 2>/dev/null
import sys, urllib.request
sys.exit(urllib.request.urlopen(sys.argv[1], timeout=20).status != 200)
PY
}

stop_server() {
    local pid waited=0
    pid=$(server_pid)
    [ -n "$pid" ] || { rm -f "$PID_FILE"; return 0; }
    kill "$pid" 2>/dev/null || true
    while [ -n "$(server_pid)" ] && [ "$waited" -lt 40 ]; do sleep 0.5; waited=$((waited + 1)); done
    # It leads its own process group: nothing of it stays behind.
    kill -9 -- "-$pid" 2>/dev/null || true
    rm -f "$PID_FILE"
    say "Stopped the server."
}

# A database of the user's own is never thrown away: it is upgraded when the addons changed.
prepare_database() {
    local label addons
    label="addons $(addons_hash)"
    if ! database_exists "$1"; then
        [ "$1" = demo ] || die "there is no database $1" "Create it: make db NAME=$1"
        need_template demo
        copy_database tmpl_demo "$1"
    elif [ "$1" = demo ] && [ "$(database_label "$1")" != "$label" ]; then
        addons=$(our_addons | tr '\n' ',')
        timed "the addons changed: upgrading the demo database (make reset gives a fresh one)" \
            odoo -d "$1" -i "${addons%,}" -u "${addons%,}" --skip-auto-install --stop-after-init --no-http
    fi
    [ "$1" != demo ] || label_database "$1" "$label"
}

start_server() {
    local database=$1 http_port running
    running=$(cat "$STATE/server-runs" 2>/dev/null) || true
    setup odoo
    hold_lock
    if [ -n "$(server_pid)" ] && [ "$running" = "$database of $REPO_ROOT" ] && answers &&
        [ "$(database_label demo)" = "addons $(addons_hash)" ]; then
        greet "$database"
        return
    fi
    stop_server
    prepare_database "$database"
    http_port=$(free_port "${PORT:-8069}")
    printf '%s' "$http_port" | write_file "$STATE/http-port"
    printf '%s' "$database of $REPO_ROOT" | write_file "$STATE/server-runs"
    say "==> starting Odoo on $(address)"
    : >"$SERVER_LOG"
    setsid "$VENV/bin/python" "$REPO_ROOT/scripts/odoo_main.py" server -d "$database" \
        --db-filter "^$database\$" --http-port "$http_port" --gevent-port "$(free_port 8172)" \
        --workers "$WORKERS" --max-cron-threads 1 --logfile "$SERVER_LOG" \
        </dev/null >>"$SERVER_LOG" 2>&1 9>&- &
    printf '%s' $! | write_file "$PID_FILE"
    wait_until_it_answers
    greet "$database"
}

wait_until_it_answers() {
    local deadline=$((SECONDS + 180))
    until answers; do
        if [ -z "$(server_pid)" ] || [ "$SECONDS" -gt "$deadline" ]; then
            tail -n 25 "$SERVER_LOG" >&2
            die "Odoo did not start" "Its log is $SERVER_LOG; after mending the cause: make run"
        fi
        sleep 1
    done
}

greet() {
    local login
    say ""
    say "Odoo is ready:  $(address)   (database $1)"
    say "  login admin         password admin"
    for login in $(sql -d "$1" -c "SELECT login FROM res_users
            WHERE active AND login IN ('ai_user', 'ai_approver', 'ai_auditor', 'ai_manager') ORDER BY id"); do
        printf '  login %-13s password %s\n' "$login" "$login" >&2
    done
    say "Stop it: make stop   Its log: make logs   Fresh demo data: make reset"
}

case "${1:-start}" in
    start) start_server "${2:-demo}" ;;
    stop) stop_server ;;
    reset)
        stop_server
        setup odoo
        drop_database demo
        start_server demo
        ;;
    logs) exec tail -n 200 -F "$SERVER_LOG" ;;
    address) address ;;
    *) die "unknown command: $1" "Use: make run, make stop, make reset or make logs." ;;
esac
