from odoo import Command
from odoo.tests import Form, tagged

from .by_hand_common import ByHandCommon


@tagged("post_install", "-at_install")
class TestByHandScreen(ByHandCommon):
    """What is found, and what the screen shows before anything is booked."""

    # ------------------------------------------------------------------
    # Search
    # ------------------------------------------------------------------

    def found(self, line, text="", **options):
        items = line.with_user(self.clerk).ai_by_hand_search(text, **options)["items"]
        return [item["document"] for item in items]

    def test_search_by_what_people_know(self):
        big = self.invoice(self.azure, 1250.0, payment_reference="RF18 5390")
        small = self.invoice(self.wood, 1200.0, ref="PO-77")
        far = self.invoice(self.wood, 90.0)
        line = self.bank_line("x", 1200.0)
        self.assertEqual(self.found(line), [small.name, big.name, far.name], "nearest first")
        self.assertEqual(self.found(line, "azure"), [big.name])
        self.assertEqual(self.found(line, f"{far.name[-5:]} wood"), [far.name])
        self.assertEqual(self.found(line, "5390"), [big.name])
        self.assertEqual(self.found(line, "po-77"), [small.name])
        self.assertEqual(self.found(line, "1250"), [big.name])
        self.assertEqual(self.found(line, "1.250,00"), [big.name])
        self.assertEqual(self.found(line, "~1250"), [big.name, small.name])
        self.assertEqual(self.found(line, "nobody"), [])
        self.assertEqual(self.found(line, partner_id=self.wood.id), [small.name, far.name])
        self.assertEqual(self.found(line, amount=95.0)[0], far.name)
        theirs = self.bank_line("y", 90.0, partner_id=self.azure.id)
        self.assertEqual(self.found(theirs)[0], big.name, "the partner of the line comes first")

    def test_search_goes_on(self):
        moves = [self.invoice(self.azure, 100.0 + number) for number in range(5)]
        line = self.bank_line("x", 100.0)
        first = line.ai_by_hand_search(limit=3)
        rest = line.ai_by_hand_search(limit=3, offset=3)
        self.assertEqual((first["more"], rest["more"]), (True, False))
        names = [item["document"] for item in first["items"] + rest["items"]]
        self.assertEqual(names, [move.name for move in moves])

    # ------------------------------------------------------------------
    # The screen
    # ------------------------------------------------------------------

    def screen(self, line, mode="items"):
        action = line.with_user(self.clerk).action_ai_by_hand(mode)
        wizards = self.env["ai.bank.by.hand"].with_user(self.clerk)
        return Form(wizards.with_context(**action["context"]))

    def test_the_screen_counts_down_and_shows_the_entry(self):
        move = self.invoice(self.azure, 1000.0)
        line = self.bank_line("x", 1100.0)
        form = self.screen(line)
        self.assertEqual((form.rest, form.entry or []), (1100.0, []))
        wizard = form.save()
        wizard.part_ids = [
            Command.create({"move_line_id": self.open_item(move).id, "amount": 1000.0})
        ]
        self.assertEqual((wizard.rest, wizard.problems), (100.0, False))
        self.assertEqual(wizard.on_account_partner_id, self.azure)
        self.assertEqual(wizard.part_ids.partner_id, self.azure)
        wizard.part_ids = [Command.create({"account_id": self.fees.id, "amount": 100.0})]
        self.assertEqual(wizard.rest, 0.0)
        preview = sorted((row["account"], row["balance"]) for row in wizard.entry)
        action = wizard.with_user(self.clerk).action_book()
        self.assertEqual(action["params"]["next"]["infos"]["byHand"]["state"], "applied")
        booked = [
            (item.account_id.display_name, item.balance)
            for item in line.with_user(self.clerk).line_ids
        ]
        self.assertEqual(preview, sorted(booked), "what is shown is what is booked")

    def test_the_screen_for_an_account_is_ready_to_be_booked(self):
        line = self.bank_line("x", -40.0)
        form = self.screen(line, "account")
        with form.part_ids.edit(0) as part:
            self.assertEqual(part.amount, 40.0)
            part.account_id = self.fees
        self.assertEqual(form.rest, 0.0)
        form.save().action_book()
        self.assertEqual(self.booked(line), {self.fees: 40.0})

    def test_start_from_the_suggestion(self):
        move = self.invoice(self.azure, 100.0)
        line = self.bank_line(move.name, 100.0, partner_name="Azure Interior")
        log = self.suggestion(line)
        wizard = self.screen(line).save()
        self.assertEqual(wizard.suggested, log.summary)
        wizard.action_start_from_suggestion()
        self.assertEqual(wizard.part_ids.move_line_id, self.open_item(move))
        self.assertEqual(wizard.rest, 0.0)

    def test_the_facts_of_a_line(self):
        move = self.invoice(self.azure, 100.0)
        line = self.bank_line(move.name, -100.0)
        facts = line.with_user(self.clerk).ai_by_hand_open()
        self.assertEqual((facts["amount"], facts["rest"]), (-100.0, 100.0))
        self.assertEqual((facts["proposed"], facts["offers"]["bill"]), (False, "bill"))
        self.suggestion(line)
        self.assertTrue(line.ai_by_hand_open()["proposed"]["log_id"])
