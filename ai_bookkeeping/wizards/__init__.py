from . import ai_bill_flag_override
