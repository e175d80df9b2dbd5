from collections import namedtuple

from odoo import api, models
from odoo.tools import SQL

from ..engine import memory as rules
from ..engine.account_choice import account_reason
from ..engine.memory import memory_reason
from .ai_bank_memory import COUNTER_ACCOUNT

#: An account that a rule or the memory names for a line.
Known = namedtuple("Known", "account tax_ids analytic partner_id confidence reason by_rule")


class AiBankMemoryChoice(models.AbstractModel):
    """Accounts that rules and memory name for lines without a document, beside the coding engine.

    Only what no open document explains comes here: a rule never overrides a fitting open item.
    """

    _name = "ai.bank.memory.choice"
    _description = "Accounts from Rules and Memory"

    @api.model
    def _known(self, lines, payers):
        """Return ``{line id: Known}``, three queries for all lines.

        :param payers: ``{line id: keys of its payer}``
        """
        by_memory = self._from_memory(lines, payers)
        by_rule = {
            line_id: self._from_rule(rule)
            for line_id, rule in self.env["ai.bank.rule"]._hitting(lines, on_accounts=True).items()
        }
        known = {**by_memory, **by_rule}
        ids = {one.account.id for one in known.values()}
        usable = self.env["ai.bank.account.choice"]._usable(
            "account.account", lines.company_id, ids
        )
        return {line_id: one for line_id, one in known.items() if one.account in usable}

    def _from_rule(self, rule):
        return Known(
            account=rule.account_id.sudo(False),
            tax_ids=tuple(rule.tax_ids.ids),
            analytic=rule.analytic_distribution or None,
            partner_id=rule.partner_id.commercial_partner_id.id or None,
            confidence=rule.confidence,
            reason=memory_reason("own_rule", name=rule.name),
            by_rule=True,
        )

    def _from_memory(self, lines, payers):
        """Return what was booked often enough, where one account is well ahead of the others."""
        keys = tuple({key for line in lines for key in payers[line.id]})
        if not keys:
            return {}
        rows = self.env["ai.bank.memory"]._rows(
            SQL(
                "memory.company_id = %s AND memory.kind = %s AND memory.key IN %s",
                lines.company_id.id,
                COUNTER_ACCOUNT,
                keys,
            )
        )
        by_key = {}
        for row in rows:
            by_key.setdefault(row[1], []).append((row[-1], row[0]))
        # With full rights: what was learned holds for everybody, whoever asks.
        Memory = self.env["ai.bank.memory"].sudo()
        Memory.browse(row[0] for row in rows).fetch(["account_id", "journal_id", "evidence_count"])
        found = {}
        for line in lines:
            for key in payers[line.id]:
                weights = sorted(by_key.get(key, ()), reverse=True)
                known = self._best(Memory, weights, line)
                if known:
                    found[line.id] = known
                    break
        return found

    def _best(self, Memory, weights, line):
        if not weights:
            return None
        own, best = weights[0][0], Memory.browse(weights[0][1])
        enough = best.evidence_count >= rules.ENOUGH or best.by_hand
        elsewhere = best.journal_id and best.journal_id != line.journal_id
        others = sum(weight for weight, _id in weights[1:])
        if not enough or elsewhere or own < others:
            return None
        account = best.account_id.sudo(False)
        return Known(
            account=account,
            tax_ids=tuple(best.tax_ids.ids),
            analytic=best.analytic_distribution or None,
            partner_id=best.partner_id.commercial_partner_id.id or None,
            confidence=rules.confidence(own, others),
            reason=memory_reason(
                "booked_times", count=best.evidence_count, account=account.display_name
            ),
            by_rule=False,
        )

    @api.model
    def _with_known(self, facts, line, options, make, blocked, open_items):
        """Return ``options`` for ``line`` with what rules and memory know of it.

        :param make: called with the values of a write-off, an option's confidence, its reasons and
            what forbids to apply it unseen; returns the option
        :param blocked: an open document may be meant, so the line is no income or expense
        """
        known = facts.known.get(line.id)
        if not known or known.account.id in facts.flagged.get(line.id, ()):
            return options
        own = known.account.internal_group == ("income" if line.amount > 0 else "expense")
        if blocked and own:
            return options
        same = [one for one in options if one.write_off.account_id == known.account.id]
        others = [one for one in options if one not in same]
        if same and not known.by_rule:
            best = same[0]
            lifted = best._replace(
                confidence=max(best.confidence, known.confidence),
                reasons=[known.reason, *best.reasons],
            )
            return [lifted, *others]
        guards = [account_reason("debtor_open")] if open_items and own else []
        if not known.by_rule:
            guards.append(account_reason("first_time"))
        option = make(
            {
                "account_id": known.account.id,
                "partner_id": facts.partners[line.id].id or known.partner_id,
                "tax_ids": tuple(tax for tax in known.tax_ids if tax in facts.taxes),
                "analytic": known.analytic,
            },
            known.confidence,
            [known.reason, *(same[0].reasons if same else ())],
            guards,
        )
        if known.by_rule and known.confidence >= 0.5:
            # A person's rule goes before what past lines say, unless they speak against it.
            rest = 1 - known.confidence
            others = [one._replace(confidence=one.confidence * rest) for one in others]
        return [option, *others]
