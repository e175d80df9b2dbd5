from decimal import Decimal

from markupsafe import Markup

from odoo import api, models
from odoo.tools import format_date, formatLang, is_html_empty

from ..engine import texts
from .ai_invoice_draft_values import LineFacts

#: Texts have no part in amounts, taxes or terms: nothing is to be worked out anew.
QUIET = {
    "skip_invoice_sync": True,
    "check_move_validity": False,
    "skip_is_manually_modified": True,
    "skip_account_move_synchronization": True,
}


class AiInvoiceText(models.AbstractModel):
    """Writes line descriptions and the note of drafts from what was delivered.

    In the language of the customer. What a person wrote or changed is never written over.
    """

    _name = "ai.invoice.text"
    _description = "Texts of Invoices"

    @api.model
    def _write_texts(self, moves, written):
        """Write the texts of the drafts of customers among ``moves``.

        :param written: ``{order line id: mark}`` of descriptions written when the line was made
        """
        drafts = moves.filtered(
            lambda move: (
                move.state == "draft"
                and move.move_type in ("out_invoice", "out_refund")
                and move.company_id.ai_invoice_texts
                and move.invoice_line_ids.sale_line_ids
            )
        )
        by_language = drafts.grouped(lambda one: self._language(one.partner_id, one.company_id))
        for language, group in by_language.items():
            # Core tracks lines of what was posted once, and reads all it might track of others.
            for posted, part in group.grouped("posted_before").items():
                context = {**QUIET, "lang": language, "tracking_disable": not posted}
                self.with_context(lang=language)._write_in(part.with_context(**context), written)
        self._ask_model(drafts)

    def _ask_model(self, moves):
        """Queue the question for a better note where a model is connected; nobody waits for it."""
        for company, group in moves.grouped("company_id").items():
            settings = company.sudo()  # connections are for administrators
            if settings.ai_provider_id and not settings.ai_model_stopped:
                self.env["ai.finance.outbox"]._enqueue("invoice.note", group)

    def _language(self, customer, company):
        """Return the customer's language if it is installed, else the company's."""
        wanted = (customer.lang, company.partner_id.lang, "en_US")
        installed = dict(self.env["res.lang"].get_installed())
        return next((code for code in wanted if code in installed), self.env.lang)

    def _write_in(self, moves, written):
        shipped = self._shipments(moves)
        for move in moves:
            marks = dict(move.ai_text_marks or {})
            of_lines = {line: shipped[line] for line in move.invoice_line_ids if shipped.get(line)}
            self._write_lines(move, of_lines, marks, written)
            self._write_note(move, of_lines, marks)
            if marks != (move.ai_text_marks or {}):
                move.ai_text_marks = marks

    # ------------------------------------------------------------------
    # Lines
    # ------------------------------------------------------------------

    def _write_lines(self, move, of_lines, marks, written):
        template = self._template(move.company_id.ai_invoice_line_template, texts.DEFAULT_LINE)
        known = dict(marks.get("lines") or {})
        for line, shipments in of_lines.items():
            mark = known.get(str(line.id)) or written.get(line.sale_line_ids[:1].id)
            mark = mark or {"base": line.name or "", "text": line.name}
            if line.name != mark["text"]:
                continue  # a person's words
            quantity = self._quantity(line.quantity, line.product_uom_id)
            text = self._line_text(template, mark["base"], quantity, shipments)
            known[str(line.id)] = {"base": mark["base"], "text": text}
            if text != line.name:
                line.name = text
        if known:
            marks["lines"] = known

    def _line_text(self, template, base, quantity, shipments):
        values = {"quantity": quantity, **texts.listed(shipments)}
        return "\n".join(filter(None, (base, texts.fill(template, values))))

    def _quantity(self, quantity, unit):
        # No more decimals than there are: three pieces, not 3.00.
        exponent = Decimal(str(quantity)).normalize().as_tuple().exponent
        number = formatLang(self.env, quantity, digits=max(-exponent, 0))
        return f"{number} {unit.with_env(self.env).name or ''}".strip()

    @api.model
    def _ahead(self, order_lines):
        """Return ``{order line id: LineFacts}`` of lines whose invoices are about to be made.

        Written when the line is made, a description costs nothing; Odoo works a changed line out
        anew.
        """
        lines = order_lines.filtered(
            lambda line: line.company_id.ai_invoice_texts and not line.is_downpayment
        )
        found = {}
        by_language = lines.grouped(
            lambda line: self._language(line.order_id.partner_invoice_id, line.company_id)
        )
        for language, group in by_language.items():
            reader = self.with_context(lang=language)
            # With full rights, as in _shipments.
            shipped = reader._shipped(group.sudo(), "location_dest_id")
            for line in group.sudo():
                before = reader._earlier(line, line.invoice_lines, "out_invoice")
                found[line.id] = LineFacts(language, shipped[line], before)
        return found

    @api.model
    def _described(self, order_line, values, facts):
        """Return the mark of a description: what core put there, and what it becomes.

        :param values: of the invoice line
        :param facts: the ``LineFacts`` of ``order_line``
        """
        writer = self.with_context(lang=facts.language)
        company = order_line.company_id
        template = writer._template(company.ai_invoice_line_template, texts.DEFAULT_LINE)
        unit = self.env["uom.uom"].browse(values["product_uom_id"])
        # Counted as the order counts: that is the unit of the line.
        charged = texts.charged(facts.shipments, facts.before, Decimal(str(values["quantity"])))
        base = values["name"] or ""
        text = base
        if charged:
            quantity = writer._quantity(values["quantity"], unit)
            text = writer._line_text(template, base, quantity, charged)
        return {"base": base, "text": text}

    # ------------------------------------------------------------------
    # Note
    # ------------------------------------------------------------------

    def _write_note(self, move, of_lines, marks):
        template = self._template(move.company_id.ai_invoice_note_template, texts.DEFAULT_NOTE)
        text = texts.fill(template, self._note_values(move, of_lines))
        if (marks.get("note") or {}).get("template") != text:
            self._put_note(move, text, marks, template=text)

    @api.model
    def _put_note(self, move, text, marks, template=None):
        """Write ``text`` as the note, above what was there before; not over a person's words.

        :param marks: what was written before, brought up to date
        :param template: what the template says, if it was asked: while it says the same, the
            note is left alone
        """
        mark = marks.get("note") or {"base": move.narration or "", "html": move.narration or ""}
        if (move.narration or "") != mark["html"] or not text:
            return
        lines = Markup("<br/>").join(text.splitlines())
        base = "" if is_html_empty(mark["base"]) else Markup(mark["base"])
        move.narration = Markup("<p>%s</p>%s") % (lines, base)
        template = mark.get("template") if template is None else template
        marks["note"] = {"base": mark["base"], "html": move.narration, "template": template}

    @api.model
    def _note_facts(self, moves):
        """Return ``{move id: facts}`` that a model may write the note from."""
        found = {}
        for language, group in moves.grouped(
            lambda move: self._language(move.partner_id, move.company_id)
        ).items():
            reader = self.with_context(lang=language)
            shipped = reader._shipments(group)
            name = self.env["res.lang"]._get_data(code=language).name or "English"
            for move in group:
                of_lines = {
                    line: shipped[line] for line in move.invoice_line_ids if shipped.get(line)
                }
                found[move.id] = {
                    "language": name.split(" / ")[0],
                    "note": move.ai_text_marks["note"]["template"],
                    **reader._note_values(move, of_lines),
                }
        return found

    def _note_values(self, move, of_lines):
        # Names and references of orders that a salesperson may not open stand on the invoice, too.
        orders = move.sudo().invoice_line_ids.sale_line_ids.order_id
        shipments = [shipment for part in of_lines.values() for shipment in part]
        return {
            "customer": move.partner_id.name or "",
            "reference": ", ".join(dict.fromkeys(filter(None, orders.mapped("client_order_ref")))),
            "orders": ", ".join(orders.mapped("name")),
            **texts.listed(shipments),
        }

    def _template(self, own, default):
        return own or self.env._(default)

    # ------------------------------------------------------------------
    # What was delivered
    # ------------------------------------------------------------------

    def _shipments(self, moves):
        """Return ``{invoice line: [Shipment, ...]}`` that each line stands for."""
        # With full rights: whoever drafts an invoice may not be allowed into the warehouse; shown
        # are number and day of a delivery and its lots.
        lines = moves.sudo().invoice_line_ids.filtered(
            lambda line: (
                line.display_type == "product"
                and line.sale_line_ids
                and not any(line.sale_line_ids.mapped("is_downpayment"))
            )
        )
        found = {}
        for back, group in lines.grouped(lambda one: one.move_type == "out_refund").items():
            shipped = self._shipped(
                group.sale_line_ids, "location_id" if back else "location_dest_id"
            )
            for line in group:
                order_line = line.sale_line_ids[0]
                before, quantity = self._taken(line, order_line)
                charged = texts.charged(shipped[order_line], before, quantity)
                found[line.with_env(moves.env)] = charged
        return found

    def _shipped(self, order_lines, side):
        """Return ``{order line: [Shipment, ...]}`` of what left for customers or came back.

        :param side: ``location_dest_id`` for what left, ``location_id`` for what came back
        """
        done = order_lines.move_ids.filtered(
            lambda one: one.state == "done" and one[side].usage == "customer"
        )
        # Read for all lines at once what is looked at line by line.
        done.picking_id.mapped("date_done")
        done.move_line_ids.lot_id.mapped("name")
        charged = order_lines.invoice_lines
        charged.mapped("quantity")
        charged.move_id.mapped("move_type")
        found = {line: [] for line in order_lines}
        for one in done.sorted(lambda one: (one.date, one.id)):
            found[one.sale_line_id].append(self._shipment(one, one.sale_line_id))
        return found

    def _shipment(self, stock_move, order_line):
        unit = order_line.product_uom_id or stock_move.product_uom
        quantity = stock_move.product_uom._compute_quantity(stock_move.quantity, unit)
        picking = stock_move.picking_id
        return texts.Shipment(
            quantity=Decimal(str(quantity)),
            delivery=picking.name or "",
            day=format_date(self.env, picking.date_done or stock_move.date),
            lots=tuple(stock_move.move_line_ids.lot_id.mapped("name")),
        )

    def _taken(self, line, order_line):
        """Return what earlier invoices took of an order line, and what this one takes."""

        earlier = order_line.invoice_lines.filtered(lambda one: one.id < line.id)
        before = self._earlier(order_line, earlier, line.move_id.move_type)
        return before, self._counted(line, order_line)

    def _earlier(self, order_line, invoice_lines, move_type):
        """Return how much of ``order_line`` the lines of invoices of ``move_type`` took."""
        return sum(
            (
                self._counted(one, order_line)
                for one in invoice_lines
                if one.move_id.move_type == move_type and one.parent_state != "cancel"
            ),
            Decimal(0),
        )

    def _counted(self, line, order_line):
        unit = order_line.product_uom_id or line.product_uom_id
        return Decimal(str(line.product_uom_id._compute_quantity(line.quantity, unit)))
