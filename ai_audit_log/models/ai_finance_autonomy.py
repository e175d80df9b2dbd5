from odoo import api, fields, models
from odoo.tools import SQL

from ..engine import autonomy, gate

#: A person disagreed with a suggestion when it ended in one of these.
OVERRIDDEN = ("edited", "rejected", "undone")
#: Suggestions that somebody decided, that wait for it, or whose document was finished by hand.
COUNTED = ("proposed", "approved", "applied", "expired", *OVERRIDDEN)
COUNTED_DOMAIN = ("|", ("state", "in", COUNTED), ("outcome", "!=", False))
#: How many days back what-if and the figures in Settings look.
RECENT_DAYS = 30


class AiFinanceAutonomy(models.AbstractModel):
    """Autonomy is earned and lost by figures, and all figures come from the log."""

    _name = "ai.finance.autonomy"
    _description = "Earned and Lost Autonomy"

    # ------------------------------------------------------------------
    # Earned: what people confirmed before
    # ------------------------------------------------------------------

    @api.model
    def _track_records(self, task, keys):
        """Return ``{record: gate.TrackRecord}``; two queries, however many records.

        :param keys: ``{record: (partner id or None, input checksum)}``
        """
        confirmed = self._confirmed(task, keys)
        flagged = self._flagged(task, keys)
        return {
            record: gate.TrackRecord(
                confirmed.get((record.company_id.id, partner), 0),
                (record.id, checksum) in flagged,
            )
            for record, (partner, checksum) in keys.items()
        }

    def _confirmed(self, task, keys):
        """Return ``{(company, partner): suggestions people applied unchanged}``."""
        partners = {partner for partner, _checksum in keys.values() if partner}
        if not partners:
            return {}
        # Counted with full rights: the rule holds for everybody, whoever may read which document.
        groups = (
            self.env["ai.audit.log"]
            .sudo()
            ._read_group(
                [
                    ("task_code", "=", task.code),
                    ("company_id", "in", [*{record.company_id.id for record in keys}]),
                    ("partner_id", "in", [*partners]),
                    ("state", "=", "applied"),
                    ("trigger", "!=", "edit"),
                    ("flagged", "=", False),
                    ("decided_by_id", "!=", self.env.ref("ai_audit_log.user_service").id),
                ],
                ["company_id", "partner_id"],
                ["__count"],
            )
        )
        return {(company.id, partner.id): count for company, partner, count in groups}

    def _flagged(self, task, keys):
        """Return ``{(record id, checksum)}`` of what was flagged as wrong."""
        rows = (
            self.env["ai.audit.log"]
            .sudo()
            .search_fetch(
                [
                    ("task_code", "=", task.code),
                    ("res_model", "=", task.res_model),
                    ("res_id", "in", [record.id for record in keys]),
                    ("flagged", "=", True),
                ],
                ["res_id", "input_checksum"],
            )
        )
        return {(row.res_id, row.input_checksum) for row in rows}

    # ------------------------------------------------------------------
    # Lost: too many of the last decisions were overridden
    # ------------------------------------------------------------------

    @api.model
    def _watch(self, logs):
        """Demote the automatic policies whose last decisions were overridden too often.

        Called whenever a person overrides suggestions; costs one query a policy, and nothing
        where none of ``logs`` could have been automatic.
        """
        policies = logs.sudo().filtered("auto_eligible").policy_id
        for policy in policies.filtered(lambda policy: policy.mode == "automatic"):
            found = autonomy.demotion(self._decisions(policy), policy._watch())
            if found:
                policy._demote(found)

    def _decisions(self, policy):
        """Return, newest first, whether people overrode what automatic mode did or would do."""
        self.env["ai.audit.log"].flush_model()
        domain = [
            ("policy_id", "=", policy.id),
            ("auto_eligible", "=", True),
            ("trigger", "!=", "edit"),
            ("state", "in", ["applied", *OVERRIDDEN]),
        ]
        if policy.automatic_since:
            domain.append(("decided_at", ">=", policy.automatic_since))
        Log = self.env["ai.audit.log"].sudo()
        rows = Log.search_fetch(
            domain, ["state", "flagged"], limit=policy.watch_last, order="decided_at desc, id desc"
        )
        return [row.state in OVERRIDDEN or row.flagged for row in rows]

    # ------------------------------------------------------------------
    # Figures: what limits would have done, and what happened lately
    # ------------------------------------------------------------------

    @api.model
    def _what_if(self, policy):
        """Return :class:`~..engine.autonomy.WhatIf` for ``policy``, saved or not, on the log."""
        if not policy.task_id or not policy.company_id:
            return autonomy.WhatIf()
        mine = policy._to_engine()
        rows = self._past_rows(policy)
        fitting = policy._fitting({res_id for res_id, *_rest in rows})
        decimal, currency = policy._decimal, policy.currency_id
        return autonomy.what_if(
            (
                autonomy.Past(
                    gate.Case(confidence, decimal(amount or 0, currency), vetoes, actionable),
                    gate.TrackRecord(confirmed),
                    overridden,
                )
                for res_id, confidence, amount, vetoed, actionable, confirmed, overridden in rows
                if fitting is None or res_id in fitting
                for vetoes in [({"code": "veto"},) if vetoed else ()]
            ),
            mine,
        )

    def _past_rows(self, policy):
        """Read what the gate looks at of the suggestions of the last days, in one query.

        With full rights: only counts and one sum leave, and only to who manages or audits.
        """
        Log = self.env["ai.audit.log"].sudo()
        Log.flush_model()
        query = Log._search(self._recent_domain(policy.task_id, policy.company_id))
        table = SQL.identifier(Log._table)
        nothing, flagged = '[{"code": "nothing_to_apply"}]', '[{"code": "flagged"}]'
        return self.env.execute_query(
            query.select(
                SQL("%s.res_id", table),
                SQL("%s.confidence", table),
                SQL("%s.amount", table),
                SQL(
                    "(COALESCE(%(log)s.vetoes, '[]'::jsonb) <> '[]'::jsonb"
                    " OR COALESCE(%(log)s.decision_reasons @> %(flagged)s::jsonb, false))",
                    log=table,
                    flagged=flagged,
                ),
                SQL("NOT COALESCE(%s.decision_reasons @> %s::jsonb, false)", table, nothing),
                SQL("COALESCE((%s.policy_values->>'confirmed')::integer, 0)", table),
                SQL(
                    "(%(log)s.state IN %(states)s OR COALESCE(%(log)s.flagged, false)"
                    " OR COALESCE(%(log)s.outcome, '') = 'differed')",
                    log=table,
                    states=OVERRIDDEN,
                ),
            )
        )

    def _recent_domain(self, task, company):
        """Return the suggestions made by the engine in the last days that count in statistics."""
        since = fields.Datetime.subtract(fields.Datetime.now(), days=RECENT_DAYS)
        return [
            ("task_id", "=", task.id),
            ("company_id", "=", company.id),
            ("create_date", ">=", since),
            ("trigger", "!=", "edit"),
            *COUNTED_DOMAIN,
        ]

    @api.model
    def _recent(self, policies):
        """Return ``{policy id: {figure: count}}`` of the last days, in one query."""
        since = fields.Datetime.subtract(fields.Datetime.now(), days=RECENT_DAYS)
        groups = (
            self.env["ai.audit.log"]
            .sudo()
            ._read_group(
                [
                    ("policy_id", "in", policies.ids),
                    ("create_date", ">=", since),
                    ("trigger", "!=", "edit"),
                    ("decision", "!=", "none"),
                    *COUNTED_DOMAIN,
                ],
                ["policy_id", "state", "flagged"],
                ["__count"],
            )
        )
        figures = {}
        for policy, state, flagged, count in groups:
            own = figures.setdefault(
                policy.id, dict.fromkeys(("suggested", "unchanged", "overridden", "undone"), 0)
            )
            own["suggested"] += count
            if state == "undone":
                own["undone"] += count
            elif state in OVERRIDDEN or flagged:
                own["overridden"] += count
            elif state == "applied":
                own["unchanged"] += count
        return figures
