from odoo import api, fields, models
from odoo.exceptions import UserError

from .ai_invoice_check import MENDED_HERE
from .ai_invoice_draft_values import CONTEXT_KEY as DRAFTING
from .ai_invoice_text import QUIET

CUSTOMER = ("out_invoice", "out_refund")
#: What a check of a draft looks at on the invoice itself.
LOOKED_AT = {
    "partner_id",
    "partner_shipping_id",
    "fiscal_position_id",
    "invoice_line_ids",
    "line_ids",
    "invoice_date",
    "currency_id",
    "invoice_currency_rate",
    "invoice_payment_term_id",
    "partner_bank_id",
    "ref",
}
ACCOUNT_TASK = "invoice.account"
NOTE_TASK = "invoice.note"
#: Tasks that change a part of an invoice: they are not where it comes from.
OF_PARTS = (ACCOUNT_TASK, NOTE_TASK)
#: In the context while somebody posts in spite of a blocking check. A value of its own: nobody
#: can send it from a browser.
ANYWAY = object()
#: Drafts checked under one commit.
AT_ONCE = 200
#: So many at most are checked while somebody waits for them; of an import the rest follows.
BY_HAND = 20


class AiInvoiceCheckMixin(models.AbstractModel):
    """Customer invoices with their checks: shown live, kept as a level, in the way of posting."""

    _name = "ai.invoice.check.mixin"
    _description = "Invoice with Checks"

    ai_checks = fields.Json(string="Checks in Detail", compute="_compute_ai_checks")
    ai_check_level = fields.Selection(
        [("ok", "Passed"), ("warning", "Warning"), ("blocking", "Blocking")],
        string="Checks",
        readonly=True,
        copy=False,
        help="The hardest of the checks when they last ran: after each change of a draft, and "
        "every night.",
    )
    ai_checked_on = fields.Date(readonly=True, copy=False)
    ai_check_stops = fields.Boolean(compute="_compute_ai_checks")
    ai_account_suggestion = fields.Json(
        string="Suggested Accounts", compute="_compute_ai_part_suggestions"
    )
    ai_note_suggestion = fields.Json(
        string="Suggested Note", compute="_compute_ai_part_suggestions"
    )

    def _compute_ai_checks(self):
        # No dependencies: what is checked lies on many other records. Every look is a fresh one.
        check = self.env["ai.invoice.check"]
        saved = self.filtered("id")
        results = check._run(saved)
        for move in self:
            shown = check._shown(move, results[move]) if move in results else False
            move.ai_checks = shown
            stops = shown and shown["level"] == "blocking" and move.state == "draft"
            move.ai_check_stops = bool(stops and move.company_id.sudo().ai_check_stops_posting)

    def _compute_ai_part_suggestions(self):
        Log = self.env["ai.audit.log"]
        domain = [
            ("task_code", "in", OF_PARTS),
            ("res_model", "=", "account.move"),
            ("res_id", "in", self.ids),
            ("state", "in", ["proposed", "applied"]),
            ("decision", "!=", "shadow"),
        ]
        # The checks are for everybody who sees the invoice, suggestions for their role.
        logs = Log.search(domain) if Log.has_access("read") else Log
        latest = {(log.task_code, log.res_id): log for log in reversed(logs)}
        for move in self:
            accounts, note = (latest.get((code, move.id)) for code in OF_PARTS)
            move.ai_account_suggestion = accounts and self._ai_part(accounts)
            # What was taken stands on the invoice already, and what the template wrote, too.
            offered = note and note.state == "proposed" and note.decision != "none"
            move.ai_note_suggestion = offered and self._ai_part(note)

    def _ai_part(self, log):
        return {
            "id": log.id,
            "state": log.state,
            "summary": log.summary,
            "confidence": log.confidence,
            "reasons": [reason["text"] for reason in log.reasons or ()],
        }

    # ------------------------------------------------------------------
    # When they run
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        moves = super().create(vals_list)
        of_customers = moves.filtered(lambda move: move.move_type in CUSTOMER)
        if of_customers:
            self._ai_wake_checks()
        # What we draft is checked when its posting is suggested, moments later.
        if len(of_customers) <= BY_HAND and not self.env.context.get(DRAFTING):
            of_customers._ai_keep_levels(self.env["ai.invoice.check"]._levels(of_customers))
        return moves

    def write(self, vals):
        # What was not checked since the last change has somebody waiting for it already.
        if LOOKED_AT.isdisjoint(vals) or not any(move.ai_checked_on for move in self):
            return super().write(vals)
        self._ai_wake_checks()
        return super().write({**vals, "ai_checked_on": False})

    def _ai_wake_checks(self):
        # Nothing to wait for while a person works: the column is filled seconds later.
        self.env.ref("ai_ar_invoicing.cron_invoice_checks").sudo()._trigger()

    @api.model
    def _ai_cron_checks(self):
        """Check the drafts that changed or were not looked at today."""
        due = [
            ("move_type", "in", CUSTOMER),
            ("state", "=", "draft"),
            "|",
            ("ai_checked_on", "=", False),
            ("ai_checked_on", "<", fields.Date.today()),
        ]
        cron = self.env["ir.cron"]
        left = self.search(due, order="id")
        cron._commit_progress(remaining=len(left))
        while left:
            part, left = left[:AT_ONCE], left[AT_ONCE:]
            free = part.try_lock_for_update(allow_referencing=True).filtered_domain(due)
            free._ai_refresh_checks()
            self.env["ai.revenue.coding"]._suggest(free)
            if not cron._commit_progress(len(part)):
                break

    def _ai_refresh_checks(self):
        """Run the checks of these invoices and keep the hardest level of each."""
        levels = self.env["ai.invoice.check"]._levels(self)
        self._ai_keep_levels(levels)
        checked = self.union(*levels)
        checked.with_context(skip_is_manually_modified=True).ai_checked_on = fields.Date.today()

    @api.model
    def _ai_keep_levels(self, levels):
        """Keep the hardest level of each invoice, ``{move: level}``, where it is another one."""
        by_level = {}
        for move, level in levels.items():
            if move.ai_check_level != level:
                by_level[level] = by_level.get(level, self.browse()) | move
        for level, moves in by_level.items():
            # With full rights: what the checks found is no change of the invoice by whoever looks.
            moves.sudo().with_context(**QUIET, tracking_disable=True).ai_check_level = level

    # ------------------------------------------------------------------
    # Suggested accounts
    # ------------------------------------------------------------------

    def _ai_applied(self, logs):
        """What changed a part of an invoice is not the source of the invoice."""
        return self._ai_keeping_source(logs, super()._ai_applied)

    def _ai_undone(self, logs):
        return self._ai_keeping_source(logs, super()._ai_undone)

    def _ai_keeping_source(self, logs, tell):
        before = {move: (move.ai_generated, move.ai_source) for move in self}
        result = tell(logs)
        if logs.task_id.code in OF_PARTS:
            for (generated, source), moves in self.grouped(before.get).items():
                moves.write({"ai_generated": generated, "ai_source": source})
        return result

    # ------------------------------------------------------------------
    # In the way of posting
    # ------------------------------------------------------------------

    def _ai_blocking_checks(self):
        """Return ``{move: [{"code", "params", "text"}, ...]}`` of what must not be posted.

        The level of each is kept on the way.
        """
        check = self.env["ai.invoice.check"]
        results = check._run(self)
        self._ai_keep_levels(check._levels_of(results))
        return check._blocking(results)

    def _post(self, soft=True):
        anyway = self.env.context.get("ai_post_anyway") is ANYWAY
        if not (self.env.su or anyway):
            self._ai_refuse_blocked()
        return super()._post(soft)

    def _ai_refuse_blocked(self):
        """Raise where a blocking check stops posting by hand, as the company has set it."""
        stopping = self.filtered(
            lambda move: (
                move.move_type in CUSTOMER and move.company_id.sudo().ai_check_stops_posting
            )
        )
        blocked = stopping._ai_blocking_checks()
        if blocked:
            lines = [
                f"{move.display_name}: {' '.join(reason['text'] for reason in reasons)}"
                for move, reasons in blocked.items()
            ]
            way_out = self.env._("Mend it, or have an approver post it anyway, with a reason.")
            raise UserError("\n".join([*lines, "", way_out]))

    def action_ai_post_anyway(self):
        """Ask an approver for the reason, then post in spite of blocking checks."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "ai_ar_invoicing.action_invoice_check_override"
        )
        return {**action, "context": {"default_move_id": self.id}}

    # ------------------------------------------------------------------
    # Mending
    # ------------------------------------------------------------------

    def action_ai_mend(self, code):
        """Mend what a check found, as its button says.

        :param code: of the finding
        """
        self.ensure_one()
        self.check_access("write")
        if self.state != "draft" or code not in MENDED_HERE:
            raise UserError(self.env._("Only a draft can be mended."))
        getattr(self, MENDED_HERE[code])()
        return True

    def _ai_mend_fiscal_position(self):
        """Use the fiscal position of customer and ship-to, with its taxes and accounts."""
        facts = self.env["ai.invoice.check.facts"]._read(self, 0)[self]
        expected = facts.expected_position
        self.fiscal_position_id = expected[0] if expected else False
        self.action_update_fpos_values()

    def _ai_mend_taxes(self):
        """Give each line the taxes of its product and the fiscal position."""
        facts = self.env["ai.invoice.check.facts"]._read(self, 0)[self]
        expected = {line.id: line.expected_taxes for line in facts.lines}
        for line in self.invoice_line_ids:
            taxes = expected.get(line.id)
            if taxes is not None and set(taxes) != set(line.tax_ids.ids):
                line.tax_ids = [fields.Command.set(taxes)]
