-- A copy for tests must not work by itself.
UPDATE ai_finance_policy SET mode = 'suggest' WHERE mode = 'automatic';
