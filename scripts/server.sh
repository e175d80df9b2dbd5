#!/usr/bin/env bash
# The demo server in the background: server.sh start [DATABASE] | stop | reset | logs | address
#   MODEL=demo: beside it a stand-in for a language model, connected in the database
# shellcheck source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
source "$(dirname "${BASH_SOURCE[0]}")/lib/model_server.sh"

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
        # shellcheck disable=SC2046  # a list of words
        addons=$(printf '%s,' $(our_addons) "${TEST_BRIDGES[@]}")
        timed "the addons changed: upgrading the demo database (make reset gives a fresh one)" \
            odoo -d "$1" -i "${addons%,}" -u "${addons%,}" --with-demo --skip-auto-install --stop-after-init --no-http
    fi
    [ "$1" != demo ] || label_database "$1" "$label"
}

# The address is known to the server's process only: a copy of the database reaches nothing.
connect_stand_in() { # connect_stand_in DATABASE
    start_stand_in
    AI_FINANCE_DEMO_BASE_URL=$(stand_in_url)
    export AI_FINANCE_DEMO_BASE_URL AI_FINANCE_DEMO_API_KEY=stand-in
    timed "connecting the stand-in for a language model" tell_odoo "$1"
}

tell_odoo() {
    odoo shell -d "$1" --no-http --log-level=warn <<'PY'
env["ai.finance.provider"]._demo_stand_in()
env.cr.commit()
PY
}

start_server() {
    local database=$1 http_port running wanted
    wanted="$database of $REPO_ROOT${MODEL:+ with model $MODEL}"
    running=$(cat "$STATE/server-runs" 2>/dev/null) || true
    setup odoo
    hold_lock
    if [ -n "$(server_pid)" ] && [ "$running" = "$wanted" ] && answers &&
        [ "$(database_label demo)" = "addons $(addons_hash)" ]; then
        if [ -z "${MODEL:-}" ] || [ -n "$(stand_in_pid)" ]; then
            greet "$database"
            return
        fi
    fi
    stop_server
    prepare_database "$database"
    if [ -n "${MODEL:-}" ]; then connect_stand_in "$database"; else stop_stand_in; fi
    http_port=$(free_port "${PORT:-8069}")
    printf '%s' "$http_port" | write_file "$STATE/http-port"
    printf '%s' "$wanted" | write_file "$STATE/server-runs"
    say "==> starting Odoo on $(address)"
    : >"$SERVER_LOG"
    setsid "$VENV/bin/python" "$REPO_ROOT/scripts/odoo_main.py" server -d "$database" \
        --db-filter "^$database\$" --http-port "$http_port" --gevent-port "$(free_port 8172)" \
        --workers "$WORKERS" --max-cron-threads 1 --logfile "$SERVER_LOG" \
        </dev/null >>"$SERVER_LOG" 2>&1 9>&- &
    printf '%s' $! | write_file "$PID_FILE"
    wait_until_it_answers
    # Scheduled actions now instead of within a minute: a newcomer finds suggestions, not a promise.
    sql -d postgres -c "NOTIFY cron_trigger, '$database'"
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
    [ -z "${MODEL:-}" ] ||
        say "  language model      a stand-in: plain rules, no real model ($(stand_in_url))"
    say "Stop it: make stop   Its log: make logs   Fresh demo data: make reset"
}

case "${MODEL:-}" in
    '' | demo) ;;
    *) die "unknown model: $MODEL" "MODEL=demo starts a stand-in; a real one is connected in Settings." ;;
esac
case "${1:-start}" in
    start) start_server "${2:-demo}" ;;
    stop)
        stop_server
        stop_stand_in
        ;;
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
