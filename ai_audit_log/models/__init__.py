from . import (
    ai_audit_log,
    ai_audit_log_event,
    ai_finance_decision,
    ai_finance_outbox,
    ai_finance_pipeline,
    ai_finance_policy,
    ai_finance_run,
    ai_finance_task,
    ai_finance_task_type,
    ai_suggestion_mixin,
    res_company,
    res_config_settings,
)
