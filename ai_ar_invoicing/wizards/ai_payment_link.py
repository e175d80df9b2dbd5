import base64

from markupsafe import Markup
from reportlab.graphics import renderSVG
from reportlab.graphics.barcode import createBarcodeDrawing

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import consteq, hmac

#: Scope of the signature: a link for other invoices cannot be made of one that is known.
SCOPE = "ai_ar_invoicing-payment-link"
#: Width and height of the QR code.
SIZE = 200


class AiPaymentLink(models.TransientModel):
    """One link to pay several open invoices of a customer in one currency."""

    _name = "ai.payment.link"
    _description = "Payment Link"

    move_ids = fields.Many2many("account.move", string="Invoices", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount = fields.Monetary(string="To Pay", readonly=True)
    link = fields.Char(readonly=True)
    qr_code = fields.Html(string="QR Code", compute="_compute_qr_code", sanitize=False)

    @api.depends("link")
    def _compute_qr_code(self):
        # Drawn as SVG: as a bitmap it needs libraries that not every server has.
        for wizard in self:
            wizard.qr_code = wizard.link and self._drawn(wizard.link)

    def _drawn(self, link):
        drawing = createBarcodeDrawing("QR", value=link, width=SIZE, height=SIZE)
        code = base64.b64encode(renderSVG.drawToString(drawing).encode()).decode()
        return Markup('<img src="data:image/svg+xml;base64,%s" width="%s" height="%s"/>') % (
            code,
            SIZE,
            SIZE,
        )

    @api.model
    def _offer(self, moves):
        """Return the dialog with the link to pay ``moves``.

        :raises UserError: where one link cannot pay them all
        """
        moves.check_access("read")
        moves = moves.filtered(lambda move: move._has_to_be_paid())
        problem = self._problem(moves)
        if problem:
            raise UserError(problem)
        wizard = self.create(
            {
                "move_ids": moves.ids,
                "partner_id": moves.commercial_partner_id.id,
                "currency_id": moves.currency_id.id,
                "amount": sum(moves.mapped("amount_residual")),
                "link": moves.ai_payment_link if len(moves) == 1 else self._link(moves),
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Payment Link"),
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    def _problem(self, moves):
        if not moves:
            return self.env._("None of these invoices has to be paid.")
        if len(moves.commercial_partner_id) > 1:
            return self.env._("These invoices are of several customers: one link for each.")
        if len(moves.currency_id) > 1:
            return self.env._("These invoices are in several currencies: one link for each.")
        if len(moves.company_id) > 1:
            return self.env._("These invoices are of several companies: one link for each.")
        return None

    # ------------------------------------------------------------------
    # The link
    # ------------------------------------------------------------------

    @api.model
    def _link(self, moves):
        """Return where ``moves`` are paid together; what is paid falls out by itself."""
        base = moves[:1].get_base_url()
        ids = ",".join(map(str, sorted(moves.ids)))
        return f"{base}/my/invoices/pay?invoices={ids}&token={self._token(moves)}"

    @api.model
    def _token(self, moves):
        return hmac(self.env(su=True), SCOPE, tuple(sorted(moves.ids)))

    @api.model
    def _of_link(self, invoices, token):
        """Return the invoices of a link with all rights, or none where the link is not ours."""
        Move = self.env["account.move"].sudo()  # whoever holds the signed link may pay
        try:
            ids = sorted({int(number) for number in (invoices or "").split(",")})
        except ValueError:
            return Move
        moves = Move.browse(ids)
        if not ids or not consteq(self._token(moves), token or ""):
            return Move
        return moves.exists()

    @api.model
    def _open_together(self, move):
        """Return the invoices that one link pays together with ``move``; none where it is alone."""
        if not move._ai_can_pay_online():
            return move.browse()
        moves = move.search(
            [
                ("commercial_partner_id", "=", move.commercial_partner_id.id),
                ("company_id", "=", move.company_id.id),
                ("currency_id", "=", move.currency_id.id),
                ("move_type", "=", "out_invoice"),
                ("state", "=", "posted"),
                ("payment_state", "in", ("not_paid", "partial")),
            ],
            order="invoice_date_due, id",
        )
        moves = moves.filtered(lambda one: one._has_to_be_paid())
        return moves if len(moves) > 1 and move in moves else move.browse()

    @api.model
    def _has_provider(self, company):
        """Return whether customers of ``company`` can pay online at all."""
        # Which payment providers there are is no secret from who sees invoices.
        providers = self.env["payment.provider"].sudo()
        published = [("state", "in", ("enabled", "test")), ("is_published", "=", True)]
        own = providers._check_company_domain(company)
        return bool(providers.search_count([*published, *own], limit=1))

    @api.model
    def _amount(self, move):
        """Return what pays ``move`` today: less an early payment discount until its date."""
        return move._get_invoice_next_payment_values().get("amount_due") or move.amount_residual
