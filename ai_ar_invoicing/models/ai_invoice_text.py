from collections import defaultdict
from decimal import Decimal

from markupsafe import Markup

from odoo import api, models
from odoo.tools import format_date, formatLang, is_html_empty

from ..engine import texts

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
    def _write_texts(self, moves):
        """Write the texts of the drafts of customers among ``moves``."""
        drafts = moves.filtered(
            lambda move: (
                move.state == "draft"
                and move.move_type in ("out_invoice", "out_refund")
                and move.company_id.ai_invoice_texts
                and move.invoice_line_ids.sale_line_ids
            )
        )
        by_language = drafts.grouped(lambda move: self._language(move))
        for language, group in by_language.items():
            # Core tracks lines of what was posted once, and reads all it might track of others.
            for posted, part in group.grouped("posted_before").items():
                context = {**QUIET, "lang": language, "tracking_disable": not posted}
                self.with_context(lang=language)._write_in(part.with_context(**context))
        self._ask_model(drafts)

    def _ask_model(self, moves):
        """Queue the question for a better note where a model is connected; nobody waits for it."""
        for company, group in moves.grouped("company_id").items():
            settings = company.sudo()  # connections are for administrators
            if settings.ai_provider_id and not settings.ai_model_stopped:
                self.env["ai.finance.outbox"]._enqueue("invoice.note", group)

    def _language(self, move):
        """Return the customer's language if it is installed, else the company's."""
        wanted = (move.partner_id.lang, move.company_id.partner_id.lang, "en_US")
        installed = dict(self.env["res.lang"].get_installed())
        return next((code for code in wanted if code in installed), self.env.lang)

    def _write_in(self, moves):
        shipped = self._shipments(moves)
        for move in moves:
            marks = dict(move.ai_text_marks or {})
            of_lines = {line: shipped[line] for line in move.invoice_line_ids if shipped.get(line)}
            self._write_lines(move, of_lines, marks)
            self._write_note(move, of_lines, marks)
            if marks != (move.ai_text_marks or {}):
                move.ai_text_marks = marks

    # ------------------------------------------------------------------
    # Lines
    # ------------------------------------------------------------------

    def _write_lines(self, move, of_lines, marks):
        template = self._template(move.company_id.ai_invoice_line_template, texts.DEFAULT_LINE)
        known = dict(marks.get("lines") or {})
        for line, shipments in of_lines.items():
            mark = known.get(str(line.id)) or {"base": line.name or "", "text": line.name}
            if line.name != mark["text"]:
                continue  # a person's words
            values = {"quantity": self._quantity(line), **texts.listed(shipments)}
            text = "\n".join(filter(None, (mark["base"], texts.fill(template, values))))
            known[str(line.id)] = {"base": mark["base"], "text": text}
            if text != line.name:
                line.name = text
        if known:
            marks["lines"] = known

    def _quantity(self, line):
        # No more decimals than there are: three pieces, not 3.00.
        exponent = Decimal(str(line.quantity)).normalize().as_tuple().exponent
        number = formatLang(self.env, line.quantity, digits=max(-exponent, 0))
        return f"{number} {line.product_uom_id.name or ''}".strip()

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
        for language, group in moves.grouped(self._language).items():
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
        done = lines.sale_line_ids.move_ids.filtered(lambda one: one.state == "done")
        self._prefetch(lines, done)
        by_order_line = defaultdict(lambda: done.browse())
        for one in done.sorted(lambda one: (one.date, one.id)):
            by_order_line[one.sale_line_id] |= one
        found = {}
        for line in lines:
            back = line.move_id.move_type == "out_refund"
            order_line = line.sale_line_ids[0]
            stock_moves = by_order_line[order_line].filtered(
                lambda one, back=back: (
                    (one.location_id if back else one.location_dest_id).usage == "customer"
                )
            )
            shipments = [self._shipment(one, order_line) for one in stock_moves]
            before, quantity = self._taken(line, order_line)
            found[line.with_env(moves.env)] = texts.charged(shipments, before, quantity)
        return found

    def _prefetch(self, lines, done):
        """Read for all lines at once what is looked at line by line."""
        (done.location_id | done.location_dest_id).mapped("usage")
        done.picking_id.mapped("date_done")
        done.move_line_ids.lot_id.mapped("name")
        charged = lines.sale_line_ids.invoice_lines
        charged.mapped("quantity")
        charged.move_id.mapped("move_type")

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

        def quantity(one):
            unit = order_line.product_uom_id or one.product_uom_id
            return Decimal(str(one.product_uom_id._compute_quantity(one.quantity, unit)))

        earlier = order_line.invoice_lines.filtered(
            lambda one: (
                one.id < line.id
                and one.move_id.move_type == line.move_id.move_type
                and one.parent_state != "cancel"
            )
        )
        return sum(map(quantity, earlier), Decimal(0)), quantity(line)
