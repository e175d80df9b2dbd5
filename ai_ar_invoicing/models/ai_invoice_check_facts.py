from decimal import Decimal

from odoo import api, fields, models

from ..engine.check_facts import Customer, Invoice, Rate

#: Parts of an address that an invoice has to show.
ADDRESS = ("street", "city", "country")


class AiInvoiceCheckFacts(models.AbstractModel):
    """Reads invoices for the checks: any number of them with a bounded number of queries."""

    _name = "ai.invoice.check.facts"
    _description = "Invoices as the Checks See Them"

    @api.model
    def _read(self, moves, window):
        """Return ``{move: Invoice}`` for customer invoices and credit notes.

        :param window: days around an invoice in which the same amount is suspicious
        """
        # With full rights: deliveries, orders and other invoices that somebody with invoicing
        # rights may not open decide over the invoice; shown of them are a name and a figure.
        moves = moves.sudo()
        facts = {}
        for company, group in moves.grouped("company_id").items():
            reader = self.sudo().with_company(company)
            facts |= reader._of_company(group.with_company(company), window)
        return {move.sudo(False): facts[move.id] for move in moves}

    def _of_company(self, moves, window):
        history = self.env["ai.invoice.check.history"]
        lines = self.env["ai.invoice.check.lines"]
        parts = {
            "lines": lines._read(moves),
            "orders": lines._orders(moves),
            "twins": history._twins(moves, window),
            "rate": self._rates(moves),
            "expected_position": self._positions(moves),
            "locked": self._locks(moves),
        }
        habits = history._habits(moves)
        registry = self.env["ai.invoice.check.registry"]._known(moves.commercial_partner_id)
        union = self.env.ref("base.europe").country_ids
        found = {}
        for move in moves:
            known = {name: values[move] for name, values in parts.items() if move in values}
            known["intra_eu"] = self._is_intra_eu(move, union)
            customer = self._customer(move, habits, registry)
            found[move.id] = self._invoice(move, customer, known)
        return found

    def _invoice(self, move, customer, known):
        company = move.company_id
        position = move.fiscal_position_id
        watched = company.account_use_credit_limit and move.move_type == "out_invoice"
        return Invoice(
            id=move.id,
            customer=customer,
            date=self._day(move),
            today=fields.Date.context_today(move),
            currency=move.currency_id.name,
            digits=move.currency_id.decimal_places,
            credit_note=move.move_type == "out_refund",
            draft=move.state == "draft",
            amount=Decimal(str(abs(move.amount_total_signed))),
            reference=self._reference(move),
            has_terms=bool(move.invoice_payment_term_id),
            has_bank_account=bool(move.partner_bank_id),
            position=(position.id, position.name) if position else None,
            vat_required=position.vat_required,
            credit=move.partner_credit_warning or "" if watched else "",
            credit_watched=bool(watched and customer.id and move.state == "draft"),
            **known,
        )

    def _reference(self, move):
        """Return the customer's own reference; without one core puts the order's name there."""
        reference = (move.ref or "").strip()
        return "" if reference == move.invoice_origin else reference

    def _day(self, move):
        return move.invoice_date or fields.Date.context_today(move)

    # ------------------------------------------------------------------
    # Customer
    # ------------------------------------------------------------------

    def _customer(self, move, habits, registry):
        partner, whole = move.partner_id, move.commercial_partner_id
        # The invoice itself is no habit.
        past = [entry for entry in habits.get(whole.id, ()) if entry[0] != move.id]
        parts = {"street": partner.street, "city": partner.city, "country": partner.country_id}
        state, day = registry.get(whole.id, ("", None))
        return Customer(
            id=partner.id,
            name=partner.display_name or "",
            missing=tuple(part for part in ADDRESS if not parts[part]) if partner else (),
            is_company=whole.is_company,
            vat=whole.vat or "",
            vat_valid=self._vat_valid(whole),
            registry=state,
            registry_date=day,
            email=(partner.email or "").strip(),
            channel=partner.invoice_sending_method or "email",
            peppol=partner.peppol_endpoint or "" if "peppol_endpoint" in partner._fields else "",
            amounts=tuple(amount for _id, amount, _reference in past),
            referenced=sum(reference for _id, _amount, reference in past),
        )

    def _vat_valid(self, partner):
        """Return what core's rules say of the number, ``None`` where there is nothing to say."""
        vat, country = (partner.vat or "").strip(), partner.country_id
        if not vat or vat == "/" or not country:
            return None
        prefix, number = partner._split_vat(vat)
        own = partner._check_vat_number(country.code, vat)
        foreign = prefix and prefix != country.code and partner._check_vat_number(prefix, number)
        if own or foreign:
            return True
        # Core's whole check knows more forms, and costs a query.
        return bool(partner._run_vat_checks(country, vat, validation="setnull")[0])

    def _is_intra_eu(self, move, union):
        here, there = move.company_id.account_fiscal_country_id, move.partner_id.country_id
        return here in union and there in union and here != there

    # ------------------------------------------------------------------
    # Fiscal positions
    # ------------------------------------------------------------------

    def _positions(self, moves):
        """Return ``{move: (id, name) or None}`` of the fiscal position that core would choose.

        Core looks up all positions for each customer; customers that differ in nothing it looks
        at are asked for once.
        """
        Position = self.env["account.fiscal.position"]
        by_zip = bool(
            Position.search_count(
                [
                    *Position._check_company_domain(self.env.company),
                    ("auto_apply", "=", True),
                    ("zip_from", "!=", False),
                ],
                limit=1,
            )
        )
        known, found = {}, {}
        for move in moves.filtered("partner_id"):
            shipping = move.partner_shipping_id or move.partner_id
            key = self._position_key(move.partner_id, shipping, by_zip)
            if key not in known:
                position = Position._get_fiscal_position(move.partner_id, delivery=shipping)
                known[key] = (position.id, position.name) if position else None
            found[move] = known[key]
        return found

    def _position_key(self, partner, shipping, by_zip):
        return tuple(
            (
                one.property_account_position_id.id,
                one.country_id.id,
                one.state_id.id,
                (one.vat or "")[:2],
                bool(one.vat),
                one.vies_valid,
                by_zip and one.zip,
            )
            for one in (partner, shipping)
        )

    # ------------------------------------------------------------------
    # Rates and locks
    # ------------------------------------------------------------------

    def _rates(self, moves):
        """Return ``{move: Rate}`` for those in a foreign currency."""
        foreign = moves.filtered(lambda move: move.currency_id != move.company_currency_id)
        if not foreign:
            return {}
        company = foreign.company_id
        Currency, days = self.env["res.currency"], self._rate_days(foreign)
        expected, found = {}, {}
        for move in foreign:
            day = move._get_invoice_currency_rate_date()
            key = (move.currency_id.id, day)
            if key not in expected:
                expected[key] = Currency._get_conversion_rate(
                    move.company_currency_id, move.currency_id, company, day
                )
            found[move] = Rate(
                currency=move.currency_id.name,
                currency_id=move.currency_id.id,
                used=Decimal(str(move.invoice_currency_rate)),
                of_the_day=Decimal(str(expected[key])),
                known_on=max(
                    (one for one in days[move.currency_id.id] if one <= day), default=None
                ),
            )
        return found

    def _rate_days(self, moves):
        """Return ``{currency id: days with a rate}``, those before the invoices thinned out."""
        first = min(move._get_invoice_currency_rate_date() for move in moves)
        Rate = self.env["res.currency.rate"]
        of_currencies = [
            ("currency_id", "in", moves.currency_id.ids),
            ("company_id", "in", (False, moves.company_id.root_id.id)),
        ]
        days = {currency.id: set() for currency in moves.currency_id}
        for currency, newest in Rate._read_group(
            [*of_currencies, ("name", "<=", first)], ["currency_id"], ["name:max"]
        ):
            days[currency.id].add(newest)
        for rate in Rate.search_fetch(
            [*of_currencies, ("name", ">", first)], ["currency_id", "name"]
        ):
            days[rate.currency_id.id].add(rate.name)
        return days

    def _locks(self, moves):
        """Return ``{move: day}`` up to which the period of a draft is closed."""
        known, found = {}, {}
        for move in moves.filtered(lambda move: move.state == "draft"):
            key = (self._day(move), bool(move.invoice_line_ids.tax_ids), move.journal_id)
            if key not in known:
                known[key] = move.company_id._get_violated_lock_dates(*key)
            if known[key]:
                found[move] = known[key][-1][0]
        return found
