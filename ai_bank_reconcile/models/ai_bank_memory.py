from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..engine import memory as rules
from ..engine.account_choice import payer_keys
from ..engine.context import Alias

LINES = "ai_bank_reconcile.action_bank_lines_list"
#: Kinds that say who stands behind a name or bank account.
PAYERS = ("alias", "payer")
COUNTER_ACCOUNT = "counter-account"
#: Fields whose change by a person is an event in the log, old and new value.
WATCHED = ("partner_id", "account_id", "tax_ids", "analytic_distribution", "journal_id", "active")


class AiBankMemory(models.Model):
    """One thing the product learned from booked bank lines; people read, correct and forget it."""

    _name = "ai.bank.memory"
    _inherit = ["analytic.mixin"]
    _description = "Learned from Bank Lines"
    _order = "last_seen desc, id desc"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(
        [
            ("alias", "Other name"),
            ("payer", "Pays for another"),
            (COUNTER_ACCOUNT, "Account"),
        ],
        required=True,
        default="alias",
        help="Other name: the bank writes the partner differently.\n"
        "Pays for another: a known partner pays, or is paid, for this one.\n"
        "Account: lines like this are booked on this account.",
    )
    text = fields.Char(string="On the Statement", help="Name or text as the bank writes it.")
    iban = fields.Char(string="Bank Account")
    key = fields.Char(
        compute="_compute_key", store=True, readonly=False, index=True, precompute=True
    )
    partner_id = fields.Many2one("res.partner", index=True, ondelete="cascade", check_company=True)
    payer_id = fields.Many2one(
        "res.partner", string="Who Pays", ondelete="set null", check_company=True
    )
    account_id = fields.Many2one("account.account", ondelete="cascade", check_company=True)
    tax_ids = fields.Many2many("account.tax", string="Taxes", check_company=True)
    journal_id = fields.Many2one(
        "account.journal",
        string="Only in Journal",
        ondelete="cascade",
        check_company=True,
        domain=[("type", "in", ("bank", "cash", "credit"))],
        help="Where the account is used. Empty: in all journals.",
    )
    target = fields.Char(compute="_compute_target", store=True)
    active = fields.Boolean(default=True, help="Off: forgotten. Nothing is suggested from it.")
    by_hand = fields.Boolean(
        string="Entered or Corrected by a Person",
        readonly=True,
        default=True,
        copy=False,
        help="Counts like three lines and does not age.",
    )
    evidence_ids = fields.One2many("ai.bank.memory.evidence", "memory_id", string="Learned From")
    evidence_count = fields.Integer(
        string="Lines",
        compute="_compute_evidence",
        store=True,
        help="From how many bank lines it was learned.",
    )
    last_seen = fields.Date(compute="_compute_evidence", store=True)
    confidence = fields.Float(
        compute="_compute_confidence",
        digits=(6, 4),
        help="From the number of lines, their age, and what contradicts them.",
    )

    _key_target_uniq = models.UniqueIndex(
        "(company_id, key, target)", "This is known already; perhaps it was forgotten."
    )

    @api.depends("kind", "text", "iban")
    def _compute_key(self):
        """By what a line is known again; given where it was learned, made where it was entered."""
        for one in self:
            text, number = one.text or "", one.iban or ""
            if one.kind in PAYERS:
                one.key = rules.key_of(text, number)
            else:
                one.key = next(reversed(payer_keys(text, text, number)), "")

    @api.depends("kind", "partner_id", "account_id", "tax_ids", "analytic_distribution")
    def _compute_target(self):
        for one in self:
            one.target = self._target(
                one.kind,
                one.partner_id.id,
                one.account_id.id,
                one.tax_ids._origin.ids,
                one.analytic_distribution,
            )

    @api.model
    def _target(self, kind, partner_id, account_id, tax_ids, analytic):
        """Return what a key points at, as one string to find it by."""
        if kind in PAYERS:
            return f"partner {partner_id}"
        distribution = sorted((analytic or {}).items())
        return f"account {account_id} {sorted(tax_ids)} {distribution}"

    @api.depends("evidence_ids.date")
    def _compute_evidence(self):
        for one in self:
            one.evidence_count = len(one.evidence_ids)
            one.last_seen = max(one.evidence_ids.mapped("date"), default=False)

    @api.depends("evidence_ids.date", "active", "by_hand", "key", "target")
    def _compute_confidence(self):
        self.confidence = 0.0
        strengths = self._strengths()
        for one in self:
            if one._origin in strengths:
                one.confidence = rules.confidence(*strengths[one._origin])

    @api.depends("text", "iban", "partner_id", "account_id")
    def _compute_display_name(self):
        for one in self:
            seen = one.text or one.iban or ""
            known = one.account_id if one.kind == COUNTER_ACCOUNT else one.partner_id
            one.display_name = f"{seen} → {known.display_name or ''}"

    @api.constrains("kind", "key", "partner_id", "account_id")
    def _check_complete(self):
        for one in self:
            if not one.key:
                raise ValidationError(
                    self.env._("Give the name, the text or the bank account on the statement.")
                )
            if not (one.account_id if one.kind == COUNTER_ACCOUNT else one.partner_id):
                raise ValidationError(
                    self.env._("Say which partner or which account “%s” stands for.", one.text)
                )

    # ------------------------------------------------------------------
    # What people change
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        memories = super().create(vals_list)
        for one in memories.filtered("by_hand"):
            one._log_change({}, one._values(), self.env._("Entered"))
        return memories

    def write(self, vals):
        watched = not self.env.context.get("ai_learning") and set(WATCHED).intersection(vals)
        before = {one: one._values() for one in self} if watched else {}
        if watched and not set(watched) <= {"active", "journal_id"}:
            vals = {**vals, "by_hand": True}
        result = super().write(vals)
        self.check_access("write")
        for one, old in before.items():
            new = one._values()
            if old != new:
                notes = {
                    (True, False): self.env._("Forgotten"),
                    (False, True): self.env._("Used again"),
                }
                note = notes.get((old["active"], new["active"]), self.env._("Changed"))
                one._log_change(old, new, note)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_logged(self):
        if not self.env.context.get("ai_learning"):
            for one in self:
                one._log_change(one._values(), {}, self.env._("Deleted"))

    def _values(self):
        """Return the watched values, JSON-ready, as the log keeps them."""
        values = {name: self[name] for name in WATCHED}
        return {
            name: value.ids if isinstance(value, models.BaseModel) else value
            for name, value in values.items()
        }

    def _log_change(self, old, new, what):
        self.ensure_one()
        self.env["ai.audit.log.event"]._append_change(
            "memory",
            self.company_id,
            f"{what}: {self.display_name}",
            {"memory_id": self.id, "old": old, "new": new},
        )

    def action_forget(self):
        """Suggest nothing from it any more, whatever further lines would teach."""
        self.write({"active": False})

    def action_use_again(self):
        """Use again what was forgotten."""
        self.write({"active": True})

    def action_open_lines(self):
        """Open the bank lines it was learned from."""
        action = self.env["ir.actions.act_window"]._for_xml_id(LINES)
        lines = self.evidence_ids.line_id
        return {**action, "domain": [("id", "in", lines.ids)], "context": {}}

    # ------------------------------------------------------------------
    # For the engine
    # ------------------------------------------------------------------

    @api.model
    def _rows(self, where):
        """Return (id, key, target, commercial partner id, text, iban, weight) of what is in use.

        In one query, with full rights: what was learned holds for everybody, whoever asks.

        :param where: condition on the table as ``memory``
        """
        self.sudo().flush_model()
        self.env["ai.bank.memory.evidence"].sudo().flush_model()
        today = fields.Date.context_today(self)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT memory.id, memory.key, memory.target, partner.commercial_partner_id,
                       memory.text, memory.iban, memory.by_hand,
                       array_remove(array_agg(%(today)s - evidence.date), NULL)
                  FROM ai_bank_memory memory
             LEFT JOIN res_partner partner ON partner.id = memory.partner_id
             LEFT JOIN ai_bank_memory_evidence evidence ON evidence.memory_id = memory.id
                 WHERE memory.active AND %(where)s
              GROUP BY memory.id, partner.commercial_partner_id
              ORDER BY memory.id
                """,
                today=today,
                where=where,
            )
        )
        return [(*row, rules.weight(ages, entered)) for *row, entered, ages in rows]

    @api.model
    def _aliases(self, company):
        """Return ``{commercial partner id: (Alias, ...)}`` of ``company``, in one query."""
        where = SQL("memory.company_id = %s AND memory.kind IN %s", company.id, PAYERS)
        rows = self._rows(where)
        totals = {}
        for _id, key, _target, _partner, _text, _iban, own in rows:
            totals[key] = totals.get(key, 0.0) + own
        aliases = {}
        for _id, key, _target, partner, text, iban, own in rows:
            count = rules.alias_count(own, totals[key] - own)
            if partner and count:
                alias = Alias(text or "", iban or "", count)
                aliases[partner] = (*aliases.get(partner, ()), alias)
        return aliases

    def _strengths(self):
        """Return ``{memory in use: (own weight, weight of what contradicts it)}``."""
        keys = [key for key in set(self.mapped("key")) if key]
        if not keys:
            return {}
        companies = tuple(self.company_id.ids)
        where = SQL("memory.company_id IN %s AND memory.key IN %s", companies, tuple(keys))
        weights = {row[0]: row[-1] for row in self._rows(where)}
        groups = {}
        for one in self.sudo().browse(weights):
            groups.setdefault((one.company_id, one.key), []).append(one.id)
        return {
            self.browse(one): (
                weights[one],
                sum(weights[other] for other in group if other != one),
            )
            for group in groups.values()
            for one in group
        }

    @api.model
    def _cron_forget(self):
        """Drop what is too old to be believed, and say so in the log."""
        oldest = fields.Date.context_today(self) - timedelta(days=rules.HALF_LIFE)
        old = self.with_context(active_test=False, ai_learning=True).search(
            [("by_hand", "=", False), ("last_seen", "<", oldest)]
        )
        weights = {}
        if old:
            # Forgotten ones too: they are not in use, so their own lines are weighed.
            today = fields.Date.context_today(self)
            for one in old:
                ages = [(today - row.date).days for row in one.evidence_ids]
                weights[one] = rules.weight(ages)
        dropped = old.filtered(lambda one: weights[one] < rules.LEAST_WEIGHT)
        for one in dropped:
            what = self.env._("Not seen since %(date)s, dropped", date=one.last_seen)
            one._log_change(one._values(), {}, what)
        dropped.unlink()
        return dropped
