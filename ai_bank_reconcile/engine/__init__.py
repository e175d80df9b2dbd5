"""Pure-Python engine of bank matching: no Odoo import, tested without a database."""
