from odoo import fields, models


class AiAuditSeal(models.Model):
    """One link of a company's chain: an event, its place, and the hash over all before it.

    Apart from the events, so that writers never wait for each other: they insert events, and one
    sealer links what is committed. The database refuses to change or delete a seal.
    """

    _name = "ai.audit.seal"
    _description = "Seal of the Suggestion Log"
    _order = "company_id, sequence"
    _rec_name = "sequence"

    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict")
    sequence = fields.Integer(required=True, readonly=True)
    event_id = fields.Many2one(
        "ai.audit.log.event", required=True, readonly=True, ondelete="restrict"
    )
    chain_hash = fields.Char(required=True, readonly=True)

    _place_uniq = models.Constraint("UNIQUE (company_id, sequence)", "This place is taken.")
    _event_uniq = models.Constraint("UNIQUE (event_id)", "This event is sealed.")
