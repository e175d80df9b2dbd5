{
    "name": "AI Finance Engine",
    "summary": "Plain Python shared by the AI Finance addons: money, names, references, coding",
    "version": "19.0.1.0.0",
    "category": "Accounting",
    "author": "AI Finance for Odoo",
    "license": "LGPL-3",
    "depends": ["base"],
    "external_dependencies": {"python": ["numpy", "rapidfuzz", "threadpoolctl"]},
    "installable": True,
}
