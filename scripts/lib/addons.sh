# Our addons: which there are, and whether what a database was built from has changed.
# shellcheck shell=bash

our_addons() { _addons plain; } # installable addons but bridges (auto_install)

# Bridges to addons that neither demo nor test databases have (templates.sh lists the others).
far_bridges() { _addons bridge | grep -vxF "$(printf "%s\n" none "${TEST_BRIDGES[@]}")" || true; }

_addons() {
    "$PYTHON" - "$REPO_ROOT" "$1" <<'PY'
import ast, pathlib, sys
for path in sorted(pathlib.Path(sys.argv[1]).glob("ai_*/__manifest__.py")):
    manifest = ast.literal_eval(path.read_text())
    kind = "bridge" if manifest.get("auto_install") else "plain"
    if manifest.get("installable", True) and kind == sys.argv[2]:
        print(path.parent.name)
PY
}

# Only what an installation reads: not tests, plain Python, web assets, or texts about the addon.
addons_hash() {
    (cd "$REPO_ROOT" && find . -path './ai_*' -type f \
        -not -path '*/tests/*' -not -path '*/engine/*' -not -path '*/llm/*' -not -path '*/static/src/*' \
        -not -path '*/static/tests/*' -not -path '*/static/lib/*' -not -path '*/readme/*' \
        -not -path './ai_finance_engine/*.py' -not -path '*/__pycache__/*' -not -name '*.pot' -print0 |
        sort -z | xargs -0 -r sha256sum) | hash_of
}
