#!/usr/bin/env bash
# Asks a model the cases of bench/eval and prints how it did: eval.sh [demo]
# The model comes from AI_FINANCE_BASE_URL, AI_FINANCE_MODEL and AI_FINANCE_API_KEY; "demo" asks a
# stand-in that answers by plain rules.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
source "$(dirname "${BASH_SOURCE[0]}")/lib/model_server.sh"
setup python </dev/null
case "${1:-}" in
    '') ;;
    demo)
        # One of its own, so that a running demo server keeps its own.
        STAND_IN_PID=$STATE/stand-in-$$.pid STAND_IN_LOG=$LOGS/stand-in-$$.log
        trap 'stop_stand_in 2>/dev/null; rm -f "$STAND_IN_LOG"' EXIT
        start_stand_in
        export AI_FINANCE_MODEL=demo-stand-in AI_FINANCE_API_KEY=stand-in
        AI_FINANCE_BASE_URL=$(stand_in_url)
        export AI_FINANCE_BASE_URL
        ;;
    *) die "unknown model: $1" "Use: make eval, or make eval MODEL=demo." ;;
esac
cd "$REPO_ROOT"
"$VENV/bin/python" -m bench.eval
