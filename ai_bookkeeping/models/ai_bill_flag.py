from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

CODES = [
    ("unread_file", "File not read"),
    ("arithmetic", "Total differs"),
    ("duplicate", "Billed before"),
    ("new_vendor", "New vendor"),
    ("vendor_choice", "Which vendor"),
    ("new_bank_account", "Bank account not known"),
    ("lookalike_sender", "Sender looks like the vendor"),
    ("hidden_text", "Hidden text or instructions"),
    ("currency", "Currency"),
    ("no_tax", "Tax rate not set up"),
]


class AiBillFlag(models.Model):
    """What stands out on a bill, with the way out: a chip on top of the form."""

    _name = "ai.bill.flag"
    _description = "Flag on a Bill"
    _order = "move_id desc, level, id"
    _rec_name = "message"

    move_id = fields.Many2one(
        "account.move", string="Bill", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="move_id.company_id", store=True, index=True)
    code = fields.Selection(CODES, string="Kind", required=True, readonly=True)
    level = fields.Selection(
        [("blocking", "Blocking"), ("warning", "Warning")], required=True, readonly=True
    )
    message = fields.Char(required=True, readonly=True)
    fact = fields.Char(
        required=True,
        readonly=True,
        help="What it is about: the same fact is not flagged again once it was overridden.",
    )
    detail = fields.Json(readonly=True)
    # A bare number: a link to a bill of another company would tell its name to everybody.
    twin_number = fields.Integer(readonly=True, groups="base.group_system")
    related_move_id = fields.Many2one(
        "account.move", string="Other Bill", compute="_compute_related_move_id"
    )
    state = fields.Selection(
        [("open", "Open"), ("overridden", "Overridden")],
        default="open",
        required=True,
        readonly=True,
    )
    reason = fields.Char(readonly=True)
    overridden_by_id = fields.Many2one("res.users", readonly=True)
    overridden_at = fields.Datetime(readonly=True)

    _fact_uniq = models.UniqueIndex("(move_id, code, fact)", "The same is flagged only once.")

    def _compute_related_move_id(self):
        # Only the bill's number is read with full rights; the bill itself with the reader's.
        wanted = {flag: flag.sudo().twin_number for flag in self}
        reader = self.env["account.move"].with_context(
            allowed_company_ids=self.env.user._get_company_ids()
        )
        bills = reader.browse({one for one in wanted.values() if one}).exists()
        allowed = set(bills._filtered_access("read").ids)
        for flag in self:
            flag.related_move_id = wanted[flag] if wanted[flag] in allowed else False

    @api.model
    def _sync(self, found):
        """Make the flags of bills what was found; overridden facts stay overridden.

        :param found: ``{move: [{"code", "level", "message", "fact", ...}]}``
        :return: the bills whose open flags changed
        """
        # Flags are written by the product for everybody; nobody has rights to write them.
        Flag = self.sudo()
        moves = self.env["account.move"].union(*found)
        known = Flag.search([("move_id", "in", moves.ids)]).grouped("move_id")
        gone, news, changed = Flag.browse(), [], moves.browse()
        for move, facts in found.items():
            own = {(flag.code, flag.fact): flag for flag in known.get(move.sudo(), ())}
            wanted = {(values["code"], values["fact"]): values for values in facts}
            lost = Flag.union(*(flag for key, flag in own.items() if key not in wanted))
            gone |= lost.filtered(lambda flag: flag.state == "open")
            fresh = [values for key, values in wanted.items() if key not in own]
            news += [{**values, "move_id": move.id} for values in fresh]
            for key in own.keys() & wanted.keys():
                own[key]._refresh(wanted[key])
            if fresh or lost:
                changed |= move
        gone.unlink()
        Flag.create(news)
        moves.invalidate_recordset(["ai_bill_flag_ids"], flush=False)
        return changed

    def _refresh(self, values):
        """Write what reads differently now about the same fact."""
        changed = {
            name: value
            for name, value in values.items()
            if name in ("message", "level", "detail") and self[name] != value
        }
        if changed:
            self.write(changed)

    # ------------------------------------------------------------------
    # Ways out
    # ------------------------------------------------------------------

    def action_resolve(self):
        """Open what settles this flag: the twin, the vendor, the bank account, else the reason."""
        self.ensure_one()
        self.check_access("read")
        way_out = {
            "duplicate": self.action_open_related,
            "new_vendor": self._open_vendor,
            "new_bank_account": self._open_bank_account,
            "unread_file": self.move_id.action_ai_bill_read_again,
            "currency": self._activate_currency,
        }.get(self.code, self.action_override)
        return way_out()

    def action_open_related(self):
        """Open the other bill, where the person may read it."""
        self.ensure_one()
        if self.related_move_id and self.related_move_id.has_access("read"):
            return self.related_move_id.get_formview_action()
        return self.action_override()

    def action_override(self):
        """Ask an approver for the reason why this flag does not count."""
        if not self.env.user.has_group("ai_audit_log.group_ai_approver"):
            raise AccessError(
                self.env._("Only an approver overrides a flag. Ask one, or correct the bill.")
            )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "ai_bookkeeping.action_ai_bill_flag_override"
        )
        return {**action, "context": {"default_flag_ids": self.ids}}

    def action_choose_vendor(self, partner_id):
        """Take one of the vendors that the flag offers."""
        self.ensure_one()
        offered = {choice["id"] for choice in (self.detail or {}).get("choices", ())}
        if partner_id not in offered:
            raise UserError(self.env._("This vendor is not among those offered."))
        move = self.move_id
        filled = {
            key: one for key, one in (move.ai_bill_filled or {}).items() if key != "partner_id"
        }
        # From here on it is this person's choice, not the file's or the sender's.
        move.write({"ai_bill_filled": filled, "partner_id": partner_id})
        return {}

    def _activate_currency(self):
        action = self.move_id.action_activate_currency()
        self.move_id._ai_bill_changed()
        return action

    def _open_vendor(self):
        """Show the proposal of the new vendor, made now where there is none."""
        move = self.move_id
        task = self.env["ai.finance.task.type"]._get("bill.vendor")
        rows = self.env["ai.finance.pipeline"]._suggest(task, move, "button")
        move._ai_invalidate()
        if not rows:
            raise UserError(self.env._("Nothing was read that a vendor could be made from."))
        return rows[:1].get_formview_action()

    def _open_bank_account(self):
        """Open the account of the bill on its vendor, entered as not trusted where it is new."""
        bank = self.env["ai.bill.bank.account"]._enter(self.move_id)
        view = self.env.ref("ai_bookkeeping.view_bill_bank_account_form")
        action = {**bank.get_formview_action(), "name": self.env._("Bank Account of the Bill")}
        return {**action, "views": [(view.id, "form")], "target": "new"}

    def _override(self, reason):
        """Set open flags aside for ``reason``; kept in the log and told on the bills."""
        if not self.env.user.has_group("ai_audit_log.group_ai_approver"):
            raise AccessError(self.env._("Only an approver overrides a flag."))
        self.check_access("read")
        moves = self.move_id
        moves.check_access("write")
        flags = self.filtered(lambda flag: flag.state == "open")
        flags.sudo().write(
            {
                "state": "overridden",
                "reason": reason,
                "overridden_by_id": self.env.uid,
                "overridden_at": fields.Datetime.now(),
            }
        )
        for move, own in flags.grouped("move_id").items():
            data = {"move_id": move.id, "flags": own.mapped("code"), "facts": own.mapped("fact")}
            self.env["ai.audit.log.event"]._append_change(
                "bill_override", move.company_id, reason, data
            )
            lines = [self.env._("Set aside: %s", flag.message) for flag in own]
            move.message_post(body="\n".join([*lines, self.env._("Reason: %s", reason)]))
        moves._ai_bill_changed()

    def _blocking(self):
        return self.filtered(lambda flag: flag.state == "open" and flag.level == "blocking")

    def _shown(self):
        """Return the flag as the form shows it."""
        self.ensure_one()
        return {
            "id": self.id,
            "code": self.code,
            "level": self.level,
            "message": self.message,
            "state": self.state,
            "reason": self.reason or "",
            "by": self.overridden_by_id.name or "",
            "at": fields.Datetime.to_string(self.overridden_at) if self.overridden_at else "",
            "related_move_id": self.related_move_id.id or False,
            "choices": (self.detail or {}).get("choices", []),
        }
