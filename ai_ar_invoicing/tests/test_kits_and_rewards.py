from odoo import Command
from odoo.tests import tagged

from .common import InvoicingCommon


@tagged("post_install", "-at_install")
class TestKitsAndRewards(InvoicingCommon):
    """What Odoo counts and prices by itself: kits sold as one, rewards of loyalty programs."""

    @classmethod
    def get_default_groups(cls):
        return super().get_default_groups() | cls.quick_ref("mrp.group_mrp_manager")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policies["post"].write({"mode": "automatic", "max_amount": 100000})

    def drafted(self, order):
        self.work()
        return order.invoice_ids.sorted("id")

    # ------------------------------------------------------------------
    # Kits
    # ------------------------------------------------------------------

    def kit(self):
        """Return a product sold as one and delivered as two desks and four lamps."""
        workplace = self.new_product("Workplace", 250.0, is_storable=False)
        self.env["mrp.bom"].create(
            {
                "product_tmpl_id": workplace.product_tmpl_id.id,
                "type": "phantom",
                "bom_line_ids": [
                    Command.create({"product_id": self.desk.id, "product_qty": 2}),
                    Command.create({"product_id": self.lamp.id, "product_qty": 4}),
                ],
            }
        )
        return workplace

    def test_a_kit_is_invoiced_as_one_when_all_its_parts_left(self):
        order = self.order((self.kit(), 3))
        picking = self.deliver(order)
        self.assertEqual(picking.move_ids.product_id, self.desk | self.lamp)
        invoice = self.drafted(order)
        [line] = invoice.invoice_line_ids
        self.assertEqual((line.product_id.name, line.quantity), ("Workplace", 3))
        self.assertEqual((invoice.amount_untaxed, invoice.state), (750.0, "posted"))
        self.assertEqual(invoice.ai_picking_ids, picking)
        self.assertIn(picking.name, line.name)

    def test_only_whole_kits_are_invoiced(self):
        order = self.order((self.kit(), 3))
        # One whole kit; of the second there are desks and no lamps.
        self.deliver(order, {self.desk: 4, self.lamp: 4})
        first = self.drafted(order)
        self.assertEqual(first.invoice_line_ids.quantity, 1)
        self.deliver(order)
        second = self.drafted(order) - first
        self.assertEqual(second.invoice_line_ids.quantity, 2)
        self.assertEqual(sum((first | second).mapped("amount_untaxed")), 750.0)
        self.assertEqual(self.drafted(order), first | second, "nothing is left")

    def test_a_kit_that_comes_back_is_credited_as_one(self):
        order = self.order((self.kit(), 2))
        picking = self.deliver(order)
        invoice = self.drafted(order)
        self.take_back(picking, {self.desk: 2, self.lamp: 4})
        credit_note = self.drafted(order) - invoice
        self.assertEqual(credit_note.move_type, "out_refund")
        self.assertEqual(credit_note.invoice_line_ids.quantity, 1)
        self.assertEqual((credit_note.amount_untaxed, credit_note.state), (250.0, "draft"))

    # ------------------------------------------------------------------
    # Rewards
    # ------------------------------------------------------------------

    def program(self, **reward):
        """Return a program that every order of desks earns."""
        self.env["loyalty.program"].search([]).active = False
        return self.env["loyalty.program"].create(
            {
                "name": "Autumn",
                "program_type": "promotion",
                "trigger": "auto",
                "applies_on": "current",
                "rule_ids": [Command.create({"product_ids": [Command.link(self.desk.id)]})],
                "reward_ids": [Command.create(reward)],
            }
        )

    def rewarded(self, program, *lines):
        order = self.order(*lines, confirm=False)
        order._update_programs_and_rewards()
        coupon = order.coupon_point_ids.coupon_id.filtered(lambda one: one.program_id == program)
        order._apply_program_reward(program.reward_ids, coupon)
        self.assertEqual(len(order.order_line.filtered("is_reward_line")), 1)
        order.action_confirm()
        return order

    def test_a_discount_is_on_the_invoice_of_the_goods(self):
        program = self.program(
            reward_type="discount",
            discount=10,
            discount_mode="percent",
            discount_applicability="order",
        )
        order = self.rewarded(program, (self.desk, 2))
        self.deliver(order)
        invoices = self.drafted(order)
        self.assertEqual(sum(invoices.mapped("amount_untaxed_signed")), 180.0)
        self.assertEqual(set(invoices.mapped("move_type")), {"out_invoice"})
        self.assertFalse([line for line in order.order_line if line.qty_to_invoice])

    def test_a_free_product_is_invoiced_at_nothing_when_it_left(self):
        program = self.program(
            reward_type="product", reward_product_id=self.lamp.id, reward_product_qty=1
        )
        order = self.rewarded(program, (self.desk, 2))
        self.deliver(order)
        invoice = self.drafted(order)
        self.assertEqual(len(invoice), 1)
        self.assertEqual(invoice.amount_untaxed, 200.0)
        self.assertIn(self.lamp, invoice.invoice_line_ids.product_id)
        self.assertFalse([line for line in order.order_line if line.qty_to_invoice])
