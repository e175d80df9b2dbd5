import re
from decimal import Decimal
from types import MappingProxyType

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import html2plaintext

from ..engine.context import BankLine, MatchContext, OpenItem, Party
from .ai_bank_items import unit

#: So few lines are asked for by somebody who waits.
FEW = 20
MOST_NUMBERS = 60
NOTHING = MappingProxyType({})


class AiBankContext(models.AbstractModel):
    """Reads what the matching engine needs, for many bank lines at once."""

    _name = "ai.bank.context"
    _description = "Reading for Bank Matching"

    @api.model
    def _read(self, lines):
        """Return a list of :class:`MatchContext`, one a company, for open bank ``lines``."""
        return [self._read_company(group) for group in lines.grouped("company_id").values()]

    def _read_company(self, lines):
        terms = self.env["ai.bank.terms"]
        items = self._items(lines)
        settled = terms._settled(lines)
        partners = self.env["res.partner"].browse(
            {item.partner_id for item in (*items, *settled) if item.partner_id}
            | set(lines.partner_id.commercial_partner_id.ids)
        )
        aliases = self.env["ai.bank.memory"]._aliases(lines.company_id)
        partners |= partners.browse(aliases)._filtered_access("read")
        currencies = self.env["res.currency"].with_context(active_test=False).search([])
        return MatchContext(
            lines=self.env["ai.bank.rule"]._with_partners(
                lines, tuple(self._line(line) for line in lines)
            ),
            items=items,
            parties=self._parties(partners, aliases),
            digits={currency.name: currency.decimal_places for currency in currencies},
            flagged=self._flagged(lines),
            settled=settled,
            tolerances=terms._tolerances(lines.journal_id),
            accounts=terms._accounts(lines.company_id),
            oldest_first=frozenset(lines.journal_id.filtered("ai_bank_oldest_first").ids),
        )

    def _flagged(self, lines):
        """Return ``{line id: items of each match that was flagged as wrong}``."""
        return {
            line_id: frozenset(
                frozenset(part["move_line_id"] for part in row.proposal["counterparts"])
                for row in group
            )
            for line_id, group in self._flagged_rows(lines).items()
        }

    @api.model
    def _flagged_rows(self, lines):
        """Return ``{line id: rows of the log}`` of what was flagged as wrong about ``lines``.

        With full rights: what a colleague called wrong is wrong, whoever asks.
        """
        rows = (
            self.env["ai.audit.log"]
            .sudo()
            .search_fetch(
                [
                    ("task_code", "=", lines._ai_task_code),
                    ("res_model", "=", lines._name),
                    ("res_id", "in", lines.ids),
                    ("flagged", "=", True),
                ],
                ["res_id", "proposal"],
            )
        )
        return rows.grouped("res_id")

    def _line(self, line):
        currency = line.foreign_currency_id or line.currency_id
        amount = line.amount_currency if line.foreign_currency_id else line.amount
        narration = html2plaintext(line.narration) if line.narration else ""
        texts = (line.payment_ref, line.ref, narration)
        return BankLine(
            id=line.id,
            journal_id=line.journal_id.id,
            amount=self._decimal(amount, currency),
            currency=currency.name,
            date=line.date,
            label="\n".join(dict.fromkeys(text for text in texts if text)),
            partner_id=line.partner_id.commercial_partner_id.id or None,
            partner_name=line.partner_name or "",
            account_number=line.account_number or "",
            transaction_type=line.transaction_type or "",
            amounts=self.env["ai.bank.terms"]._line_amounts(line),
        )

    def _items(self, lines):
        """Return the open items that ``lines`` of one company may settle."""
        domain = self._items_domain(lines) & self._side_domain(lines)
        rows = self.env["ai.bank.items"]._rows(domain)
        currencies = self.env["res.currency"].browse({row.currency_id for row in rows})
        rates = self.env["ai.bank.terms"]._rates(lines, currencies)
        of_currency = {
            currency.id: (
                currency,
                currency.name,
                unit(currency),
                any(source == currency for source, _target in rates),
            )
            for currency in currencies
        }
        return tuple(self._item(row, *of_currency[row.currency_id], rates) for row in rows)

    def _side_domain(self, lines):
        """Leave out, for few lines of one direction, what only the other direction settles.

        Credit notes and payments are kept, and what a line names; reading the rest would take
        somebody who waits for one suggestion longer than finding it.
        """
        signs = {line.amount > 0 for line in lines}
        if len(lines) > FEW or len(signs) > 1:
            return Domain.TRUE
        side = Domain("amount_residual_currency", ">" if signs.pop() else "<", 0)
        texts = " ".join(self._line(line).label for line in lines)
        numbers = sorted(set(re.findall(r"(?!20\d\d\b)[1-9]\d{3,}", texts)))[:MOST_NUMBERS]
        named = (
            Domain(name, "ilike", number)
            for number in numbers
            for name in ("move_name", "ref", "name")
        )
        kept = Domain("payment_id", "!=", False)
        kept |= Domain("move_id.move_type", "in", ("out_refund", "in_refund"))
        return side | kept | Domain.OR(named)

    def _items_domain(self, lines):
        """Core's own domain of what a bank line may be matched with, for documents and payments."""
        return (
            Domain(lines[0]._get_default_amls_matching_domain())
            & (
                Domain("account_id.account_type", "in", ("asset_receivable", "liability_payable"))
                | Domain("payment_id", "!=", False)
            )
            & Domain("amount_residual_currency", "!=", 0)
            # Open money of other bank lines is on account already, not a document to be paid.
            & Domain("statement_line_id", "=", False)
        )

    def _item(self, row, currency, name, smallest, converted, rates):
        terms = self.env["ai.bank.terms"]
        residual = Decimal(row.amount_residual_currency).quantize(smallest)
        discount = terms._discount(row, currency) if row.discount_date else (None, None)
        return OpenItem(
            id=row.id,
            residual=residual,
            currency=name,
            number=row.name or "",
            reference=row.ref or "",
            payment_reference=row.payment_reference or "",
            partner_id=row.commercial_partner_id,
            date=row.date,
            date_maturity=row.date_maturity or None,
            is_payment=bool(row.payment_id),
            is_refund=row.move_type in ("out_refund", "in_refund"),
            discount_date=discount[0],
            discount_amount=discount[1],
            residual_in=terms._residual_in(residual, currency, rates) if converted else NOTHING,
            account_id=row.account_id,
        )

    def _parties(self, partners, aliases):
        banks = self.env["res.partner.bank"]._read_group(
            [("partner_id", "child_of", partners.ids)],
            ["partner_id"],
            ["sanitized_acc_number:array_agg"],
        )
        numbers = {}
        for partner, accounts in banks:
            numbers.setdefault(partner.commercial_partner_id.id, []).extend(accounts)
        partners.fetch(["name", "vat"])
        # With full rights: a tolerance is a setting, whoever asks.
        tolerances = self.env["ai.bank.terms"]._own_tolerances(partners.sudo())
        return tuple(
            Party(
                id=partner.id,
                name=partner.name or "",
                aliases=aliases.get(partner.id, ()),
                account_numbers=tuple(numbers.get(partner.id, ())),
                vat=partner.vat or "",
                tolerance=tolerances.get(partner.id),
            )
            for partner in partners
        )

    @api.model
    def _decimal(self, amount, currency):
        """Return a float amount of the database as ``Decimal`` with the currency's digits."""
        return Decimal(str(amount)).quantize(Decimal(1).scaleb(-currency.decimal_places))
