import re

from odoo import models
from odoo.exceptions import AccessError, UserError

from odoo.addons.ai_audit_log.engine.checksum import checksum
from odoo.addons.ai_audit_log.engine.suggestion import Suggestion, Summary

from ..engine import tax_ids
from .account_move import BILLS


class AiFinanceTaskBillVendor(models.AbstractModel):
    """Task ``bill.vendor``: create the vendor of a bill that is not known yet.

    Never by itself: every proposal carries a veto, so that a person decides under any policy.
    """

    _name = "ai.finance.task.bill.vendor"
    _inherit = "ai.finance.task"
    _description = "New Vendor of a Bill"

    def _build_context(self, records):
        drafts = records.filtered(
            lambda move: (
                move.state == "draft"
                and move.move_type in BILLS
                and not move.partner_id
                and move.ai_bill_reading
            )
        )
        found = self.env["ai.bill.vendor"]._find(drafts)
        return [(move, found[move]) for move in drafts]

    def _propose(self, context):
        return [
            suggestion
            for move, found in context
            if not found["partner_id"] and (suggestion := self._suggestion(move, found))
        ]

    def _suggestion(self, move, found):
        fields_read = move.ai_bill_reading["fields"]

        def read(name):
            return fields_read.get(name) or {}

        name = read("vendor_name").get("value")
        vat = read("vendor_vat").get("value")
        if not name:
            return None
        valid, country = tax_ids.checked(vat)
        check = self.env._("no tax id on the bill")
        if vat:
            check = (
                self.env._("the check digits of tax id %(vat)s are right", vat=vat)
                if valid
                else self.env._("tax id %(vat)s fails its check", vat=vat)
            )
        vetoes = [self._reason("new_vendor", self.env._("a new vendor is for a person to decide"))]
        if vat and not valid:
            vetoes.append(self._reason("tax_id", check))
        if found["choices"]:
            partners = self.env["res.partner"].browse(found["choices"])
            names = ", ".join(partners.mapped("display_name"))
            text = self.env._("there are vendors of nearly that name: %s", names)
            vetoes.append(self._reason("alike", text))
        return Suggestion(
            record_id=move.id,
            proposal={
                "name": name[:120],
                "vat": vat if valid else None,
                "country": country or self._country_of_iban(read("vendor_iban").get("value")),
            },
            confidence=min(read("vendor_name").get("confidence", 0.0), 0.99 if valid else 0.5),
            reasons=(self._reason("tax_id", check),),
            vetoes=tuple(vetoes),
        )

    def _country_of_iban(self, number):
        return number[:2] if number and re.match(r"[A-Z]{2}\d\d", number) else None

    def _reason(self, code, text):
        return {"code": code, "params": {}, "text": text}

    # ------------------------------------------------------------------
    # Live data
    # ------------------------------------------------------------------

    def _check(self, proposals):
        problems = {}
        for move in proposals:
            if move.state != "draft":
                text = self.env._("%(name)s is no draft any more.", name=move.display_name)
                problems[move] = [self._reason("changed", text)]
            elif move.partner_id:
                text = self.env._("The bill has a vendor meanwhile.")
                problems[move] = [self._reason("changed", text)]
        return problems

    def _checksum(self, proposals):
        return {
            move: checksum([move.state, move.partner_id.id, one["name"], one["vat"]])
            for move, one in proposals.items()
        }

    def _summary(self, proposals):
        return {
            move: Summary(self.env._("Create vendor %(name)s", name=one["name"]))
            for move, one in proposals.items()
        }

    # ------------------------------------------------------------------
    # Apply and undo
    # ------------------------------------------------------------------

    def _apply(self, proposals):
        if self.env.user == self.env.ref("ai_audit_log.user_service"):
            raise AccessError(self.env._("A vendor is created by a person."))
        return {move: self._create(move, one) for move, one in proposals.items()}

    def _create(self, move, proposal):
        country = self.env["res.country"].search(
            [("code", "=", proposal["country"] or "")], limit=1
        )
        partner = self.env["res.partner"].create(
            {
                "name": proposal["name"],
                "is_company": True,
                "supplier_rank": 1,
                "country_id": country.id,
                "vat": proposal["vat"],
                "company_id": move.company_id.id if self._apart() else False,
            }
        )
        # What depends on the vendor (fiscal position, terms, payable account) is core's to set.
        move.partner_id = partner
        self.env["ai.finance.outbox"]._enqueue("bill.code", move)
        return {"partner_id": partner.id}

    def _apart(self):
        """Tell whether partners of this database belong to one company each."""
        rule = self.env.ref("base.res_partner_rule", raise_if_not_found=False)
        # Only whether it is switched on; people may not read rules.
        return bool(rule and rule.sudo().active)

    def _undo(self, undo_data):
        for move, data in undo_data.items():
            partner = self.env["res.partner"].browse(data["partner_id"]).exists()
            if move.state != "draft" or move.partner_id != partner:
                raise UserError(self.env._("%(name)s was changed after.", name=move.display_name))
            move.partner_id = False
            # Others may use it meanwhile: it is put away, not deleted.
            if not self.env["account.move"].search_count(
                [("commercial_partner_id", "=", partner.id)], limit=1
            ):
                partner.active = False

    def _outcome(self, proposals):
        done = {}
        for move, proposal in proposals.items():
            if move.state == "posted" and move.partner_id:
                vendor = self.env["ai.bill.vendor"]
                same = vendor._key("name", move.partner_id.name) == vendor._key(
                    "name", proposal["name"]
                )
                done[move] = "agreed" if same else "differed"
        return done
