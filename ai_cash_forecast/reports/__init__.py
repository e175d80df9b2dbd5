from . import cash_drawing, cash_workbook
