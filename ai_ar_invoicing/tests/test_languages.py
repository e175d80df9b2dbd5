from odoo.tests import tagged

from .sending_common import SendingCommon


@tagged("post_install", "-at_install")
class TestLanguages(SendingCommon):
    """What the addon ships for customers to read speaks their language."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        codes = ["de_DE", "es_ES", "fr_FR", "it_IT", "nl_NL"]
        for code in codes:
            cls.env["res.lang"]._activate_lang(code)
        addon = cls.env["ir.module.module"].search([("name", "=", "ai_ar_invoicing")])
        addon._update_translations(codes)

    def draft(self, language):
        self.azure.lang = language
        order = self.order((self.desk, 2), client_order_ref="PO 77")
        self.picking = self.deliver(order, date="2026-11-20")
        self.work()
        return order.invoice_ids

    def test_line_and_note_of_a_german_customer(self):
        invoice = self.draft("de_DE")
        text = f"am 20.11.2026, {self.picking.name}"
        self.assertRegex(invoice.invoice_line_ids.name, rf"\nGeliefert: 2 \S+ {text}$")
        for words in ("Ihre Bestellung: PO 77", "Unser Auftrag: ", "Geliefert am 20.11.2026 mit"):
            self.assertIn(words, invoice.narration)
        self.assertNotIn("Delivered", f"{invoice.invoice_line_ids.name}{invoice.narration}")

    def test_line_and_note_of_a_french_customer(self):
        invoice = self.draft("fr_FR")
        text = f"le 20/11/2026, {self.picking.name}"
        self.assertRegex(invoice.invoice_line_ids.name, rf"\nLivré : 2 \S+ {text}$")
        for words in ("Votre commande : PO 77", "Notre commande : ", "Livré le 20/11/2026 avec"):
            self.assertIn(words, invoice.narration)

    def test_serial_numbers_in_the_customers_language(self):
        expected = {
            "de_DE": "Seriennummern: SN-1",
            "es_ES": "Números de serie: SN-1",
            "fr_FR": "Numéros de série : SN-1",
            "it_IT": "Numeri di serie: SN-1",
            "nl_NL": "Serienummers: SN-1",
        }
        line = self.env["sale.order.line"].new({"product_id": self.desk.id})
        self.desk.tracking = "serial"
        for language, text in expected.items():
            found = line.with_context(lang=language)._ai_lots_text([("SN-1", 1.0)])
            self.assertEqual(found, text)

    def test_mail_and_its_link_are_in_the_customers_language(self):
        self.payment_provider()
        self.azure.lang = "de_DE"
        move = self.invoice()
        self.approve(move)
        with self.mail_server() as server:
            self.send()
        [mail] = server.to("azure@example.com")
        self.assertIn("Online bezahlen", mail.html)
        template = self.env.ref("ai_ar_invoicing.mail_template_invoice_new")
        self.assertIn("Ihre erste Rechnung", template.with_context(lang="de_DE").subject)
        self.assertIn("Votre première facture", template.with_context(lang="fr_FR").subject)
        self.assertIn("erste Bestellung", template.with_context(lang="de_DE").body_html)
