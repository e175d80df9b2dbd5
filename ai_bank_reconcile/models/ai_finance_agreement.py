from odoo import fields, models
from odoo.tools import SQL


class AiFinanceAgreement(models.Model):
    _inherit = "ai.finance.agreement"

    journal_id = fields.Many2one("account.journal", readonly=True)

    def _select(self):
        return SQL("%s, move.journal_id AS journal_id", super()._select())

    def _from(self):
        return SQL(
            "%s LEFT JOIN account_bank_statement_line line"
            " ON log.res_model = 'account.bank.statement.line' AND line.id = log.res_id"
            " LEFT JOIN account_move move ON move.id = line.move_id",
            super()._from(),
        )
