from odoo.exceptions import AccessDenied
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import APPROVER, MANAGER, KernelCommon


@tagged("post_install", "-at_install")
class TestServiceUser(KernelCommon):
    """Automatic work has a name of its own that nobody can use to log in."""

    def test_no_password_opens_it(self):
        tries = ("", " ", "x", self.service.login, "admin", "False", "None", False, None)
        for password in tries:
            credential = {"type": "password", "login": self.service.login, "password": password}
            with self.subTest(password=password), mute_logger("odoo.addons.base.models.res_users"):
                with self.assertRaises(AccessDenied):
                    self.env["res.users"].authenticate(credential, {"interactive": False})

    def test_there_is_nothing_to_log_in_with(self):
        self.env.cr.execute("SELECT password FROM res_users WHERE id = %s", [self.service.id])
        self.assertEqual(self.env.cr.fetchall(), [(None,)])
        keys = self.env["res.users.apikeys"].sudo().search([("user_id", "=", self.service.id)])
        self.assertFalse(keys)

    def test_works_in_every_company(self):
        self.assertEqual(self.service.company_ids, self.env["res.company"].sudo().search([]))

    def test_works_in_every_new_company(self):
        company = self.env["res.company"].create({"name": "Subsidiary"})
        self.assertIn(company, self.service.company_ids)

    def test_neither_approves_nor_manages_nor_administrates(self):
        for group in (APPROVER, MANAGER, "base.group_system", "base.group_erp_manager"):
            with self.subTest(group=group):
                self.assertFalse(self.service.has_group(group))

    def test_is_a_user_of_its_own(self):
        self.assertTrue(self.service.active, "an archived user cannot run the queue")
        self.assertNotIn(self.service, self.env.ref("base.user_root") + self.admin)
        self.assertFalse(self.service.share)
        self.assertFalse(self.service.partner_id.company_id, "it belongs to no single company")
