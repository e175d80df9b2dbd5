"""Every addon is complete: manifest, icon, readme, translation template, listed files."""

import os
import re
from pathlib import Path

from tests.repo_rules.sources import ROOT, addons, files, manifest, text

VERSION = re.compile(r"19\.0\.\d+\.\d+\.\d+")
LOADED_FOLDERS = {"data", "security", "views", "wizards", "wizard", "report", "reports"}


def problems():
    """Addons that are not complete."""
    for addon in addons():
        for problem in (
            *_keys(addon),
            *_dependencies(addon),
            *_missing_files(addon),
            *_data_files(addon),
        ):
            yield f"{addon}: {problem}"


def _keys(addon):
    content = manifest(addon)
    for key in ("name", "summary", "author", "license", "depends", "installable"):
        if key not in content:
            yield f"the manifest has no {key!r}"
    if not VERSION.fullmatch(content.get("version", "")):
        yield f"version {content.get('version')!r} is not of the form 19.0.x.y.z"
    # A bridge to an AGPL addon must be AGPL itself.
    allowed = {"LGPL-3", "AGPL-3"} if content.get("auto_install") else {"LGPL-3"}
    if content.get("license") not in allowed:
        yield f"licence {content.get('license')!r}, must be LGPL-3"
    if "\n" in content.get("summary", ""):
        yield "the summary has more than one line"


def _dependencies(addon):
    known = _known_modules()
    for name in manifest(addon).get("depends", ()):
        ours = name.startswith("ai_")
        if (ours and name not in addons()) or (not ours and known and name not in known):
            yield f"depends on {name}, which does not exist"
    required = {line.strip().lower() for line in text(Path("requirements.txt")).splitlines()}
    for package in manifest(addon).get("external_dependencies", {}).get("python", ()):
        if re.split(r"[<>=\[]", package)[0].lower() not in required:
            yield f"needs the Python package {package}, which requirements.txt lacks"


def _known_modules():
    """Modules of the set-up's Odoo and community addons; empty where none is set up."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    home = Path(os.environ.get("AI_FINANCE_HOME") or Path(cache) / "ai-finance-odoo")
    odoo = (home / "odoo-link" / "odoo").resolve()
    folders = [odoo / "addons", odoo.parent / "addons"]
    folders += home.glob("venv/lib/python3*/site-packages/odoo/addons")
    found = {path.parent.name for folder in folders for path in folder.glob("*/__manifest__.py")}
    return found if "account" in found else set()


def _missing_files(addon):
    needed = ["static/description/icon.png", "readme/DESCRIPTION.md"]
    if (ROOT / addon / "models").is_dir() or (ROOT / addon / "views").is_dir():
        needed.append(f"i18n/{addon}.pot")  # made by "make pot"
    for name in needed:
        if not (ROOT / addon / name).is_file():
            yield f"{name} is missing"


def _data_files(addon):
    content = manifest(addon)
    listed = {*content.get("data", ()), *content.get("demo", ())}
    for name in sorted(listed):
        if not (ROOT / addon / name).is_file():
            yield f"the manifest lists {name}, which does not exist"
    for path in files(".xml", ".csv", folder=addon):
        name = Path(*path.parts[1:])
        if name.parts[0] in LOADED_FOLDERS and str(name) not in listed:
            yield f"{name} is not listed in the manifest, so it is never loaded"
