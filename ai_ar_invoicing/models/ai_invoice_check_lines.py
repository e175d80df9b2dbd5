from collections import defaultdict
from decimal import Decimal

from odoo import api, models

from ..engine.check_facts import Line, Order, OrderLine

#: Kinds of accounts that a product of each kind needs.
FOR_ALL = ("income",)
FOR_STOCK = ("expense", "stock_valuation")


class AiInvoiceCheckLines(models.AbstractModel):
    """The lines of invoices as the checks see them: taxes, prices, orders, accounts.

    Read with full rights by ``ai.invoice.check.facts``, which says why.
    """

    _name = "ai.invoice.check.lines"
    _description = "Invoice Lines for the Checks"

    @api.model
    def _read(self, moves):
        """Return ``{move: tuple of Line}``.

        :param moves: invoices of one company
        """
        lines = moves.invoice_line_ids.filtered(lambda line: line.display_type == "product")
        # Read at once, not line by line.
        lines.sale_line_ids.mapped("qty_delivered")
        last = self.env["ai.invoice.check.history"]._last_prices(lines.filtered("product_id"))
        listed = self._list_prices(lines)
        missing = self._missing_accounts(lines.product_id)
        by_move = defaultdict(list)
        for line in lines:
            by_move[line.move_id].append(self._line(line, last, listed, missing))
        return {move: tuple(by_move[move]) for move in moves}

    def _line(self, line, last, listed, missing):
        expected = self._expected_taxes(line)
        price, invoice = last.get(line.id, (None, ""))
        return Line(
            id=line.id,
            name=line.product_id.with_context(display_default_code=False).display_name
            or (line.name or "").partition("\n")[0]
            or "/",
            quantity=_decimal(line.quantity),
            price=self._net(line.price_unit, line.discount),
            digits=line.currency_id.decimal_places,
            product_id=line.product_id.id or None,
            taxes=tuple(line.tax_ids.ids),
            tax_names=", ".join(line.tax_ids.mapped("name")),
            expected_taxes=None if expected is None else tuple(expected.ids),
            expected_tax_names="" if expected is None else ", ".join(expected.mapped("name")),
            order_line=self._order_line(line),
            list_price=listed.get(line.id),
            last_price=price,
            last_invoice=invoice,
            missing_accounts=missing.get(line.product_id.id, ()),
            category_id=line.product_id.categ_id.id or None,
        )

    def _expected_taxes(self, line):
        """Return what core would put on the line, ``None`` where product and account say nothing.

        A down payment carries the taxes of what it is paid on.
        """
        known = line.product_id.taxes_id.filtered_domain(
            self.env["account.tax"]._check_company_domain(line.company_id)
        )
        if not known or any(line.sale_line_ids.mapped("is_downpayment")):
            return None
        return line._get_computed_taxes()

    def _order_line(self, line):
        """Return the order line with quantities and price in the unit of the invoice line."""
        order_line = line.sale_line_ids[:1]
        if not order_line or order_line.is_downpayment:
            return None
        unit, other = line.product_uom_id, order_line.product_uom_id
        price = order_line.price_unit
        if unit and other and unit != other:
            price = other._compute_price(price, unit)
        same_currency = order_line.currency_id == line.currency_id
        return OrderLine(
            id=order_line.id,
            ordered=_decimal(order_line.product_uom_qty),
            delivered=_decimal(order_line.qty_delivered),
            invoiced=_decimal(order_line.qty_invoiced),
            price=self._net(price if same_currency else line.price_unit, order_line.discount),
            by_delivery=order_line.product_id.invoice_policy == "delivery",
            storable=order_line.product_id.type == "consu",
        )

    def _net(self, price, discount):
        """Return a price after discount, in the precision of prices."""
        digits = self.env["decimal.precision"].precision_get("Product Price")
        net = _decimal(price) * (1 - _decimal(discount) / 100)
        return round(net, max(digits, 2) + 2)

    # ------------------------------------------------------------------
    # Pricelist
    # ------------------------------------------------------------------

    def _list_prices(self, lines):
        """Return ``{line id: price}`` of lines without an order, by core's pricelists.

        One look-up of rules for a pricelist and day; each line then takes the rule of its quantity.
        """
        wanted = lines.filtered(
            lambda line: (
                line.product_id
                and not line.sale_line_ids
                and line.move_id.move_type == "out_invoice"
                and not any(line.tax_ids.mapped("price_include"))
                and line.move_id.partner_id.property_product_pricelist
            )
        )
        prices = {}
        groups = wanted.grouped(
            lambda line: (
                line.move_id.partner_id.property_product_pricelist,
                line.move_id.invoice_date or line.move_id.date,
            )
        )
        for (pricelist, day), group in groups.items():
            rules = pricelist._get_applicable_rules(group.product_id, day)
            for line in group:
                prices[line.id] = self._list_price(line, rules, day)
        return prices

    def _list_price(self, line, rules, day):
        product, unit = line.product_id, line.product_uom_id or line.product_id.uom_id
        quantity = unit._compute_quantity(line.quantity, product.uom_id, raise_if_failure=False)
        rule = next((one for one in rules if one._is_applicable_for(product, quantity)), rules[:0])
        price = rule._compute_price(
            product, line.quantity, unit, date=day, currency=line.currency_id
        )
        return self._net(price, 0)

    # ------------------------------------------------------------------
    # Accounts and orders
    # ------------------------------------------------------------------

    def _missing_accounts(self, products):
        """Return ``{product id: kinds of accounts missing}``."""
        missing = {}
        for product in products:
            perpetual = product.is_storable and product.valuation == "real_time"
            kinds = FOR_ALL + (FOR_STOCK if perpetual else ())
            accounts = product._get_product_accounts()
            missing[product.id] = tuple(kind for kind in kinds if not accounts.get(kind))
        return missing

    @api.model
    def _orders(self, moves):
        """Return ``{move: tuple of Order}``, with the last day something left for the customer."""
        found = {}
        for move in moves:
            found[move] = tuple(
                Order(
                    id=order.id,
                    name=order.name,
                    promised=order.commitment_date and order.commitment_date.date() or None,
                    delivered=self._left_on(order),
                )
                for order in move.invoice_line_ids.sale_line_ids.order_id
            )
        return found

    def _left_on(self, order):
        done = order.picking_ids.filtered(
            lambda picking: (
                picking.state == "done"
                and picking.date_done
                and picking.location_dest_id.usage == "customer"
            )
        )
        return max(done.mapped("date_done")).date() if done else None


def _decimal(value):
    return Decimal(str(value or 0.0))
