from odoo import fields, models

KIND_LABELS = [
    ("suspense", "Bank lines that are not matched yet"),
    ("receipts", "Receipts registered, not on a statement yet"),
    ("payments", "Payments registered, not on a statement yet"),
    ("after", "Bank lines after the last statement"),
    ("no_line", "Entries in the bank account without a bank line"),
    ("changed", "Entries that differ from their bank line"),
    ("opening", "Opening balance of the first statement"),
    ("gap", "Gaps between statements"),
    ("incomplete", "Statements whose lines do not add up"),
]


class AiBankProofLine(models.TransientModel):
    """An explanation in a bank balance proof: the sum of a kind, or one item of it."""

    _name = "ai.bank.proof.line"
    _description = "Bank Balance Proof Line"
    _order = "proof_id, sequence, date, id"

    proof_id = fields.Many2one("ai.bank.proof", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="proof_id.company_id", store=True)
    currency_id = fields.Many2one(related="proof_id.currency_id")
    sequence = fields.Integer()
    kind = fields.Selection(KIND_LABELS, "Explanation", required=True)
    is_sum = fields.Boolean()
    count = fields.Integer("Items")
    label = fields.Char()
    date = fields.Date()
    partner = fields.Char()
    amount = fields.Monetary()
    res_model = fields.Char()
    res_ids = fields.Json()

    def action_open(self):
        """Open the record of this item, or the list of all of its kind."""
        self.ensure_one()
        ids = self.res_ids or []
        action = {
            "type": "ir.actions.act_window",
            "name": dict(self._fields["kind"]._description_selection(self.env))[self.kind],
            "res_model": self.res_model,
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", ids)],
        }
        if self.res_model == "account.bank.statement.line":
            lines = self.env["ir.actions.act_window"]._for_xml_id(
                "ai_bank_reconcile.action_bank_lines_list"
            )
            return {**lines, "name": action["name"], "domain": action["domain"], "context": {}}
        if self.res_model == "account.move.line" and len(ids) == 1:
            move = self.env["account.move.line"].browse(ids).move_id
            views = [(False, "form")]
            return {**action, "res_model": move._name, "res_id": move.id, "views": views}
        if self.res_model == "account.bank.statement":
            action["views"] = [(False, "list")]
        return action
