import logging

from odoo import api, models

from odoo.addons.ai_audit_log.engine import injection

from ..engine import extract, reading

_logger = logging.getLogger(__name__)


class AiBillReader(models.AbstractModel):
    """Runs the reading engine over the files of bills."""

    _name = "ai.bill.reader"
    _description = "Reading of Bills"

    @api.model
    def _read_files(self, moves):
        """Return ``{move: (BillDraft, reading as JSON)}``; no bill gives problems."""
        own = {company: self._own_vats(company) for company in moves.company_id}
        found = {}
        for move in moves:
            attachment = move.ai_bill_file_id
            draft = extract.extract(
                attachment.raw or b"", attachment.name or "", own[move.company_id]
            )
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
