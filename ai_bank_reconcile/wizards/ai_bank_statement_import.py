from odoo import models


class AiBankStatementImport(models.TransientModel):
    _name = "ai.bank.statement.import"
    _description = "Import of Bank Statements"
