{
    "name": "AI Finance: Work Queue on Job Channels",
    "summary": "Spreads the work queue of AI Finance over the workers of OCA's queue_job",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "author": "AI Finance for Odoo",
    "license": "LGPL-3",
    "depends": ["ai_audit_log", "queue_job"],
    "data": ["data/queue_job.xml"],
    "installable": True,
    "auto_install": True,
}
