import threading
from decimal import Decimal

from odoo import Command, api, models
from odoo.fields import Domain

from odoo.addons.ai_finance_engine.coding.books import up_to_date

from ..engine.bill_coding import ENOUGH, BillLine, coded, codings

#: Posted lines a company's model is learned from, the newest.
MOST = 5_000
#: Accounts that no line of a bill is coded to.
NEVER = (
    *("asset_receivable", "liability_payable", "asset_cash", "liability_credit_card"),
    *("equity_unaffected", "off_balance"),
)
#: Changes whenever a bill is posted, taken back or booked elsewhere.
_MARK = ["__count", "id:max", "write_date:max"]
_lock = threading.RLock()


class AiBillCoding(models.AbstractModel):
    """What posted bills say about account, taxes, analytic and product of a line.

    The books themselves are the memory: whatever people corrected before posting is what is
    learned. Kept by company for the life of the registry, learned by the worker alone.
    """

    _name = "ai.bill.coding"
    _description = "Coding of Bills from History"

    @api.model
    def _choices(self, moves):
        """Return ``{line: [Coding]}`` for the lines of drafts, any company."""
        found = {}
        for company, group in moves.grouped("company_id").items():
            lines = group.invoice_line_ids.filtered(self._is_open)
            # With full rights: one model for all, it must not depend on who asked first.
            history = self.sudo().with_company(company)
            learned = history._model(company) if lines else None
            if not lines or len(learned.places) < ENOUGH:
                continue
            new = [self._line(line) for line in lines]
            with _lock:
                choices = learned.model.predict([coded(line, posted=False) for line in new])
            accounts = {choice.account for offered in choices for choice in offered}
            usable = history._usable(company, accounts)
            for line, one, offered in zip(lines, new, choices, strict=True):
                found[line] = codings(one, offered, usable)
        return found

    def _is_open(self, line):
        return line.display_type == "product" and line.move_id.state == "draft"

    def _usable(self, company, account_ids):
        Account = self.env["account.account"]
        domain = Domain(Account._check_company_domain(company)) & Domain("active", "=", True)
        domain &= Domain("id", "in", [*account_ids]) & Domain("account_type", "not in", NEVER)
        return Account.search(domain).ids

    @api.model
    def _shown(self, coding):
        """Return a coding as the line keeps it for people to choose from."""
        account = self.env["account.account"].browse(coding.account_id)
        items = self.env["account.move.line"].browse([one.id for one in coding.similar])
        return {
            "account_id": coding.account_id,
            "account": account.display_name,
            "tax_ids": None if coding.tax_ids is None else [*coding.tax_ids],
            "analytic_distribution": coding.analytic,
            "product_id": coding.product_id,
            "confidence": round(coding.confidence, 4),
            "reasons": [
                self.env._("like “%(text)s” on %(bill)s", text=one.text[:60], bill=item.move_name)
                for one, item in zip(coding.similar, items, strict=True)
            ],
            "similar": [
                {
                    **{"move_line_id": item.id, "move_id": item.move_id.id},
                    **{"name": one.text, "date": one.date, "account": item.account_id.display_name},
                    "amount": float(one.amount),
                    "bill": item.move_name,
                }
                for one, item in zip(coding.similar, items, strict=True)
            ],
        }

    @api.model
    def _values(self, line, choice):
        """Return the values that book ``line`` as ``choice`` says; its price and text stay."""
        values = {"account_id": choice["account_id"]}
        if choice.get("tax_ids") is not None:
            values["tax_ids"] = [Command.set(choice["tax_ids"])]
        if choice.get("analytic_distribution"):
            values["analytic_distribution"] = choice["analytic_distribution"]
        if choice.get("product_id") and not line.product_id:
            # What a product brings along is not what the bill says.
            values |= {
                **{"product_id": choice["product_id"], "name": line.name},
                **{"price_unit": line.price_unit, "quantity": line.quantity},
                "tax_ids": values.get("tax_ids") or [Command.set(line.tax_ids.ids)],
            }
        return values

    # ------------------------------------------------------------------
    # Learning
    # ------------------------------------------------------------------

    def _model(self, company):
        """Return what was learned of ``company``, brought up to date with its books."""
        kept = vars(self.env.registry).setdefault("_ai_bill_coding", {})
        domain = self._domain(company)
        [mark] = self.env["account.move.line"]._read_group(domain, [], _MARK)
        with _lock:
            known = kept.get(company.id)
            if not known or known.mark != mark:
                rows = self.env["account.move.line"].search_fetch(
                    domain, ["account_id"], order="id desc", limit=MOST
                )
                places = {line.id: line.account_id.id for line in rows}
                kept[company.id] = up_to_date(known, mark, places, self._history)
            return kept[company.id]

    def _domain(self, company):
        return (
            Domain("company_id", "=", company.id)
            & Domain("parent_state", "=", "posted")
            & Domain("move_id.move_type", "in", ("in_invoice", "in_refund"))
            & Domain("display_type", "=", "product")
            & Domain("account_id.account_type", "not in", NEVER)
        )

    def _history(self, line_ids):
        lines = self.env["account.move.line"].browse(line_ids)
        ordered = lines.sorted(lambda line: (line.date, line.id))
        return [coded(self._line(line), posted=True) for line in ordered]

    def _line(self, line):
        move = line.move_id
        taxes = line.tax_ids.sorted("id")
        return BillLine(
            id=line.id,
            text=(line.ai_bill_text or line.name or "").partition("\n")[0],
            amount=Decimal(str(line.balance)),
            date=(move.invoice_date or move.date or move.create_date.date()).isoformat(),
            vendor_id=move.commercial_partner_id.id or None,
            account_id=line.account_id.id,
            rates=tuple(f"{tax.amount:g}" for tax in taxes),
            tax_ids=tuple(taxes.ids),
            analytic=tuple(sorted((line.analytic_distribution or {}).items())),
            product_id=line.product_id.id or None,
            position_id=move.fiscal_position_id.id or None,
        )
