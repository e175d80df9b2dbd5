#!/usr/bin/env bash
# Stops the server and PostgreSQL and removes everything that the set-up made, databases included.
# Asks first; where nobody can answer it needs YES=1.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
case "$AI_FINANCE_HOME" in
    "" | / | "$HOME" | "$REPO_ROOT") die "AI_FINANCE_HOME is $AI_FINANCE_HOME: not removing that" "Remove it by hand." ;;
esac
if [ "${YES:-}" != 1 ]; then
    [ -t 0 ] || die "this removes $AI_FINANCE_HOME and every database in it" "To do that: make clean YES=1"
    read -r -p "Remove $AI_FINANCE_HOME and every database in it? [y/N] " answer
    [ "$answer" = y ] || die "nothing was removed" "Answer y to remove it."
fi
"$REPO_ROOT/scripts/server.sh" stop
remove_cluster
rm -rf "$AI_FINANCE_HOME"
say "Removed $AI_FINANCE_HOME and its databases."
