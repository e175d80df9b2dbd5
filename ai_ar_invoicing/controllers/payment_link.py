from odoo import fields
from odoo.exceptions import ValidationError
from odoo.http import request, route

from odoo.addons.account_payment.controllers.payment import PaymentPortal
from odoo.addons.account_payment.controllers.portal import PortalAccount


class PaymentLinkPortal(PortalAccount):
    """One page to pay several invoices of a customer; what is paid or credited is left out."""

    @route(
        "/my/invoices/pay", type="http", auth="public", methods=["GET"], website=True, sitemap=False
    )
    def portal_pay_invoices(self, invoices=None, token=None, **kwargs):
        """Show the invoices of a signed link, and the form to pay those that are open."""
        moves = request.env["ai.payment.link"]._of_link(invoices, token)
        if not moves:
            return request.not_found()
        is_open = moves.filtered(lambda move: move._has_to_be_paid())
        values = {
            "page_name": "pay_invoices",
            "moves": moves,
            "open_moves": is_open,
            "under_way": moves.filtered(lambda move: move._ai_payment_under_way()),
            "amounts": {move: request.env["ai.payment.link"]._amount(move) for move in is_open},
        }
        if is_open:
            values |= self._pay_together_values(is_open, invoices, token, values["amounts"])
        return request.render("ai_ar_invoicing.portal_pay_invoices", values)

    def _pay_together_values(self, moves, invoices, token, amounts):
        company, total = moves.company_id, sum(amounts.values())
        reference = (
            company.sudo().get_next_batch_payment_communication() if len(moves) > 1 else moves.name
        )
        link = f"/my/invoices/pay?invoices={invoices}&token={token}"
        values = self._get_common_page_view_values(
            invoices_data={
                "partner": moves[:1].partner_id,
                "company": company,
                "total_amount": total,
                "currency": moves.currency_id,
                "amount_residual": total,
                "payment_reference": reference,
                "landing_route": link,
                "transaction_route": f"/my/invoices/pay/transaction?invoices={invoices}",
            },
            access_token=token,
        )
        payment = {
            "date": fields.Date.context_today(moves),
            "reference": reference,
            "amount": total,
            "currency": moves.currency_id,
        }
        return {**values, "payment": payment, "amount": total}


class PaymentLinkTransaction(PaymentPortal):
    """Nobody pays twice: what is not open any more is refused before there is a transaction."""

    @route("/my/invoices/pay/transaction", type="jsonrpc", auth="public")
    def pay_invoices_transaction(self, access_token, payment_reference=None, **kwargs):
        """Create the transaction that pays the open invoices of a signed link together."""
        invoices = request.httprequest.args.get("invoices")
        of_link = request.env["ai.payment.link"]._of_link(invoices, access_token)
        moves = of_link.filtered(lambda move: move._has_to_be_paid())
        self._refuse_second_payment(moves or of_link, kwargs.get("amount"), exact=True)
        logged_in = not request.env.user._is_public()
        partner = request.env.user.partner_id if logged_in else moves[:1].partner_id
        self._validate_transaction_kwargs(kwargs)
        return self._process_transaction(
            partner.id, moves.currency_id.id, moves.ids, payment_reference, **kwargs
        )

    @route()
    def invoice_transaction(self, invoice_id, access_token, **kwargs):
        """Refuse to pay what was paid or credited since the page was opened."""
        move = self._document_check_access("account.move", invoice_id, access_token)
        self._refuse_second_payment(move, kwargs.get("amount"))
        return super().invoice_transaction(invoice_id, access_token, **kwargs)

    def _refuse_second_payment(self, moves, amount, exact=False):
        """Lock the invoices and raise where they are not open, or not that much is.

        :param exact: the amount is no choice, as where several invoices are paid together
        """
        moves = moves.sudo()  # the link itself is the right to pay
        if not moves or moves.try_lock_for_update(allow_referencing=True) != moves:
            raise ValidationError(request.env._("There is nothing to pay any more."))
        if not all(move._has_to_be_paid() for move in moves):
            found = (move._get_online_payment_error() for move in moves)
            errors = dict.fromkeys(filter(None, found))
            raise ValidationError("\n".join(errors) or request.env._("This is paid already."))
        if exact:
            limit = sum(request.env["ai.payment.link"]._amount(move) for move in moves)
        else:
            limit = sum(moves.mapped("amount_residual"))
        more = moves.currency_id.compare_amounts(float(amount or 0.0), limit)
        if more > 0 or (exact and more):
            raise ValidationError(
                request.env._("What is to be paid has changed: please open the link again.")
            )
