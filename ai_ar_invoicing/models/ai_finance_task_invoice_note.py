from dataclasses import replace
from functools import partial

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.ai_audit_log.engine.checksum import checksum
from odoo.addons.ai_audit_log.engine.question import Question
from odoo.addons.ai_audit_log.engine.suggestion import Suggestion, Summary

from ..engine.invoice_note import PROMPT, REASON_TEXT, InvoiceNote, check_note

#: A model's words are for a person to look at: likely, never sure.
LIKELY = 0.75


class AiFinanceTaskInvoiceNote(models.AbstractModel):
    """Task ``invoice.note``: the note of a draft in a model's words, where one is connected.

    The template has written a note before; without a model, or a person who approves, it stays.
    """

    _name = "ai.finance.task.invoice.note"
    _inherit = "ai.finance.task"
    _description = "Note of an Invoice"

    def _build_context(self, records):
        return self.env["ai.invoice.text"]._note_facts(records.filtered(self._is_ours))

    def _is_ours(self, move):
        """The note is still as it was written here."""
        mark = (move.ai_text_marks or {}).get("note")
        return move.state == "draft" and mark and move.narration == mark["html"]

    def _propose(self, context):
        return [
            Suggestion(
                record_id=move_id,
                proposal={"text": facts["note"]},
                confidence=0.0,
                actionable=False,  # it stands there already
            )
            for move_id, facts in context.items()
        ]

    def _questions(self, context, suggestions, every=False):
        return [
            Question(
                record_id=move_id,
                prompt=PROMPT,
                facts=facts,
                schema=InvoiceNote,
                check=partial(check_note, facts=facts),
            )
            for move_id, facts in context.items()
            if move_id in suggestions
        ]

    def _answered(self, suggestion, question, value):
        text = self.env._(REASON_TEXT["note_by_model"])
        return replace(
            suggestion,
            proposal={"text": value.note.strip()},
            confidence=LIKELY,
            actionable=True,
            reasons=({"code": "note_by_model", "params": {}, "text": text},),
        )

    def _check(self, proposals):
        text = self.env._("Somebody changed the note, or the invoice is not a draft any more.")
        problem = {"code": "changed", "params": {}, "text": text}
        return {move: [problem] for move in proposals if not self._is_ours(move)}

    def _checksum(self, proposals):
        return {
            move: checksum({"note": str(move.narration or ""), "text": proposal["text"]})
            for move, proposal in proposals.items()
        }

    def _summary(self, proposals):
        return {
            move: Summary(text=proposal["text"], partner_id=move.commercial_partner_id.id or None)
            for move, proposal in proposals.items()
        }

    def _apply(self, proposals):
        undo = {}
        for move, proposal in proposals.items():
            marks = dict(move.ai_text_marks)
            before = marks["note"]
            self.env["ai.invoice.text"]._put_note(move, proposal["text"], marks)
            move.ai_text_marks = marks
            undo[move] = {"mark": before, "html": marks["note"]["html"]}
        return undo

    def _undo(self, undo_data):
        for move, data in undo_data.items():
            if move.state != "draft" or move.narration != data["html"]:
                raise UserError(
                    self.env._("%(name)s changed since: it stays as it is.", name=move.name)
                )
            move.narration = data["mark"]["html"]
            mark = {**data["mark"], "html": move.narration}
            move.ai_text_marks = {**move.ai_text_marks, "note": mark}

    def _amend(self, log, change):
        raise UserError(self.env._("Change the note on the invoice itself."))
