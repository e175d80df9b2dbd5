"""Plain Python of the kernel: no ``odoo`` import in here (see docs/adr/0001-rings.md)."""
