from decimal import Decimal

from odoo import Command, api, fields, models

from ..engine.bill_lines import ROUNDING

#: Header fields that a reading fills, in the order in which they are written.
HEADER = ("partner_id", "ref", "invoice_date", "currency_id", "invoice_origin")


class AiBillDraftValues(models.AbstractModel):
    """Turns what was read into values of the draft; what a person entered stays."""

    _name = "ai.bill.draft.values"
    _description = "Values of a Bill's Draft"

    @api.model
    def _plain(self, value):
        """Return a field's value as the bill remembers it: an id, ISO text, or False."""
        if isinstance(value, models.BaseModel):
            return value.id or False
        return fields.Date.to_string(value) if hasattr(value, "isoformat") else value or False

    @api.model
    def _free(self, move, name):
        """Tell whether a field is empty or still holds what was filled in from the file."""
        now = self._plain(move[name])
        filled = move.ai_bill_filled or {}
        untouched = name in filled and filled[name] == now
        if name == "currency_id":
            # Core sets one on every draft: the journal's or company's says nothing.
            usual = move.journal_id.currency_id or move.company_id.currency_id
            return untouched or move.currency_id == usual
        return not now or untouched

    @api.model
    def _header(self, move, proposal):
        """Return the header values that may be written."""
        wanted = proposal["header"]
        return {
            name: wanted[name]
            for name in HEADER
            if wanted.get(name)
            and self._free(move, name)
            and wanted[name] != self._plain(move[name])
        }

    @api.model
    def _write_header(self, move, proposal):
        """Write the header of a draft; returns what was filled."""
        if proposal["credit_note"] and move.move_type == "in_invoice" and not move.posted_before:
            move.action_switch_move_type()
        values = self._header(move, proposal)
        if values:
            move.write(values)
        return values

    @api.model
    def _write_due_date(self, move, due):
        """Keep the vendor's terms where they give the printed date, else take the date itself.

        After the lines: terms of a bill without amounts give no date.
        """
        if not due or self._plain(move.invoice_date_due) == due:
            return {}
        terms = move.partner_id.property_supplier_payment_term_id
        chosen = move.invoice_payment_term_id not in (terms, terms.browse())
        if chosen or self._due_by_person(move):
            return {}
        move.write({"invoice_payment_term_id": False})
        move.write({"invoice_date_due": due})
        return {"invoice_date_due": due}

    def _due_by_person(self, move):
        """Tell whether somebody set a due date: one that neither terms nor today explain."""
        now = self._plain(move.invoice_date_due)
        filled = (move.ai_bill_filled or {}).get("invoice_date_due")
        plain = {
            False,
            filled,
            self._plain(move.invoice_date),
            self._plain(move.create_date.date()),
        }
        today = fields.Date.to_string(fields.Date.context_today(self))
        return not move.invoice_payment_term_id and now not in {*plain, today}

    @api.model
    def _write_bank_account(self, move):
        """Take the vendor's account that the bill prints, where the vendor has it."""
        known = self.env["ai.bill.bank.account"]._known(move)
        if known and known != move.partner_bank_id and move.move_type == "in_invoice":
            move.partner_bank_id = known

    # ------------------------------------------------------------------
    # Lines
    # ------------------------------------------------------------------

    @api.model
    def _own_lines(self, move):
        return move.invoice_line_ids.filtered(lambda line: line.display_type == "product")

    @api.model
    def _signature(self, line):
        """Return what shows whether a person changed a line."""
        return [
            *(line.quantity, line.price_unit, line.discount),
            *(line.name or "", sorted(line.tax_ids.ids)),
        ]

    @api.model
    def _write_lines(self, move, proposal):
        """Write the lines of a draft that has none of its own; returns them.

        Earlier ones that came from the file and were not changed are replaced.
        """
        lines = self._own_lines(move)
        filled = (move.ai_bill_filled or {}).get("lines") or {}
        touched = lines.filtered(lambda line: filled.get(str(line.id)) != self._signature(line))
        if touched or not proposal["lines"]:
            return lines.browse()
        commands = [Command.delete(line.id) for line in lines]
        commands += [
            Command.create(self._line_values(move, values)) for values in proposal["lines"]
        ]
        move.write({"invoice_line_ids": commands})
        self._round(move, proposal)
        return self._own_lines(move)

    def _line_values(self, move, values):
        return {
            "name": values["name"] or move.ref or self.env._("Bill"),
            "ai_bill_text": values["name"],
            "quantity": float(values["quantity"]),
            "price_unit": float(values["price"]),
            "tax_ids": [Command.set(values["tax_ids"])],
        }

    def _round(self, move, proposal):
        """Add the cents that rounding makes between the lines and the printed total."""
        printed = proposal["printed_total"]
        if not printed:
            return
        most = min(move.company_id.ai_bill_rounding, float(ROUNDING) * 20)
        left = move.currency_id.round(float(Decimal(printed)) - move.amount_total)
        if left and abs(left) <= most + 1e-9:
            values = {
                "name": self.env._("Rounding"),
                "quantity": 1,
                "price_unit": left,
                "tax_ids": [Command.clear()],
                "account_id": self._own_lines(move)[-1:].account_id.id,
            }
            move.write({"invoice_line_ids": [Command.create(values)]})
