from datetime import timedelta

from odoo import Command, api, fields, models

AZURE, WOOD, JACKSON = "base.res_partner_12", "base.res_partner_1", "base.res_partner_10"
CHAIR, BOX = "product.product_product_12", "product.product_product_7"
CABINET, LAMP = "product.product_product_6", "product.product_delivery_02"
OFFICE_CHAIR, BIN = "product.product_delivery_01", "product.product_product_9"
# customer, days since the delivery, [(product, ordered, delivered)]
DELIVERIES = (
    (AZURE, 1, ((CHAIR, 4, 4), (BOX, 10, 10))),
    (WOOD, 0, ((CABINET, 2, 2), (LAMP, 6, 6))),
    (JACKSON, 2, ((OFFICE_CHAIR, 12, 10), (BIN, 3, 3))),
)


class AiInvoiceDemo(models.AbstractModel):
    """Loads deliveries of the demo company: as ordered, and one that came short."""

    _name = "ai.invoice.demo"
    _description = "Demo Deliveries to Invoice"

    @api.model
    def _load(self):
        """Order and deliver Odoo's demo products, and draft the invoices, once."""
        orders = self.env["sale.order"]
        for customer, days, lines in DELIVERIES:
            partner = self.env.ref(customer, raise_if_not_found=False)
            products = [self.env.ref(name, raise_if_not_found=False) for name, *_rest in lines]
            if partner and all(products):
                orders |= self._deliver(partner, days, lines, products)
        pickings = orders.picking_ids.filtered(lambda one: one.state == "done")
        if pickings:
            pickings.action_ai_draft_invoices()
        return orders

    def _deliver(self, partner, days, lines, products):
        order = self.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "order_line": [
                    Command.create({"product_id": product.id, "product_uom_qty": ordered})
                    for product, (_name, ordered, _delivered) in zip(products, lines, strict=True)
                ],
            }
        )
        order.action_confirm()
        picking = order.picking_ids
        shipped = {
            product: delivered
            for product, (_name, _ordered, delivered) in zip(products, lines, strict=True)
        }
        for move in picking.move_ids:
            move.write({"quantity": shipped[move.product_id], "picked": True})
        # What is missing does not follow: that is what a person has to look at.
        picking.with_context(
            skip_backorder=True, skip_sms=True, picking_ids_not_to_backorder=picking.ids
        ).button_validate()
        picking.date_done = fields.Datetime.now() - timedelta(days=days)
        return order
