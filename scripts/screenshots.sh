#!/usr/bin/env bash
# Retakes the pictures of scripts/screens.py on the running server, or starts it:
# screenshots.sh [NAME...]   Pictures go to docs/screenshots (SHOTS=folder: elsewhere).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
need_system_packages browser
MODEL=demo "$REPO_ROOT/scripts/server.sh" start
folder=${SHOTS:-$REPO_ROOT/docs/screenshots}
mkdir -p "$folder"
"$VENV/bin/python" "$REPO_ROOT/scripts/screenshots.py" \
    "$("$REPO_ROOT/scripts/server.sh" address)" "$(chromium_path)" "$folder" "$@"
