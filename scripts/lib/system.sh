# System packages, installed only when their program is missing.
# shellcheck shell=bash

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        die "need root rights to run: $*" "Run that command as root, then try again."
    fi
}

# install_packages PACKAGE...
install_packages() {
    command -v apt-get >/dev/null ||
        die "missing system packages: $*" "Install them with your package manager, then try again."
    timed "refreshing the system's package list" as_root apt-get update
    timed "installing system packages: $*" \
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}

postgres_bin() { # postgres_bin [VERSION]: bin folder of that server version, or of the newest
    local version=${1:-} candidate
    for candidate in $(printf '%s\n' /usr/lib/postgresql/*/bin /usr/pgsql-*/bin | sort -rV); do
        [ -x "$candidate/initdb" ] || continue
        case "$candidate" in */"$version"*/bin) printf '%s' "$candidate" && return ;; esac
    done
    candidate=$(command -v initdb 2>/dev/null) && dirname "$(readlink -f "$candidate")"
}

chromium_path() {
    local name
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
        [ -n "$name" ] && command -v "$name" 2>/dev/null && return
    done
    return 1
}

# Without these only printing and reading of scans fail, with a message; some systems lack them.
need_optional_packages() {
    local missing=()
    command -v wkhtmltopdf >/dev/null || missing+=(wkhtmltopdf)
    command -v tesseract >/dev/null || missing+=(tesseract-ocr)
    [ ${#missing[@]} -gt 0 ] && [ ! -e "$STATE/optional-tried" ] || return 0
    touch "$STATE/optional-tried"
    (install_packages "${missing[@]}") || say "    going on without ${missing[*]}"
}

need_system_packages() { # need_system_packages python|server|browser...
    local part missing=()
    for part in "$@"; do
        case "$part" in
            python)
                command -v "$PYTHON" >/dev/null || missing+=(python3)
                "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
                ;;
            server)
                [ -n "$(postgres_bin)" ] || missing+=(postgresql)
                ;;
            browser)
                chromium_path >/dev/null || missing+=(chromium)
                ;;
        esac
    done
    [ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
}
