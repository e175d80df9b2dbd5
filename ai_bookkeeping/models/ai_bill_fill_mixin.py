from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from ..engine import clicked
from ..engine.bill_draft import FIELDS
from ..engine.reading import text_of

#: What a person fills from the page, as fields of the draft.
TARGETS = {"reference": "ref", "date": "invoice_date", "due_date": "invoice_date_due"}


class AiBillFillMixin(models.AbstractModel):
    """Fields of a bill that a person fills by clicking words on its page."""

    _name = "ai.bill.fill.mixin"
    _description = "Bill Filled from Its Page"

    def ai_bill_fill(self, key, text, page=None, box=None):
        """Write what was clicked on the page into the field it is for.

        :param key: a name of the reading's fields, e.g. ``due_date``
        :param text: the words as they stand on the page
        :param page: number of the page, from 1
        :param box: left, top, right, bottom in shares of the page
        :raises UserError: where the words are no such value
        """
        self.ensure_one()
        self.check_access("write")
        if key not in FIELDS:
            raise UserError(self.env._("This field is not filled from the page."))
        if self.state != "draft":
            raise UserError(self.env._("Only a draft is filled from its page."))
        value = clicked.value_of(key, str(text)[:200], self._ai_bill_month_first())
        if value is None:
            raise UserError(self._ai_bill_no_value(key, text))
        self.ai_bill_reading = self._ai_bill_remembered(key, value, page, box)
        target = self._ai_bill_target(key, value)
        if target:
            self.write(target)
        self._ai_bill_changed()
        return {}

    def _ai_bill_month_first(self):
        """Tell whether dates of this document begin with the month, by what else was read."""
        country = self.partner_id.country_id.code or ""
        return country == "US"

    def _ai_bill_no_value(self, key, text):
        shown = str(text)[:40]
        if key in clicked.DATES:
            return self.env._("“%(text)s” is no date.", text=shown)
        if key in clicked.AMOUNTS:
            return self.env._("“%(text)s” is no amount.", text=shown)
        if key == "vendor_iban":
            return self.env._("“%(text)s” is no bank account: its check digits fail.", text=shown)
        return self.env._("“%(text)s” does not fit this field.", text=shown)

    def _ai_bill_remembered(self, key, value, page, box):
        """Return the reading with the person's value and place for ``key``."""
        reading = dict(self.ai_bill_reading or {"source": "none", "pages": 0, "lines": []})
        known = dict(reading.get("fields") or {})
        whole = box and len(box) == 4
        place = [min(max(float(edge), 0.0), 1.0) for edge in box] if whole else None
        known[key] = {
            **(known.get(key) or {"candidates": []}),
            **{"value": text_of(value), "confidence": 1.0, "sure": True},
            **{"page": int(page) if page else None, "box": place, "by_person": True},
        }
        return {**reading, "fields": known}

    def _ai_bill_target(self, key, value):
        """Return the values to write for what was clicked."""
        if key in TARGETS:
            due = {"invoice_payment_term_id": False} if key == "due_date" else {}
            return {**due, TARGETS[key]: value}
        if key == "total":
            return {"ai_bill_printed_total": float(abs(value))}
        if key == "currency":
            currency = self.env["res.currency"].with_context(active_test=False)
            found = currency.search([("name", "=", value)], limit=1)
            if not found:
                raise UserError(self.env._("There is no currency “%(code)s”.", code=value))
            return {"currency_id": found.id}
        if key.startswith("vendor_"):
            return self._ai_bill_vendor_target(key)
        return self._ai_bill_amount_target(key, value)

    def _ai_bill_vendor_target(self, key):
        """Take the vendor that the reading means now, if it is one; else flags say what to do."""
        if self.partner_id and key == "vendor_iban":
            return {}
        found = self.env["ai.bill.vendor"]._find(self).get(self)
        return {"partner_id": found["partner_id"]} if found and found["partner_id"] else {}

    def _ai_bill_amount_target(self, key, value):
        """Untaxed amount: goes to the only line there is; a tax amount is only compared."""
        lines = self.invoice_line_ids.filtered(lambda line: line.display_type == "product")
        if key == "tax":
            shown = format_amount(self.env, self.amount_tax, self.currency_id)
            if self.currency_id.compare_amounts(self.amount_tax, float(value)):
                raise UserError(
                    self.env._("The lines give a tax of %(tax)s. Change their taxes.", tax=shown)
                )
            return {}
        if len(lines) > 1:
            raise UserError(self.env._("There are several lines. Change their amounts."))
        price = float(abs(value))
        command = (
            fields.Command.update(lines.id, {"price_unit": price, "quantity": 1})
            if lines
            else fields.Command.create({"name": self.ref or "/", "price_unit": price})
        )
        return {"invoice_line_ids": [command]}
