{
    "name": "AI Bookkeeping",
    "summary": "Vendor bills read, coded and checked, suggested and explained",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "author": "AI Finance for Odoo",
    "license": "LGPL-3",
    "depends": ["ai_audit_log", "account", "purchase_stock"],
    "external_dependencies": {"python": ["pypdfium2", "pytesseract", "python-stdnum", "rapidfuzz"]},
    "installable": True,
}
