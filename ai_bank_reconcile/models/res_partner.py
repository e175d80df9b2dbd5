from odoo import models

from .ai_bank_tolerance import AiBankTolerance


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", AiBankTolerance._name]
