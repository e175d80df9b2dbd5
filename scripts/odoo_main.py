"""Start Odoo's command line.

A script file and not ``python -m odoo``: with several workers Odoo runs its own script again.
"""

import odoo.cli

if __name__ == "__main__":
    odoo.cli.main()
