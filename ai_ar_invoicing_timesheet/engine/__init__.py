"""Pure-Python engine of project invoices: no Odoo import, tested without a database."""
