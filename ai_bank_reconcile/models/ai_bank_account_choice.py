from collections import namedtuple
from dataclasses import replace
from decimal import Decimal

from odoo import api, models

from odoo.addons.ai_finance_engine.money import plain
from odoo.addons.ai_finance_engine.references import compact_account

from ..engine import account_choice as rules
from ..engine.account_choice import account_reason
from ..engine.proposal import Alternative, Proposal, WriteOff

SHOWN = 3  # accounts offered for a line

#: One account a line may be booked on, with what follows from it.
Option = namedtuple("Option", "write_off confidence reasons guards first")
#: What is known of all lines at once.
Facts = namedtuple(
    "Facts", "lines digits learned accounts taxes partners flagged open_items currency known"
)


class AiBankAccountChoice(models.AbstractModel):
    """Bank lines that no document explains: which account, taxes, analytic and partner.

    A line of somebody with open documents is compared with these first; what fits one plausibly is
    never booked as income.
    """

    _name = "ai.bank.account.choice"
    _description = "Accounts for Bank Lines without Documents"

    @api.model
    def _complete(self, part, results):
        """Return ``results`` with an account where the matching engine found nothing.

        :param part: the :class:`~..engine.context.MatchContext` of one company
        :param results: its :class:`~..engine.matcher.LineResult` s
        """
        empty = [result for result in results if result.proposal.kind == "none"]
        lines = self.env["account.bank.statement.line"].browse([result.line_id for result in empty])
        if not lines.filtered("amount"):
            return results
        coding = self.env["ai.bank.coding"]
        learned = coding._model(lines.company_id)
        amounts = {line: self._company_amount(line) for line in lines}
        new = [coding._new_line(line, amounts[line]) for line in lines]
        choices = coding._predict(learned, [coded for coded, _payers in new])
        payers = {line.id: keys for line, (_coded, keys) in zip(lines, new, strict=True)}
        known = self.env["ai.bank.memory.choice"]._known(lines, payers)
        facts = self._facts(part, learned, choices, empty, lines, known)
        found = {}
        rows = zip(lines, empty, choices, new, strict=True)
        for line, result, offered, (coded, payers) in rows:
            if line.amount:
                found[line.id] = self._result(facts, line, result, offered, coded, payers)
        return [found.get(result.line_id, result) for result in results]

    def _company_amount(self, line):
        currency = line.company_id.currency_id
        if line.currency_id == currency:
            amount = line.amount
        else:
            liquidity, _suspense, _other = line._seek_for_lines()
            amount = sum(liquidity.mapped("balance"))
        return self.env["ai.bank.context"]._decimal(amount, currency)

    # ------------------------------------------------------------------
    # Reading, for all lines at once
    # ------------------------------------------------------------------

    def _facts(self, part, learned, choices, results, lines, known):
        company = lines.company_id
        offered = [choice for of_line in choices for choice in of_line]
        booked = [line.extra["booked"] for choice in offered for line in choice.similar]
        tax_ids = {tax_id for one in (*booked, *known.values()) for tax_id in one.tax_ids}
        accounts = self._usable("account.account", company, {item.account for item in offered})
        open_items = {}
        for item in part.items:
            if item.partner_id and not item.is_payment:
                open_items.setdefault(item.partner_id, []).append(item)
        return Facts(
            lines={line.id: line for line in part.lines},
            digits=part.digits,
            learned=learned,
            accounts={account.id: account for account in accounts},
            taxes=set(self._usable("account.tax", company, tax_ids)._ids),
            partners=self._partners(lines, results, booked),
            flagged=self._flagged(lines),
            open_items=open_items,
            currency=company.currency_id.name,
            known=known,
        )

    def _usable(self, model, company, ids):
        """Return the active records among ``ids`` that ``company`` may use."""
        records = self.env[model]
        return records.search([*records._check_company_domain(company), ("id", "in", list(ids))])

    def _flagged(self, lines):
        """Return ``{line id: accounts that were flagged as wrong for it}``."""
        return {
            line_id: {
                log.proposal["write_off"]["account_id"]
                for log in group
                if log.proposal.get("write_off")
            }
            for line_id, group in self.env["ai.bank.context"]._flagged_rows(lines).items()
        }

    def _partners(self, lines, results, booked):
        """Return ``{line id: partner}``: set on the line, recognised, by bank account or name."""
        Partner = self.env["res.partner"]
        numbers = {compact_account(line.account_number or ""): line for line in lines}
        banks = self.env["res.partner.bank"].search_fetch(
            [
                *self.env["res.partner.bank"]._check_company_domain(lines.company_id),
                ("sanitized_acc_number", "in", [number for number in numbers if number]),
            ],
            ["sanitized_acc_number", "partner_id"],
        )
        by_number = {
            bank.sanitized_acc_number: bank.partner_id.commercial_partner_id for bank in banks
        }
        names = {line.partner_name.strip() for line in lines if line.partner_name}
        named = Partner.search(
            [
                *Partner._check_company_domain(lines.company_id),
                ("name", "in", list(names)),
                ("parent_id", "=", False),
            ]
        ).grouped("name")
        by_name = {name: group for name, group in named.items() if len(group) == 1}
        recognised = {result.line_id: result.proposal.partner_id for result in results}
        found = {
            line.id: line.partner_id.commercial_partner_id
            or Partner.browse(recognised[line.id] or [])
            or by_number.get(compact_account(line.account_number or ""))
            or by_name.get((line.partner_name or "").strip(), Partner)
            for line in lines
        }
        # Read with the others, not one by one
        Partner.union(*found.values()).fetch(["customer_rank", "supplier_rank"])
        return found

    # ------------------------------------------------------------------
    # One line
    # ------------------------------------------------------------------

    def _result(self, facts, line, result, choices, coded, payers):
        """Return the result for a line with its accounts; kind "none" where none is likely."""
        bank_line = facts.lines[line.id]
        open_items, blocked = self._open_items(facts, line, bank_line, result)
        options = []
        for choice in choices:
            account = facts.accounts.get(choice.account)
            if not account or account.id in facts.flagged.get(line.id, ()):
                continue
            own = account.internal_group == ("income" if line.amount > 0 else "expense")
            if choice.similar and not (blocked and own):
                option = self._option(facts, line, bank_line, choice, coded, payers)
                if open_items and own:
                    option.guards.append(account_reason("debtor_open"))
                options.append(option)
        options = self.env["ai.bank.memory.choice"]._with_known(
            facts, line, options, self._maker(facts, bank_line), blocked, open_items
        )
        options = self._with_on_account(facts, line, bank_line, options, blocked)
        return self._chosen(result, options)

    def _open_items(self, facts, line, bank_line, result):
        """Return the open documents of a line's payer, and whether one of them may be meant."""
        partner = facts.partners[line.id]
        items = [
            item
            for item in facts.open_items.get(partner.id, ())
            if item.residual * bank_line.amount > 0
        ]
        amount = abs(bank_line.amount)
        same = [abs(item.residual) for item in items if item.currency == bank_line.currency]
        label = bank_line.label.lower()
        named = any(
            text and len(text) > 3 and text.lower() in label
            for item in items
            for text in (item.number, item.reference, item.payment_reference)
        )
        if line.amount > 0:
            fits = amount <= sum(same) * (1 + rules.SAME_AMOUNT) or bool(result.alarms)
        else:
            fits = any(abs(amount - one) <= one * rules.SAME_AMOUNT for one in same)
        return items, named or fits

    def _option(self, facts, line, bank_line, choice, coded, payers):
        effect = rules.effect_of(choice.similar, payers)
        usual = facts.learned.usual
        guards = usual.guards(payers, choice.account, Decimal(coded.amount)) + list(effect.guards)
        partner = facts.partners[line.id]
        count = len(usual.amounts(payers, choice.account))
        reasons = [account_reason("payer_booked", count=count)] if count else []
        reasons += rules.similar_reasons(choice.similar, facts.currency)
        if line.amount < 0 and partner.supplier_rank:
            reasons.append(account_reason("no_bill", partner=partner.name or ""))
        write_off = self._write_off(
            bank_line,
            facts,
            account_id=choice.account,
            partner_id=partner.id or effect.partner_id,
            tax_ids=tuple(tax for tax in effect.tax_ids if tax in facts.taxes),
            analytic=effect.analytic,
        )
        return Option(write_off, choice.confidence, reasons, guards, not count)

    def _maker(self, facts, bank_line):
        """Return what makes an option from the values of its write-off."""

        def make(values, confidence, reasons, guards):
            write_off = self._write_off(bank_line, facts, **values)
            return Option(write_off, confidence, reasons, guards, False)

        return make

    def _write_off(self, bank_line, facts, **values):
        digits = facts.digits.get(bank_line.currency, 2)
        amount = plain(abs(bank_line.amount), digits)
        label = bank_line.label.partition("\n")[0]
        return WriteOff(amount=amount, label=label, **values)

    def _with_on_account(self, facts, line, bank_line, options, blocked):
        """Add that somebody known pays, or is paid, in advance: open on their own account."""
        partner = facts.partners[line.id]
        known = partner.customer_rank if line.amount > 0 else partner.supplier_rank
        if not known:
            return options
        own = partner.with_company(line.company_id)
        inflow = line.amount > 0
        account = own.property_account_receivable_id if inflow else own.property_account_payable_id
        if not account or account.id in facts.flagged.get(line.id, ()):
            return options
        # What this payer's lines were booked on before comes first; an unknown account does not.
        weight = rules.ON_ACCOUNT if inflow and not blocked else rules.LEAST_OFFERED
        used = sum(option.confidence for option in options if not option.first)
        weight *= 1 - min(1.0, used)
        others = [
            option._replace(confidence=option.confidence * (1 - weight)) for option in options
        ]
        write_off = self._write_off(bank_line, facts, account_id=account.id, partner_id=partner.id)
        why = [account_reason("customer_known" if inflow else "supplier_known")]
        guards = [account_reason("on_account")]
        return [*others, Option(write_off, weight, why, guards, True)]

    def _chosen(self, result, options):
        """Return the result with the likeliest account proposed, or with all beside nothing."""
        nothing = result.confidence
        options = sorted(options, key=lambda option: -option.confidence)[:SHOWN]
        options = [item for item in options if item.confidence >= rules.LEAST_OFFERED]
        beside = [self._alternative(option, nothing) for option in options]
        matches = list(result.proposal.alternatives)
        others = sorted(beside + matches, key=lambda one: -one.confidence)
        best = options[0] if options else None
        nearest = max((one.confidence for one in matches), default=0.0)
        if not best or beside[0].confidence < max(rules.LEAST_PROPOSED, nearest):
            proposal = result.proposal.model_copy(update={"alternatives": tuple(others)})
            return replace(result, proposal=proposal)
        proposal = Proposal(
            kind="account",
            write_off=best.write_off,
            partner_id=best.write_off.partner_id,
            alternatives=tuple(one for one in others if one is not beside[0]),
        )
        return replace(
            result,
            proposal=proposal,
            confidence=beside[0].confidence,
            reasons=(*result.alarms, *best.reasons),
            guards=(*result.guards, *result.alarms, *best.guards),
        )

    def _alternative(self, option, nothing):
        return Alternative(
            kind="account",
            write_off=option.write_off,
            partner_id=option.write_off.partner_id,
            confidence=round(min(1.0, option.confidence * nothing), 6),
            reasons=tuple(option.reasons),
        )
