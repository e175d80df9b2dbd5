from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.ai_audit_log.engine import gate

from ..engine import reliability

TASK = "bank.match"
READERS = ("group_ai_manager", "group_ai_approver", "group_ai_auditor")
#: Precision that a better threshold must surely reach, unless the reader asks for another.
TARGET = 0.99


class AiBankCalibration(models.AbstractModel):
    """How reliable the confidence of bank suggestions is, journal by journal.

    Everything is counted from the log when it is looked at, so there is nothing to go out of date.
    Approved unchanged and kept counts as right; changed, rejected, undone or flagged as wrong, as
    does what people did otherwise by hand, also where suggestions were only observed. What was
    applied automatically counts as right until somebody undoes it, and is shown apart.

    A threshold is proposed, never set: the button writes the policy as its form does. With fewer
    than 300 decisions the confidence stands for itself; with more, the curve fitted on them is
    shown beside it.
    """

    _name = "ai.bank.calibration"
    _description = "Reliability of Bank Suggestions"

    @api.model
    def journals(self):
        """Return ``[{"id", "name", "decisions"}]`` of the journals the reader may look at."""
        counts = {}
        for journal_id, *_rest, count in self._decided(self._allowed()):
            counts[journal_id] = counts.get(journal_id, 0) + count
        return [
            {"id": one.id, "name": one.display_name, "decisions": counts.get(one.id, 0)}
            for one in self._allowed()
        ]

    @api.model
    def reliability(self, journal_id, target=TARGET):
        """Return all that the screen shows of a journal, JSON-ready.

        :param target: precision 0..1 that a better threshold must surely reach
        :raises AccessError: for who is neither manager, approver nor auditor
        """
        journal = self._journal(journal_id)
        decided = [
            reliability.Decided(
                confidence=confidence, right=right, free=free, automatic=automatic, count=count
            )
            for _id, confidence, right, free, automatic, count in self._decided(journal)
        ]
        policy = self._policy(journal)
        proposed = reliability.better(decided, min(max(target, 0.5), 0.9999))
        now = self._at(decided, policy.min_confidence)
        worth = dict(reliability.curve(decided))
        return {
            "journal": journal.display_name,
            "decisions": sum(one.count for one in decided),
            "least": reliability.LEAST_DECISIONS,
            "mode": policy.mode,
            "now": now,
            "proposed": None if proposed is None else self._at(decided, proposed),
            "may_set": self._may_set(),
            "steps": [
                {
                    **{name: step[name] for name in ("low", "high", "said", "automatic")},
                    **self._share(step["share"]),
                    "worth": worth.get(step["said"]),
                }
                for step in reliability.steps(decided)
            ],
        }

    @api.model
    def use_threshold(self, journal_id, threshold):
        """Set the minimum confidence for a journal, with the rights of the reader.

        Where the policy holds for other journals, too, this one gets a policy of its own.

        :raises UserError: where the company has no policy for bank lines
        """
        journal = self._journal(journal_id)
        if not self._may_set():
            raise AccessError(self.env._("Thresholds are set by AI managers."))
        policy = self.env["ai.finance.policy"].browse(self._policy(journal).id)
        if not policy:
            raise UserError(self.env._("There is no policy for bank lines in this company."))
        if policy.journal_id == journal:
            policy.write({"min_confidence": threshold})
        else:
            policy.copy(
                {
                    "journal_id": journal.id,
                    "min_confidence": threshold,
                    "sequence": policy.sequence - 1,
                }
            )
        return True

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    def _may_set(self):
        return self.env.user.has_group("ai_audit_log.group_ai_manager")

    def _allowed(self):
        """Return the bank journals of the reader's companies.

        With full rights: who manages or audits need not read journals, and only sums leave.
        """
        if not any(self.env.user.has_group(f"ai_audit_log.{name}") for name in READERS):
            raise AccessError(
                self.env._("Reliability is for AI managers, AI approvers and AI auditors.")
            )
        domain = [
            ("company_id", "in", self.env.companies.ids),
            ("type", "in", ("bank", "cash", "credit")),
        ]
        return self.env["account.journal"].sudo().search(domain)

    def _journal(self, journal_id):
        journal = self._allowed().filtered(lambda one: one.id == journal_id)
        if not journal:
            raise AccessError(self.env._("This journal is not one of your companies'."))
        return journal

    def _policy(self, journal):
        """Return the policy that holds for ``journal``, as the gate takes it."""
        task = self.env["ai.finance.task.type"]._get(TASK)
        policies = (
            self.env["ai.finance.policy"]
            .sudo()
            .search([("task_id", "=", task.id), ("company_id", "=", journal.company_id.id)])
        )
        candidates = [policy._to_engine() for policy in policies]
        return gate.select_policy(candidates, {"journal_id": journal.id})

    def _decided(self, journals):
        """Return decided suggestions as rows of counts, in one query.

        :return: rows (journal id, confidence, right, free, automatic, count)
        """
        Log = self.env["ai.audit.log"].sudo()
        Log.flush_model()
        self.env["account.bank.statement.line"].sudo().flush_model(["move_id"])
        self.env["account.move"].sudo().flush_model(["journal_id"])
        if not journals:
            return []
        return self.env.execute_query(
            SQL(
                """
                SELECT move.journal_id, log.confidence,
                       NOT COALESCE(log.flagged, FALSE)
                           AND (log.state = 'applied' OR COALESCE(log.outcome, '') = 'agreed'),
                       COALESCE(log.vetoes, '[]'::jsonb) = '[]'::jsonb,
                       log.state = 'applied' AND log.decided_by_id = %(service)s,
                       COUNT(*)
                  FROM ai_audit_log log
                  JOIN account_bank_statement_line line ON line.id = log.res_id
                  JOIN account_move move ON move.id = line.move_id
                 WHERE log.task_code = %(task)s
                   AND log.res_model = 'account.bank.statement.line'
                   AND move.journal_id IN %(journals)s
                   AND log.trigger != 'edit'
                   AND log.proposal->>'kind' != 'none'
                   AND (log.state IN ('applied', 'edited', 'rejected', 'undone')
                        OR log.outcome IN ('agreed', 'differed'))
              GROUP BY 1, 2, 3, 4, 5
                """,
                service=self.env.ref("ai_audit_log.user_service").id,
                task=TASK,
                journals=tuple(journals.ids),
            )
        )

    def _at(self, decided, threshold):
        through, share = reliability.at(decided, threshold)
        return {"threshold": threshold, "through": share, **self._share(through)}

    def _share(self, share):
        low, high = share.interval
        return {
            "count": share.count,
            "right": share.right,
            "value": share.value,
            "interval": [low, high],
        }
