{
    "name": "AI Bookkeeping",
    "summary": "Vendor bills read, coded and checked, suggested and explained",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "author": "AI Finance for Odoo",
    "license": "LGPL-3",
    "depends": ["ai_audit_log", "account", "purchase_stock"],
    "external_dependencies": {
        "python": ["pypdfium2", "pytesseract", "python-stdnum", "rapidfuzz", "numpy"]
    },
    "data": [
        "security/ai_bookkeeping_groups.xml",
        "security/ai_bill_rules.xml",
        "security/ir.model.access.csv",
        "data/ai_finance_task_type.xml",
        "wizards/ai_bill_flag_override_views.xml",
        "views/ai_bill_flag_views.xml",
        "views/ai_bill_vendor_alias_views.xml",
        "views/account_move_list_views.xml",
        "views/account_move_form_views.xml",
        "views/account_bill_list_views.xml",
        "views/res_partner_views.xml",
        "views/res_config_settings_views.xml",
        "views/menus.xml",
    ],
    "demo": ["demo/demo.xml"],
    "assets": {
        "web.assets_backend": ["ai_bookkeeping/static/src/**/*"],
        "web.assets_tests": ["ai_bookkeeping/static/tests/tours/**/*"],
    },
    "installable": True,
    "application": True,
}
