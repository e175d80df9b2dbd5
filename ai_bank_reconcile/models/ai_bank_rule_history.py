from decimal import Decimal

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.ai_finance_engine import names

from ..engine import rules

#: Booked lines that rules are looked for in and tested on, the newest.
MOST = 10_000
#: A partner whose name is in the words is recognised without a rule.
NAMED = 0.55


class AiBankRuleHistory(models.AbstractModel):
    """Booked bank lines as rules are tested on, and the search for rules in them."""

    _name = "ai.bank.rule.history"
    _description = "History for Rules"

    @api.model
    def _effect(self, account_id, tax_ids, analytic, partner_id):
        """Return how a line is booked, as the engine compares it."""
        if not account_id:
            return (rules.PARTNER, partner_id)
        return (
            rules.ACCOUNT,
            account_id,
            tuple(sorted(tax_ids)),
            tuple(sorted((analytic or {}).items())),
        )

    @api.model
    def _history(self, company):
        """Return the newest booked lines of ``company`` as ``Past``.

        With full rights, so that a test does not depend on who asks; only counts are told, and
        the lines themselves open with the reader's own rights.
        """
        self = self.sudo().with_company(company)
        lines = self.env["account.bank.statement.line"].search_fetch(
            [
                ("company_id", "=", company.id),
                ("is_reconciled", "=", True),
                ("state", "=", "posted"),
            ],
            ["payment_ref", "partner_name", "amount", "date", "journal_id"],
            order="id desc",
            limit=MOST,
        )
        effects = self._effects(company, lines)
        return [
            rules.Past(
                id=line.id,
                day=line.date,
                journal_id=line.journal_id.id,
                amount=Decimal(str(line.amount)),
                words=rules.words_of(line.payment_ref, line.partner_name),
                effect=effects.get(line.id),
            )
            for line in lines
        ]

    def _effects(self, company, lines):
        """Return ``{line id: effect}``; nothing for lines that were booked in several ways."""
        coding = self.env["ai.bank.coding"]
        domain = coding._domain(company) & Domain("statement_line_id", "in", lines.ids)
        items = self.env["account.move.line"].search(domain)
        effects = {}
        for coded in coding._read(items.ids).values():
            booked = coded.extra["booked"]
            effects[booked.line_id] = self._effect(
                booked.account_id, booked.tax_ids, dict(booked.analytic), booked.partner_id
            )
        partners = self.env["ai.bank.memory.lessons"]._partners(lines)
        for line in lines:
            # Where the bank gives a name, the memory of names knows better.
            if line.id not in effects and line.id in partners and not line.partner_name:
                effects[line.id] = (rules.PARTNER, partners[line.id].id)
        return effects

    @api.model
    def _cron_look(self):
        """Look for rules in every company that has bank lines, each night."""
        for company in self.env["res.company"].search([]):
            self._look(company)
            self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _look(self, companies):
        """Propose the rules that the history of ``companies`` speaks for and nobody has yet."""
        proposed = self.env["ai.bank.rule"]
        for company in companies:
            history = self._history(company)
            known = proposed.sudo().search([("company_id", "=", company.id)])
            taken = [(rule._pattern(), rule._effect()) for rule in known]
            signs = set(known.mapped("found_as"))
            values = [
                self._values(company, found, history)
                for found in rules.find(history)
                if not self._is_known(found, taken) and not self._is_named(found)
            ]
            proposed += proposed.create([one for one in values if one["found_as"] not in signs])
        return proposed

    def _is_known(self, found, taken):
        """Whether there is a rule, in whatever state, with fewer or more words to the same end."""
        return any(
            effect == found.effect
            and pattern.inflow == found.pattern.inflow
            and (pattern.words <= found.pattern.words or found.pattern.words <= pattern.words)
            for pattern, effect in taken
        )

    def _is_named(self, found):
        """Whether a rule would only say that a partner is called what it is called."""
        if found.effect[0] != rules.PARTNER:
            return False
        partner = self.env["res.partner"].sudo().browse(found.effect[1])
        return names.found_in(names.parse(partner.name or ""), found.pattern.words) >= NAMED

    def _values(self, company, found, history):
        kind, target, *rest = found.effect
        words = " ".join(sorted(found.pattern.words))
        values = {
            "company_id": company.id,
            "words": words,
            "direction": "in" if found.pattern.inflow else "out",
            "found_as": f"{words} {found.pattern.inflow} {found.effect}",
            **self.env["ai.bank.rule"]._test_values(found.test),
        }
        if kind == rules.PARTNER:
            return {**values, "partner_id": target}
        taxes, analytic = rest
        return {
            **values,
            "account_id": target,
            "tax_ids": [(6, 0, taxes)],
            "analytic_distribution": dict(analytic) or False,
            "partner_id": self._one_partner(found.test.right),
        }

    def _one_partner(self, line_ids):
        """Return the id of the partner that all lines were booked with, if it is one."""
        lines = self.env["account.bank.statement.line"].sudo().browse(line_ids)
        partners = self.env["ai.bank.memory.lessons"].sudo()._partners(lines)
        owners = {partner.id for partner in partners.values()}
        return owners.pop() if len(owners) == 1 and len(partners) == len(lines) else False
