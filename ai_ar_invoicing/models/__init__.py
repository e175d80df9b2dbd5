from . import (
    account_move,
    ai_finance_task_invoice_delivery,
    ai_finance_task_invoice_order,
    ai_finance_task_invoice_post,
    res_company,
    res_config_settings,
    res_partner,
    sale_order,
    stock_picking,
)
