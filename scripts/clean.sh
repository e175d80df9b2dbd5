#!/usr/bin/env bash
# Stops the server and PostgreSQL and removes everything that the set-up made.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
case "$AI_FINANCE_HOME" in
    "" | / | "$HOME" | "$REPO_ROOT") die "AI_FINANCE_HOME is $AI_FINANCE_HOME: not removing that" "Remove it by hand." ;;
esac
"$REPO_ROOT/scripts/server.sh" stop
remove_cluster
rm -rf "$AI_FINANCE_HOME"
say "Removed $AI_FINANCE_HOME and its databases."
