from decimal import Decimal

from odoo import Command, api, models
from odoo.exceptions import UserError


class AiBankBooking(models.AbstractModel):
    """From a proposal to the ledger and back, through core's statement line and reconciliation.

    The preview and the entry are made from the same values, so what is shown is what is booked.
    """

    _name = "ai.bank.booking"
    _description = "Booking of Bank Matches"

    # ------------------------------------------------------------------
    # Values
    # ------------------------------------------------------------------

    @api.model
    def _counterpart_values(self, line, proposal):
        """Return the journal items that replace the suspense line of ``line``.

        :return: list of ``(values, matched journal item or empty)``; together they balance the
            bank's journal item exactly, the last one taking the rounding of the rate
        """
        _liquidity, suspense, _other = line._seek_for_lines()
        currency = suspense.currency_id
        # What an item loses in its own currency, where that is not the line's.
        others = {
            one["move_line_id"]: float(one["item_amount"])
            for one in proposal["counterparts"]
            if one.get("item_amount")
        }
        result = []
        for part, amount, account, item, partner, label in self._all_parts(line, proposal):
            amount_currency = float(-amount if line.amount > 0 else amount)
            own = line._prepare_counterpart_amounts_using_st_line_rate(
                currency, None, amount_currency
            )["balance"]
            values = {
                "name": label,
                "account_id": account.id,
                "partner_id": partner.id,
                "currency_id": currency.id,
                "amount_currency": amount_currency,
                "balance": own,
            }
            if item.id in others:
                # In its own currency it is settled to the cent; the rates are core's business.
                values["currency_id"] = item.currency_id.id
                values["amount_currency"] = -others[item.id] if line.amount > 0 else others[item.id]
            rows = [values] if part is None else self._rows_of(line, proposal, part, values)
            result += [(row, item) for row in rows]
        self._take_rounding(suspense, [values for values, _item in result])
        return result

    def _rows_of(self, line, proposal, part, values):
        """Return the journal items of a part that is booked on accounts."""
        if part.get("purpose") == "discount":
            return self.env["ai.bank.discount"]._values(line, proposal, part, values)
        return self.env["ai.bank.write.off"]._values(line, part, values)

    def _take_rounding(self, suspense, rows):
        """Add what the rates' rounding leaves of ``suspense`` to the last item that is no tax."""
        last = [row for row in rows if not row.get("tax_repartition_line_id")][-1]
        others = sum(row["balance"] for row in rows if row is not last)
        last["balance"] = suspense.company_currency_id.round(suspense.balance - others)

    def _all_parts(self, line, proposal):
        """Return what makes up the line: documents, parts booked on accounts, what is left.

        :return: list of (part booked on an account or None, amount in the line's own direction,
            account, matched journal item or empty, partner, label)
        """
        parts = [(None, *self._item_part(line, part)) for part in proposal["counterparts"]]
        nothing = self.env["account.move.line"]
        for part in self.env["ai.bank.write.off"]._parts(proposal):
            account = self.env["account.account"].browse(part["account_id"])
            partner_id = part["partner_id"] or proposal.get("partner_id") or line.partner_id.id
            partner = self.env["res.partner"].browse(partner_id or [])
            label = part["label"] or line.payment_ref
            parts.append((part, Decimal(part["amount"]), account, nothing, partner, label))
        return parts + [(None, *part) for part in self._rest_part(line, proposal)]

    def _item_part(self, line, part):
        item = self.env["account.move.line"].browse(part["move_line_id"])
        label = item.move_id.payment_reference or item.move_id.name or line.payment_ref
        return Decimal(part["amount"]), item.account_id, item, item.partner_id, label

    def _rest_part(self, line, proposal):
        """Return the part for money that no document takes: stays open, or is put on account."""
        rest = Decimal(proposal.get("remainder") or 0)
        if not rest:
            return []
        nothing = self.env["account.move.line"]
        partner = self.env["res.partner"].browse(proposal.get("partner_id") or [])
        account = line.journal_id.suspense_account_id
        if proposal["remainder_handling"] == "on_account":
            account = nothing.browse(proposal["counterparts"][0]["move_line_id"]).account_id
        return [(rest, account, nothing, partner, line.payment_ref)]

    @api.model
    def _preview(self, line, proposal):
        """Return the entry as it will stand, one JSON-ready dict a journal item."""
        liquidity, _suspense, _other = line._seek_for_lines()
        rows = [
            {
                "account": liquidity.account_id.display_name,
                "partner": line.partner_id.display_name or "",
                "label": line.payment_ref or "",
                "balance": sum(liquidity.mapped("balance")),
                "currency_id": line.company_id.currency_id.id,
            }
        ]
        accounts, partners = self.env["account.account"], self.env["res.partner"]
        for values, item in self._counterpart_values(line, proposal):
            rows.append(
                {
                    "account": accounts.browse(values["account_id"]).display_name,
                    "partner": partners.browse(values["partner_id"]).display_name or "",
                    "label": item.move_id.name or values["name"] or "",
                    "balance": values["balance"],
                    "currency_id": line.company_id.currency_id.id,
                }
            )
        return rows

    # ------------------------------------------------------------------
    # To the ledger and back
    # ------------------------------------------------------------------

    @api.model
    def _book(self, proposals):
        """Give the suspense lines their accounts and reconcile, all lines in one plan.

        :param proposals: ``{bank line: proposal}``
        :return: ``{bank line: undo data}``
        """
        undo_data = {line: {"partner_id": line.partner_id.id or False} for line in proposals}
        # Before matching: core rebuilds the entry when the partner changes afterwards.
        self.env["ai.bank.suspense"]._set_partners(proposals)
        plain = {line: one for line, one in proposals.items() if not one.get("splits")}
        whole = self.env["ai.bank.suspense"]._whole(plain)
        plan = self.env["ai.bank.suspense"]._convert(whole, proposals)
        for line, proposal in proposals.items():
            if line not in whole:
                plan += self._replace_suspense(line, proposal)
        reconcile = self.env["account.move.line"].with_context(
            **self.env["ai.bank.suspense"]._reconcile_flags(proposals)
        )
        reconcile._reconcile_plan(plan)
        for line, data in undo_data.items():
            data["matched"] = self._fingerprint(line)
            data["quick"] = line in whole
        return undo_data

    def _replace_suspense(self, line, proposal):
        """Write the counterparts in one go and return the pairs to reconcile."""
        pairs = self._counterpart_values(line, proposal)
        _liquidity, suspense, _other = line._seek_for_lines()
        before = line.move_id.line_ids
        # force_delete: core forbids to delete items of posted entries, its own undo uses it too.
        line.with_context(force_delete=True, skip_readonly_check=True).write(
            {
                "line_ids": [
                    *(Command.delete(item.id) for item in suspense),
                    *(Command.create(values) for values, _item in pairs),
                ]
            }
        )
        created = (line.move_id.line_ids - before).sorted("id")
        if len(created) != len(pairs):
            raise UserError(self.env._("The entry of the bank line could not be changed."))
        return [new + item for new, (_v, item) in zip(created, pairs, strict=True) if item]

    @api.model
    def _unbook(self, undo_data):
        """Bring bank lines back to how they were before :meth:`_book`."""
        for line, data in undo_data.items():
            if self._fingerprint(line) != data["matched"]:
                raise UserError(
                    self.env._(
                        "%(line)s was changed after the suggestion was applied; undo it by hand.",
                        line=line.move_id.name,
                    )
                )
        restored = self.env["ai.bank.suspense"]._restore(undo_data)
        for line, data in undo_data.items():
            if line in restored:
                continue
            line.action_undo_reconciliation()
            if line.partner_id.id != data["partner_id"]:
                line.partner_id = data["partner_id"]

    @api.model
    def _matched_items(self, line):
        """Return the items ``line`` is matched with, but those of exchange differences."""
        _liquidity, _suspense, other = line._seek_for_lines()
        partials = other.matched_debit_ids + other.matched_credit_ids
        items = partials.debit_move_id + partials.credit_move_id - other
        return items.filtered(lambda item: item.move_id not in partials.exchange_move_id)

    def _fingerprint(self, line):
        """Return what the line is matched with now; it must not have changed until undo."""
        _liquidity, _suspense, other = line._seek_for_lines()
        return [
            [item.account_id.id, item.currency_id.id, str(item.amount_currency)]
            + sorted(
                (item.matched_debit_ids.debit_move_id + item.matched_credit_ids.credit_move_id).ids
            )
            for item in other.sorted("id")
        ]
