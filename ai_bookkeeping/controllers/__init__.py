from . import bill_page
