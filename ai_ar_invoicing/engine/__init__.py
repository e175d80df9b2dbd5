"""Pure-Python engine of receivables: no Odoo import, tested without a database."""
