from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.ai_audit_log.tests.model_common import ModelCommon

from .common import InvoicingCommon


@tagged("post_install", "-at_install")
class TestTexts(InvoicingCommon):
    """Line descriptions and notes written from deliveries."""

    def draft(self, delivered=3, **values):
        order = self.order((self.desk, 3), **values)
        self.picking = self.deliver(order, {self.desk: delivered}, date="2026-11-20")
        move = order._create_invoices()
        move._ai_write_texts()
        return move

    def test_line_and_note_name_order_and_delivery(self):
        move = self.draft(delivered=2, client_order_ref="PO 77")
        order = move.invoice_line_ids.sale_line_ids.order_id
        expected = f"Delivered: 2 Units on 11/20/2026, {self.picking.name}"
        self.assertEqual(move.invoice_line_ids.name.splitlines()[-1], expected)
        for words in ("PO 77", order.name, self.picking.name, "11/20/2026"):
            self.assertIn(words, move.narration)
        self.assertEqual(move.amount_untaxed, 200.0)

    def test_dates_and_templates_are_in_the_customers_language(self):
        for code in ("fr_FR", "de_DE"):
            self.env["res.lang"]._activate_lang(code)
        self.company.ai_invoice_note_template = "Delivered {dates}"
        french = self.company.with_context(lang="fr_FR")
        french.ai_invoice_note_template = "Livraison {dates}"
        self.azure.lang = "fr_FR"
        self.assertIn("Livraison 20/11/2026", self.draft().narration)
        self.azure.lang = "de_DE"
        self.assertIn("Delivered 20.11.2026", self.draft().narration)

    def test_quantities_are_written_as_people_do(self):
        order = self.order((self.desk, 1000.5))
        self.deliver(order)
        move = order._create_invoices()
        move._ai_write_texts()
        self.assertIn("Delivered: 1,000.5 Units", move.invoice_line_ids.name)
        move.invoice_line_ids.quantity = 1000
        move._ai_write_texts()
        self.assertIn("Delivered: 1,000 Units", move.invoice_line_ids.name)

    def test_lots_are_named(self):
        self.desk.tracking = "serial"
        lots = self.env["stock.lot"].create(
            [{"name": name, "product_id": self.desk.id} for name in ("SN-1", "SN-2")]
        )
        for lot in lots:
            self.env["stock.quant"]._update_available_quantity(
                self.desk, self.warehouse.lot_stock_id, 1, lot_id=lot
            )
        order = self.order((self.desk, 2))
        picking = order.picking_ids
        picking.action_assign()
        picking.move_ids.picked = True
        picking.with_context(skip_sms=True).button_validate()
        move = order._create_invoices()
        move._ai_write_texts()
        self.assertIn("Lot and serial numbers: SN-1, SN-2", move.invoice_line_ids.name)

    def test_each_invoice_names_its_own_delivery(self):
        first = self.draft(delivered=2)
        first_picking = self.picking
        order = first.invoice_line_ids.sale_line_ids.order_id
        second_picking = self.deliver(order, {self.desk: 1})
        second = order._create_invoices()
        (first + second)._ai_write_texts()
        self.assertIn(first_picking.name, first.invoice_line_ids.name)
        self.assertNotIn(second_picking.name, first.invoice_line_ids.name)
        self.assertIn(second_picking.name, second.invoice_line_ids.name)
        self.assertNotIn(first_picking.name, second.invoice_line_ids.name)

    def test_writing_again_changes_nothing(self):
        move = self.draft()
        before = (move.invoice_line_ids.name, move.narration)
        move._ai_write_texts()
        self.assertEqual((move.invoice_line_ids.name, move.narration), before)

    def test_new_facts_replace_the_old_text_and_keep_the_terms(self):
        move = self.draft(client_order_ref="PO 77", note="<p>Thirty days.</p>")
        self.assertIn("Thirty days.", move.narration)
        move.invoice_line_ids.sale_line_ids.order_id.client_order_ref = "PO 78"
        move._ai_write_texts()
        self.assertIn("PO 78", move.narration)
        self.assertNotIn("PO 77", move.narration)
        self.assertEqual(move.narration.count("Thirty days."), 1)

    def test_a_persons_words_are_never_written_over(self):
        move = self.draft(client_order_ref="PO 77")
        line = move.invoice_line_ids
        line.name = "Desk, as agreed by phone"
        move.narration = "<p>Thank you, Anita</p>"
        line.sale_line_ids.order_id.client_order_ref = "PO 78"
        move._ai_write_texts()
        self.assertEqual(line.name, "Desk, as agreed by phone")
        self.assertEqual(str(move.narration), "<p>Thank you, Anita</p>")

    def test_a_template_that_cannot_be_filled_is_refused_with_what_may_stand_there(self):
        with self.assertRaisesRegex(ValidationError, r"amount.*\{orders\}"):
            self.company.ai_invoice_note_template = "You owe {amount}"

    def test_markup_in_a_reference_stays_text(self):
        move = self.draft(client_order_ref="<b>PO</b>")
        self.assertIn("&lt;b&gt;PO&lt;/b&gt;", move.narration)

    def test_off_posted_and_by_hand_nothing_is_written(self):
        self.company.ai_invoice_texts = False
        self.assertNotIn("Delivered", self.draft().invoice_line_ids.name)
        self.company.ai_invoice_texts = True
        order = self.order((self.desk, 1))
        self.deliver(order)
        posted = order._create_invoices()
        posted.action_post()
        posted._ai_write_texts()
        self.assertNotIn("Delivered", posted.invoice_line_ids.name)

    def test_a_clerk_without_the_warehouse_gets_the_texts(self):
        self.clerk.group_ids -= self.env.ref("stock.group_stock_user")
        order = self.order((self.desk, 1))
        picking = self.deliver(order)
        move = order._create_invoices()
        self.env.invalidate_all()
        move.with_user(self.clerk)._ai_write_texts()
        self.assertIn(picking.name, move.invoice_line_ids.name)


