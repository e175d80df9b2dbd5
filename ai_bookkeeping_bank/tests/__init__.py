from . import test_remittance, test_remittance_access, test_remittance_browser, test_remittance_mail
