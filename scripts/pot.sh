#!/usr/bin/env bash
# Exports i18n/<addon>.pot of every addon from the test template, where all of them are installed.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
setup test
mapfile -t addons < <(our_addons)
timed "exporting the translation templates" \
    odoo i18n export -d tmpl_test -l pot -- "${addons[@]}" "${TEST_BRIDGES[@]}"
cd "$REPO_ROOT" || exit
for addon in "${addons[@]}" "${TEST_BRIDGES[@]}"; do
    pot=$addon/i18n/$addon.pot
    if [ -s "$pot" ]; then
        # The date would change the file at every export.
        sed -i '/^"POT-Creation-Date:/d; /^"PO-Revision-Date:/d' "$pot"
        say "$pot: $(grep -c '^msgid' "$pot") texts"
    else
        rm -f "$pot"
        rmdir "$addon/i18n" 2>/dev/null || true
    fi
done
