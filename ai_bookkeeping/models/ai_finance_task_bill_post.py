from odoo import models


class AiFinanceTaskBillPost(models.AbstractModel):
    _name = "ai.finance.task.bill.post"
    _inherit = "ai.finance.task"
    _description = "Task of Bills"
    def _build_context(self, records):
        return []
    def _propose(self, context):
        return []
    def _check(self, p): return {}
    def _checksum(self, p): return {}
    def _summary(self, p): return {}
