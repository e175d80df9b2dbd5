import json
from io import BytesIO

from PIL import Image

from odoo.tests import HttpCase, new_test_user, tagged

from .common import BOOKKEEPING, BillCommon


@tagged("post_install", "-at_install")
class TestBillPage(BillCommon, HttpCase):
    """The pages of a bill's file: for who may read the bill, and nothing else of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk.password = "bill_clerk"

    def setUp(self):
        super().setUp()
        self.bill = self.land(self.pdf(), user=self.clerk)

    def address(self, kind="page", number=1, bill=None, checksum=None):
        bill = bill or self.bill
        checksum = checksum or bill.sudo().ai_bill_file_id.checksum
        return f"/ai_bookkeeping/bill/{bill.id}/{checksum}/{kind}/{number}"

    def get(self, address, login="bill_clerk", **more):
        self.authenticate(login, login)
        return self.url_open(address, allow_redirects=False, **more)

    def test_page_and_words_for_who_may_read_the_bill(self):
        answer = self.get(self.address() + "?width=900")
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Content-Type"], "image/png")
        self.assertIn("private", answer.headers["Cache-Control"])
        self.assertAlmostEqual(Image.open(BytesIO(answer.content)).width, 900, delta=1)
        again = self.get(
            self.address() + "?width=900", headers={"If-None-Match": answer.headers["ETag"]}
        )
        self.assertEqual(again.status_code, 304)
        found = json.loads(self.get(self.address("words")).content)
        self.assertIn("RE-2024-0815", [word[0] for word in found["words"]])
        self.assertEqual(found["pages"], 1)

    def test_nobody_else(self):
        self.assertIn(self.url_open(self.address(), allow_redirects=False).status_code, (303, 403))
        own = {"company_id": self.company.id, "company_ids": [(6, 0, self.company.ids)]}
        new_test_user(self.env, "plain", "base.group_user", password="plain", **own)
        new_test_user(self.env, "portal", "base.group_portal", password="portal", **own)
        for login in ("plain", "portal"):
            for kind in ("page", "words"):
                with self.subTest(login=login, kind=kind):
                    self.assertEqual(self.get(self.address(kind), login).status_code, 404)

    def test_another_company_is_as_if_it_were_not_there(self):
        other = self.setup_other_company()["company"]
        new_test_user(
            self.env,
            "elsewhere",
            BOOKKEEPING,
            password="elsewhere",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        for kind in ("page", "words"):
            self.assertEqual(self.get(self.address(kind), "elsewhere").status_code, 404)

    def test_only_the_file_of_this_bill(self):
        other = self.env["ir.attachment"].create({"name": "x.pdf", "raw": self.pdf(number="X-1")})
        self.assertEqual(self.get(self.address(checksum=other.checksum)).status_code, 404)
        self.assertEqual(self.get(self.address(number=2)).status_code, 404)
        self.assertEqual(self.get(self.address(number=0)).status_code, 404)

    def test_files_without_pages_say_why(self):
        for name, content, words in (
            ("locked.pdf", self.pdf(encrypt="secret"), "password"),
            ("broken.pdf", b"%PDF-1.7 and then nothing", "damaged"),
        ):
            bill = self.land(content, name)
            with self.subTest(name=name):
                found = json.loads(self.get(self.address("words", bill=bill)).content)
                self.assertIn(words, found["error"])
                self.assertEqual(self.get(self.address(bill=bill)).status_code, 404)

    def test_odd_widths_are_answered(self):
        for width in ("-5", "999999", "wide"):
            with self.subTest(width=width):
                answer = self.get(f"{self.address()}?width={width}")
                self.assertEqual(answer.status_code, 200)
                self.assertLessEqual(Image.open(BytesIO(answer.content)).width, 1801)
