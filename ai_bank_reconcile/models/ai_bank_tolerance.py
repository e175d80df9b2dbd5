from odoo import fields, models


class AiBankTolerance(models.AbstractModel):
    """How small a difference may be written off when a document is paid."""

    _name = "ai.bank.tolerance"
    _description = "Tolerance of Bank Matching"

    ai_tolerance_amount = fields.Float(
        string="Tolerated Difference",
        digits=(16, 2),
        groups="account.group_account_manager",
        help="Most that may be written off of a document, never with tax. 0: nothing.",
    )
    ai_tolerance_percent = fields.Float(
        string="Tolerated Share",
        digits=(16, 4),
        groups="account.group_account_manager",
        help="Most that may be written off as a share of the document. The lower limit counts; "
        "with 0 nothing is written off.",
    )

    _ai_tolerance_range = models.Constraint(
        "CHECK (COALESCE(ai_tolerance_amount, 0) >= 0"
        " AND COALESCE(ai_tolerance_percent, 0) BETWEEN 0 AND 0.1)",
        "A tolerance is not negative, and at most 10 % of a document.",
    )
