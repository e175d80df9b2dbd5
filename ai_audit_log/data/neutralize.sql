-- A copy for tests must not work by itself.
UPDATE ai_finance_policy SET mode = 'suggest' WHERE mode = 'automatic';

-- A copy of the database for tests sends nothing to a model, and knows neither where nor how.
UPDATE ai_finance_provider SET api_key = NULL, base_url = NULL, active = false;
UPDATE res_company SET ai_model_stopped = true;
