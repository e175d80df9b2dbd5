from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.ai_finance_engine import names
from odoo.addons.ai_finance_engine.references import compact_account

from ..engine import memory as rules
from .ai_bank_coding import MONEY_TYPES
from .ai_bank_memory import COUNTER_ACCOUNT

#: Booked lines that are read at once.
BATCH = 1000
LINE_FIELDS = ["payment_ref", "partner_name", "account_number", "date", "company_id"]


class AiBankMemoryLessons(models.AbstractModel):
    """Reads booked bank lines and writes what they teach, and takes it back.

    Lines are read by a scheduled action, so that nobody waits for it, and however they were
    booked: by approving a suggestion, or by hand in whatever screen. What the service user applied
    by itself teaches nothing: nobody has confirmed it.
    """

    _name = "ai.bank.memory.lessons"
    _description = "Learning from Bank Lines"

    # ------------------------------------------------------------------
    # When
    # ------------------------------------------------------------------

    @api.model
    def _wake(self):
        """Have booked lines read soon after this transaction."""
        self.env.ref("ai_bank_reconcile.cron_learn")._trigger()

    @api.model
    def _cron_learn(self):
        """Read the lines that were booked since the last time, and those taken back by hand."""
        cron = self.env["ir.cron"]
        Line = self.env["account.bank.statement.line"]
        back = Domain("is_reconciled", "=", False) & Domain("ai_learned_at", "!=", False)
        new = Domain("is_reconciled", "=", True) & Domain("ai_learned_at", "=", False)
        new &= Domain("state", "=", "posted")
        cron._commit_progress(remaining=Line.search_count(back | new))
        for domain, work in ((back, self._forget), (new, self._learn)):
            while lines := Line.search(domain, limit=BATCH, order="id"):
                work(lines)
                if not cron._commit_progress(len(lines)):
                    return

    @api.model
    def _forget(self, lines):
        """Take back exactly what ``lines`` taught; what nothing else taught is gone.

        With full rights: whoever undoes a booking takes back what it taught.
        """
        Evidence = self.env["ai.bank.memory.evidence"].sudo().with_context(ai_learning=True)
        taught = Evidence.search([("line_id", "in", lines.ids)])
        memories = taught.memory_id
        taught.unlink()
        memories.filtered(lambda one: not one.evidence_ids and not one.by_hand).unlink()
        self._mark(lines.filtered(lambda line: not line.is_reconciled), None)

    def _mark(self, lines, when):
        """Note when lines were read. Not through write(): it is no change of the bank entry."""
        if lines:
            lines.flush_recordset()
            self.env.cr.execute(
                SQL(
                    "UPDATE account_bank_statement_line SET ai_learned_at = %s WHERE id IN %s",
                    when,
                    tuple(lines.ids),
                )
            )
            lines.invalidate_recordset(["ai_learned_at"], flush=False)

    # ------------------------------------------------------------------
    # What
    # ------------------------------------------------------------------

    @api.model
    def _learn(self, lines):
        """Learn what booked ``lines`` teach, of any company."""
        for company, group in lines.grouped("company_id").items():
            own = self.sudo().with_company(company)
            sources = own._sources(group)
            teachers = group.sudo().filtered(lambda line, known=sources: line.id in known)
            if teachers:
                own._keep(company, own._lessons(company, teachers), sources)
        self._mark(lines, fields.Datetime.now())

    def _sources(self, lines):
        """Return ``{line id: (source, log id)}`` of the lines that a person decided on."""
        service = self.env.ref("ai_audit_log.user_service")
        logs = self.env["ai.audit.log"].search_fetch(
            [
                ("task_code", "=", lines._ai_task_code),
                ("res_model", "=", lines._name),
                ("res_id", "in", lines.ids),
                ("state", "=", "applied"),
            ],
            ["res_id", "trigger", "decided_by_id", "flagged"],
        )
        sources = dict.fromkeys(lines.ids, ("by_hand", False))
        for log in logs:
            if log.flagged or log.decided_by_id == service:
                sources.pop(log.res_id, None)
            else:
                kind = "edit" if log.trigger == "edit" else "approval"
                sources[log.res_id] = (kind, log.id)
        return sources

    def _lessons(self, company, lines):
        """Return ``[(line, values of the memory)]`` of what lines of one company teach."""
        return [*self._payer_lessons(company, lines), *self._account_lessons(company, lines)]

    def _payer_lessons(self, company, lines):
        partners = self._partners(lines)
        unknown = lines.filtered(lambda line: line.id in partners)
        known = self._known_payers(company, unknown)
        owners = self.env["res.partner"].browse({one.id for one in partners.values()})
        own_accounts = self._own_accounts(owners)
        found = []
        for line in unknown:
            partner = partners[line.id]
            name, number = (line.partner_name or "").strip(), line.account_number or ""
            payer = known.get(compact_account(number)) or known.get(names.fold(name))
            taught = rules.lesson(
                name, number, (partner.id, partner.name or ""), own_accounts[partner.id], payer
            )
            if taught:
                values = {
                    "kind": taught.kind,
                    "key": taught.key,
                    "text": taught.text or False,
                    "iban": taught.account or False,
                    "partner_id": taught.partner_id,
                    "payer_id": taught.payer_id,
                }
                found.append((line, values))
        return found

    def _partners(self, lines):
        """Return ``{line id: commercial partner}`` of lines booked with one partner only."""
        suspense = lines.journal_id.suspense_account_id
        groups = self.env["account.move.line"]._read_group(
            [
                ("statement_line_id", "in", lines.ids),
                ("account_id.account_type", "not in", MONEY_TYPES),
                ("account_id", "not in", suspense.ids),
                ("partner_id", "!=", False),
            ],
            ["statement_line_id"],
            ["partner_id:recordset"],
        )
        owners = {line.id: partners.commercial_partner_id for line, partners in groups}
        return {line_id: one for line_id, one in owners.items() if len(one) == 1}

    def _known_payers(self, company, lines):
        """Return ``{account number or folded name: id of the one partner it belongs to}``."""
        numbers = {compact_account(line.account_number or "") for line in lines} - {""}
        spelled = {(line.partner_name or "").strip() for line in lines} - {""}
        owners = defaultdict(set)
        Bank, Partner = self.env["res.partner.bank"], self.env["res.partner"]
        domain = [*Bank._check_company_domain(company), ("sanitized_acc_number", "in", [*numbers])]
        for bank in Bank.search_fetch(domain, ["sanitized_acc_number", "partner_id"]):
            owners[bank.sanitized_acc_number].add(bank.partner_id.commercial_partner_id.id)
        domain = [*Partner._check_company_domain(company), ("parent_id", "=", False)]
        domain += [("name", "in", [*spelled])]
        for partner in Partner.search_fetch(domain, ["name"]):
            owners[names.fold(partner.name)].add(partner.id)
        return {key: found.pop() for key, found in owners.items() if len(found) == 1}

    def _own_accounts(self, partners):
        """Return ``{partner id: bank account numbers}``."""
        groups = self.env["res.partner.bank"]._read_group(
            [("partner_id", "child_of", partners.ids)],
            ["partner_id"],
            ["sanitized_acc_number:array_agg"],
        )
        numbers = defaultdict(list)
        for partner, accounts in groups:
            numbers[partner.commercial_partner_id.id] += accounts
        return numbers

    def _account_lessons(self, company, lines):
        """Return what lines booked as a whole on one account teach."""
        coding = self.env["ai.bank.coding"]
        domain = coding._domain(company) & Domain("statement_line_id", "in", lines.ids)
        items = self.env["account.move.line"].search(domain)
        by_id = {line.id: line for line in lines}
        found = []
        for coded in coding._read(items.ids).values():
            booked = coded.extra["booked"]
            line = by_id[booked.line_id]
            if not booked.payers:
                continue
            values = {
                "kind": COUNTER_ACCOUNT,
                "key": booked.payers[-1],
                "text": (line.partner_name or line.payment_ref or "").strip(),
                "iban": compact_account(line.account_number or "") or False,
                "partner_id": booked.partner_id,
                "account_id": booked.account_id,
                "tax_ids": [fields.Command.set(booked.tax_ids)],
                "analytic_distribution": dict(booked.analytic) or False,
            }
            found.append((line, values))
        return found

    def _wanted(self, Memory, lessons):
        """Return ``{(key, target): [(line, values)]}``: lessons about the same thing together."""
        wanted = defaultdict(list)
        for line, values in lessons:
            target = Memory._target(
                values["kind"],
                values["partner_id"],
                values.get("account_id"),
                values["tax_ids"][0][2] if "tax_ids" in values else [],
                values.get("analytic_distribution"),
            )
            wanted[values["key"], target].append((line, values))
        return wanted

    def _keep(self, company, lessons, sources):
        """Write lessons: one memory each, and the line it was learned from."""
        Memory = self.env["ai.bank.memory"].with_context(active_test=False, ai_learning=True)
        wanted = self._wanted(Memory, lessons)
        known = Memory.search(
            [("company_id", "=", company.id), ("key", "in", [key for key, _target in wanted])]
        )
        found = {(one.key, one.target): one for one in known}
        missing = [pair for pair in wanted if pair not in found]
        base = {"company_id": company.id, "by_hand": False}
        created = Memory.create([{**base, **wanted[pair][0][1]} for pair in missing])
        found.update(zip(missing, created, strict=True))
        there = {
            (row.memory_id.id, row.line_id.id)
            for row in self.env["ai.bank.memory.evidence"].search_fetch(
                [("line_id", "in", [line.id for line, _values in lessons])],
                ["memory_id", "line_id"],
            )
        }
        self.env["ai.bank.memory.evidence"].create(
            [
                {
                    "memory_id": found[pair].id,
                    "line_id": line.id,
                    "date": line.date,
                    "source": sources[line.id][0],
                    "log_id": sources[line.id][1],
                }
                for pair, rows in wanted.items()
                for line, _values in rows
                if (found[pair].id, line.id) not in there
            ]
        )
