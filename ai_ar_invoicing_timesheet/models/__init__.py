from . import (
    ai_finance_approver,
    ai_finance_task_invoice_project,
    ai_project_context,
    ai_project_cutoff,
    ai_project_nightly,
    project_project,
    res_company,
    res_config_settings,
    sale_order,
    sale_order_line,
)
