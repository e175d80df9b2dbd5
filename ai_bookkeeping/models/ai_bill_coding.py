from odoo import models
class AiBillCoding(models.AbstractModel):
    _name = "ai.bill.coding"
    _description = "Coding of Bills from History"
