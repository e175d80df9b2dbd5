"""Language models over HTTP: asking, checking the answer, limits. No Odoo in here."""
