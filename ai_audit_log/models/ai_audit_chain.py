from psycopg2.extras import execute_values

from odoo import api, fields, models
from odoo.tools import file_open

from ..engine import chain

#: Events linked in one short transaction of the sealer.
BATCH = 5000

UNSEALED = """
    SELECT event.id, event.content_hash
      FROM ai_audit_log_event event
 LEFT JOIN ai_audit_seal seal ON seal.event_id = event.id
     WHERE seal.id IS NULL AND event.company_id = %s
  ORDER BY event.id
"""


class AiAuditChain(models.Model):
    """The head of each company's chain of events, moved on by one sealer."""

    _name = "ai.audit.chain"
    _description = "Chain of the Suggestion Log"
    _rec_name = "company_id"

    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict")
    sequence = fields.Integer(string="Sealed Events", readonly=True)
    chain_hash = fields.Char(string="Head", readonly=True, default="")
    sealed_at = fields.Datetime(readonly=True)

    _company_uniq = models.Constraint("UNIQUE (company_id)", "A company has one chain.")

    @api.model
    def _install_triggers(self):
        """Have the database itself refuse to change evidence; run at each install and update."""
        with file_open("ai_audit_log/data/evidence.sql") as script:
            self.env.cr.execute(script.read())

    # ------------------------------------------------------------------
    # Sealing
    # ------------------------------------------------------------------

    @api.model
    def _cron_seal(self):
        """Link what was committed since, company by company, in short transactions."""
        cron = self.env["ir.cron"]
        for company in self.env["res.company"].sudo().search([("active", "in", [True, False])]):
            while self._seal(company):
                if not cron._commit_progress(1):
                    return
        cron._commit_progress()

    @api.model
    def _seal(self, company, limit=BATCH):
        """Link up to ``limit`` events of ``company``; return how many.

        The head's row lock makes it one sealer a company. A second one that read the head before
        fails on it (REPEATABLE READ) instead of linking to the same place.
        """
        head = self._head(company)
        self.env["ai.audit.log.event"].flush_model()
        self.env.cr.execute(UNSEALED + " LIMIT %s", (company.id, limit))
        events = self.env.cr.fetchall()
        if not events:
            return 0
        places = chain.links(head.chain_hash or "", head.sequence, [row[1] for row in events])
        rows = [
            (company.id, sequence, event_id, chain_hash)
            for (event_id, _content), (sequence, chain_hash) in zip(events, places, strict=True)
        ]
        execute_values(
            self.env.cr._obj,
            "INSERT INTO ai_audit_seal (company_id, sequence, event_id, chain_hash) VALUES %s",
            rows,
            page_size=1000,
        )
        head.write(
            {
                "sequence": rows[-1][1],
                "chain_hash": rows[-1][3],
                "sealed_at": fields.Datetime.now(),
            }
        )
        self.env["ai.audit.seal"].invalidate_model()
        return len(rows)

    def _head(self, company):
        """Return the locked head of ``company``'s chain, begun when there is none."""
        head = self.sudo().search([("company_id", "=", company.id)])
        if not head:
            head = self.sudo().create({"company_id": company.id})
            head.flush_recordset()
        head.lock_for_update()
        head.invalidate_recordset()
        return head

    # ------------------------------------------------------------------
    # Out of reach of whoever owns the database
    # ------------------------------------------------------------------

    @api.model
    def _cron_send_heads(self):
        """Send each company's head to the address outside, once a day, and log that it was sent."""
        for company in self.env["res.company"].sudo().search([("ai_head_email", "!=", False)]):
            while self._seal(company):
                continue
            self._send_head(company)
            self.env["ir.cron"]._commit_progress(1)

    def _send_head(self, company):
        head = self._head(company)
        values = {"sequence": head.sequence, "chain_hash": head.chain_hash or ""}
        subject = self.env._("Suggestion log of %(company)s: head", company=company.name)
        body = self.env._(
            "Events sealed: %(sequence)s. Head: %(chain_hash)s. Keep this mail: with it, "
            "“Verify” shows whether the log was shortened or rewritten later.",
            **values,
        )
        self._mail(company, subject, body)
        self.env["ai.audit.log.event"].sudo().create(
            {
                "company_id": company.id,
                "kind": "head",
                "user_id": self.env.uid,
                "note": company.ai_head_email,
                "data": values,
            }
        )

    @api.model
    def _mail(self, company, subject, body):
        """Send a mail to the company's address outside, if there is one."""
        if company.ai_head_email:
            self.env["mail.mail"].sudo().create(
                {
                    "subject": subject,
                    "body_html": body,
                    "email_to": company.ai_head_email,
                    "email_from": company.email_formatted or self.env.user.email_formatted,
                    "auto_delete": False,
                }
            )

    @api.model
    def _verify(self, company):
        """Check all evidence of ``company``; see ``ai.audit.verify``."""
        return self.env["ai.audit.verify"]._check(company)
