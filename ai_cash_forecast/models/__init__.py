from . import ai_cash_demo_history
