"""How well a configured model does the prompts: small cases with truth, see ``make eval``."""
