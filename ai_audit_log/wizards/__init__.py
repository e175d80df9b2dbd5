from . import ai_audit_reject
