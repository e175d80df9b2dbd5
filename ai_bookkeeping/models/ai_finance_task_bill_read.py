from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from functools import partial

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.ai_audit_log.engine.checksum import checksum
from odoo.addons.ai_audit_log.engine.question import Question
from odoo.addons.ai_audit_log.engine.suggestion import Suggestion, Summary

from ..engine import bill_choice, bill_lines, reading
from ..engine.extract import MESSAGES
from .account_move import BILLS
from .ai_bill_draft_values import HEADER
from .ai_bill_fill_mixin import TARGETS

KEPT_TEXT = 20_000  # characters of the pages kept as the input of a suggestion


class AiFinanceTaskBillRead(models.AbstractModel):
    """Task ``bill.read``: fill the draft of a bill from its file."""

    _name = "ai.finance.task.bill.read"
    _inherit = "ai.finance.task"
    _description = "Read Bill"

    _harmless = True

    def _build_context(self, records):
        drafts = records.filtered(
            lambda move: move.state == "draft" and move.move_type in BILLS and move.ai_bill_file_id
        )
        read = self.env["ai.bill.reader"]._read_files(drafts)
        vendors = self.env["ai.bill.vendor"]._find(
            drafts, {move: found[1] for move, found in read.items()}
        )
        return [(move, *read[move], vendors[move]) for move in drafts]

    def _propose(self, context):
        currencies = self._currencies({draft.currency.value for _move, draft, *_rest in context})
        companies = self.env["res.company"].union(*(move.company_id for move, *_rest in context))
        taxes = {one: self.env["ai.bill.taxes"]._purchase_taxes(one) for one in companies}
        return [
            self._suggestion(move, draft, *rest, currencies, taxes[move.company_id])
            for move, draft, *rest in context
        ]

    def _suggestion(self, move, draft, as_json, vendor, currencies, taxes):
        header = {
            "partner_id": vendor["partner_id"],
            "ref": draft.reference.value,
            "invoice_date": reading.text_of(draft.date.value),
            "invoice_date_due": reading.text_of(draft.due_date.value),
            "currency_id": currencies.get(draft.currency.value),
            "invoice_origin": ", ".join(draft.order_numbers[:5]) or None,
        }
        if vendor["partner_id"] and vendor["by"] in ("vat", "registry", "iban"):
            as_json["fields"]["vendor_name"]["sure"] = True  # a number of theirs is proof
        lines, missing = self._lines(move, draft, vendor["partner_id"], taxes)
        empty = reading.is_empty(draft)
        proposal = {
            "reading": {**as_json, "missing_rates": missing},
            "header": header,
            "lines": lines,
            "credit_note": draft.is_credit_note,
            "printed_total": reading.text_of(draft.total.value),
            "unread": empty,
        }
        return Suggestion(
            record_id=move.id,
            proposal=proposal,
            confidence=reading.confidence(draft),
            reasons=tuple(self._reasons(draft, vendor, empty)),
            payload={"text": draft.text[:KEPT_TEXT], "reading": as_json},
        )

    def _currencies(self, codes):
        """Return ``{code: id}``, currencies that are not in use among them."""
        every = self.env["res.currency"].with_context(active_test=False)
        found = every.search_fetch([("name", "in", [*filter(None, codes)])], ["name"])
        return {one.name: one.id for one in found}

    def _lines(self, move, draft, partner_id, taxes):
        """Return the lines to write, and the rates that no tax was found for."""
        planned = bill_lines.plan(draft)
        if not planned:
            return [], []
        company = move.company_id
        partner = self.env["res.partner"].browse(partner_id or move.partner_id.id)
        position = self.env["account.fiscal.position"].with_company(company)
        position = position._get_fiscal_position(partner) if partner else position
        lines, missing = [], []
        for line in planned:
            found = self.env["ai.bill.taxes"]._for(taxes, position, line)
            if found is None:
                missing.append(f"{line.rate:f}")
            lines.append(
                {
                    "name": line.description,
                    "quantity": f"{line.quantity:f}",
                    "price": f"{line.price:f}",
                    "tax_ids": (found or taxes.browse()).ids,
                    "source": line.source,
                }
            )
        return lines, sorted(set(missing))

    def _reasons(self, draft, vendor, empty):
        sources = {
            "xml": self.env._("read from the electronic bill"),
            "text": self.env._("read from the text of the file"),
            "ocr": self.env._("read by text recognition"),
        }
        if empty:
            known = [one.code for one in draft.problems if one.code in MESSAGES]
            problem = self.env._(MESSAGES[known[0] if known else "no_text"])
            text = self.env._("nothing could be read. %s", problem)
            return [{"code": "unread", "params": {}, "text": text}]
        found = [{"code": "source", "params": {}, "text": sources.get(draft.source, draft.source)}]
        if vendor["partner_id"]:
            how = {
                "vat": self.env._("vendor by tax id"),
                "registry": self.env._("vendor by number in the register"),
                "iban": self.env._("vendor by bank account"),
                "alias": self.env._("vendor by the name on earlier bills"),
                "name": self.env._("vendor by name"),
            }[vendor["by"]]
            found.append({"code": "vendor", "params": {"by": vendor["by"]}, "text": how})
        return found

    # ------------------------------------------------------------------
    # A model, where one is connected
    # ------------------------------------------------------------------

    def _questions(self, context, suggestions, every=False):
        asked = {
            move.id: facts
            for move, draft, as_json, _vendor in context
            if move.id in suggestions and (facts := bill_choice.facts(as_json, draft.text))
        }
        return [
            Question(
                record_id=move_id,
                prompt=bill_choice.PROMPT,
                facts=facts,
                schema=bill_choice.BillChoice,
                check=partial(bill_choice.check, facts=facts),
            )
            for move_id, facts in asked.items()
        ]

    def _answered(self, suggestion, question, value):
        """Take what was chosen of the values on the page; never more sure than a suggestion."""
        values = {one["id"]: one["value"] for one in question.facts["candidates"]}
        proposal = deepcopy(suggestion.proposal)
        reasons = [*suggestion.reasons]
        for one in value.chosen:
            read = proposal["reading"]["fields"][one.field]
            chosen = read["candidates"][int(one.id.rpartition("-")[2]) - 1]
            read.update({**chosen, "sure": False, "by_model": True})
            proposal["header"][TARGETS[one.field]] = values[one.id]
            params = {"field": one.field, "value": values[one.id]}
            text = self.env._(bill_choice.REASON_TEXT["chosen_by_model"], **params)
            reasons.append({"code": "chosen_by_model", "params": params, "text": text})
        return replace(suggestion, proposal=proposal, reasons=tuple(reasons))

    # ------------------------------------------------------------------
    # Live data
    # ------------------------------------------------------------------

    def _check(self, proposals):
        problems = {}
        for move in proposals:
            if move.state != "draft":
                text = self.env._("%(name)s is no draft any more.", name=move.display_name)
            elif not move.ai_bill_file_id:
                text = self.env._("The file is not there any more.")
            else:
                continue
            problems[move] = [{"code": "changed", "params": {}, "text": text}]
        return problems

    def _checksum(self, proposals):
        # Not what the draft holds: whatever a person entered meanwhile simply stays.
        return {
            move: checksum(
                [move.state, move.move_type in BILLS, move.ai_bill_file_id.checksum or ""]
            )
            for move in proposals
        }

    def _summary(self, proposals):
        return {move: self._summary_of(move, one) for move, one in proposals.items()}

    def _summary_of(self, move, proposal):
        fields_read = proposal["reading"]["fields"]
        name = move.ai_bill_file_id.name or move.display_name
        if proposal["unread"]:
            return Summary(self.env._("%(file)s could not be read", file=name))
        vendor = self.env["res.partner"].browse(proposal["header"]["partner_id"] or 0)
        text = self.env._(
            "Read bill %(number)s of %(vendor)s from %(file)s",
            number=fields_read["reference"]["value"] or "",
            vendor=vendor.display_name or fields_read["vendor_name"]["value"] or "?",
            file=name,
        )
        return Summary(text, self._amount(move, proposal), vendor.id or None)

    def _amount(self, move, proposal):
        """Return the printed total in company currency."""
        total = Decimal(proposal["printed_total"] or 0)
        company = move.company_id
        currency = self.env["res.currency"].browse(
            proposal["header"]["currency_id"] or company.currency_id.id
        )
        day = proposal["header"]["invoice_date"] or fields.Date.context_today(self)
        value = currency._convert(float(abs(total)), company.currency_id, company, day)
        return self.env["ai.finance.policy"]._decimal(value, company.currency_id)

    # ------------------------------------------------------------------
    # Apply and undo
    # ------------------------------------------------------------------

    def _apply(self, proposals):
        done = {}
        for move, proposal in proposals.items():
            work = move.with_context(
                ai_bill_working=True, skip_is_manually_modified=True
            ).with_company(move.company_id)
            done[move] = self._fill(work, proposal)
        moves = self.env["account.move"].union(*proposals)
        moves._ai_bill_recheck()
        self._tell_unread(moves)
        read = moves.filtered(lambda move: move.ai_bill_state == "read")
        if read:
            outbox = self.env["ai.finance.outbox"]
            outbox._enqueue("bill.vendor", read.filtered(lambda move: not move.partner_id))
            outbox._enqueue("bill.code", read)
            outbox._enqueue("bill.post", read)
        return done

    def _fill(self, move, proposal):
        values = self.env["ai.bill.draft.values"]
        before = {
            "state": move.ai_bill_state,
            "filled": move.ai_bill_filled or {},
            "reading": move.ai_bill_reading or False,
            "printed_total": move.ai_bill_printed_total,
            "move_type": move.move_type,
            "term": move.invoice_payment_term_id.id,
            "due": fields.Date.to_string(move.invoice_date_due) or False,
            **{name: values._plain(move[name]) for name in HEADER},
        }
        filled = dict(move.ai_bill_filled or {})
        filled |= values._write_header(move, proposal)
        self._keep_reading(move, proposal)
        lines = values._write_lines(move, proposal)
        if lines:
            filled["lines"] = {str(line.id): values._signature(line) for line in lines}
            self._link_lines(move, proposal, lines)
        filled |= values._write_due_date(move, proposal["header"]["invoice_date_due"])
        values._write_bank_account(move)
        filled["accounts"] = self._begun_with(move, filled)
        move.write({"ai_bill_filled": filled})
        after = {name: values._plain(move[name]) for name in (*filled,) if name in move._fields}
        return {"before": before, "after": after, "lines": filled.get("lines", {})}

    def _begun_with(self, move, filled):
        """Return the accounts of lines that nobody chose: those filled or imported just now."""
        known = filled.get("accounts") or {}
        ours = filled.get("lines") or {}
        return {
            str(line.id): known.get(str(line.id), line.account_id.id)
            for line in self.env["ai.bill.draft.values"]._own_lines(move)
            if str(line.id) in ours or line.is_imported
        }

    def _keep_reading(self, move, proposal):
        """Keep what was read; places that a person showed on the page stay."""
        known = (move.ai_bill_reading or {}).get("fields") or {}
        by_person = {key: one for key, one in known.items() if one.get("by_person")}
        read = proposal["reading"]
        values = {
            "ai_bill_reading": {**read, "fields": {**read["fields"], **by_person}},
            "ai_bill_state": "unread" if proposal["unread"] else "read",
        }
        if proposal["printed_total"] and "total" not in by_person:
            values["ai_bill_printed_total"] = float(proposal["printed_total"])
        move.write(values)

    def _link_lines(self, move, proposal, lines):
        """Note on the reading which line of the draft each line of the bill became."""
        read = dict(move.ai_bill_reading)
        read["lines"] = [dict(line) for line in read["lines"]]
        for values, line in zip(proposal["lines"], lines, strict=False):
            if values["source"] is not None:
                read["lines"][values["source"]]["line_id"] = line.id
        move.ai_bill_reading = read

    def _tell_unread(self, moves):
        bodies = {
            move.id: move.ai_bill_flag_ids.filtered(lambda flag: flag.code == "unread_file")[
                :1
            ].message
            for move in moves
            if move.ai_bill_state == "unread"
        }
        told = {move_id: body for move_id, body in bodies.items() if body}
        if told:
            moves.browse(told)._message_log_batch(bodies=told)

    def _undo(self, undo_data):
        values = self.env["ai.bill.draft.values"]
        for move, data in undo_data.items():
            if move.state != "draft":
                raise UserError(
                    self.env._("%(name)s is no draft any more.", name=move.display_name)
                )
            work = move.with_context(ai_bill_working=True, skip_is_manually_modified=True)
            self._take_back(work.with_company(move.company_id), data, values)
        self.env["account.move"].union(*undo_data)._ai_bill_close(
            self.env._("The reading was undone.")
        )

    def _take_back(self, move, data, values):
        """Put back what was there, where nobody changed it since."""
        before, after = data["before"], data["after"]
        lines = values._own_lines(move).filtered(
            lambda line: data["lines"].get(str(line.id)) == values._signature(line)
        )
        if lines:
            move.write({"invoice_line_ids": [fields.Command.delete(line.id) for line in lines]})
        same = {name for name, value in after.items() if values._plain(move[name]) == value}
        back = {name: before[name] for name in HEADER if name in same}
        if back:
            move.write(back)
        if "invoice_date_due" in same:
            move.write({"invoice_payment_term_id": before["term"]})
            move.write({"invoice_date_due": before["due"]})
        if move.move_type != before["move_type"] and not move.posted_before:
            move.action_switch_move_type()
        move.write(
            {
                "ai_bill_state": before["state"] if before["state"] != "waiting" else False,
                "ai_bill_filled": before["filled"],
                "ai_bill_reading": before["reading"],
                "ai_bill_printed_total": before["printed_total"],
            }
        )
        # Flags are the product's own: nobody has rights to delete them.
        move.sudo().ai_bill_flag_ids.filtered(lambda flag: flag.state == "open").unlink()

    def _outcome(self, proposals):
        """Compare with what people entered by hand, once they posted."""
        done = {}
        for move, proposal in proposals.items():
            if move.state == "posted" and not proposal["unread"]:
                read = proposal["header"]
                same = (
                    read["ref"] == move.ref
                    and read["invoice_date"] == fields.Date.to_string(move.invoice_date)
                    and float(proposal["printed_total"] or 0) == move.amount_total
                )
                done[move] = "agreed" if same else "differed"
        return done
