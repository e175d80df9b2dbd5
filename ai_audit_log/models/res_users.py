from odoo import api, fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    ai_approval_digest = fields.Boolean(
        string="Daily Mail of Waiting Approvals",
        default=True,
        help="One mail a day, only when suggestions of AI Finance wait for your approval.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return super().SELF_READABLE_FIELDS + ["ai_approval_digest"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return super().SELF_WRITEABLE_FIELDS + ["ai_approval_digest"]

    @api.model_create_multi
    def create(self, vals_list):
        Groups = self.env["res.groups"]
        before = Groups._ai_members()
        users = super().create(vals_list)
        Groups._ai_log_members(before)
        return users

    def write(self, vals):
        # Roles reach a user through several fields (group_ids, role), which all end in groups.
        if not any("group" in name or name == "role" for name in vals):
            return super().write(vals)
        Groups = self.env["res.groups"]
        before = Groups._ai_members()
        result = super().write(vals)
        Groups._ai_log_members(before)
        return result
