from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from .common import InvoicingCommon

#: What may happen to an order, in any sequence.
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("deliver"), st.integers(1, 6), st.integers(0, 3)),
        st.tuples(st.just("return"), st.integers(1, 3), st.booleans()),
        st.tuples(st.just("by_hand")),
        st.tuples(st.just("work")),
        st.tuples(st.just("again")),
        st.tuples(st.just("night")),
        st.tuples(st.just("post")),
        st.tuples(st.just("delete")),
    ),
    min_size=2,
    max_size=7,
)
GROUPINGS = st.sampled_from(["order", "delivery"])


@tagged("post_install", "-at_install")
class TestInvoiceProperty(InvoicingCommon):
    """Whatever happens in whatever order: invoiced is what core delivered, never more."""

    def test_invoiced_is_what_core_says(self):
        # Each example starts from the same books: a savepoint is undone after it.
        @settings(
            max_examples=12,
            deadline=None,
            derandomize=True,
            suppress_health_check=[HealthCheck.too_slow],
            database=None,
        )
        @given(STEPS, GROUPINGS)
        def run(steps, grouping):
            with self.env.cr.savepoint() as savepoint:
                self.azure.ai_invoice_grouping = grouping
                self.live(steps)
                savepoint.rollback()
            self.env.invalidate_all()

        run()

    def live(self, steps):
        order = self.order((self.desk, 10), (self.prepaid, 4))
        for name, *arguments in steps:
            getattr(self, f"step_{name}")(order, *arguments)
            self.assert_never_more(order)
        # What people deleted comes back at night, and then all is invoiced.
        self.step_work(order)
        self.step_night(order)
        goods, prepaid = order.order_line
        self.assertEqual(goods.qty_invoiced, goods.qty_delivered, steps)
        self.assertEqual(prepaid.qty_invoiced, prepaid.product_uom_qty, steps)
        self.assertEqual((goods.qty_to_invoice, prepaid.qty_to_invoice), (0, 0), steps)

    def assert_never_more(self, order):
        """Nothing is charged beyond what left the house, credit notes not counted."""
        goods, prepaid = order.order_line
        shipped = sum(
            move.quantity
            for move in goods.move_ids
            if move.state == "done" and move.location_dest_id.usage == "customer"
        )
        for line, limit in ((goods, shipped), (prepaid, prepaid.product_uom_qty)):
            charged = sum(
                item.quantity
                for item in line.invoice_lines
                if item.move_id.move_type == "out_invoice" and item.quantity > 0
            )
            self.assertLessEqual(charged, limit)

    def step_deliver(self, order, quantity, other):
        picking = order.picking_ids.filtered(lambda one: one.state not in ("done", "cancel"))[:1]
        if picking:
            products = picking.move_ids.product_id
            wanted = {self.desk: quantity, self.prepaid: other}
            self.validate(picking, {product: wanted[product] for product in products})

    def step_return(self, order, quantity, to_refund):
        done = order.picking_ids.filtered(
            lambda one: one.state == "done" and one.location_dest_id.usage == "customer"
        )
        moved = sum(
            move.quantity * (1 if move.location_dest_id.usage == "customer" else -1)
            for move in order.order_line[0].move_ids
            if move.state == "done"
        )
        first = done.move_ids.filtered(lambda move: move.product_id == self.desk)[:1]
        if first and quantity <= min(moved, first.quantity):
            self.take_back(first.picking_id, {self.desk: quantity}, to_refund)

    def step_by_hand(self, order):
        if order.invoice_status == "to invoice":
            order._create_invoices(final=True)

    def step_work(self, order):
        self.work()

    def step_again(self, order):
        done = order.picking_ids.filtered(lambda one: one.state == "done")
        self.env["ai.finance.outbox"]._enqueue("invoice.delivery", done)
        self.env["ai.finance.outbox"]._enqueue("invoice.order", order)

    def step_night(self, order):
        order.ai_looked_at = False
        with self.enter_registry_test_mode():
            self.env.ref("ai_ar_invoicing.cron_invoice").method_direct_trigger()
        self.work()

    def step_post(self, order):
        order.invoice_ids.filtered(
            lambda move: move.state == "draft" and move.amount_total
        ).action_post()

    def step_delete(self, order):
        order.invoice_ids.filtered(lambda move: move.state == "draft" and not move.name)[
            :1
        ].unlink()
