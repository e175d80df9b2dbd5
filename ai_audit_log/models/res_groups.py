from odoo import api, models


class ResGroups(models.Model):
    _inherit = "res.groups"

    @api.model_create_multi
    def create(self, vals_list):
        before = self._ai_members()
        groups = super().create(vals_list)
        self._ai_log_members(before)
        return groups

    def write(self, vals):
        if not {"user_ids", "implied_ids", "implied_by_ids"} & set(vals):
            return super().write(vals)
        before = self._ai_members()
        result = super().write(vals)
        self._ai_log_members(before)
        return result

    @api.model
    def _ai_roles(self):
        """Return the groups of the AI Finance addons, whose members the log watches."""
        data = self.env["ir.model.data"].sudo()
        rows = data.search([("model", "=", "res.groups"), ("module", "=like", "ai\\_%")])
        return self.sudo().browse(rows.mapped("res_id")).exists()

    @api.model
    def _ai_members(self):
        """Return ``{role: users}``, members through other groups included."""
        roles = self._ai_roles()
        roles.invalidate_recordset(["all_user_ids"])
        return {role: set(role.with_context(active_test=False).all_user_ids.ids) for role in roles}

    @api.model
    def _ai_log_members(self, before):
        """Append an event for everybody who got or lost a role since ``before``."""
        events = []
        for role, users in self._ai_members().items():
            old = before.get(role, set())
            for user in self.env["res.users"].sudo().browse(users ^ old):
                change = "added" if user.id in users else "removed"
                events.append(
                    {
                        "company_id": user.company_id.id,
                        "kind": "group",
                        "user_id": self.env.uid,
                        "note": f"{user.name}: {role.name}",
                        "data": {"user_id": user.id, "group_id": role.id, "change": change},
                    }
                )
        # Evidence is written by the kernel, whatever the rights of who changed the role.
        self.env["ai.audit.log.event"].sudo().create(events)
