from odoo import models


class AiFinanceTask(models.AbstractModel):
    """What a task has to know about its own documents; the kernel does everything around it.

    A task is an ``AbstractModel`` inheriting this one, and a data record of
    ``ai.finance.task.type`` that names it. All methods work on sets. ``proposals`` is always a
    dict ``{record: proposal}`` of one-record recordsets and JSON-ready dicts.
    """

    _name = "ai.finance.task"
    _description = "Task of AI Finance"

    #: Version of the task's logic, part of the source tag of what it makes.
    _task_version = 1
    #: How many records are applied under one savepoint before falling back to one by one.
    _apply_batch = 1
    #: What is applied is a draft that can be removed without a trace: made at once in every mode
    #: but off and shadow, unless something speaks against it.
    _harmless = False

    def _build_context(self, records):
        """Return all the engine needs to know about ``records``; the only place that reads."""
        raise NotImplementedError

    def _propose(self, context):
        """Return a list of :class:`~..engine.suggestion.Suggestion`, at most one a record."""
        raise NotImplementedError

    def _questions(self, context, suggestions, every=False):
        """Return the :class:`~..engine.question.Question` s to a model; by default none.

        Called only where a model is connected and the policy allows it.

        :param suggestions: ``{record id: Suggestion}``
        :param every: also where the engine is sure, for a test run of a prompt
        """
        return []

    def _answered(self, suggestion, question, value):
        """Return ``suggestion`` as a valid answer changes it.

        :param value: instance of the question's schema, checked
        :raises ValueError: with an English sentence where the answer cannot be used after all
        """
        raise NotImplementedError

    def _check(self, proposals):
        """Compare proposals with live data.

        :return: ``{record: [reason, ...]}``, each reason ``{"code", "params", "text"}``, for the
            records where something stands in the way; these veto automatic work and refuse an
            approval
        """
        raise NotImplementedError

    def _checksum(self, proposals):
        """Return ``{record: str}`` over the live inputs that the effect depends on."""
        raise NotImplementedError

    def _summary(self, proposals):
        """Return ``{record: Summary}``: what the queue shows."""
        raise NotImplementedError

    def _apply(self, proposals):
        """Carry the proposals out through public Odoo methods, as the current user.

        :return: ``{record: undo data}``, JSON-ready
        :raises UserError: with a sentence for the person who approved
        """
        raise NotImplementedError

    def _undo(self, undo_data):
        """Take back what :meth:`_apply` did.

        :param undo_data: ``{record: undo data}`` as returned by :meth:`_apply`
        :raises UserError: when the records changed since, or the period is locked
        """
        raise NotImplementedError

    def _amend(self, log, change):
        """Return the :class:`Suggestion` that replaces ``log`` after a person's edit.

        :param log: the open suggestion
        :param change: what the person chose, e.g. ``{"alternative": 1}``
        """
        raise NotImplementedError

    def _learn(self, logs):
        """Take note of applied suggestions; by default nothing is remembered."""

    def _unlearn(self, logs):
        """Forget what was learned from suggestions that were undone or flagged as wrong.

        What was flagged first and undone later comes twice.
        """

    def _outcome(self, proposals):
        """Compare proposals with what people did themselves, for shadow mode's statistics.

        :return: ``{record: "agreed", "differed" or "unforeseen"}`` for the records that people
            finished by hand; by default none, and nothing is compared
        """
        return {}
