from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

APPROVER = "ai_audit_log.group_ai_approver"
MANAGER = "ai_audit_log.group_ai_manager"


class AiFinanceApprover(models.AbstractModel):
    """Whose turn it is: by tier of the policy, never the maker, never who sets the policies."""

    _name = "ai.finance.approver"
    _description = "Approvers of Suggestions"

    # ------------------------------------------------------------------
    # One suggestion
    # ------------------------------------------------------------------

    @api.model
    def _problem(self, log, policy):
        """Return why the current user may not act as approver of ``log``, or ``None``.

        :param policy: today's policy for the document, as the gate sees it
        """
        user = self.env.user
        if log.maker_id == user:
            return self.env._("Who made a suggestion cannot approve it.")
        if self.env.su:
            return None
        if user.has_group(MANAGER):
            return self.env._("Who manages the policies cannot approve.")
        named = self._named(policy, log.amount)
        if not user.has_group(APPROVER) or (named and user not in named):
            return self.env._("Waits for an approver.")
        return None

    @api.model
    def _named(self, policy, amount):
        """Return the users who approve ``amount`` under ``policy``; none: every approver.

        Archived users count as named: a tier whose only approver left waits, it does not fall to
        everybody.
        """
        record = self._record(policy).with_context(active_test=False)
        currency = record.currency_id
        reached = record.tier_ids.filtered(
            lambda tier: currency.compare_amounts(tier.amount_from, abs(amount)) <= 0
        )
        return reached.sorted("amount_from")[-1:].approver_ids or record.approver_ids

    def _record(self, policy):
        # The limits hold for everybody, whoever may look at them.
        return self.env["ai.finance.policy"].sudo().browse(policy.id or [])

    @api.model
    def _delegated(self, logs):
        """Return the rows the current user decides on without a right to change the document.

        The policy allows that, the user is their approver and may read the document; the service
        user will carry them out.
        """
        delegated = logs.browse()
        for log, policy in self._with_policies(logs):
            allowed = self._waits(log, policy) and self._record(policy).execute_as_service
            if allowed and not self._problem(log, policy):
                delegated |= log
        return self._accessible(delegated, "read")

    @api.model
    def _check_role(self, users):
        """Refuse ``users`` who lack the role AI Approver."""
        wrong = users.filtered(lambda user: not user.has_group(APPROVER))
        if wrong:
            raise ValidationError(
                self.env._(
                    "%(users)s cannot approve: the role AI Approver is missing.",
                    users=", ".join(wrong.mapped("name")),
                )
            )

    # ------------------------------------------------------------------
    # Many suggestions
    # ------------------------------------------------------------------

    @api.model
    def _waiting(self, companies, users=None):
        """Return ``{user: rows}`` of what waits for each approver in ``companies``.

        Only rows the approver may decide on: not their own, and the document must be readable
        (and theirs to change, where the service user does not carry it out).

        :param users: look at these only, by default at every approver of the companies
        """
        users = self._approvers(companies) if users is None else users & self._approvers(companies)
        rows = self.env["ai.audit.log"].sudo().search(self._waiting_domain(companies))
        groups = self._by_approvers(rows) if users else {}
        waiting = {}
        for user in users:
            mine = rows.browse()
            for (named, as_service), group in groups.items():
                if named and user.id not in named:
                    continue
                theirs = group.filtered(
                    lambda row, user=user: (
                        row.maker_id != user and row.company_id in user.company_ids
                    )
                )
                context = {"allowed_company_ids": theirs.company_id.ids}
                theirs = theirs.with_user(user).with_context(**context).sudo(False)
                mine |= self._accessible(theirs, "read" if as_service else "write").sudo()
            waiting[user] = mine.with_env(rows.env).sorted("id")
        return waiting

    def _approvers(self, companies):
        """Return who may approve in ``companies`` at all; who sets policies may not."""
        env = self.sudo().env
        users = env.ref(APPROVER).all_user_ids - env.ref(MANAGER).all_user_ids
        return users.filtered(lambda user: user.active and user.company_ids & companies)

    def _waiting_domain(self, companies):
        """Return the rows that may wait for an approver; the policy has the last word."""
        approve = (
            self.env["ai.finance.policy"]
            .sudo()
            .search_fetch(
                [("company_id", "in", companies.ids), ("mode", "=", "approve")],
                ["task_id", "company_id"],
            )
        )
        asked = Domain("decision", "=", "approve")
        for task in approve.task_id:
            own = approve.filtered(lambda policy, task=task: policy.task_id == task)
            asked |= (
                Domain("task_id", "=", task.id)
                & Domain("company_id", "in", own.company_id.ids)
                & Domain("decision", "in", ["suggest", "apply"])
            )
        return Domain("state", "=", "proposed") & Domain("company_id", "in", companies.ids) & asked

    def _by_approvers(self, rows):
        """Return ``{(ids of named users, carried out by the service user): rows}``."""
        groups, known = {}, {}
        for row, policy in self._with_policies(rows):
            if not self._waits(row, policy):
                continue
            key = (policy.id, row.amount)
            if key not in known:
                named = frozenset(self._named(policy, row.amount).ids)
                known[key] = (named, self._record(policy).execute_as_service)
            groups.setdefault(known[key], []).append(row.id)
        return {key: rows.browse(ids) for key, ids in groups.items()}

    def _waits(self, row, policy):
        """Tell whether ``row`` is an approver's to decide under ``policy``."""
        off = policy.mode in ("off", "shadow") or row.decision in (False, "shadow", "none")
        return not off and "approve" in (policy.mode, row.decision)

    def _with_policies(self, rows):
        """Return ``(row, today's policy)`` for the rows whose document exists."""
        pairs = []
        for task, own in rows.sudo().grouped("task_id").items():
            if task.res_model not in self.env:
                continue
            ids = set(self.env[task.res_model].sudo().browse(own.mapped("res_id")).exists().ids)
            own = own.filtered(lambda row, ids=ids: row.res_id in ids)
            documents = own.env[task.res_model].browse(own.mapped("res_id"))
            policies = self.env["ai.finance.policy"]._select(task, documents)
            found = own.with_env(rows.env)
            pairs += [(row, policies[one]) for row, one in zip(found, documents, strict=True)]
        return pairs

    def _accessible(self, rows, operation):
        """Return the rows whose document the user of ``rows`` may read or write."""
        found = rows.browse()
        for model, group in rows.sudo().grouped("res_model").items():
            documents = rows.env[model].browse(group.mapped("res_id"))
            ids = set(documents._filtered_access(operation).ids)
            found |= group.filtered(lambda row, ids=ids: row.res_id in ids).with_env(rows.env)
        return found
