"""Make the addons' plain Python importable without Odoo.

Every addon becomes an empty package whose ``__init__`` (the part that needs Odoo) is never run, so
``odoo.addons.ai_bank_reconcile.engine.matcher`` is the same import here as in a running Odoo, while
``from odoo import models`` fails. Used by tests/unit/conftest.py and by ``make py FILE=script.py``.
"""

import importlib.machinery
import runpy
import sys
import types
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def install(root=ROOT):
    """Register ``odoo.addons.ai_*`` as bare packages; replaces nothing that is imported already."""
    _package("odoo", [])
    _package("odoo.addons", [root])
    for addon in sorted(root.glob("ai_*")):
        if addon.is_dir():
            _package(f"odoo.addons.{addon.name}", [addon])


def _package(name, search_path):
    if name in sys.modules:
        return
    module = types.ModuleType(name)
    module.__path__ = [str(path) for path in search_path]
    module.__spec__ = importlib.machinery.ModuleSpec(name, None, is_package=True)
    module.__spec__.submodule_search_locations = module.__path__
    sys.modules[name] = module
    parent, _, leaf = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], leaf, module)


def main():
    """Run the script named first on the command line; the rest are its own arguments."""
    if len(sys.argv) < 2:
        sys.exit("usage: bare_addons.py SCRIPT [ARGUMENTS]")
    del sys.argv[0]
    install()
    sys.path[0] = str(Path(sys.argv[0]).resolve().parent)
    runpy.run_path(sys.argv[0], run_name="__main__")


if __name__ == "__main__":
    main()
