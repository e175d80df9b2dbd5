from decimal import Decimal

from odoo import api, models

#: The entry's own synchronisation has nothing to do where each side of it is written here.
UNSYNCHRONIZED = {
    "skip_account_move_synchronization": True,
    "skip_readonly_check": True,
    "skip_is_manually_modified": True,
}


class AiBankSuspense(models.AbstractModel):
    """The quick way to the ledger: suspense items change their account, many in one write.

    It serves bank lines whose whole amount goes to one account and partner: one document, several
    that are paid in full, a part of one, or more than is open. Others are split by
    ``ai.bank.booking``, at about ten times the cost.
    """

    _name = "ai.bank.suspense"
    _description = "Quick Booking of Bank Matches"

    @api.model
    def _whole(self, proposals):
        """Return ``{bank line: items}`` of the proposals that need no split."""
        whole = {}
        for line, proposal in proposals.items():
            ids = [part["move_line_id"] for part in proposal["counterparts"]]
            items = self.env["account.move.line"].browse(ids)
            if items and self._is_whole(line, proposal, items):
                whole[line] = items
        return whole

    def _is_whole(self, line, proposal, items):
        if proposal.get("write_off") or proposal.get("write_offs"):
            return False
        currency = line.foreign_currency_id or line.currency_id
        one_target = len(items.account_id) == 1 and len(items.partner_id) <= 1
        if not one_target or items.currency_id != currency:
            return False
        if Decimal(proposal.get("remainder") or 0):
            return proposal["remainder_handling"] == "on_account" and self._in_full(proposal, items)
        # Of several items core takes what it likes first, unless all are taken whole.
        return len(items) == 1 or self._in_full(proposal, items)

    def _in_full(self, proposal, items):
        """Whether each item is settled to the cent."""
        decimal = self.env["ai.bank.context"]._decimal
        return all(
            abs(Decimal(part["amount"]))
            == abs(decimal(item.amount_residual_currency, item.currency_id))
            for part, item in zip(proposal["counterparts"], items, strict=True)
        )

    @api.model
    def _convert(self, whole):
        """Write account and partner of the matched items on the suspense items.

        :param whole: ``{bank line: items}``
        :return: what is to be reconciled, one recordset a bank line
        """
        groups, plan = {}, []
        for line, items in whole.items():
            _liquidity, suspense, _other = line._seek_for_lines()
            key = (items.account_id.id, items.partner_id.id)
            groups[key] = groups.get(key, suspense.browse()) + suspense
            plan.append(suspense + items)
        for (account_id, partner_id), suspense in groups.items():
            flags = self._write_flags(suspense)
            suspense.with_context(**flags).write(
                {"account_id": account_id, "partner_id": partner_id}
            )
        return plan

    @api.model
    def _set_partners(self, proposals):
        """Set the partner on bank lines that have none, without rebuilding their entries."""
        groups = {}
        for line, proposal in proposals.items():
            partner_id = proposal.get("partner_id")
            if partner_id and not line.partner_id:
                groups[partner_id] = groups.get(partner_id, line.browse()) + line
        for partner_id, lines in groups.items():
            items = lines.move_id.line_ids
            flags = self._write_flags(items)
            for records in (lines, lines.move_id, items):
                # A new dict each time: core adds to the values it is given.
                records.with_context(**flags).write({"partner_id": partner_id})

    def _write_flags(self, items):
        """Return the context in which items of bank entries are written.

        Our own log holds the old and the new account, so core's note on every item is left out,
        but not where the law wants core's own trail.
        """
        flags = dict(UNSYNCHRONIZED)
        if not any(items.company_id.mapped("restrictive_audit_trail")):
            flags["tracking_disable"] = True
        distributed = self.env["account.analytic.distribution.model"].sudo()
        if not any(items.mapped("analytic_distribution")) and not distributed.search([], limit=1):
            flags["skip_analytic_sync"] = True
        return flags

    @api.model
    def _reconcile_flags(self, lines):
        """Return the context in which lines are reconciled: core's plain one for what is special.

        Exchange differences and cash-basis taxes make entries of their own, which core has to
        bring up to date; without them nothing of an entry changes by being reconciled.
        """
        for line in lines:
            same = line.currency_id == line.company_id.currency_id
            if line.foreign_currency_id or not same or line.company_id.tax_exigibility:
                return {}
        return {"skip_invoice_sync": True}
