from odoo import api, fields, models

from ..engine.sending import Facts

#: What core's own setting on the customer means here.
OF_CORE = {"email": "email", "peppol": "peppol", "snailmail": "post", "manual": "post"}


class AiInvoiceSendingContext(models.AbstractModel):
    """Reads what the engine has to know about invoices to be sent."""

    _name = "ai.invoice.sending.context"
    _description = "Facts on Invoices to Send"

    @api.model
    def _read(self, moves):
        """Return ``[{"move", "facts", "template", "partners"}]`` of the invoices to be sent."""
        again = bool(self.env.context.get("ai_send_again"))
        moves = moves.filtered(lambda move: not move._ai_sending_problem(again=again))
        of_all = self._of_all(moves)
        recipients = moves._message_get_default_recipients()
        return [self._of_one(move, of_all, recipients[move.id]["partner_ids"]) for move in moves]

    def _of_one(self, move, of_all, defaults):
        customer = move.commercial_partner_id
        late = of_all["overdue"].get(customer, set()) - {move.id}
        is_new = customer in of_all["newcomers"]
        segment = "new" if is_new else "overdue" if late else "regular"
        template, rule = self._template(move, segment, of_all["rules"])
        partners = self._recipients(move, template, defaults)
        payable = move.company_id in of_all["paid_online"] and move._has_to_be_paid()
        slips = self.env["ai.invoice.sending.text"]._deliveries(move)
        facts = Facts(
            record_id=move.id,
            **self._wanted(move),
            obstacles=self._obstacles(move, partners, customer in of_all["portal"]),
            is_new=is_new,
            overdue=len(late),
            rule=rule.name or "",
            slips=tuple(slips.mapped("name")) if move.company_id.ai_send_delivery_slip else (),
            payable=bool(payable),
            open_count=of_all["open"].get((customer, move.currency_id, move.company_id), 1),
            before=move._ai_sent_before(),
        )
        return {"move": move, "facts": facts, "template": template, "partners": partners}

    def _wanted(self, move):
        """Return the customer's channel: ours where it is set, else core's, else e-mail."""
        partner = move.commercial_partner_id.with_company(move.company_id)
        if partner.ai_invoice_channel:
            return {"wanted": partner.ai_invoice_channel, "is_set": True}
        of_core = OF_CORE.get(partner.invoice_sending_method)
        return {"wanted": of_core or "email", "is_set": bool(of_core)}

    def _obstacles(self, move, partners, has_portal):
        obstacles = {}
        if not partners.filtered("email_normalized"):
            obstacles["email"] = "no_email"
        peppol = self._peppol_problem(move)
        if peppol:
            obstacles["peppol"] = peppol
        if not has_portal:
            obstacles["portal"] = "no_portal_user"
        address = move.partner_id
        if not (address.street and address.city):
            obstacles["post"] = "no_address"
        return obstacles

    def _peppol_problem(self, move):
        """Return why Peppol is impossible; what is known, without asking the network."""
        partner = move.commercial_partner_id.with_company(move.company_id)
        if "peppol_verification_state" not in partner._fields:
            return "peppol_missing"
        if not move.company_id.sudo().peppol_can_send:  # a setting of the company
            return "peppol_missing"
        if partner.peppol_verification_state == "not_verified":
            return "peppol_unverified"
        Send = self.env["account.move.send"]
        possible = partner.peppol_verification_state == "valid" and Send._is_applicable_to_move(
            "peppol", move
        )
        return None if possible else "peppol_invalid"

    def _template(self, move, segment, rules):
        """Return the mail template and the rule that chose it, if one did."""
        if move.move_type != "out_invoice":
            rules = rules.browse()
        rule = next((rule for rule in rules if rule._fits(move, segment)), rules.browse())
        return rule.template_id or move._get_mail_template(), rule

    def _recipients(self, move, template, defaults):
        partners = self.env["res.partner"].browse(defaults)
        if not template.use_default_to:
            Send = self.env["account.move.send"]
            lang = move.partner_id.lang
            partners = Send._get_default_mail_partner_ids(move, template, lang)
        return partners.filtered("email_normalized")

    # ------------------------------------------------------------------
    # Of all customers at once
    # ------------------------------------------------------------------

    def _of_all(self, moves):
        """Return what is known of all customers of ``moves``, in a handful of queries."""
        return {
            "newcomers": self._newcomers(moves),
            "overdue": self._overdue(moves),
            "open": self._open(moves),
            "portal": self._with_portal(moves),
            "rules": self.env["ai.invoice.send.rule"].search([]),
            "paid_online": moves.company_id.filtered(
                lambda company: self.env["ai.payment.link"]._has_provider(company)
            ),
        }

    def _of_customers(self, moves):
        return [
            ("commercial_partner_id", "in", moves.commercial_partner_id.ids),
            ("company_id", "in", moves.company_id.ids),
            ("move_type", "=", "out_invoice"),
            ("state", "=", "posted"),
        ]

    def _newcomers(self, moves):
        """Return the customers with one posted invoice at most."""
        counts = dict(
            self.env["account.move"]._read_group(
                self._of_customers(moves), ["commercial_partner_id"], ["__count"]
            )
        )
        customers = moves.commercial_partner_id
        return customers.filtered(lambda customer: counts.get(customer, 0) <= 1)

    def _overdue(self, moves):
        """Return ``{customer: {id of overdue invoice}}``."""
        late = [
            ("payment_state", "in", ("not_paid", "partial")),
            ("invoice_date_due", "<", fields.Date.context_today(self)),
        ]
        groups = self.env["account.move"]._read_group(
            self._of_customers(moves) + late, ["commercial_partner_id"], ["id:array_agg"]
        )
        return {customer: set(ids) for customer, ids in groups}

    def _open(self, moves):
        """Return ``{(customer, currency, company): number of open invoices}``."""
        is_open = [("payment_state", "in", ("not_paid", "partial"))]
        groups = self.env["account.move"]._read_group(
            self._of_customers(moves) + is_open,
            ["commercial_partner_id", "currency_id", "company_id"],
            ["__count"],
        )
        return {tuple(key): count for *key, count in groups}

    def _with_portal(self, moves):
        """Return the customers of whom somebody can log in to the portal."""
        customers = moves.commercial_partner_id
        # Only whether there is a login; who sends invoices need not read users.
        users = (
            self.env["res.users"]
            .sudo()
            .search([("share", "=", True), ("partner_id", "child_of", customers.ids)])
        )
        return users.partner_id.commercial_partner_id
