from odoo import api, models
from odoo.tools import format_amount, format_date

from odoo.addons.ai_finance_engine import names

from ..engine.extract import MESSAGES
from ..engine.senders import lookalike
from .ai_bill_vendor import ALIKE

INSTRUCTIONS = "instructions"


class AiBillCheck(models.AbstractModel):
    """Looks at bills and says what stands out: the flags on top of the form."""

    _name = "ai.bill.check"
    _description = "Checks of Bills"

    @api.model
    def _run(self, moves):
        """Bring the flags of drafts up to date; a handful of queries, however many they are."""
        drafts = moves.filtered(lambda move: move.state == "draft")
        if not drafts:
            return
        twins = self.env["ai.bill.twins"]._of(drafts)
        vendors = self.env["ai.bill.vendor"]._find(drafts)
        found = {
            move: [
                flag
                for check in (
                    self._unread(move),
                    self._arithmetic(move),
                    self._duplicates(move, twins[move]),
                    self._vendor(move, vendors[move]),
                    self._bank_account(move),
                    self._sender(move),
                    self._hidden(move),
                    self._currency(move),
                    self._taxes(move),
                )
                for flag in check
            ]
            for move in drafts
        }
        self.env["ai.bill.flag"]._sync(found)

    def _flag(self, code, level, message, fact="", **more):
        return {"code": code, "level": level, "message": message, "fact": fact or code, **more}

    def _reading(self, move):
        return move.ai_bill_reading or {}

    def _unread(self, move):
        if move.ai_bill_state == "unread":
            codes = [one["code"] for one in self._reading(move).get("problems", ())]
            known = [code for code in codes if code in MESSAGES]
            why = self.env._(MESSAGES[known[0] if known else "no_text"])
            message = self.env._("The file was not read: %(why)s Enter the bill by hand.", why=why)
            yield self._flag("unread_file", "warning", message)

    # ------------------------------------------------------------------
    # Amounts
    # ------------------------------------------------------------------

    def _arithmetic(self, move):
        printed, total = move.ai_bill_printed_total, move.amount_total
        if printed and move.currency_id.compare_amounts(printed, total):
            message = self.env._(
                "The bill says %(printed)s, the draft makes %(total)s: %(difference)s apart.",
                printed=format_amount(self.env, printed, move.currency_id),
                total=format_amount(self.env, total, move.currency_id),
                difference=format_amount(self.env, total - printed, move.currency_id),
            )
            yield self._flag("arithmetic", "blocking", message, f"{printed:.2f} {total:.2f}")
        contradictions = [
            one["message"]
            for one in self._reading(move).get("problems", ())
            if one["code"] == "no_arithmetic"
        ]
        if contradictions:
            message = self.env._("The amounts on the bill do not add up: %s", contradictions[0])
            yield self._flag("arithmetic", "warning", message, "printed")

    def _currency(self, move):
        if not move.currency_id.active:
            message = self.env._(
                "The bill is in %(currency)s, which is not in use here. Activate it first.",
                currency=move.currency_id.name,
            )
            yield self._flag("currency", "blocking", message, move.currency_id.name)

    def _taxes(self, move):
        rates = self._reading(move).get("missing_rates") or ()
        for rate in rates:
            message = self.env._(
                "No purchase tax of %(rate)s %% is set up, so the lines have none.", rate=rate
            )
            if not move.invoice_line_ids.tax_ids:
                yield self._flag("no_tax", "blocking", message, rate)

    # ------------------------------------------------------------------
    # Twice
    # ------------------------------------------------------------------

    def _duplicates(self, move, twins):
        # Only names and numbers of bills of the same company are told.
        for twin in twins[:3]:
            other = self.env["account.move"].sudo().browse(twin.bill.id)
            elsewhere = other.company_id != move.company_id
            level = "blocking" if twin.blocking else "warning"
            message = self._elsewhere(twin) if elsewhere else self._twin_text(twin, other)
            fact = f"{twin.code} {other.id}"
            yield self._flag("duplicate", level, message, fact, twin_number=other.id)

    def _elsewhere(self, twin):
        if twin.code == "same_file":
            return self.env._("The same file exists as a bill in another company.")
        return self.env._("A bill like this exists in another company.")

    def _twin_text(self, twin, other):
        values = {
            "name": other.name if other.state == "posted" else self.env._("a draft"),
            "ref": other.ref or "",
            "date": format_date(self.env, other.invoice_date) if other.invoice_date else "",
            "amount": format_amount(self.env, other.amount_total, other.currency_id),
        }
        texts = {
            "same_file": self.env._("The same file is %(name)s already.", **values),
            "same_number": self.env._(
                "Number and amount are those of %(name)s (%(ref)s, %(date)s, %(amount)s).", **values
            ),
            "number_again": self.env._(
                "The number is that of %(name)s, over another amount (%(amount)s).", **values
            ),
            "like_number": self.env._(
                "Same amount, and a number that is nearly that of %(name)s (%(ref)s, %(date)s).",
                **values,
            ),
            "amount_and_date": self.env._(
                "Same vendor and amount within days of %(name)s (%(date)s), one without a number.",
                **values,
            ),
            "other_vendor": self.env._(
                "Number and amount are those of %(name)s of another vendor record.", **values
            ),
        }
        return texts[twin.code]

    # ------------------------------------------------------------------
    # Who it is from
    # ------------------------------------------------------------------

    def _vendor(self, move, found):
        fields = self._reading(move).get("fields") or {}
        read = {name: (fields.get(name) or {}).get("value") for name in fields}
        name = read.get("vendor_name") or read.get("vendor_vat")
        if not move.partner_id and found["choices"]:
            partners = self.env["res.partner"].browse(found["choices"])
            offered = ", ".join(partners.mapped("display_name"))
            message = self.env._("Which vendor is it: %(names)s?", names=offered)
            detail = {"choices": [{"id": one.id, "name": one.display_name} for one in partners]}
            yield self._flag("vendor_choice", "blocking", message, offered, detail=detail)
        elif not move.partner_id and name:
            message = self.env._("%(name)s is no vendor yet.", name=name)
            yield self._flag("new_vendor", "blocking", message, name)
        elif move.partner_id and found["by"] == "vat" and found["partner_id"]:
            yield from self._other_vendor(move, found["partner_id"])
        elif self._only_sent(move, found, read.get("vendor_name")):
            message = self.env._(
                "%(sender)s mailed the bill, but it names %(name)s.",
                sender=move.partner_id.display_name,
                name=read["vendor_name"],
            )
            yield self._choice(message, f"sender {move.partner_id.id}", move.partner_id)

    def _other_vendor(self, move, partner_id):
        other = self.env["res.partner"].browse(partner_id)
        if other != move.commercial_partner_id:
            message = self.env._("The tax id on the bill is that of %s.", other.display_name)
            yield self._choice(message, f"vat {other.id}", other)

    def _choice(self, message, fact, partner):
        detail = {"choices": [{"id": partner.id, "name": partner.display_name}]}
        return self._flag("vendor_choice", "blocking", message, fact, detail=detail)

    def _only_sent(self, move, found, name):
        """Tell whether the vendor is merely who mailed the bill, which names another."""
        by_mail = (move.ai_bill_filled or {}).get("partner_id") == move.partner_id.id
        if not (move.partner_id and move.invoice_source_email and by_mail and name):
            return False
        known = found["partner_id"] == move.commercial_partner_id.id
        return not known and names.similarity(name, move.commercial_partner_id.name) < ALIKE

    def _bank_account(self, move):
        accounts = self.env["ai.bill.bank.account"]
        printed = accounts._printed(move)
        own = move.company_id.partner_id.bank_ids.mapped("sanitized_acc_number")
        if not printed or not move.partner_id or printed in own or move.move_type == "in_refund":
            return
        known = accounts._known(move)
        if known and (known.allow_out_payment or not known.ai_entered_by_id):
            return
        if known:
            message = self.env._(
                "Account %(number)s was entered from this bill by %(name)s. A second person has "
                "to validate it.",
                number=known.acc_number,
                name=known.ai_entered_by_id.name,
            )
        elif move.commercial_partner_id.bank_ids:
            message = self.env._(
                "The bill asks for payment to %(number)s, which is not an account of %(vendor)s.",
                number=printed,
                vendor=move.commercial_partner_id.display_name,
            )
        else:
            message = self.env._(
                "%(vendor)s has no bank account yet; the bill prints %(number)s.",
                number=printed,
                vendor=move.commercial_partner_id.display_name,
            )
        yield self._flag("new_bank_account", "blocking", message, printed)

    def _sender(self, move):
        if not move.invoice_source_email or not move.partner_id:
            return
        vendor = move.commercial_partner_id
        known = [vendor.email, *vendor.child_ids.mapped("email")]
        known += [f"@{(vendor.website or '').split('//')[-1].split('/')[0].removeprefix('www.')}"]
        # Learned with the rights of the product: the flag is for everybody who sees the bill.
        learned = vendor.sudo().ai_bill_alias_ids.filtered(
            lambda one: one.kind == "domain" and one.company_id == move.company_id
        )
        known += [f"@{one.key}" for one in learned]
        looks_like = lookalike(move.invoice_source_email, filter(None, known))
        if looks_like:
            message = self.env._(
                "The mail came from %(sender)s, which only looks like %(known)s.",
                sender=move.invoice_source_email,
                known=looks_like,
            )
            yield self._flag("lookalike_sender", "blocking", message, move.invoice_source_email)

    def _hidden(self, move):
        problems = self._reading(move).get("problems", ())
        hidden = [one["message"] for one in problems if one["code"] == "hidden_text"]
        spoken = [one["message"] for one in problems if one["code"] == INSTRUCTIONS]
        if spoken:
            message = self.env._("The file speaks to a machine, not to you: %s", spoken[0])
            yield self._flag("hidden_text", "blocking", message, INSTRUCTIONS)
        elif hidden:
            yield self._flag("hidden_text", "warning", hidden[0], "hidden_text")
