from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from odoo import models
from odoo.tools import format_date, formatLang

from ..engine.project_facts import Milestone, Work, by_task

#: Name in the context of an order that is being invoiced for a project.
CONTEXT_KEY = "ai_project_texts"


@dataclass(frozen=True, eq=False)
class ProjectTexts:
    """What invoice lines of projects tell, by order line; compared by identity, as a context is.

    :param work: ``{order line id: hours on the invoice}``
    :param milestones: ``{order line id: milestones on the invoice}``
    """

    work: Mapping[int, tuple[Work, ...]]
    milestones: Mapping[int, tuple[Milestone, ...]]


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _prepare_invoice_line(self, **optional_values):
        values = super()._prepare_invoice_line(**optional_values)
        texts = self.env.context.get(CONTEXT_KEY)
        if not texts or self.display_type or self.is_downpayment:
            return values
        # Odoo calls this in the language of the customer.
        lines = [
            *self._ai_work_lines(texts.work.get(self.id, ())),
            *self._ai_milestone_lines(texts.milestones.get(self.id, ())),
        ]
        return {**values, "name": "\n".join([values["name"], *lines])} if lines else values

    def _ai_work_lines(self, work):
        """Return the hours by task and person, a task a line."""
        lines = []
        for task, hours in by_task(work).items():
            people = ", ".join(
                self.env._("%(name)s %(hours)s h", name=name, hours=self._ai_number(count))
                for name, count in hours.items()
            )
            lines.append(f"{task}: {people}" if task else people)
        return lines

    def _ai_milestone_lines(self, milestones):
        return [
            self.env._(
                "Milestone: %(name)s, reached on %(date)s",
                name=item.name,
                date=format_date(self.env, item.day),
            )
            if item.day
            else self.env._("Milestone: %(name)s", name=item.name)
            for item in milestones
        ]

    def _ai_number(self, value):
        # No more decimals than there are: 3 hours, not 3.00.
        rounded = round(value, 2).normalize()
        exponent = Decimal(rounded).as_tuple().exponent
        return formatLang(self.env, float(rounded), digits=max(-exponent, 0))
