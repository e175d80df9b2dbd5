#!/usr/bin/env bash
# Runs inside the official Odoo image (see docker-compose.yml): installs the addons' Python needs
# into the data volume when they changed, then starts Odoo.
set -euo pipefail

repository=/mnt/extra-addons
packages=/var/lib/odoo/python
wanted=$(cat "$repository"/requirements.txt "$repository"/constraints.txt \
    "$repository"/scripts/requirements/oca{,-needs}.txt | sha256sum)

if [ "$(cat "$packages/stamp" 2>/dev/null)" != "$wanted" ]; then
    echo "Installing the addons' Python packages ..."
    work=$packages.new-$$
    pip3 install --no-cache-dir --disable-pip-version-check --target "$work" \
        -c "$repository/constraints.txt" -r "$repository/requirements.txt" \
        -r "$repository/scripts/requirements/oca-needs.txt"
    pip3 install --no-cache-dir --disable-pip-version-check --target "$work" --no-deps \
        -r "$repository/scripts/requirements/oca.txt"
    printf '%s' "$wanted" >"$work/stamp"
    rm -rf "$packages"
    mv "$work" "$packages"
fi
export PYTHONPATH=$packages

options=(--database="$DATABASE" --db-filter="^$DATABASE\$" --with-demo)
if [ -n "${QUEUE_JOB:-}" ]; then
    options+=("--load=base,web,rpc,queue_job" --init=queue_job,ai_audit_log_queue_job)
else
    options+=(--init="$ADDONS")
fi
exec /entrypoint.sh odoo "${options[@]}"
