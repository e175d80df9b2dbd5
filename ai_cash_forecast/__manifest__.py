{
    "name": "AI Cash Forecast",
    "summary": "Cash forecast from open documents and payment behaviour",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "author": "AI Finance for Odoo",
    "license": "LGPL-3",
    "depends": ["ai_audit_log", "account", "sale", "purchase"],
    "installable": True,
}
