"""Start Odoo's command line.

A script file and not ``python -m odoo``: with several workers Odoo runs its own script again.
"""

import sys
from pathlib import Path

import odoo.cli

if __name__ == "__main__":
    # For the addons' own tests: what they share stands in tests/support. Last, it hides nothing.
    sys.path.append(str(Path(__file__).resolve().parents[1]))
    odoo.cli.main()
