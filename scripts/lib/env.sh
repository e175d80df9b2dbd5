# Sourced by every script: where things live and how messages look.
# shellcheck shell=bash disable=SC2034
set -euo pipefail

REPO_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# Everything that is downloaded or built lives here, never in the repository.
AI_FINANCE_HOME=${AI_FINANCE_HOME:-${XDG_CACHE_HOME:-$HOME/.cache}/ai-finance-odoo}
STATE=$AI_FINANCE_HOME/state     # small files: ports, passwords, stamps
LOGS=$AI_FINANCE_HOME/logs
VENV=$AI_FINANCE_HOME/venv
DATA_DIR=$AI_FINANCE_HOME/data   # Odoo's filestore and sessions
ODOO_CONF=$STATE/odoo-$(basename "$REPO_ROOT")-$(printf '%s' "$REPO_ROOT" | cksum | cut -d' ' -f1).conf
PYTHON=${PYTHON:-python3}        # builds the venv; everything else runs $VENV/bin/python

mkdir -p "$STATE" "$LOGS" "$DATA_DIR"
export REPO_ROOT AI_FINANCE_HOME PYTHONNOUSERSITE=1 PIP_DISABLE_PIP_VERSION_CHECK=1

# Messages go to standard error: standard output belongs to the command itself.
say() { printf '%s\n' "$*" >&2; }

# die MESSAGE [WHAT TO DO]
die() {
    say "ERROR: $1"
    [ $# -lt 2 ] || say "       $2"
    exit 1
}

# timed LABEL COMMAND...  runs a long command with its output in a log file, says every ten
# seconds how far it is, and on failure shows the end of the log.
timed() {
    local label=$1 log ticker started=$SECONDS status
    shift
    log=$LOGS/$(printf '%s' "$label" | tr -cs 'A-Za-z0-9' '-').log
    say "==> $label"
    _tick "$log" &
    ticker=$!
    set +e # and on again inside: in a "||" list bash would not stop a function at its first failure
    (set -e && "$@") >"$log" 2>&1 </dev/null
    status=$?
    set -e
    kill "$ticker" 2>/dev/null || true
    wait "$ticker" 2>/dev/null || true
    if [ "$status" -ne 0 ]; then
        tail -n 25 "$log" >&2
        say "ERROR: failed: $label"
        say "       The whole output is in $log; run the same command again after mending the cause."
        return "$status"
    fi
    say "    done in $((SECONDS - started)) s"
}

_tick() {
    local waited=0
    exec 9>&-
    while sleep 10 && kill -0 $$ 2>/dev/null; do
        waited=$((waited + 10))
        say "    ... ${waited} s: $(tail -n 1 "$1" 2>/dev/null | cut -c1-110)"
    done
}

# One set-up at a time; a second one waits. Long-lived children must close descriptor 9.
hold_lock() {
    exec 9>"$STATE/lock"
    if ! flock -n 9; then
        say "==> waiting for another set-up on $AI_FINANCE_HOME to finish"
        flock 9
    fi
}

release_lock() { exec 9>&-; }

write_file() { # write_file PATH: standard input, whole or not at all
    cat >"$1.tmp.$$" && mv -f "$1.tmp.$$" "$1"
}

free_port() { # free_port FIRST: the first port from there on that nobody listens on
    "$PYTHON" - "$1" <<'PY'
import socket, sys
for port in range(int(sys.argv[1]), int(sys.argv[1]) + 200):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        print(port)
        break
PY
}

hash_of() { sha256sum | cut -c1-16; }
