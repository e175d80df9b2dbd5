"""How often the account proposed from history is the one that people chose."""
