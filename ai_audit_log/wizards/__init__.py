from . import ai_audit_flag, ai_audit_reject, ai_audit_verify, ai_finance_prompt_test
