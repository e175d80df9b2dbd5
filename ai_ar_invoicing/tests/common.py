from contextlib import contextmanager, nullcontext

from odoo import Command, fields
from odoo.tests import HttpCase, new_test_user

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

RECEIVABLES = "ai_ar_invoicing.group_receivables_user"
STOCK = "stock.group_stock_user"


class InvoicingCommon(AccountTestInvoicingCommon):
    """A company with a chart, products of both policies, customers; people in each role.

    Orders are confirmed and delivered as people do it; what the worker does afterwards is done
    by :meth:`work`.
    """

    @classmethod
    def get_default_groups(cls):
        groups = super().get_default_groups()
        return (
            groups
            | cls.quick_ref("sales_team.group_sale_manager")
            | cls.quick_ref("stock.group_stock_manager")
        )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.company_data["company"]
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.azure = cls.new_customer("Azure Interior")
        cls.wood = cls.new_customer("Wood Corner")
        cls.desk = cls.new_product("Desk", 100.0)
        cls.lamp = cls.new_product("Lamp", 25.0)
        cls.prepaid = cls.new_product("Chair on order", 40.0, invoice_policy="order")
        cls.assembly = cls.new_product(
            "Assembly", 60.0, type="service", is_storable=False, invoice_policy="order"
        )
        cls.service = cls.env.ref("ai_audit_log.user_service")
        cls.policies = {code: cls.policy_of(code) for code in ("delivery", "order", "post")}
        own = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        cls.clerk = new_test_user(cls.env, "ar_clerk", f"{RECEIVABLES},{STOCK}", **own)
        cls.approver = new_test_user(
            cls.env, "ar_approver", f"{RECEIVABLES},ai_audit_log.group_ai_approver", **own
        )
        cls.picker = new_test_user(cls.env, "ar_picker", STOCK, **own)

    # ------------------------------------------------------------------
    # Master data
    # ------------------------------------------------------------------

    @classmethod
    def new_customer(cls, name, **values):
        return cls.env["res.partner"].create({"name": name, "is_company": True, **values})

    @classmethod
    def new_product(cls, name, price, **values):
        """Return a storable product without taxes, invoiced by delivered quantity."""
        return cls.env["product.product"].create(
            {
                "name": name,
                "type": "consu",
                "is_storable": True,
                "invoice_policy": "delivery",
                "list_price": price,
                "standard_price": price / 2,
                "taxes_id": [Command.clear()],
                "property_account_income_id": cls.company_data["default_account_revenue"].id,
                "company_id": False,
                **values,
            }
        )

    @classmethod
    def policy_of(cls, code, company=None):
        """Return the policy of the task ``invoice.<code>``."""
        task = cls.env["ai.finance.task.type"]._get(f"invoice.{code}")
        company = company or cls.company
        return cls.env["ai.finance.policy"].search(
            [("task_id", "=", task.id), ("company_id", "=", company.id)]
        )

    # ------------------------------------------------------------------
    # From order to delivery
    # ------------------------------------------------------------------

    @classmethod
    def order(cls, *lines, partner=None, confirm=True, **values):
        """Return an order of ``(product, quantity[, price])`` lines, confirmed by default."""
        order = cls.env["sale.order"].create(
            {
                "partner_id": (partner or cls.azure).id,
                "company_id": cls.company.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_uom_qty": quantity,
                            "tax_ids": [Command.clear()],
                            **({"price_unit": price[0]} if price else {}),
                        }
                    )
                    for product, quantity, *price in lines
                ],
                **values,
            }
        )
        if confirm:
            order.action_confirm()
        return order

    @classmethod
    def deliver(cls, order, quantities=None, backorder=True, date=None):
        """Validate the open delivery of ``order`` and return it.

        :param quantities: ``{product: quantity}``; by default all that is ordered
        :param backorder: keep what is not delivered in a back-order
        :param date: the day it was delivered
        """
        picking = order.picking_ids.filtered(lambda one: one.state not in ("done", "cancel"))
        return cls.validate(picking.ensure_one(), quantities, backorder, date)

    @classmethod
    def validate(cls, picking, quantities=None, backorder=True, date=None):
        for move in picking.move_ids:
            wanted = move.product_uom_qty if quantities is None else quantities.get(move.product_id)
            if wanted is not None:
                move.write({"quantity": wanted, "picked": True})
        rest = {} if backorder else {"picking_ids_not_to_backorder": picking.ids}
        picking.with_context(skip_backorder=True, skip_sms=True, **rest).button_validate()
        if date:
            picking.date_done = fields.Datetime.to_datetime(f"{date} 12:00:00")
        return picking

    @classmethod
    def take_back(cls, picking, quantities, to_refund=True):
        """Return goods of ``picking``, as the return wizard does, and return the return."""
        wizard = (
            cls.env["stock.return.picking"]
            .with_context(active_id=picking.id, active_ids=picking.ids, active_model=picking._name)
            .create({})
        )
        for line in wizard.product_return_moves:
            line.write({"quantity": quantities.get(line.product_id, 0.0), "to_refund": to_refund})
        action = wizard.action_create_returns()
        returned = cls.env["stock.picking"].browse(action["res_id"])
        return cls.validate(returned)

    # ------------------------------------------------------------------
    # What happens by itself
    # ------------------------------------------------------------------

    def work(self):
        """Do what the worker does with the queue, until nothing is due any more."""
        # A test with a browser is in that mode all the time.
        browser = isinstance(self, HttpCase)
        with nullcontext() if browser else self.enter_registry_test_mode():
            self.env.ref("ai_audit_log.cron_outbox").method_direct_trigger()
        self.env.invalidate_all()

    @contextmanager
    def locked_until(self, date):
        """Lock the books up to ``date``, as a closed year would."""
        self.company.sudo().write({"fiscalyear_lock_date": fields.Date.to_date(date)})
        try:
            yield
        finally:
            self.company.sudo().write({"fiscalyear_lock_date": False})
