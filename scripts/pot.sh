#!/usr/bin/env bash
# Exports i18n/<addon>.pot of every addon from the test template, where all of them are installed,
# and of bridges to other addons from a throw-away copy that gets those too.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
setup test
mapfile -t addons < <(our_addons)
mapfile -t bridges < <(far_bridges)
timed "exporting the translation templates" \
    odoo i18n export -d tmpl_test -l pot -- "${addons[@]}" "${TEST_BRIDGES[@]}"
if [ ${#bridges[@]} -gt 0 ]; then
    copy=pot_$$
    trap 'drop_database "$copy"' EXIT
    copy_database tmpl_test "$copy"
    timed "installing bridges for their texts" odoo -d "$copy" \
        -i "$(IFS=, && printf '%s' "${bridges[*]}")" --skip-auto-install --stop-after-init --no-http
    timed "exporting the bridges' translation templates" \
        odoo i18n export -d "$copy" -l pot -- "${bridges[@]}"
fi
cd "$REPO_ROOT" || exit
for addon in "${addons[@]}" "${TEST_BRIDGES[@]}" "${bridges[@]}"; do
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
