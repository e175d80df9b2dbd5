from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..engine import by_hand

#: So many rows a search returns at most, whatever is asked for.
MOST = 200
FIELDS = [
    "move_name",
    "name",
    "partner_id",
    "account_id",
    "currency_id",
    "company_id",
    "date",
    "date_maturity",
    "amount_residual_currency",
    "payment_id",
    "move_id",
]


class AiBankItemSearch(models.AbstractModel):
    """Open items that a person looks for, the nearest first.

    Access rules hold: nobody finds what they may not read.
    """

    _name = "ai.bank.item.search"
    _description = "Search of Open Items"

    @api.model
    def _search_items(self, line, text="", limit=40, offset=0, partner_id=None, amount=None):
        """Return open items for ``line``.

        :param text: words of number, reference, label or partner, or an amount, "~1250" for near
        :param partner_id: only this partner's, contacts and companies of theirs included
        :param amount: absolute, in the line's currency: what should come first
        :return: ``{"items": [...], "more": bool}``
        """
        query = by_hand.parse_query(text)
        domain = self.env["ai.bank.split"]._items_domain(line) & self._words(query)
        if partner_id:
            partner = self.env["res.partner"].browse(partner_id)
            domain &= Domain("partner_id", "child_of", partner.commercial_partner_id.ids)
        limit = max(1, min(int(limit), MOST))
        target = query.amount if query.amount is not None else amount
        items = self._nearest(line, domain, target, limit + 1, max(0, int(offset)))
        return {
            "items": [self._row(line, item) for item in items[:limit]],
            "more": len(items) > limit,
        }

    def _words(self, query):
        domain = Domain.TRUE
        for word in query.words:
            domain &= Domain.OR(
                Domain(name, "ilike", word)
                for name in ("move_name", "ref", "name", "partner_id.name")
            ) | Domain("move_id.payment_reference", "ilike", word)
        if query.amount is None:
            return domain
        # "1250" is an amount or a fragment of a number.
        fits = self._between("amount_residual_currency", query)
        if not query.nearly:
            fits |= self._between("amount_currency", query)
        return fits | domain if query.words else fits

    def _between(self, name, query):
        low, high = (float(limit) for limit in query.limits)
        return (Domain(name, ">=", low) & Domain(name, "<=", high)) | (
            Domain(name, ">=", -high) & Domain(name, "<=", -low)
        )

    def _nearest(self, line, domain, target, limit, offset):
        """Return items by nearness: partner of the line, direction and currency, amount, date."""
        Item = self.env["account.move.line"]
        query = Item._search(domain)
        residual = SQL.identifier(query.table, "amount_residual_currency")
        currency = self.env["ai.bank.split"]._currency(line)
        total = self.env["ai.bank.split"]._total(line) if target is None else target
        sign = 1 if line.amount > 0 else -1
        partner = line.partner_id.commercial_partner_id
        family = self.env["res.partner"].search([("id", "child_of", partner.ids)]).ids
        query.order = SQL(
            "(%(partner)s = ANY(%(family)s)) IS TRUE DESC, (%(residual)s * %(sign)s > 0) DESC,"
            " (%(currency)s = %(own_currency)s) DESC, ABS(%(residual)s * %(sign)s - %(total)s),"
            " %(date)s DESC, %(id)s DESC",
            id=SQL.identifier(query.table, "id"),
            partner=SQL.identifier(query.table, "partner_id"),
            family=family,
            residual=residual,
            sign=sign,
            currency=SQL.identifier(query.table, "currency_id"),
            own_currency=currency.id,
            total=total,
            date=SQL.identifier(query.table, "date"),
        )
        query.limit, query.offset = limit, offset
        items = Item.browse(query)
        items.fetch(FIELDS)
        return items

    def _row(self, line, item):
        return {
            "id": item.id,
            "document": item.move_name or item.name or "",
            "reference": item.move_id.payment_reference or item.ref or item.name or "",
            "partner": item.partner_id.display_name or "",
            "partner_id": item.partner_id.id,
            "account": item.account_id.display_name,
            "date": item.date.isoformat(),
            "due": (item.date_maturity or item.date).isoformat(),
            "currency_id": item.currency_id.id,
            "open": item.amount_residual_currency,
            "is_payment": bool(item.payment_id),
            **self._open(line, item),
        }

    @api.model
    def _open(self, line, item):
        """Return what is open of ``item`` in the direction of ``line``.

        :return: ``{"amount": in the line's currency, at the rate of its day, "item_amount": in the
            item's own, 0 where that is the same}``
        """
        sign = 1 if line.amount > 0 else -1
        residual = item.amount_residual_currency * sign
        currency = self.env["ai.bank.split"]._currency(line)
        if item.currency_id == currency:
            return {"amount": residual, "item_amount": 0.0}
        if item.currency_id == line.currency_id:
            # The bank itself states its rate.
            rate = abs(line.amount_currency / line.amount) if line.amount else 0.0
            return {"amount": currency.round(residual * rate), "item_amount": residual}
        company, day = line.company_id, line.date
        amount = item.currency_id._convert(residual, currency, company, day)
        return {"amount": amount, "item_amount": residual}
