import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL, LazyTranslate

_logger = logging.getLogger(__name__)
_lt = LazyTranslate(__name__)

#: Each check returns the first broken row as (kind of problem, place in the chain, event, row).
LINKS = """
    WITH link AS (
        SELECT seal.sequence, seal.event_id, seal.chain_hash, event.log_id, event.content_hash,
               event.id IS NULL AS missing,
               ai_audit_hash(ai_audit_log_event_content(event)) AS actual,
               lag(seal.chain_hash, 1, '') OVER place AS previous,
               lag(seal.sequence, 1, 0) OVER place AS before
          FROM ai_audit_seal seal
     LEFT JOIN ai_audit_log_event event ON event.id = seal.event_id
         WHERE seal.company_id = %(company)s
        WINDOW place AS (ORDER BY seal.sequence)
    ), problem AS (
        SELECT sequence, event_id, log_id,
               CASE WHEN before + 1 != sequence THEN 'gap'
                    WHEN missing THEN 'event_missing'
                    WHEN actual IS DISTINCT FROM content_hash THEN 'event_changed'
                    WHEN chain_hash != ai_audit_link(previous, sequence, content_hash)
                    THEN 'link_broken'
               END AS kind
          FROM link
    )
    SELECT kind, sequence, event_id, log_id FROM problem
     WHERE kind IS NOT NULL ORDER BY sequence LIMIT 1
"""
SUGGESTIONS = """
    SELECT 'suggestion_changed', NULL::int, NULL::int, log.id
      FROM ai_audit_log log
     WHERE log.company_id = %(company)s AND log.content_hash IS NOT NULL
       AND ai_audit_hash(ai_audit_log_content(log)) != log.content_hash
  ORDER BY log.id LIMIT 1
"""
MISSING = """
    SELECT 'suggestion_missing', NULL::int, event.id, event.log_id
      FROM ai_audit_log_event event LEFT JOIN ai_audit_log log ON log.id = event.log_id
     WHERE event.company_id = %(company)s AND event.log_hash IS NOT NULL
       AND log.content_hash IS DISTINCT FROM event.log_hash
  ORDER BY event.id LIMIT 1
"""
STATES = """
    WITH last AS (
        SELECT DISTINCT ON (log_id) log_id, id, new_state
          FROM ai_audit_log_event
         WHERE company_id = %(company)s AND kind = 'state'
      ORDER BY log_id, id DESC
    )
    SELECT 'state_changed', NULL::int, last.id, log.id
      FROM ai_audit_log log LEFT JOIN last ON last.log_id = log.id
     WHERE log.company_id = %(company)s
       AND COALESCE(last.new_state, 'queued') != log.state
  ORDER BY log.id LIMIT 1
"""
PAYLOADS = """
    SELECT 'payload_changed', NULL::int, NULL::int, log.id
      FROM ai_audit_log log JOIN ai_audit_payload payload ON payload.log_id = log.id
     WHERE log.company_id = %(company)s AND payload.content IS NOT NULL
       AND encode(sha256(convert_to(payload.salt || '|' || payload.content, 'UTF8')), 'hex')
           IS DISTINCT FROM log.payload_digest
  ORDER BY log.id LIMIT 1
"""
SENT_HEADS = """
    SELECT 'head_differs', (event.data->>'sequence')::int, event.id, NULL::int
      FROM ai_audit_log_event event
 LEFT JOIN ai_audit_seal seal
        ON seal.company_id = event.company_id
       AND seal.sequence = (event.data->>'sequence')::int
     WHERE event.company_id = %(company)s AND event.kind = 'head'
       AND (event.data->>'sequence')::int > 0
       AND seal.chain_hash IS DISTINCT FROM event.data->>'chain_hash'
  ORDER BY event.id LIMIT 1
"""
SHORTENED = """
    SELECT 'shortened', chain.sequence, NULL::int, NULL::int
      FROM ai_audit_chain chain
 LEFT JOIN ai_audit_seal seal
        ON seal.company_id = chain.company_id AND seal.sequence = chain.sequence
     WHERE chain.company_id = %(company)s AND chain.sequence > 0
       AND seal.chain_hash IS DISTINCT FROM chain.chain_hash
"""
CHECKS = (LINKS, SUGGESTIONS, MISSING, STATES, PAYLOADS, SENT_HEADS, SHORTENED)


PROBLEMS = {
    "gap": _lt("A place in the chain is empty."),
    "event_missing": _lt("An event was deleted."),
    "event_changed": _lt("An event was changed."),
    "link_broken": _lt("The chain was rewritten."),
    "suggestion_changed": _lt("A suggestion was changed."),
    "suggestion_missing": _lt("A suggestion was deleted or replaced."),
    "state_changed": _lt("The state of a suggestion was changed without an event."),
    "payload_changed": _lt("The input of a suggestion was changed."),
    "head_differs": _lt("The chain differs from a head that was sent out."),
    "shortened": _lt("The newest events were deleted."),
}


