from . import test_cash_browser, test_cash_demo, test_cash_report, test_forecast
