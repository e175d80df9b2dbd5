from datetime import date
from decimal import Decimal

from odoo import Command, api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.ai_audit_log.models.ai_finance_messages import CONTEXT_KEY as MESSAGES_KEY
from odoo.addons.ai_audit_log.models.ai_finance_messages import Messages

from .ai_invoice_draft_values import CONTEXT_KEY, DraftValues


class AiInvoiceDrafting(models.AbstractModel):
    """Makes drafts of proposals through Odoo's own invoicing, many orders in one call."""

    _name = "ai.invoice.drafting"
    _description = "Making of Invoice Drafts"

    @api.model
    def _draft(self, proposals, source):
        """Make the drafts.

        :param proposals: ``{document: proposal}``
        :param source: tag of the task and its version
        :return: ``{document: invoices}``
        :raises UserError: where nothing is left to invoice
        """
        orders = self.env["sale.order"].browse(
            {order_id for proposal in proposals.values() for order_id in proposal["orders"]}
        )
        self._lock(orders)
        made, written = {}, {}
        for group, merge in self._calls(proposals):
            made |= self._create(group, merge, source, written)
        if not all(made.values()):
            raise UserError(self.env._("Nothing is left to invoice."))
        invoices = self.env["account.move"].union(*made.values())
        invoices._ai_write_texts(written)
        self._suggest_posting(invoices)
        return made

    def _lock(self, orders):
        """Wait for whoever is invoicing the same orders.

        What they changed meanwhile makes this transaction fail and start again on fresh data:
        nothing is invoiced twice.
        """
        self.env["sale.order.line"].flush_model()
        self.env.execute_query(
            SQL(
                "SELECT id FROM sale_order_line WHERE order_id IN %s ORDER BY id FOR NO KEY UPDATE",
                tuple(orders.ids) or (0,),
            )
        )

    def _calls(self, proposals):
        """Return ``[({document: proposal}, one invoice for all)]``, as few calls as possible.

        Odoo is fast for many orders at once; only what goes on one invoice together, or takes
        less than there is, needs a call of its own.
        """
        together, alone = {}, []
        for document, proposal in proposals.items():
            if proposal["exact"] or proposal["merge"]:
                alone.append(({document: proposal}, proposal["merge"]))
            else:
                together.setdefault(proposal["final"], {})[document] = proposal
        return [*((group, False) for group in together.values()), *alone]

    def _create(self, proposals, merge, source, written):
        """Have Odoo invoice the orders of ``proposals`` in one call: ``{document: invoices}``.

        :param written: ``{order line id: mark}`` of descriptions written on the way, added to
        """
        values, lots, quantities, charged = {}, {}, None, set()
        by_document = self._deliveries(proposals)
        for document, proposal in proposals.items():
            deliveries = by_document[document]
            values |= self._values(proposal, deliveries, source)
            lots |= self._lots(deliveries)
            if proposal["exact"]:
                quantities = {row["line"]: float(row["now"]) for row in proposal["lines"]}
            if Decimal(proposal["total"]) > 0:
                # What turns into a credit note is described when it is one.
                charged |= {row["line"] for row in proposal["lines"]}
        lines = self.env["ai.invoice.text"]._ahead(self.env["sale.order.line"].browse(charged))
        drafts = DraftValues(values, quantities, lots, lines, written)
        orders = self.env["sale.order"].browse(values)
        messages = Messages()
        orders = orders.with_context(
            **{CONTEXT_KEY: drafts, MESSAGES_KEY: messages, "raise_if_nothing_to_invoice": False}
        )
        [final] = {proposal["final"] for proposal in proposals.values()}
        made = orders._create_invoices(grouped=not merge, final=final)
        self.env["ai.finance.messages"]._create_together(messages)
        # Without our context, which later steps must not see.
        return self._by_document(proposals, self.env["account.move"].browse(made.ids))

    def _deliveries(self, proposals):
        """Return ``{document: deliveries}``, which are read together."""
        found = {one: one._ai_deliveries(proposal) for one, proposal in proposals.items()}
        together = [key for deliveries in found.values() for key in deliveries.ids]
        return {one: deliveries.with_prefetch(together) for one, deliveries in found.items()}

    def _values(self, proposal, deliveries, source):
        """Return ``{order id: what its invoice has that Odoo would not put there}``."""
        common = {
            "invoice_date": date.fromisoformat(proposal["invoice_date"]),
            "ai_generated": True,
            "ai_source": source,
            "ai_dated": proposal["dated"],
        }
        if proposal["delivery_date"]:
            common["delivery_date"] = date.fromisoformat(proposal["delivery_date"])
        values = {}
        for order in self.env["sale.order"].browse(proposal["orders"]):
            own = deliveries
            if not proposal["merge"]:
                own = own.filtered(
                    lambda one, order=order: order in one.move_ids.sale_line_id.order_id
                )
            journal = order.journal_id or order.company_id.ai_invoice_journal_id
            values[order.id] = {
                **common,
                "ai_picking_ids": [Command.set(own.ids)],
                **({"journal_id": journal.id} if journal else {}),
            }
        return values

    def _lots(self, deliveries):
        """Return ``{order line id: [(lot, quantity)]}`` of what was moved."""
        lots = {}
        for move_line in deliveries.move_line_ids.filtered("lot_id"):
            line = move_line.move_id.sale_line_id
            if line:
                # Whoever invoices need not have a right on stock.
                name = move_line.lot_id.sudo().name
                lots.setdefault(line.id, []).append((name, move_line.quantity))
        return lots

    def _by_document(self, proposals, invoices):
        by_order = {}
        for invoice in invoices:
            for order in invoice.invoice_line_ids.sale_line_ids.order_id:
                by_order.setdefault(order.id, []).append(invoice.id)
        return {
            document: invoices.browse(
                dict.fromkeys(
                    move_id
                    for order_id in proposal["orders"]
                    for move_id in by_order.get(order_id, ())
                )
            )
            for document, proposal in proposals.items()
        }

    def _suggest_posting(self, invoices):
        """Suggest to post what was drafted, in the name of the AI Finance user who made it.

        What the policy posts by itself is posted at once: Odoo has everything at hand now, and
        would read it all again later. What cannot be posted stays with the work queue, which
        hands it to people with the reason.
        """
        task = self.env["ai.finance.task.type"]._get("invoice.post")
        service = self.env.ref("ai_audit_log.user_service")
        for company, own in invoices.grouped("company_id").items():
            context = {"allowed_company_ids": company.ids, "lang": company.partner_id.lang}
            drafts = own.with_user(service).with_context(**context)
            rows = drafts.env["ai.finance.pipeline"]._suggest(task, drafts, "hook")
            ready = rows.sudo().filtered(lambda row: row.state == "approved")
            if ready:
                drafts.env["ai.finance.decision"]._apply(ready.sudo(False))

    @api.model
    def _remove(self, invoice_ids):
        """Remove drafts; the deliveries are open again.

        :raises UserError: where one was posted or changed into something else
        """
        invoices = self.env["account.move"].browse(invoice_ids).exists()
        if len(invoices) < len(invoice_ids):
            raise UserError(self.env._("The draft was deleted already."))
        posted = invoices.filtered(lambda move: move.state != "draft")
        if posted:
            raise UserError(
                self.env._(
                    "%(name)s is no draft any more: undo its posting first.", name=posted[0].name
                )
            )
        invoices.with_context(ai_removing=True).unlink()
