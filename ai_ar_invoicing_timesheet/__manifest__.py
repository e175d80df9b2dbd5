{
    "name": "AI Receivables: Projects",
    "summary": "Invoices of projects from hours, milestones, expenses and materials",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "author": "AI Finance for Odoo",
    "license": "LGPL-3",
    "depends": ["ai_ar_invoicing", "sale_timesheet"],
    "data": [
        "security/ai_ar_invoicing_timesheet_groups.xml",
        "data/ai_finance_task_type.xml",
        "data/ir_cron.xml",
        "views/project_project_views.xml",
        "views/res_config_settings_views.xml",
        "views/menus.xml",
    ],
    "assets": {
        "web.assets_tests": ["ai_ar_invoicing_timesheet/static/tests/tours/**/*"],
    },
    "installable": True,
    "auto_install": True,
}
