from odoo import fields, models


class AiBankMemoryEvidence(models.Model):
    """A booked bank line that something was learned from; each line teaches a thing once."""

    _name = "ai.bank.memory.evidence"
    _description = "Bank Line Something Was Learned From"
    _order = "date desc, id desc"
    _rec_name = "line_id"

    memory_id = fields.Many2one(
        "ai.bank.memory", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="memory_id.company_id", store=True, index=True, precompute=True
    )
    line_id = fields.Many2one(
        "account.bank.statement.line",
        string="Bank Line",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    log_id = fields.Many2one(
        "ai.audit.log", string="Suggestion", readonly=True, index="btree_not_null"
    )
    date = fields.Date(required=True, readonly=True)
    source = fields.Selection(
        [
            ("approval", "Approved suggestion"),
            ("edit", "Changed suggestion"),
            ("by_hand", "Reconciled by hand"),
        ],
        required=True,
        readonly=True,
    )
    label = fields.Char(related="line_id.payment_ref", string="Label")
    amount = fields.Monetary(related="line_id.amount")
    currency_id = fields.Many2one(related="line_id.currency_id")

    _memory_line_uniq = models.UniqueIndex(
        "(memory_id, line_id)", "This was learned from that line already."
    )
