from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal

from odoo import api, models
from odoo.fields import Domain
from odoo.tools.misc import format_date

from odoo.addons.ai_ar_invoicing.engine.billing_facts import Order

from ..engine.periods import last_day
from ..engine.project_facts import Milestone, Project, Work
from ..engine.project_reasons import REASON_TEXT


class AiProjectContext(models.AbstractModel):
    """Reads projects, their orders and hours into what the engine works on, in sets.

    Orders, hours and milestones are read with full rights: the same figures must come out for
    whoever decides, and a project manager need not see all orders, nor a clerk time sheets. What
    is shown are sums by person, and nothing of projects the user may not read.
    """

    _name = "ai.project.context"
    _description = "What Invoices of Projects are Made From"

    # ------------------------------------------------------------------
    # Which lines are whose
    # ------------------------------------------------------------------

    @api.model
    def _lines(self, projects):
        """Return ``{project: order lines}`` that are invoiced with each project.

        A line belongs to the project it made, else to the project of its task or of its order;
        a line of none of these to the project whose task or hours point at it.
        """
        projects = projects.sudo()
        items = projects._fetch_sale_order_items_per_project_id()
        orders = self._orders(projects)
        found = {}
        for project in projects:
            pointed = items.get(project.id, self.env["sale.order.line"]).sudo()
            known = (orders.get(project.id, pointed.order_id) | pointed.order_id).order_line
            found[project.with_env(self.env)] = known.filtered(
                lambda line, project=project, pointed=pointed: (
                    not line.display_type
                    and line.state == "sale"
                    and line.company_id == project.company_id
                    and self._is_of(line, project, pointed)
                )
            )
        return found

    def _orders(self, projects):
        """Return ``{project id: orders}`` that name a project themselves or on a line."""
        ids = projects.ids
        orders = (
            self.env["sale.order"]
            .sudo()
            .search(["|", ("project_id", "in", ids), ("order_line.project_id", "in", ids)])
        )
        found = {}
        for order in orders:
            for project in order.project_id | order.order_line.project_id:
                found[project.id] = found.get(project.id, orders.browse()) | order
        return found

    def _is_of(self, line, project, pointed):
        owner = self._owner(line)
        return owner == project if owner else line in pointed or line.order_id in pointed.order_id

    @api.model
    def _owner(self, line):
        """Return the project that an order line (with full rights) is invoiced with, if it says."""
        owner = line.project_id or line.task_id.project_id or line.order_id.project_id
        return owner.filtered("allow_billable")

    # ------------------------------------------------------------------
    # Facts
    # ------------------------------------------------------------------

    @api.model
    def _projects(self, projects, today, until=None):
        """Return the :class:`Project` s of one company that something may be due for.

        :param until: the last day of hours to invoice, by default the end of each project's
            period, or what an open suggestion says already
        """
        lines = self._lines(projects)
        milestones = self._milestones(self._union(lines))
        kept = {} if until else self._open_days(projects)
        days = {}
        for project in projects:
            reached = [item.day for line in lines[project] for item in milestones.get(line.id, ())]
            end = until or last_day(project._ai_period(), today, filter(None, reached))
            known = [day for day in (end, kept.get(project.id)) if day]
            if known:
                days[project] = max(known)
        return self._facts(days, {project: lines[project] for project in days}, milestones)

    def _open_days(self, projects):
        """Return ``{project id: last day}`` of the suggestions that wait already."""
        logs = projects._ai_open_logs()
        return {log.res_id: date.fromisoformat(log.proposal["until"]) for log in logs}

    def _facts(self, days, lines, milestones):
        """Return the :class:`Project` s, each up to its own day."""
        day_of = {line.id: days[project] for project, own in lines.items() for line in own}
        union = self._union(lines)
        due, sheets = self._due(union, day_of)
        work = self._work(sheets)
        loose = self._loose(days)
        known = self.env["ai.invoice.context"]._lines(union)
        in_time = self._in_time(milestones, day_of)
        return [
            Project(
                id=project.id,
                name=project.display_name,
                until=day,
                orders=tuple(
                    self._order_facts(order, group, known, due)
                    for order, group in lines[project].grouped("order_id").items()
                ),
                work=work,
                milestones=in_time,
                loose=loose.get(project.id, ()),
            )
            for project, day in days.items()
        ]

    def _order_facts(self, order, lines, known, due):
        return Order(
            id=order.id,
            name=order.name,
            customer=order.partner_invoice_id.id,
            currency=order.currency_id.name,
            digits=order.currency_id.decimal_places,
            lines=tuple(
                replace(known[line], to_invoice=due.get(line.id, known[line].to_invoice))
                for line in lines
            ),
        )

    def _union(self, lines):
        return self.env["sale.order.line"].sudo().union(*lines.values())

    # ------------------------------------------------------------------
    # Hours
    # ------------------------------------------------------------------

    @api.model
    def _due(self, lines, day_of):
        """Return what is to be invoiced of ``lines``, and the hours that are part of it.

        Never more than Odoo lets invoice; what came after the last day stays for later.

        :param day_of: ``{order line id: last day}``
        :return: ``({order line id: quantity}, time sheets)``
        """
        lines = lines.sudo()
        timed = lines.filtered(lambda line: line.product_id._is_delivered_timesheet())
        decimal = self.env["ai.invoice.context"]._decimal
        hours, sheets = self._hours(timed, day_of)
        due = {
            line.id: decimal(min(hours.get(line.id, 0.0), line.qty_to_invoice)) for line in timed
        }
        rest = (lines - timed).filtered(lambda line: not line.is_downpayment)
        later = self._late_milestones(rest, day_of)
        later |= self.env["ai.project.cutoff"]._later(rest, day_of)
        for line in lines - timed:
            whole = decimal(line.qty_to_invoice)
            left = max(whole - later.get(line.id, Decimal(0)), Decimal(0))
            due[line.id] = min(left, whole) if whole > 0 else whole
        return due, sheets

    def _hours(self, timed, day_of):
        """Return ``({order line id: quantity}, time sheets)``: what Odoo links to the invoice."""
        Sheet = self.env["account.analytic.line"].sudo()
        if not timed:
            return {}, Sheet
        domain = Domain(self.env["account.move.line"]._timesheet_domain_get_invoiced_lines(timed))
        domain &= Domain(timed._timesheet_compute_delivered_quantity_domain())
        last = max(day_of[line.id] for line in timed)
        sheets = Sheet.search(domain & Domain("date", "<=", last), order="date, id")
        sheets = sheets.filtered(lambda sheet: sheet.date <= day_of[sheet.so_line.id])
        return timed._get_delivered_quantity_by_analytic([("id", "in", sheets.ids)]), sheets

    @api.model
    def _work(self, sheets):
        """Return ``{order line id: (Work, ...)}``, without hours that cancel each other out."""
        found = {}
        for line, group in sheets.grouped("so_line").items():
            work = self._by_person(group)
            if work:
                found[line.id] = work
        return found

    def _by_person(self, sheets):
        hours, first = defaultdict(Decimal), {}
        for sheet in sheets:
            key = (sheet.employee_id.name or sheet.user_id.name or "", sheet.task_id.name or "")
            hours[key] += self.env["ai.invoice.context"]._decimal(sheet.unit_amount)
            first[key] = min(first.get(key, sheet.date), sheet.date)
        return tuple(
            Work(person, task, count, first[person, task])
            for (person, task), count in sorted(hours.items())
            if count
        )

    def _loose(self, days):
        """Return ``{project id: (Work, ...)}`` on no order line, unless a person set them apart."""
        if not days:
            return {}
        sheets = (
            self.env["account.analytic.line"]
            .sudo()
            .search(
                [("project_id", "in", [project.id for project in days])]
                + [("so_line", "=", False), ("is_so_line_edited", "=", False)]
                + [("timesheet_invoice_id", "=", False), ("date", "<=", max(days.values()))]
            )
        )
        by_id = {project.id: day for project, day in days.items()}
        sheets = sheets.filtered(lambda sheet: sheet.date <= by_id[sheet.project_id.id])
        return {
            project.id: self._by_person(group)
            for project, group in sheets.grouped("project_id").items()
        }

    # ------------------------------------------------------------------
    # Milestones
    # ------------------------------------------------------------------

    @api.model
    def _milestones(self, lines):
        """Return ``{order line id: (Milestone, ...)}`` reached and not invoiced yet."""
        return {
            line.id: self._not_invoiced(line, group)
            for line, group in self._reached(lines).grouped("sale_line_id").items()
        }

    def _reached(self, lines):
        Milestone = self.env["project.milestone"].sudo()
        return Milestone.search([("sale_line_id", "in", lines.ids), ("is_reached", "=", True)])

    @api.model
    def _in_time(self, milestones, day_of):
        """Return ``milestones`` without those reached after the last day of their line."""
        return {
            key: tuple(item for item in items if not item.day or item.day <= day_of[key])
            for key, items in milestones.items()
            if key in day_of
        }

    def _late_milestones(self, lines, day_of):
        """Return ``{order line id: quantity}`` of milestones reached after the last day."""
        own = lines.filtered(lambda line: line.qty_delivered_method == "milestones")
        later = {}
        decimal = self.env["ai.invoice.context"]._decimal
        for item in self._reached(own) if own else ():
            key = item.sale_line_id.id
            if item.reached_date and item.reached_date > day_of[key]:
                later[key] = later.get(key, Decimal(0)) + decimal(item.product_uom_qty)
        return later

    def _not_invoiced(self, line, milestones):
        """Leave out the earliest, as far as what is invoiced of the line accounts for them."""
        left = line.qty_invoiced
        found = []
        for item in milestones.sorted(lambda one: (one.reached_date or date.min, one.id)):
            if left > 0 and line.product_uom_id.compare(left, item.product_uom_qty) >= 0:
                left -= item.product_uom_qty
            else:
                found.append(Milestone(item.name, item.reached_date or None))
        return tuple(found)

    # ------------------------------------------------------------------
    # What people read
    # ------------------------------------------------------------------

    @api.model
    def _texts(self, reasons):
        """Return engine reasons for the log, with their text in the current language."""
        return [self._text(reason) for reason in reasons]

    def _text(self, reason):
        if reason.code not in REASON_TEXT:
            return self.env["ai.invoice.context"]._texts([reason])[0]
        shown = {
            name: format_date(self.env, value) if name in ("since", "until", "date") else value
            for name, value in reason.params.items()
        }
        return {**reason.to_json(), "text": self.env._(REASON_TEXT[reason.code], **shown)}
