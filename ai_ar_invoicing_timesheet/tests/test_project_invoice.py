from datetime import timedelta

from odoo.tests import tagged

from .common import ProjectCommon


@tagged("post_install", "-at_install")
class TestProjectInvoice(ProjectCommon):
    """What stands on the invoice of a project, and that it stands there once."""

    def codes(self, reasons):
        return [reason["code"] for reason in reasons]

    def test_hours_of_two_people_by_task(self):
        project = self.project_of()
        design = project.task_ids[0]
        design.name = "Design"
        tests = design.copy({"name": "Tests", "sale_line_id": design.sale_line_id.id})
        self.hours(project, 12.5, self.anna)
        self.hours(project, 3, self.ben)
        self.hours(project, 2, self.ben, task=tests)
        log = self.suggested(project)
        self.assertEqual(log.amount, 1750.0)
        self.assertFalse(log.vetoes)
        self.assertIn("17.5 h", log.reasons[0]["text"])
        self.assertIn("Anna 12.5 h, Ben 5 h", log.reasons[0]["text"])
        self.assertFalse(self.orders(project).invoice_ids, "nothing before the manager decided")
        invoice = self.approved(project)
        self.assertEqual((invoice.state, invoice.amount_untaxed), ("draft", 1750.0))
        line = invoice.invoice_line_ids.filtered(lambda one: one.display_type == "product")
        self.assertEqual(line.quantity, 17.5)
        self.assertEqual(
            line.name.splitlines()[-2:], ["Design: Anna 12.5 h, Ben 3 h", "Tests: Ben 2 h"]
        )
        self.assertTrue(invoice.ai_generated)
        self.assertEqual(invoice.ai_source, "invoice.project/1")

    def test_lines_speak_the_customers_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.azure.lang = "fr_FR"
        project = self.project_of()
        self.hours(project, 12.5)
        invoice = self.approved(project)
        self.assertIn("Anna 12,5 h", "\n".join(invoice.invoice_line_ids.mapped("name")))

    def test_reached_milestones_and_never_twice(self):
        project = self.project_of((self.consulting, 100), (self.launch, 2))
        order = self.orders(project)
        line = order.order_line.filtered(lambda one: one.product_id == self.launch)
        first, second = self.env["project.milestone"].create(
            [
                {
                    "name": name,
                    "project_id": project.id,
                    "sale_line_id": line.id,
                    "quantity_percentage": 0.5,
                }
                for name in ("Kick-off", "Go-live")
            ]
        )
        self.reach(first)
        log = self.suggested(project)
        self.assertEqual(log.amount, 5000.0)
        self.assertIn("Kick-off", log.reasons[0]["text"])
        invoice = self.approved(project)
        self.assertEqual(invoice.amount_untaxed, 5000.0)
        text = "\n".join(invoice.invoice_line_ids.mapped("name"))
        self.assertIn("Milestone: Kick-off", text)
        self.reach(second)
        later = self.approved(project)
        text = "\n".join(later.invoice_line_ids.mapped("name"))
        self.assertIn("Go-live", text)
        self.assertNotIn("Kick-off", text)

    def test_fixed_price_and_materials_on_one_invoice_with_the_hours(self):
        project = self.project_of((self.consulting, 100), (self.workshop, 1), (self.desk, 2))
        order = self.orders(project)
        picking = self.deliver(order, date=self.end)
        self.work()
        self.assertFalse(order.invoice_ids, "order and delivery wait for the project")
        self.hours(project, 4)
        log = self.suggested(project)
        self.assertEqual(log.amount, 400.0 + 800.0 + 200.0)
        self.assertEqual(self.codes(log.reasons)[:3], ["hours", "fixed_price", "delivered"])
        invoice = self.approved(project)
        self.assertEqual(len(invoice), 1)
        self.assertEqual(invoice.amount_untaxed, 1400.0)
        self.assertEqual(invoice.ai_picking_ids, picking)

    def test_expenses_up_to_the_day(self):
        project = self.project_of()
        hotel = self.new_product("Hotel", 90.0, type="service", is_storable=False)
        line = self.env["sale.order.line"].create(
            {
                "order_id": self.orders(project).id,
                "product_id": hotel.id,
                "product_uom_qty": 0,
                "is_expense": True,
                "tax_ids": [],
            }
        )
        self.env["account.analytic.line"].create(
            [
                {
                    "name": "Hotel",
                    "so_line": line.id,
                    "account_id": project.account_id.id,
                    "amount": -90.0 * nights,
                    "unit_amount": nights,
                    "product_uom_id": hotel.uom_id.id,
                    "date": day,
                }
                for nights, day in ((3, self.end), (2, self.today))
            ]
        )
        self.assertEqual(line.qty_to_invoice, 5)
        log = self.suggested(project)
        self.assertFalse(log.vetoes)
        self.assertIn("Hotel", log.reasons[0]["text"])
        self.assertEqual(self.approved(project).amount_untaxed, 270.0)

    # ------------------------------------------------------------------
    # Once, and up to the day
    # ------------------------------------------------------------------

    def test_hours_after_the_period_stay_for_the_next_invoice(self):
        project = self.project_of()
        before = self.hours(project, 5)
        after = self.hours(project, 7, date=self.end + timedelta(days=1))
        invoice = self.approved(project)
        self.assertEqual(invoice.amount_untaxed, 500.0)
        self.assertEqual(before.timesheet_invoice_id, invoice)
        self.assertFalse(after.timesheet_invoice_id)
        self.assertEqual(self.orders(project).order_line.qty_to_invoice, 7)

    def test_all_else_that_came_after_the_period_stays_too(self):
        project = self.project_of((self.consulting, 100), (self.launch, 2), (self.desk, 5))
        order = self.orders(project)
        launch = order.order_line.filtered(lambda one: one.product_id == self.launch)
        early, late = self.env["project.milestone"].create(
            [
                {
                    "name": name,
                    "project_id": project.id,
                    "sale_line_id": launch.id,
                    "quantity_percentage": 0.5,
                }
                for name in ("Kick-off", "Go-live")
            ]
        )
        self.reach(early)
        self.reach(late, self.today)
        first = self.deliver(order, {self.desk: 2}, date=self.end)
        self.deliver(order, {self.desk: 3}, date=self.today)
        fixed = self.env["sale.order.line"].create(
            {
                "order_id": order.id,
                "product_id": self.workshop.id,
                "product_uom_qty": 1,
                "tax_ids": [],
            }
        )
        invoice = self.approved(project)
        self.assertEqual(invoice.amount_untaxed, 5000.0 + 200.0)
        self.assertNotIn("Go-live", "\n".join(invoice.invoice_line_ids.mapped("name")))
        self.assertEqual(invoice.ai_picking_ids, first)
        self.assertEqual(fixed.qty_to_invoice, 1)
        self.assertFalse(self.suggested(project))
        project.with_user(self.lead).action_ai_suggest()
        rest = self.logs(project, state="proposed")
        self.assertEqual(rest.amount, 5000.0 + 300.0 + 800.0)

    def test_a_second_night_invoices_nothing(self):
        project = self.project_of()
        self.hours(project, 5)
        self.approved(project)
        self.assertFalse(self.suggested(project))
        self.assertEqual(len(self.orders(project).invoice_ids), 1)

    def test_new_hours_do_not_upset_a_waiting_suggestion(self):
        project = self.project_of()
        self.hours(project, 5)
        log = self.suggested(project)
        self.hours(project, 7, date=self.end + timedelta(days=1))
        self.assertEqual(self.suggested(project), log)
        log.with_user(self.lead).action_apply()
        self.assertEqual(log.state, "applied", log.error)

    def test_hours_entered_late_make_it_another_suggestion(self):
        project = self.project_of()
        self.hours(project, 5)
        log = self.suggested(project)
        self.hours(project, 2, self.ben)
        log.with_user(self.lead).action_apply()
        self.assertEqual(log.state, "stale")
        self.assertEqual(self.suggested(project).amount, 700.0)

    def test_what_was_invoiced_by_hand_meanwhile_is_not_invoiced_again(self):
        project = self.project_of()
        self.hours(project, 5)
        log = self.suggested(project)
        self.orders(project)._create_invoices()
        log.with_user(self.lead).action_apply()
        self.assertNotEqual(log.state, "applied")
        self.assertEqual(len(self.orders(project).invoice_ids), 1)

    def test_the_draft_gets_its_own_suggestion_to_post(self):
        project = self.project_of()
        self.hours(project, 5)
        log = self.approved(project).ai_suggestion_id
        self.assertEqual(log.task_code, "invoice.post")
        self.assertFalse(log.vetoes)

    def test_what_was_credited_is_looked_at_before_it_is_invoiced_again(self):
        project = self.project_of()
        self.hours(project, 5)
        invoice = self.approved(project)
        invoice.action_post()
        invoice._reverse_moves(cancel=True)
        self.assertEqual(invoice.payment_state, "reversed")
        log = self.suggested(project).ensure_one()
        self.assertIn("charged_before", self.codes(log.vetoes))
        self.assertEqual(len(self.orders(project).invoice_ids), 2)

    # ------------------------------------------------------------------
    # What the manager should look at
    # ------------------------------------------------------------------

    def test_more_hours_than_ordered(self):
        project = self.project_of((self.consulting, 10))
        self.hours(project, 12)
        log = self.suggested(project)
        self.assertEqual(self.codes(log.vetoes), ["beyond_ordered"])
        self.assertIn("12 with this invoice, 10 ordered", log.vetoes[0]["text"])
        self.company.ai_invoice_tolerance_percent = 0.25
        self.assertFalse(self.suggested(project).vetoes)

    def test_hours_on_no_order_line(self):
        project = self.project_of()
        self.hours(project, 5)
        task = self.env["project.task"].create({"name": "Talks", "project_id": project.id})
        loose = self.hours(project, 2, self.ben, task=task)
        loose.so_line = False
        log = self.suggested(project)
        self.assertEqual(self.codes(log.vetoes), ["hours_without_line"])
        self.assertIn("Ben 2 h", log.vetoes[0]["text"])
        self.assertEqual(log.amount, 500.0)
        loose.is_so_line_edited = True
        self.assertFalse(self.suggested(project).vetoes, "a person set them apart")

    def test_nothing_automatic_where_a_manager_should_look(self):
        policy = self.policy_of("project")
        policy.write({"mode": "automatic", "max_amount": 10000, "min_confidence": 0.5})
        plain = self.project_of()
        self.hours(plain, 5)
        unusual = self.project_of((self.consulting, 1))
        self.hours(unusual, 5)
        self.nightly()
        self.work()
        self.assertEqual(self.logs(plain).state, "applied")
        self.assertEqual(self.logs(unusual).state, "proposed")

    # ------------------------------------------------------------------
    # Undo
    # ------------------------------------------------------------------

    def test_undo_removes_the_draft_and_frees_the_hours(self):
        project = self.project_of()
        sheet = self.hours(project, 5)
        invoice = self.approved(project)
        log = self.logs(project)
        log.with_user(self.biller).action_undo()
        self.assertEqual(log.state, "undone", log.error)
        self.assertFalse(invoice.exists())
        self.assertFalse(sheet.timesheet_invoice_id)
        self.assertEqual(self.orders(project).order_line.qty_to_invoice, 5)
        self.assertFalse(self.suggested(project), "not again by itself")
        project.with_user(self.lead).action_ai_suggest()
        self.assertEqual(self.logs(project, state="proposed").amount, 500.0)

    def test_a_posted_invoice_is_not_removed(self):
        project = self.project_of()
        self.hours(project, 5)
        invoice = self.approved(project)
        invoice.action_post()
        log = self.logs(project)
        log.with_user(self.biller).action_undo()
        self.assertEqual(log.state, "applied")
        self.assertIn("undo its posting first", log.error)
        self.assertEqual(invoice.state, "posted")