@tagged("post_install", "-at_install")
class TestNoteByModel(ModelCommon, InvoicingCommon):
    """A connected model words the note; a person takes it or leaves it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.connect_model()

    def setUp(self):
        super().setUp()
        order = self.order((self.desk, 2))
        self.picking = self.deliver(order, date="2026-11-20")
        self.move = order._create_invoices()
        self.move._ai_write_texts()

    def log(self):
        return self.env["ai.audit.log"].search(
            [("task_code", "=", "invoice.note"), ("state", "=", "proposed")]
        )

    def test_the_template_stands_until_a_person_takes_the_models_note(self):
        template = self.move.narration
        self.assertIn(self.picking.name, template)
        self.assertFalse(self.server.requests, "nobody waits for a model")
        self.drain()
        self.assertEqual(self.move.narration, template)
        log = self.log()
        self.assertIn("Thank you for your order", log.proposal["text"])
        log.with_user(self.clerk).action_apply()
        self.assertIn("Thank you for your order", self.move.narration)
        self.move._ai_write_texts()
        self.assertIn("Thank you for your order", self.move.narration)
        log.with_user(self.clerk).action_undo()
        self.assertEqual(self.move.narration, template)

    def test_the_note_is_offered_on_the_invoice(self):
        self.assertFalse(self.move.ai_note_suggestion)
        self.drain()
        self.env.invalidate_all()
        offered = self.move.with_user(self.clerk).ai_note_suggestion
        self.assertIn("Thank you for your order", offered["summary"])
        self.assertEqual(offered["id"], self.log().id)
        self.log().with_user(self.clerk).action_apply()
        self.env.invalidate_all()
        self.assertFalse(self.move.with_user(self.clerk).ai_note_suggestion, "it stands there now")
        self.assertFalse(self.move.with_user(self.picker).ai_note_suggestion, "not for everybody")

    def test_a_figure_that_no_record_has_is_refused(self):
        self.server.script([{"do": "invented_figure", "times": "always"}])
        self.drain()
        log = self.log()
        self.assertNotIn("Thank you", log.proposal["text"])
        self.assertEqual(log.model_uses[0]["outcome"], "refused")

    def test_a_persons_note_is_left_alone(self):
        self.drain()
        log = self.log()
        self.move.narration = "<p>Thank you, Anita</p>"
        log.with_user(self.clerk).action_apply()
        self.assertEqual(str(self.move.narration), "<p>Thank you, Anita</p>")
        self.assertNotEqual(log.state, "applied")

    def test_without_a_model_nothing_is_asked_or_logged(self):
        self.company.ai_provider_id = False
        order = self.order((self.desk, 1))
        self.deliver(order)
        move = order._create_invoices()
        move._ai_write_texts()
        queued = self.env["ai.audit.log"].search([("res_id", "=", move.id)])
        self.assertNotIn("invoice.note", queued.mapped("task_code"))
