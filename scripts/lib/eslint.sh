# ESLint in the cache folder, at the version that package-lock.json pins.
# shellcheck shell=bash

NODE_HOME=$AI_FINANCE_HOME/node

need_eslint() {
    local wanted
    command -v npm >/dev/null || install_packages nodejs npm
    wanted=$(cat "$REPO_ROOT/package.json" "$REPO_ROOT/package-lock.json" | hash_of)
    [ "$(cat "$NODE_HOME/stamp" 2>/dev/null)" != "$wanted" ] || return 0
    rm -rf "$NODE_HOME"
    mkdir -p "$NODE_HOME"
    cp "$REPO_ROOT/package.json" "$REPO_ROOT/package-lock.json" "$NODE_HOME/"
    timed "installing the JavaScript checker" npm --prefix "$NODE_HOME" ci --no-audit --no-fund
    printf '%s' "$wanted" | write_file "$NODE_HOME/stamp"
}

eslint() { # eslint FILE...
    hold_lock
    need_eslint
    release_lock
    "$NODE_HOME/node_modules/.bin/eslint" --config "$REPO_ROOT/eslint.config.mjs" "$@"
}
