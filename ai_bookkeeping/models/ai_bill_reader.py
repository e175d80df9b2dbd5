import logging

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.ai_audit_log.engine import injection

from ..engine import extract, reading
from ..engine.known_vendors import KnownVendor

_logger = logging.getLogger(__name__)

MOST_VENDORS = 20_000
NUMBERS = 5  # of a vendor's last bills


class AiBillReader(models.AbstractModel):
    """Runs the reading engine over the files of bills."""

    _name = "ai.bill.reader"
    _description = "Reading of Bills"

    @api.model
    def _read_files(self, moves):
        """Return ``{move: (BillDraft, reading as JSON)}``; no bill gives problems."""
        own = {company: self._own_vats(company) for company in moves.company_id}
        known = {company: self._known_vendors(company) for company in moves.company_id}
        found = {}
        for move in moves:
            attachment = move.ai_bill_file_id
            content, name, company = attachment.raw or b"", attachment.name or "", move.company_id
            draft = extract.extract(content, name, own[company], known[company])
            self._screen(draft)
            found[move] = (draft, reading.to_json(draft))
        return found

    def _own_vats(self, company):
        """Return the tax ids of the company and its branches, never the vendor's."""
        # A company's own ids are no secret to who works in it.
        family = (company.root_id | company).sudo()
        family |= self.env["res.company"].sudo().search([("id", "child_of", family.ids)])
        positions = self.env["account.fiscal.position"].sudo()
        foreign = positions.search([("company_id", "in", family.ids), ("foreign_vat", "!=", False)])
        return [*filter(None, family.mapped("vat")), *foreign.mapped("foreign_vat")]

    def _known_vendors(self, company):
        """Return the vendors of a company with ids, accounts and last numbers, for the engine."""
        Partner = self.env["res.partner"]
        domain = Domain(Partner._check_company_domain(company)) & Domain("parent_id", "=", False)
        domain &= Domain("supplier_rank", ">", 0) & Domain("id", "!=", company.partner_id.id)
        vendors = Partner.search_fetch(
            domain, ["name", "vat"], limit=MOST_VENDORS, order="supplier_rank desc, id"
        )
        Bank = self.env["res.partner.bank"]
        accounts = Bank.search_fetch(
            Domain(Bank._check_company_domain(company)) & Domain("partner_id", "in", vendors.ids),
            ["partner_id", "sanitized_acc_number"],
        ).grouped("partner_id")
        numbers = self._last_numbers(company)
        return [
            KnownVendor(
                vendor.name or "",
                tuple(filter(None, [vendor.vat])),
                tuple(accounts.get(vendor, Bank).mapped("sanitized_acc_number")),
                tuple(numbers.get(vendor.id, ())),
            )
            for vendor in vendors
        ]

    def _last_numbers(self, company):
        """Return ``{vendor id: numbers of the last posted bills}``, which show what one is like."""
        self.env["account.move"].flush_model(
            ["ref", "state", "commercial_partner_id", "company_id", "move_type", "date"]
        )
        query = SQL(
            """SELECT partner_id, array_agg(ref)
                 FROM (SELECT commercial_partner_id AS partner_id, ref,
                              row_number() OVER vendor AS place
                         FROM account_move
                        WHERE company_id = %s AND state = 'posted' AND ref > ''
                          AND move_type IN ('in_invoice', 'in_refund')
                       WINDOW vendor AS (PARTITION BY commercial_partner_id
                                              ORDER BY date DESC, id DESC)
                      ) AS bills
                WHERE place <= %s
             GROUP BY partner_id""",
            company.id,
            NUMBERS,
        )
        return dict(self.env.execute_query(query))

    def _screen(self, draft):
        """Note text that is aimed at a machine; nothing of it is ever obeyed."""
        said = extract.MESSAGES["hidden_text"]
        hidden = [
            one.message.removeprefix(said).strip(" ()")
            for one in draft.problems
            if one.code == "hidden_text"
        ]
        for text in (draft.text, *hidden):
            findings = injection.screen(text or "")
            if findings:
                draft.trouble("instructions", f"“{findings[0].excerpt}”")
                return
