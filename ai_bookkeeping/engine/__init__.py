"""Plain Python that reads vendor bills; nothing here imports Odoo."""
