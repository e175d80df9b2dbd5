#!/usr/bin/env bash
# Stops the server and PostgreSQL and removes everything that the set-up made.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
case "$AI_FINANCE_HOME" in
    "" | / | "$HOME" | "$REPO_ROOT") die "AI_FINANCE_HOME is $AI_FINANCE_HOME: not removing that" "Remove it by hand." ;;
esac
"$REPO_ROOT/scripts/server.sh" stop
if [ -f "$PG_CLUSTER/PG_VERSION" ]; then
    bin=$(postgres_bin "$(cat "$PG_CLUSTER/PG_VERSION")")
    _as_postgres "$bin/pg_ctl" -D "$PG_CLUSTER" -m fast stop >/dev/null 2>&1 || true
    rm -rf "$PG_CLUSTER"
fi
rm -rf "$AI_FINANCE_HOME"
say "Removed $AI_FINANCE_HOME and its databases."
