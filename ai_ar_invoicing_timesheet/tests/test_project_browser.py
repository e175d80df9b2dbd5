from odoo.tests import HttpCase, tagged

from .common import ProjectCommon


@tagged("post_install", "-at_install")
class TestProjectBrowser(ProjectCommon, HttpCase):
    """The project's manager decides on the screen, in a real browser."""

    def test_from_the_list_to_the_draft(self):
        self.lead.password = "ts_lead"
        project = self.project_of((self.consulting, 4))
        self.hours(project, 5)
        self.env["ai.project.nightly"]._suggest(project, "cron")
        self.start_tour(
            "/odoo/ai-projects-to-invoice", "ai_project_approve", login="ts_lead", timeout=120
        )
        self.env.invalidate_all()
        self.assertEqual(self.logs(project).executed_by_id, self.service)
        self.assertEqual(self.orders(project).invoice_ids.amount_untaxed, 500.0)
