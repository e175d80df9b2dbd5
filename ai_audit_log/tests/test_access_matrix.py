from odoo.tests import new_test_user, tagged

from .common import KernelCommon

OPERATIONS = ("read", "write", "create", "unlink")
# What each role may do with each model: r(ead), w(rite), c(reate), u(nlink).
EXPECTED = """
                          user  approver  auditor  manager  admin  nobody  portal
    ai.audit.log          r     r         r        r        r      -       -
    ai.audit.log.event    r     r         r        r        r      -       -
    ai.finance.run        r     r         r        r        r      -       -
    ai.finance.policy     r     r         r        rwcu     rwcu   -       -
    ai.finance.approval.tier r  r         r        rwcu     rwcu   -       -
    ai.finance.approval   -     r         -        -        -      -       -
    ai.finance.task.type  r     r         r        r        r      r       -
    ai.audit.seal         -     -         r        r        r      -       -
    ai.audit.chain        -     -         r        r        r      -       -
    ai.audit.payload      -     -         r        r        r      -       -
    ai.audit.verify       -     -         rwcu     rwcu     rwcu   -       -
    ai.finance.agreement  -     -         r        r        r      -       -
    ai.finance.provider   -     -         r        r        rwcu   -       -
    ai.finance.prompt     -     -         r        rwcu     rwcu   -       -
    ai.finance.prompt.version -  -        r        r        r      -       -
    ai.finance.prompt.test -    -         -        rwcu     rwcu   -       -
    ai.finance.model.call -     -         r        r        r      -       -
    ai.audit.flag         rwcu  rwcu      -        -        rwcu   -       -
    ai.audit.reject       rwcu  rwcu      -        -        rwcu   -       -
"""


@tagged("post_install", "-at_install")
class TestAccessMatrix(KernelCommon):
    """Who may read, write, create and delete what; the whole table."""

    def table(self):
        header, *rows = EXPECTED.strip("\n").splitlines()
        return {
            (model, role): rights.strip("-")
            for model, *cells in map(str.split, rows)
            for role, rights in zip(header.split(), cells, strict=True)
        }

    def people(self):
        portal = new_test_user(self.env, "kernel_portal", "base.group_portal")
        names = ("user", "approver", "auditor", "manager", "admin", "nobody")
        return {**{name: getattr(self, name) for name in names}, "portal": portal}

    def test_every_model_of_the_kernel_is_in_the_table(self):
        models = {
            name
            for name, model in self.env.registry.items()
            if model._original_module == "ai_audit_log" and not model._abstract
        }
        self.assertEqual({model for model, _role in self.table()}, models)

    def test_rights(self):
        people = self.people()
        for (model, role), expected in self.table().items():
            records = self.env[model].with_user(people[role])
            rights = "".join(name[0] for name in OPERATIONS if records.has_access(name))
            with self.subTest(model=model, role=role):
                self.assertEqual(rights, expected, f"{role} on {model}")

    def test_the_log_is_written_by_nobody(self):
        """Also roles of other addons: no access row anywhere gives more than reading."""
        rows = self.env["ir.model.access"].search(
            [("model_id.model", "in", ["ai.audit.log", "ai.audit.log.event", "ai.finance.run"])]
        )
        self.assertTrue(rows)
        for row in rows:
            with self.subTest(row=row.name):
                self.assertFalse(row.perm_write or row.perm_create or row.perm_unlink)
                self.assertTrue(row.group_id, "an access row for everybody")
