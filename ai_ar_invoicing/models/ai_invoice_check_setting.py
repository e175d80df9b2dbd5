from decimal import Decimal

from odoo import api, fields, models

from ..engine.check_texts import GROUPS
from ..engine.checks import CHECKS, Rule


class AiInvoiceCheckSetting(models.Model):
    """How hard each check of customer invoices is in a company, and from where on it speaks up."""

    _name = "ai.invoice.check.setting"
    _description = "Invoice Check"
    _order = "company_id, sequence, id"
    _rec_name = "name"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(readonly=True)
    code = fields.Selection("_codes", required=True, readonly=True)
    name = fields.Char(string="Check", compute="_compute_name")
    group = fields.Char(string="About", compute="_compute_name")
    level = fields.Selection(
        [("off", "Off"), ("warning", "Warning"), ("blocking", "Blocking")],
        required=True,
        help="Blocking: the invoice is not posted by itself, and no suggestion to post it can be "
        "approved, until it is mended.",
    )
    limit = fields.Float(digits=(16, 2))
    has_limit = fields.Boolean(compute="_compute_name")
    unit = fields.Char(compute="_compute_name")

    _code_uniq = models.Constraint(
        "UNIQUE (company_id, code)", "There is one setting a company for each check."
    )
    _limit_positive = models.Constraint('CHECK ("limit" >= 0)', "A limit is not negative.")

    @api.model
    def _codes(self):
        return [(code, self.env._(check.name)) for code, check in CHECKS.items()]

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_name(self):
        for setting in self:
            check = CHECKS[setting.code]
            setting.name = self.env._(check.name)
            setting.group = self.env._(GROUPS[check.group])
            setting.has_limit = check.limit is not None
            setting.unit = self.env._(check.unit) if check.unit else ""

    @api.model
    def _rules(self, companies):
        """Return ``{company id: {code: Rule}}`` of what the companies have set."""
        # With full rights: whoever sees an invoice sees its checks as the company set them.
        settings = self.sudo().search_fetch(
            [("company_id", "in", companies.ids)], ["company_id", "code", "level", "limit"]
        )
        rules = {company.id: {} for company in companies}
        for setting in settings:
            rule = Rule(setting.level, Decimal(str(setting.limit)))
            rules[setting.company_id.id][setting.code] = rule
        return rules

    @api.model
    def action_open(self):
        """Open the checks of the current companies, complete."""
        self.check_access("write")
        self._complete(self.env.companies)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "ai_ar_invoicing.action_invoice_check_settings"
        )

    def _complete(self, companies):
        """Add the rows of checks that companies have not set yet, as by default."""
        there = {
            (setting.company_id.id, setting.code)
            for setting in self.search([("company_id", "in", companies.ids)])
        }
        # Rows are only made here, from the list of checks: nobody may create others.
        self.sudo().create(
            [
                {
                    "company_id": company.id,
                    "code": code,
                    "sequence": place,
                    "level": check.level,
                    "limit": check.limit or 0,
                }
                for company in companies
                for place, (code, check) in enumerate(CHECKS.items())
                if (company.id, code) not in there
            ]
        )

    def write(self, vals):
        """What is changed about checks is an event of the log, old and new value."""
        before = {one: {"level": one.level, "limit": one.limit} for one in self}
        result = super().write(vals)
        for one, old in before.items():
            new = {"level": one.level, "limit": one.limit}
            if new != old:
                self.env["ai.audit.log.event"]._append_change(
                    "policy", one.company_id, one.name, {"check": one.code, "old": old, "new": new}
                )
        return result
