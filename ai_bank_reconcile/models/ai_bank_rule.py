from dataclasses import replace
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ..engine import rules
from ..engine.memory import memory_reason

LINES = "ai_bank_reconcile.action_bank_lines_list"
#: Fields that say which lines a rule is about; a change of them is tested again.
PATTERN = ("words", "direction", "amount_min", "amount_max", "journal_id", "company_id")
EFFECT = ("account_id", "tax_ids", "analytic_distribution", "partner_id")
#: Fields whose change is an event in the log, old and new value.
WATCHED = ("name", "state", *PATTERN, *EFFECT)


class AiBankRule(models.Model):
    """What happens with bank lines that have certain words: proposed from history, for a person.

    A rule only suggests. Open documents go before it, and policy and gate decide as always.
    """

    _name = "ai.bank.rule"
    _inherit = ["analytic.mixin"]
    _description = "Rule for Bank Lines"
    _order = "state desc, test_right desc, id desc"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name", store=True, readonly=False)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("active", "In use"),
            ("off", "Switched off"),
            ("declined", "Declined"),
        ],
        required=True,
        readonly=True,
        default="proposed",
        copy=False,
    )
    words = fields.Char(
        required=True, help="All of them must be in the line; numbers and months do not count."
    )
    direction = fields.Selection(
        [("out", "Money out"), ("in", "Money in")], required=True, default="out"
    )
    amount_min = fields.Float(
        string="From Amount", digits=(16, 2), help="Without sign, in the currency of the journal."
    )
    amount_max = fields.Float(string="To Amount", digits=(16, 2), help="0: any amount.")
    journal_id = fields.Many2one(
        "account.journal",
        string="Only in Journal",
        check_company=True,
        ondelete="cascade",
        domain=[("type", "in", ("bank", "cash", "credit"))],
        help="Empty: in all journals.",
    )
    account_id = fields.Many2one(
        "account.account",
        check_company=True,
        ondelete="cascade",
        help="Empty: the rule only says whose line it is.",
    )
    tax_ids = fields.Many2many("account.tax", string="Taxes", check_company=True)
    partner_id = fields.Many2one("res.partner", check_company=True, ondelete="cascade")
    # As it was found, so that it is not proposed again; what people change of it makes no new one.
    found_as = fields.Char(readonly=True, copy=False)
    maker_id = fields.Many2one("res.users", string="Accepted By", readonly=True, copy=False)
    accepted_on = fields.Datetime(readonly=True, copy=False)
    tested_on = fields.Datetime(readonly=True, copy=False)
    test_from = fields.Date(string="History From", readonly=True, copy=False)
    test_to = fields.Date(string="History To", readonly=True, copy=False)
    test_right = fields.Integer(string="As You Booked", readonly=True, copy=False)
    test_against = fields.Integer(string="Against Your Choice", readonly=True, copy=False)
    test_documents = fields.Integer(string="Left to Documents", readonly=True, copy=False)
    test_lines = fields.Json(readonly=True, copy=False)
    test_sentence = fields.Char(string="Back-Test", compute="_compute_test_sentence")
    confidence = fields.Float(compute="_compute_confidence", digits=(6, 4))

    _found_uniq = models.UniqueIndex(
        "(company_id, found_as) WHERE found_as IS NOT NULL", "This rule was proposed already."
    )

    @api.depends("words", "account_id", "partner_id")
    def _compute_name(self):
        for rule in self:
            target = rule.account_id or rule.partner_id
            rule.name = f"{rule.words or ''} → {target.display_name or ''}"

    @api.depends("test_right", "test_against", "test_documents", "test_from", "test_to")
    def _compute_test_sentence(self):
        for rule in self:
            if not rule.test_to:
                rule.test_sentence = self.env._("There is no history to test it on.")
                continue
            rule.test_sentence = self.env._(
                "Would have hit %(hits)s lines, %(against)s against your past choice "
                "(history from %(first)s to %(last)s).",
                hits=rule.test_right + rule.test_against,
                against=rule.test_against,
                first=format_date(self.env, rule.test_from),
                last=format_date(self.env, rule.test_to),
            )

    @api.depends("test_right", "test_against")
    def _compute_confidence(self):
        for rule in self:
            rule.confidence = rules.precision(rule.test_right, rule.test_against)

    @api.constrains("words", "account_id", "partner_id", "amount_min", "amount_max")
    def _check_complete(self):
        for rule in self:
            if not rules.words_of(rule.words):
                raise ValidationError(
                    self.env._("A rule needs at least one word that is no number and no month.")
                )
            if not rule.account_id and not rule.partner_id:
                raise ValidationError(self.env._("A rule names an account or a partner."))
            if rule.amount_min < 0 or 0 < rule.amount_max < rule.amount_min:
                raise ValidationError(
                    self.env._("The amounts of a rule are a range, from the lower to the higher.")
                )

    # ------------------------------------------------------------------
    # Events and tests
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        found = super().create(vals_list)
        untested = found.filtered(lambda rule: not rule.tested_on)
        untested._test()
        for rule in found:
            rule._log_change({}, rule._values())
        return found

    def write(self, vals):
        before = {rule: rule._values() for rule in self if set(WATCHED).intersection(vals)}
        result = super().write(vals)
        self.check_access("write")
        if set(vals).intersection((*PATTERN, *EFFECT)):
            self._test()
        for rule, old in before.items():
            if old != rule._values():
                rule._log_change(old, rule._values())
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_logged(self):
        for rule in self:
            rule._log_change(rule._values(), {})

    def _values(self):
        """Return the watched values, JSON-ready, as the log keeps them."""
        values = {name: self[name] for name in WATCHED}
        return {
            name: value.ids if isinstance(value, models.BaseModel) else value
            for name, value in values.items()
        }

    def _log_change(self, old, new):
        self.ensure_one()
        names = dict(self._fields["state"]._description_selection(self.env))
        what = names[self.state] if new else self.env._("Deleted")
        self.env["ai.audit.log.event"]._append_change(
            "rule",
            self.company_id,
            f"{what}: {self.name}",
            {"rule_id": self.id, "old": old, "new": new},
        )

    def _test(self):
        """Test on the booked lines there are now, and keep what came of it."""
        for company, group in self.grouped("company_id").items():
            history = self.env["ai.bank.rule.history"]._history(company)
            for rule in group:
                test = rules.back_test(rule._pattern(), rule._effect(), history)
                rule.write(rule._test_values(test))

    @api.model
    def _test_values(self, test):
        return {
            "tested_on": fields.Datetime.now(),
            "test_from": test.first,
            "test_to": test.last,
            "test_right": len(test.right),
            "test_against": len(test.against),
            "test_documents": len(test.documents),
            "test_lines": {
                "right": test.right,
                "against": test.against,
                "documents": test.documents,
            },
        }

    def _pattern(self):
        """Return which lines this rule is about, as the engine takes it."""
        self.ensure_one()
        return rules.Pattern(
            words=rules.words_of(self.words),
            inflow=self.direction == "in",
            journal_id=self.journal_id.id or None,
            low=Decimal(str(self.amount_min)),
            high=Decimal(str(self.amount_max)),
        )

    def _effect(self):
        self.ensure_one()
        return self.env["ai.bank.rule.history"]._effect(
            self.account_id.id, self.tax_ids.ids, self.analytic_distribution, self.partner_id.id
        )

    # ------------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------------

    def action_accept(self):
        """Put rules into use; who accepted them is kept."""
        self.write(
            {"state": "active", "maker_id": self.env.uid, "accepted_on": fields.Datetime.now()}
        )

    def action_decline(self):
        """Decline rules: unchanged they are never proposed again."""
        self.write({"state": "declined"})

    def action_switch_off(self):
        """Use rules no more for the time being."""
        self.write({"state": "off"})

    def action_test(self):
        """Test again on the booked lines there are now."""
        self.check_access("write")
        self._test()

    def action_open_hits(self):
        """Open the booked lines that the rule would have hit."""
        lines = self.test_lines or {}
        return self._open_lines([*lines.get("right", ()), *lines.get("against", ())])

    def action_open_against(self):
        """Open the booked lines on which people chose otherwise."""
        return self._open_lines((self.test_lines or {}).get("against", []))

    def _open_lines(self, ids):
        action = self.env["ir.actions.act_window"]._for_xml_id(LINES)
        return {**action, "domain": [("id", "in", ids)], "context": {}}

    def action_look(self):
        """Look for rules in the booked lines of the user's companies, and show what was found."""
        self.check_access("create")
        found = self.env["ai.bank.rule.history"]._look(self.env.companies)
        message = (
            self.env._("%(count)s rules proposed.", count=len(found))
            if found
            else self.env._("Nothing new: no lines that come again without being known.")
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "success" if found else "info",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # ------------------------------------------------------------------
    # For the engine
    # ------------------------------------------------------------------

    @api.model
    def _hitting(self, lines, on_accounts):
        """Return ``{line id: rule}`` of the rules in use, the one with most words first.

        With full rights: a rule holds for everybody, whoever asks.

        :param on_accounts: the rules that name an account, else those that only name a partner
        """
        known = self.sudo().search(
            [
                ("state", "=", "active"),
                ("company_id", "in", lines.company_id.ids),
                ("account_id", "!=" if on_accounts else "=", False),
            ]
        )
        ranked = sorted(
            ((rule, rule._pattern()) for rule in known),
            key=lambda pair: (-len(pair[1].words), pair[0].id),
        )
        hit = {}
        for line in lines if ranked else ():
            words = rules.words_of(line.payment_ref, line.partner_name)
            amount, journal = Decimal(str(line.amount)), line.journal_id.id
            for rule, pattern in ranked:
                if rule.company_id == line.company_id and pattern.hits(amount, journal, words):
                    hit[line.id] = rule
                    break
        return hit

    @api.model
    def _with_partners(self, lines, bank_lines):
        """Return the engine's ``bank_lines`` with the partner that a rule names, if none is set."""
        partners = {
            line_id: rule.partner_id.commercial_partner_id.id
            for line_id, rule in self._hitting(lines, on_accounts=False).items()
        }
        return tuple(
            replace(one, partner_id=partners[one.id])
            if not one.partner_id and one.id in partners
            else one
            for one in bank_lines
        )

    @api.model
    def _told(self, lines, results):
        """Return the engine's ``results`` with the rule named where it gave the partner."""
        lines = lines.filtered(lambda line: not line.partner_id)
        hit = self._hitting(lines, on_accounts=False)
        told = []
        for result in results:
            rule = hit.get(result.line_id)
            if rule and result.proposal.kind != "none":
                why = [one for one in result.reasons if one.code != "partner_set"]
                reason = memory_reason("own_rule", name=rule.name)
                result = replace(result, reasons=(reason, *why))
            told.append(result)
        return told
