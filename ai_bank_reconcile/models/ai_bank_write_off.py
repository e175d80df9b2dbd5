from odoo import Command, api, models


class AiBankWriteOff(models.AbstractModel):
    """Parts of a bank line booked on an account: values with tax lines, checks, words.

    The amount of a part includes its taxes; core computes them and says on which tags they go.
    """

    _name = "ai.bank.write.off"
    _description = "Bank Lines Booked on Accounts"

    @api.model
    def _parts(self, proposal):
        """Return what a proposal books on accounts: the one part, the differences of a match, and
        what a person split off.
        """
        one = proposal.get("write_off")
        others = [*(proposal.get("write_offs") or ()), *(proposal.get("splits") or ())]
        return ([one] if one else []) + others

    @api.model
    def _effect(self, proposal):
        """Return what of a proposal changes accounts, for its checksum."""
        one = proposal.get("write_off")
        effect = {"write_off": self._plain(one) if one else one}
        for name in ("write_offs", "splits"):
            if proposal.get(name):
                effect[name] = [self._plain(part) for part in proposal[name]]
        return effect

    def _plain(self, part):
        """Return a part with its shares as text: a checksum takes no floats."""
        if not part.get("analytic"):
            return part
        return {**part, "analytic": {key: str(share) for key, share in part["analytic"].items()}}

    # ------------------------------------------------------------------
    # Journal items
    # ------------------------------------------------------------------

    @api.model
    def _values(self, line, part, balance):
        """Return the values of the journal items for one part, the taxes after their base.

        :param balance: values of the part as one journal item: account, partner, currency, amounts
        """
        # Always given: core would otherwise compute them from the account.
        values = {**balance, "tax_ids": [Command.set(part.get("tax_ids") or [])]}
        if part.get("analytic"):
            values["analytic_distribution"] = part["analytic"]
        if not part.get("tax_ids"):
            return [values]
        return self._with_taxes(line, values, part)

    def _with_taxes(self, line, values, part):
        AccountTax = self.env["account.tax"]
        taxes = AccountTax.browse(part["tax_ids"])
        amount, company = values["amount_currency"], line.company_id
        base_line = AccountTax._prepare_base_line_for_taxes_computation(
            None,
            price_unit=amount,
            quantity=1.0,
            tax_ids=taxes,
            currency_id=self.env["res.currency"].browse(values["currency_id"]),
            rate=abs(amount / values["balance"]) if values["balance"] else 0.0,
            special_mode="total_included",
            is_refund=self._is_refund(taxes, amount),
            partner_id=self.env["res.partner"].browse(values["partner_id"] or []),
            account_id=self.env["account.account"].browse(values["account_id"]),
            analytic_distribution=values.get("analytic_distribution"),
        )
        AccountTax._add_tax_details_in_base_lines([base_line], company)
        AccountTax._round_base_lines_tax_details([base_line], company)
        # Money that moved makes taxes due, also those that are due on payment.
        AccountTax._add_accounting_data_in_base_lines_tax_details(
            [base_line], company, include_caba_tags=True
        )
        computed = AccountTax._prepare_tax_lines([base_line], company)
        [(_base_line, base)] = computed["base_lines_to_update"]
        items = [{**values, **base}]
        items += [dict(tax_line) for tax_line in computed["tax_lines_to_add"]]
        # What is left of a rate's rounding belongs to the base, so that both make up the part.
        for name, money in (
            ("amount_currency", base_line["currency_id"]),
            ("balance", company.currency_id),
        ):
            taxed = sum(item[name] for item in items[1:])
            items[0][name] = money.round(values[name] - taxed)
        return items

    def _is_refund(self, taxes, amount):
        """Whether core's rules make it a refund: a sale that is paid out, a purchase paid back."""
        kinds = set(taxes.mapped("type_tax_use"))
        if {"sale", "purchase"} <= kinds:
            return amount > 0
        return taxes[0].type_tax_use == ("sale" if amount > 0 else "purchase")

    # ------------------------------------------------------------------
    # Live data
    # ------------------------------------------------------------------

    @api.model
    def _problems(self, proposals):
        """Return ``{line: texts}`` where an account, tax or partner cannot be used any more."""
        usable = self._usable(proposals)
        problems = {}
        for line, proposal in proposals.items():
            for part in self._parts(proposal):
                company = line.company_id
                if part["account_id"] not in usable[company]["account.account"]:
                    text = self.env._("The account cannot be used any more.")
                    problems.setdefault(line, []).append(("account_gone", text))
                if not set(part["tax_ids"]) <= usable[company]["account.tax"]:
                    text = self.env._("A tax cannot be used any more.")
                    problems.setdefault(line, []).append(("tax_gone", text))
        return problems

    def _usable(self, proposals):
        """Return ``{company: {model: ids in use}}`` of what the proposals name."""
        names = {"account.account": set(), "account.tax": set()}
        companies = set()
        for line, proposal in proposals.items():
            for part in self._parts(proposal):
                companies.add(line.company_id)
                names["account.account"].add(part["account_id"])
                names["account.tax"].update(part["tax_ids"])
        return {
            company: {
                model: set(
                    self.env[model]
                    .search(
                        [
                            *self.env[model]._check_company_domain(company),
                            ("id", "in", list(ids)),
                        ]
                    )
                    .ids
                )
                for model, ids in names.items()
            }
            for company in companies
        }

    @api.model
    def _has_tax(self, line, proposal=None):
        """Whether the entry of ``line`` is in a tax report, or will be by an open proposal."""
        if proposal is not None:
            return any(part["tax_ids"] for part in self._parts(proposal))
        items = line.move_id.line_ids
        return bool(items.tax_ids or items.tax_line_id or items.tax_tag_ids)

    @api.model
    def _agrees(self, line, proposal):
        """Whether people booked ``line`` as an account proposal says."""
        _liquidity, _suspense, other = line._seek_for_lines()
        items = other.filtered(lambda item: not item.tax_repartition_line_id)
        accounts = sorted({part["account_id"] for part in self._parts(proposal)})
        matched = items.matched_debit_ids or items.matched_credit_ids
        return sorted(items.account_id.ids) == accounts and not matched

    @api.model
    def _text(self, proposal):
        """Return the summary of an account proposal."""
        if not proposal["write_off"]:
            return self.env._("Book on %(accounts)s", accounts=self._names(proposal["splits"]))
        part = proposal["write_off"]
        account = self.env["account.account"].browse(part["account_id"])
        partner = self.env["res.partner"].browse(part["partner_id"] or [])
        if account.account_type in ("asset_receivable", "liability_payable"):
            return self.env._("On account of %(partner)s", partner=partner.display_name)
        taxes = ", ".join(self.env["account.tax"].browse(part["tax_ids"]).mapped("name"))
        if taxes:
            return self.env._(
                "Book on %(account)s, %(taxes)s", account=account.display_name, taxes=taxes
            )
        return self.env._("Book on %(account)s", account=account.display_name)

    @api.model
    def _names(self, parts):
        """Return the accounts of ``parts`` as one text."""
        names = list(dict.fromkeys(self._name_of(part) for part in parts))
        return ", ".join(names[:3]) + (", …" if len(names) > 3 else "")

    def _name_of(self, part):
        account = self.env["account.account"].browse(part["account_id"])
        partner = self.env["res.partner"].browse(part["partner_id"] or [])
        if partner and account.account_type in ("asset_receivable", "liability_payable"):
            return self.env._("account of %(partner)s", partner=partner.display_name)
        return account.display_name