class AiAuditVerify(models.TransientModel):
    """Shows whether the log is as it was written, and the first row that is not."""

    _name = "ai.audit.verify"
    _description = "Verify the Suggestion Log"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    state = fields.Selection([("intact", "Intact"), ("broken", "Broken")], readonly=True)
    sealed = fields.Integer(string="Sealed Events", readonly=True)
    unsealed = fields.Integer(string="Not Sealed Yet", readonly=True)
    problem = fields.Char(readonly=True)
    broken_sequence = fields.Integer(string="Place in the Chain", readonly=True)
    broken_event_id = fields.Many2one("ai.audit.log.event", string="Event", readonly=True)
    broken_log_id = fields.Many2one("ai.audit.log", string="Suggestion", readonly=True)
    head_sequence = fields.Integer(string="Events in the Mail")
    head_hash = fields.Char(string="Head in the Mail")

    def action_verify(self):
        """Check the log of the company and, if given, a head that was received by mail."""
        self.ensure_one()
        if self.company_id not in self.env.companies:
            raise AccessError(self.env._("You have no access to this company."))
        # The checks read every row of the company, whatever documents the auditor may open.
        result = self.sudo()._check(self.company_id)
        broken = result["broken"] or self.sudo()._check_head()
        self.write(
            {
                "sealed": result["sealed"],
                "unsealed": result["unsealed"],
                "state": "broken" if broken else "intact",
                "problem": broken and self.env._(PROBLEMS[broken["kind"]]),
                "broken_sequence": broken and broken["sequence"],
                "broken_event_id": self._existing("ai.audit.log.event", broken, "event_id"),
                "broken_log_id": self._existing("ai.audit.log", broken, "log_id"),
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Verify the Log"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _existing(self, model, broken, key):
        """Return the id of the broken row, if it is still there."""
        return self.env[model].sudo().browse((broken or {}).get(key) or []).exists().id

    def _check_head(self):
        """Compare the chain with the head somebody kept outside; nothing given, nothing broken."""
        if not self.head_hash:
            return None
        seal = self.env["ai.audit.seal"].search(
            [("company_id", "=", self.company_id.id), ("sequence", "=", self.head_sequence)]
        )
        if seal.chain_hash == self.head_hash.strip():
            return None
        kind = "head_differs" if seal else "shortened"
        return {"kind": kind, "sequence": self.head_sequence, "event_id": None, "log_id": None}

    @api.model
    def _check(self, company):
        """Check all evidence of ``company`` against its hashes and its chain, in the database.

        :return: ``{"sealed": int, "unsealed": int, "broken": None or {"kind", "sequence",
            "event_id", "log_id"}}``, ``broken`` being the first row that does not fit
        """
        self.env.flush_all()
        broken = None
        for check in CHECKS:
            self.env.cr.execute(check, {"company": company.id})
            row = self.env.cr.fetchone()
            if row:
                broken = dict(zip(("kind", "sequence", "event_id", "log_id"), row, strict=True))
                break
        sealed, unsealed = self._counts(company)
        return {"sealed": sealed, "unsealed": unsealed, "broken": broken}

    def _counts(self, company):
        return self.env.execute_query(
            SQL(
                """
                SELECT count(seal.id), count(*) - count(seal.id)
                  FROM ai_audit_log_event event
             LEFT JOIN ai_audit_seal seal ON seal.event_id = event.id
                 WHERE event.company_id = %s
                """,
                company.id,
            )
        )[0]

    @api.model
    def _cron_verify(self):
        """Verify every company's log; what is broken is an error, an event, and a mail outside."""
        for company in self.env["res.company"].sudo().search([("active", "in", [True, False])]):
            result = self._check(company)
            if result["broken"]:
                self._alarm(company, result["broken"])
            self.env["ir.cron"]._commit_progress(1)

    def _alarm(self, company, broken):
        text = self.env._(PROBLEMS[broken["kind"]])
        _logger.error("The suggestion log of %s is broken: %s %s", company.name, text, broken)
        self.env["ai.audit.log.event"].sudo().create(
            {
                "company_id": company.id,
                "kind": "verify",
                "user_id": self.env.uid,
                "note": text,
                "data": broken,
            }
        )
        self.env["ai.audit.chain"]._mail(
            company,
            self.env._("The suggestion log of %(company)s is broken", company=company.name),
            text,
        )
