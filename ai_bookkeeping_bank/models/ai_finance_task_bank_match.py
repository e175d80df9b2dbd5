from odoo import models


class AiFinanceTaskBankMatch(models.AbstractModel):
    _inherit = "ai.finance.task.bank.match"

    def _completers(self):
        """After the engine: what a remittance advice lists goes before what was guessed."""
        return ("ai.bank.remittance.match", *super()._completers())
