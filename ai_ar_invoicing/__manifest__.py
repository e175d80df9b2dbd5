{
    "name": "AI Receivables",
    "summary": "Invoices from deliveries, sending, reminders and credit, suggested and explained",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "author": "AI Finance for Odoo",
    "license": "LGPL-3",
    "depends": ["ai_audit_log", "sale_stock", "account_payment"],
    "installable": True,
}
