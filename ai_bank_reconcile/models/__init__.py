from . import (
    account_bank_statement_line,
    ai_bank_booking,
    ai_bank_context,
    ai_bank_demo,
    ai_bank_model_order,
    ai_bank_suspense,
    ai_finance_agreement,
    ai_finance_policy,
    ai_finance_task_bank_match,
)
