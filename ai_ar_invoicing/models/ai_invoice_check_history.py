from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import SQL

from ..engine.check_facts import Twin

#: Earlier invoices that make a customer's habits.
LATEST = 40
#: How far back prices and habits are read.
YEARS = 2


class AiInvoiceCheckHistory(models.AbstractModel):
    """What a customer's earlier invoices say: amounts, references, prices, the same once more.

    One query each for any number of invoices. Read with full rights by
    ``ai.invoice.check.facts``, which says why.
    """

    _name = "ai.invoice.check.history"
    _description = "Earlier Invoices for the Checks"

    @api.model
    def _habits(self, moves):
        """Return ``{commercial partner id: [(move id, amount, has reference), ...]}``.

        :param moves: invoices of one company
        """
        self.env["account.move"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT commercial_partner_id, id, abs(amount_total_signed),
                       ref <> coalesce(invoice_origin, '')
                FROM (
                    SELECT commercial_partner_id, id, amount_total_signed, ref, invoice_origin,
                           row_number() OVER (
                               PARTITION BY commercial_partner_id
                               ORDER BY invoice_date DESC, id DESC
                           ) AS place
                    FROM account_move
                    WHERE company_id = %(company)s
                      AND commercial_partner_id IN %(customers)s
                      AND move_type = 'out_invoice'
                      AND state = 'posted'
                      AND invoice_date >= %(since)s
                ) AS latest
                WHERE place <= %(latest)s
                """,
                company=moves.company_id.id,
                customers=tuple(moves.commercial_partner_id.ids) or (0,),
                since=fields.Date.subtract(fields.Date.today(), years=YEARS),
                latest=LATEST,
            )
        )
        habits = {}
        for customer, move_id, amount, reference in rows:
            entry = (move_id, Decimal(str(amount)), bool(reference))
            habits.setdefault(customer, []).append(entry)
        return habits

    @api.model
    def _last_prices(self, lines):
        """Return ``{invoice line id: (price after discount, name of the invoice)}``.

        Of the same customer, product, unit and currency, on an earlier posted invoice.
        """
        if not lines:
            return {}
        self.env["account.move.line"].flush_model()
        self.env["account.move"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (line.id)
                       line.id, past.price_unit * (1 - coalesce(past.discount, 0) / 100),
                       past_move.name
                FROM account_move_line line
                JOIN account_move move ON move.id = line.move_id
                JOIN account_move past_move
                  ON past_move.commercial_partner_id = move.commercial_partner_id
                 AND past_move.company_id = move.company_id
                 AND past_move.currency_id = move.currency_id
                 AND past_move.move_type = 'out_invoice'
                 AND past_move.state = 'posted'
                 AND past_move.invoice_date >= %(since)s
                 AND (past_move.invoice_date, past_move.id)
                     < (coalesce(move.invoice_date, %(today)s), move.id)
                JOIN account_move_line past
                  ON past.move_id = past_move.id
                 AND past.product_id = line.product_id
                 AND past.product_uom_id = line.product_uom_id
                 AND past.display_type = 'product'
                 AND past.quantity > 0
                WHERE line.id IN %(lines)s
                ORDER BY line.id, past_move.invoice_date DESC, past_move.id DESC, past.id
                """,
                since=fields.Date.subtract(fields.Date.today(), years=YEARS),
                today=fields.Date.context_today(self),
                lines=tuple(lines.ids),
            )
        )
        return {line_id: (Decimal(str(price)), name) for line_id, price, name in rows}

    @api.model
    def _twins(self, moves, days):
        """Return ``{move: tuple of Twin}``: same customer, amount and kind, near in time.

        What core calls a duplicate (the same day) is taken from core. An invoice that was taken
        back in full stands for nothing any more.

        :param days: how far apart the dates may be
        """
        wanted = moves.filtered(lambda move: move.amount_total and move.commercial_partner_id)
        dates = [move.invoice_date or fields.Date.context_today(move) for move in wanted]
        if not wanted:
            return {}
        near = self.env["account.move"].search(
            [
                ("company_id", "=", wanted.company_id.id),
                ("commercial_partner_id", "in", wanted.commercial_partner_id.ids),
                ("move_type", "in", ("out_invoice", "out_refund")),
                ("state", "in", ("draft", "posted")),
                ("amount_total", "in", list(set(wanted.mapped("amount_total")))),
                "|",
                ("invoice_date", "=", False),
                "&",
                ("invoice_date", ">=", fields.Date.subtract(min(dates), days=days)),
                ("invoice_date", "<=", fields.Date.add(max(dates), days=days)),
            ],
            order="id",
        )
        of_core = wanted._fetch_duplicate_reference()
        groups = (near | near.union(*of_core.values())).grouped(self._sameness)
        return {
            move: tuple(
                self._twin(other)
                for other in groups.get(self._sameness(move), ())
                if other != move and other.payment_state != "reversed"
            )
            for move in wanted
        }

    def _sameness(self, move):
        return (
            move.commercial_partner_id.id,
            move.move_type,
            move.currency_id.id,
            move.currency_id.round(move.amount_total),
        )

    def _twin(self, move):
        return Twin(
            id=move.id,
            name=move.name or move.display_name,
            date=move.invoice_date or None,
            order_lines=frozenset(move.invoice_line_ids.sale_line_ids.ids),
        )
