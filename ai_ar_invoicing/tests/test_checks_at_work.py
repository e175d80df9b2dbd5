from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .checks_common import COMPLETE, ChecksCommon
from .common import RECEIVABLES


@freeze_time("2026-11-21")
@tagged("post_install", "-at_install")
class TestChecksAtWork(ChecksCommon):
    """Levels, posting, the nightly run, companies and rights."""

    def check_drafts(self):
        with self.enter_registry_test_mode():
            self.env.ref("ai_ar_invoicing.cron_invoice_checks").method_direct_trigger()
        self.env.invalidate_all()

    def test_a_company_sets_level_and_limit(self):
        self.azure.email = False
        move = self.invoice()
        self.set_check("email", "blocking")
        self.assertEqual(self.found(move), {"email": "blocking"})
        self.set_check("email", "off")
        self.assertEqual(self.found(move), {})

    def test_a_change_of_a_check_is_an_event(self):
        setting = self.set_check("email", "off")
        event = self.env["ai.audit.log.event"].sudo().search([("kind", "=", "policy")], limit=1)
        self.assertEqual(event.data["check"], "email")
        self.assertEqual(event.data["new"]["level"], "off")
        self.assertEqual(event.company_id, setting.company_id)

    def test_what_blocks_is_handed_to_who_posts_by_itself(self):
        self.invoice(post=True)
        blocked, free = self.invoice(), self.invoice(partner=self.wood)
        reasons = (blocked + free)._ai_blocking_checks()
        self.assertEqual(list(reasons), [blocked])
        [reason] = reasons[blocked]
        self.assertEqual(reason["code"], "check_duplicate")
        self.assertTrue(reason["text"])

    def test_a_blocking_check_leaves_posting_by_hand_alone_unless_the_company_says_so(self):
        self.invoice(post=True)
        move = self.invoice()
        self.company.ai_check_stops_posting = True
        with self.assertRaisesRegex(UserError, "same customer, amount and date"):
            move.with_user(self.clerk).action_post()
        with self.assertRaises(UserError):
            # What a browser may send does not open the door.
            move.with_user(self.clerk).with_context(ai_post_anyway=True).action_post()
        self.company.ai_check_stops_posting = False
        move.with_user(self.clerk).action_post()
        self.assertEqual(move.state, "posted")

    def test_an_approver_posts_anyway_with_a_reason_that_is_kept(self):
        self.invoice(post=True)
        move = self.invoice()
        self.company.ai_check_stops_posting = True
        values = {"move_id": move.id, "reason": "Two desks on one day"}
        wizard = self.env["ai.invoice.check.override"]
        with self.assertRaises(AccessError):
            wizard.with_user(self.clerk).create(values)
        wizard.with_user(self.approver).create(values).action_post()
        self.assertEqual(move.state, "posted")
        event = self.env["ai.audit.log.event"].sudo().search([("kind", "=", "override")])
        self.assertEqual((event.user_id, event.note), (self.approver, values["reason"]))
        self.assertEqual(event.data["checks"][0]["code"], "check_duplicate")
        self.assertIn(values["reason"], move.message_ids[0].body)

    def test_the_column_is_there_as_soon_as_the_invoice_is(self):
        self.assertEqual(self.invoice().ai_check_level, "ok")
        self.assertEqual(self.invoice().ai_check_level, "blocking", "the same once more")

    def test_the_column_is_filled_after_each_change_and_every_night(self):
        move = self.invoice()
        self.check_drafts()
        self.assertEqual(move.ai_check_level, "ok")
        self.azure.email = False
        self.check_drafts()
        self.assertEqual(move.ai_check_level, "ok", "looked at today already")
        move.ref = "changed"
        self.check_drafts()
        self.assertEqual(move.ai_check_level, "warning")
        self.azure.email = "azure@example.com"
        with freeze_time("2026-11-22"):
            self.check_drafts()
        self.assertEqual(move.ai_check_level, "ok")
        self.assertIn(
            move, self.env["account.move"].search([("ai_check_level", "in", ["ok", "blocking"])])
        )

    def test_many_invoices_cost_as_many_queries_as_few(self):
        partners = self.env["res.partner"].create(
            [
                {
                    **COMPLETE,
                    "name": f"Customer {number}",
                    "zip": str(number),
                    "country_id": self.env.ref("base.be").id,
                    "vat": "BE0477472701",
                }
                for number in range(50)
            ]
        )
        orders = [self.order((self.desk, 1), partner=partner) for partner in partners]
        for order in orders:
            self.deliver(order)
        moves = self.env["sale.order"].union(*orders)._create_invoices(grouped=True)
        by_hand = [
            self.invoice((self.desk, number + 1, 100.0), partner=partner)
            for number, partner in enumerate(partners)
        ]
        few = moves[:5].ids + [one.id for one in by_hand[:5]]
        many = moves.ids + [one.id for one in by_hand]
        cost = {}
        for name, ids in (("few", few), ("many", many), ("again", few)):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["ai.invoice.check"]._levels(self.env["account.move"].browse(ids))
            cost[name] = self.env.cr.sql_log_count - before
        self.assertLessEqual(cost["many"], cost["again"] + 5, cost)

    def test_each_company_has_its_own_settings_and_history(self):
        other = self.setup_other_company()["company"]
        self.env["ai.invoice.check.setting"]._complete(self.company | other)
        here = self.set_check("address", "blocking")
        there = self.env["ai.invoice.check.setting"].search(
            [("company_id", "=", other.id), ("code", "=", "address")]
        )
        self.assertEqual((here.level, there.level), ("blocking", "warning"))
        self.assertTrue(here.with_user(self.clerk).has_access("read"))
        self.assertFalse(here.with_user(self.clerk).has_access("write"))
        self.assertFalse(there.with_user(self.clerk).has_access("read"))
        self.invoice(post=True)
        elsewhere = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "company_id": other.id,
                "partner_id": self.azure.id,
                "invoice_date": "2026-11-20",
                "invoice_line_ids": [
                    Command.create({"name": "x", "quantity": 1, "price_unit": 100.0})
                ],
            }
        )
        elsewhere.invoice_line_ids.tax_ids = False
        self.assertNotIn("duplicate", self.found(elsewhere))

    def test_who_may_invoice_but_not_look_into_the_warehouse_sees_the_checks(self):
        biller = new_test_user(
            self.env,
            "biller",
            "account.group_account_invoice",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        order = self.order((self.desk, 10), commitment_date="2026-11-01")
        self.deliver(order, {self.desk: 8}, date="2026-11-20")
        move = order._create_invoices()
        self.env.invalidate_all()
        found = self.found(move.with_user(biller))
        self.assertEqual(found, dict.fromkeys(("short_delivery", "late_delivery"), "warning"))
        self.assertFalse(move.with_user(biller).ai_account_suggestion)

    def test_the_words_are_those_of_the_user(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.azure.email = False
        move = self.invoice(date="2026-11-22")
        text = self.finding(move.with_context(lang="fr_FR"), "date")["text"]
        self.assertIn("22/11/2026", text)

    # ------------------------------------------------------------------
    # The registry of VAT numbers
    # ------------------------------------------------------------------

    def look_up(self, answer):
        path = "odoo.addons.ai_ar_invoicing.models.ai_invoice_check_registry.check_vies"
        with patch(path, **answer) as asked, self.enter_registry_test_mode():
            self.env.ref("ai_ar_invoicing.cron_vat_registry").method_direct_trigger()
        self.env.invalidate_all()
        return asked.call_count

    def test_numbers_are_looked_up_only_where_the_company_wants_it_and_the_answer_is_kept(self):
        self.azure.write({"country_id": self.env.ref("base.be").id, "vat": "BE0477472701"})
        move = self.invoice()
        unknown = {"return_value": {"valid": False}}
        self.assertEqual(self.look_up(unknown), 0)
        self.company.ai_invoice_vies = True
        self.assertNotIn("vat_registry", self.found(move))
        self.assertEqual(self.look_up(unknown), 1)
        self.assertEqual(self.found(move)["vat_registry"], "warning")
        self.assertIn("11/21/2026", self.finding(move, "vat_registry")["text"])
        self.assertEqual(self.look_up(unknown), 0)

    def test_a_registry_that_is_not_reached_stands_in_nobodys_way(self):
        self.azure.write({"country_id": self.env.ref("base.be").id, "vat": "BE0477472701"})
        self.company.ai_invoice_vies = True
        move = self.invoice()
        self.assertEqual(self.look_up({"side_effect": OSError("offline")}), 1)
        self.assertNotIn("vat_registry", self.found(move))
        with freeze_time("2026-11-22"):
            self.assertEqual(self.look_up({"return_value": {"valid": True}}), 1)
        self.assertEqual(
            self.env["ai.invoice.check.registry"].search([]).mapped("state"), ["valid"]
        )

    def test_the_registry_is_read_by_receivables_and_written_by_nobody(self):
        registry = self.env["ai.invoice.check.registry"]
        self.assertFalse(registry.has_access("create"))
        row = registry.sudo().create(
            {"number": "BE0477472701", "state": "valid", "date": "2026-11-21"}
        )
        self.assertTrue(row.with_user(self.clerk).has_access("read"))
        self.assertFalse(row.with_user(self.clerk).has_access("write"))
        self.assertFalse(row.with_user(self.picker).has_access("read"))

    def test_only_receivables_users_read_the_settings_and_clerks_work_with_them(self):
        self.assertTrue(self.clerk.has_group(RECEIVABLES))
        move = self.invoice().with_user(self.clerk)
        self.assertEqual(move.ai_checks["level"], "ok")
