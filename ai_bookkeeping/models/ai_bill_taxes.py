from decimal import Decimal

from odoo import api, models

TWO_CENTS = Decimal("0.02")
ZERO = Decimal(0)


class AiBillTaxes(models.AbstractModel):
    """Finds the purchase tax for a printed rate among those of the company."""

    _name = "ai.bill.taxes"
    _description = "Taxes of Bills"

    @api.model
    def _purchase_taxes(self, company):
        """Return the percentage taxes for purchases of ``company``, its default first."""
        Tax = self.env["account.tax"].with_company(company)
        taxes = Tax.search(
            [
                *Tax._check_company_domain(company),
                *[("type_tax_use", "=", "purchase"), ("amount_type", "=", "percent")],
            ]
        )
        default = company.account_purchase_tax_id
        return taxes.sorted(lambda tax: (tax != default, tax.sequence, tax.id))

    @api.model
    def _for(self, taxes, position, line):
        """Return the tax of a planned line, after the fiscal position of the bill.

        :param taxes: result of :meth:`_purchase_taxes`
        :param position: fiscal position of the bill
        :param line: ``PlannedLine``
        :return: the taxes, or ``None`` where the rate is printed and no tax has it
        """
        nothing = taxes.browse()
        if line.rate is None:
            return nothing
        home = taxes.filtered(lambda tax: not tax.price_include and self._fits(tax, line))
        if position:
            mapped = position.map_tax(home[:1]) if home else nothing
            if mapped and all(self._fits(tax, line) for tax in mapped):
                return mapped
            # Printed without tax: reverse charge, where the position makes one of the default.
            reverse = position.map_tax(taxes.company_id.account_purchase_tax_id[:1] or taxes[:1])
            if not line.rate and reverse and self._nets_to_nothing(reverse):
                return reverse
        if home:
            return home[:1]
        return nothing if not line.rate else None

    def _fits(self, tax, line):
        rate = Decimal(str(tax.amount))
        if rate == line.rate:
            return not self._nets_to_nothing(tax) or not rate
        if line.tax is None:
            return False
        # A rate that was worked out of rounded amounts is a little off.
        near = abs(rate - line.rate) < Decimal("0.5")
        return near and abs(round(line.amount * rate / 100, 2) - line.tax) <= TWO_CENTS

    def _nets_to_nothing(self, taxes):
        """Tell whether what the taxes book adds up to nothing, as with reverse charge."""
        return all(tax.has_negative_factor or tax.amount == 0 for tax in taxes)
