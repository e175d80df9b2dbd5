# The stand-in for a language model (tests/support/model_server.py): plain rules, no model.
# shellcheck shell=bash

STAND_IN_PID=$STATE/stand-in.pid
STAND_IN_LOG=$LOGS/stand-in.log

stand_in_pid() { # its process id, or nothing
    local pid
    pid=$(cat "$STAND_IN_PID" 2>/dev/null) || return 0
    # A number from before a restart may belong to another program by now.
    if tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -q tests.support.model_server; then
        printf '%s' "$pid"
    fi
}

stand_in_url() { sed -n 's/^Stand-in.*: \(http.*\)$/\1/p' "$STAND_IN_LOG" 2>/dev/null | tail -n 1; }

start_stand_in() {
    local waited=0
    [ -z "$(stand_in_pid)" ] || return 0
    : >"$STAND_IN_LOG"
    (cd "$REPO_ROOT" && exec setsid "$VENV/bin/python" -m tests.support.model_server --port 0 \
        --stand-in </dev/null >>"$STAND_IN_LOG" 2>&1 9>&-) &
    printf '%s' $! | write_file "$STAND_IN_PID"
    until [ -n "$(stand_in_url)" ]; do
        if [ "$waited" -ge 100 ]; then
            tail -n 25 "$STAND_IN_LOG" >&2
            die "the stand-in for a model did not start" "Its log is $STAND_IN_LOG."
        fi
        sleep 0.1
        waited=$((waited + 1))
    done
    say "==> started a stand-in for a language model (plain rules, no real model): $(stand_in_url)"
}

stop_stand_in() {
    local pid
    pid=$(stand_in_pid)
    [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
    rm -f "$STAND_IN_PID"
    [ -z "$pid" ] || say "Stopped the stand-in for a language model."
}
