{
    "name": "AI Bank Reconciliation: Community Widget",
    "summary": "Suggestions inside the reconciliation form of OCA's account_reconcile_oca",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "author": "AI Finance for Odoo",
    "license": "AGPL-3",
    "depends": ["ai_bank_reconcile", "account_reconcile_oca"],
    "data": ["views/account_bank_statement_line_views.xml"],
    "assets": {
        "web.assets_backend": ["ai_bank_reconcile_oca/static/src/**/*"],
        "web.assets_tests": ["ai_bank_reconcile_oca/static/tests/tours/**/*"],
    },
    "installable": True,
    "auto_install": True,
}
