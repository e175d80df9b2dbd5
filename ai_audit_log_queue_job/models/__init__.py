from . import ai_finance_outbox
