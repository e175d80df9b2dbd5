from . import proof_workbook
