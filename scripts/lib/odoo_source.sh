# Where Odoo 19 comes from: ODOO_PATH, an importable one, or Debian's package unpacked aside.
# shellcheck shell=bash

ODOO_LINK=$AI_FINANCE_HOME/odoo-link      # holds one link "odoo": what the venv imports
ODOO_PREFIX=$AI_FINANCE_HOME/odoo-19      # unpacked package, when no own Odoo is given

# Its web assets are relative links into these; stable's two fonts have the files it links to.
ODOO_PACKAGES_UNSTABLE=(odoo-19 libjs-jquery libjs-jquery-form libjs-underscore
    fonts-montserrat fonts-roboto-unhinted fonts-ocr-b)
ODOO_PACKAGES_STABLE=(fonts-font-awesome fonts-inconsolata)

need_odoo() {
    local package addons='' series
    package=$(_find_odoo_package)
    if [ -z "$package" ]; then
        _fetch_odoo
        package=$ODOO_PREFIX/usr/lib/python3/dist-packages/odoo
    fi
    series=$("$PYTHON" -c 'import runpy, sys; print(runpy.run_path(sys.argv[1])["series"])' \
        "$package/release.py" 2>/dev/null) || series=unreadable
    [ "$series" = 19.0 ] ||
        die "the Odoo in $package is version $series, these addons need 19.0" \
            "Set ODOO_PATH to a 19.0 source folder, or unset it to have one fetched."
    # An installed Odoo keeps its addons inside the package, a git checkout most of them beside it.
    [ -d "$package/addons/account" ] || addons=$(cd "$package/../addons" && pwd)
    mkdir -p "$ODOO_LINK"
    [ "$(readlink "$ODOO_LINK/odoo")" = "$package" ] || ln -sfn "$package" "$ODOO_LINK/odoo"
    printf '%s' "$addons" | write_file "$STATE/odoo-addons"
    printf '%s\n' "$ODOO_LINK" | write_file "$(_site_packages)/ai_finance_odoo.pth"
}

odoo_at_hand() { [ -e "$ODOO_LINK/odoo/release.py" ] && [ -e "$(_site_packages)/ai_finance_odoo.pth" ]; }

_site_packages() { "$VENV/bin/python" -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])'; }

_find_odoo_package() {
    if [ -n "${ODOO_PATH:-}" ]; then
        local candidate
        for candidate in "$ODOO_PATH/odoo" "$ODOO_PATH"; do
            [ -f "$candidate/release.py" ] && (cd "$candidate" && pwd) && return
        done
        die "ODOO_PATH=$ODOO_PATH holds no Odoo (no odoo/release.py in it)" \
            "Point ODOO_PATH to the source folder of Odoo 19.0, or unset it to have one fetched."
    fi
    (cd / && "$PYTHON" -c 'import odoo.release as r, os; print(os.path.dirname(r.__file__))' 2>/dev/null) || true
}

_fetch_odoo() {
    [ ! -e "$ODOO_PREFIX" ] || return 0
    [ -f /etc/debian_version ] || die "Odoo 19 was not found, and this system is no Debian to fetch it from" \
        "Get the Odoo 19.0 source and run: ODOO_PATH=/path/to/odoo make ..."
    timed "fetching Odoo 19 (130 MB) and unpacking it" _fetch_odoo_packages
}

_debian_mirror() { # the machine's own mirror and release name, as "URI CODENAME"
    # shellcheck disable=SC2016  # apt-get fills the variables
    apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(LABEL)' 'Created-By: Packages' |
        awk '$3 == "Debian" && $2 !~ /-/ { print $1, $2; exit }'
}

_fetch_odoo_packages() {
    local work=$AI_FINANCE_HOME/odoo-fetch uri codename options
    read -r uri codename < <(_debian_mirror) || true
    if [ -z "${uri:-}" ]; then
        as_root apt-get update
        read -r uri codename < <(_debian_mirror) ||
            die "found no Debian mirror in this system's package sources" \
                "Get the Odoo 19.0 source and run: ODOO_PATH=/path/to/odoo make ..."
    fi
    rm -rf "$work"
    mkdir -p "$work"/{lists/partial,cache/archives/partial,debs,prefix}
    local signed=/usr/share/keyrings/debian-archive-keyring.gpg
    printf "deb [signed-by=$signed] $uri %s main\n" sid "$codename" >"$work/sources.list"
    options=(-oDir::Etc::SourceList="$work/sources.list" -oDir::Etc::SourceParts=-
        -oDir::State::Lists="$work/lists" -oDir::Cache="$work/cache" -oAPT::Sandbox::User=)
    apt-get "${options[@]}" update
    (cd "$work/debs" && apt-get "${options[@]}" download \
        "${ODOO_PACKAGES_UNSTABLE[@]/%//sid}" "${ODOO_PACKAGES_STABLE[@]/%//$codename}")
    local deb
    for deb in "$work"/debs/*.deb; do dpkg-deb -x "$deb" "$work/prefix"; done
    local dangling
    dangling=$(find "$work/prefix" -xtype l | head -n 5)
    [ -z "$dangling" ] || die "Odoo's package links to files that are missing: $dangling" \
        "Get the Odoo 19.0 source and run: ODOO_PATH=/path/to/odoo make ..."
    # The package leaves out one prebuilt script (background blur in calls) that the web client's
    # bundle names; every page would log an error without it.
    local blur=$work/prefix/usr/lib/python3/dist-packages/odoo/addons/mail/static/lib/selfie_segmentation
    mkdir -p "$blur"
    [ -e "$blur/selfie_segmentation.js" ] || echo '/* not in this package */' >"$blur/selfie_segmentation.js"
    mv "$work/prefix" "$ODOO_PREFIX"
    rm -rf "$work"
}
