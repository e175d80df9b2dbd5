"""The bank balance proof as a spreadsheet."""

import io

from openpyxl import Workbook
from openpyxl.styles import Font

BOLD = Font(bold=True)
RED = Font(bold=True, color="C00000")
WIDTHS = (14, 52, 32, 18)


def proof_workbook(proof):
    """Return a proof as the bytes of an XLSX file.

    :param proof: record of ``ai.bank.proof`` that was proved
    """
    book = Workbook()
    sheet = book.active
    sheet.title = proof.env._("Proof")[:31]
    for column, width in zip("ABCD", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.append([proof.env._("Bank Balance Proof")])
    sheet["A1"].font = BOLD
    sheet.append([None, proof.journal_id.display_name, proof.company_id.name])
    sheet.append([proof.date, proof.statement_id.name or "", None, proof.currency_id.name])
    sheet.append([])
    number_format = f"#,##0.{'0' * proof.currency_id.decimal_places}".rstrip(".")
    for label, amount in proof._head_rows():
        _append(sheet, [None, label, None, amount], number_format)
    sheet.append([])
    for line in proof.sum_ids:
        title = dict(line._fields["kind"]._description_selection(line.env))[line.kind]
        _append(sheet, [None, title, line.count, line.amount], number_format, BOLD)
        for item in proof.detail_ids.filtered(lambda one, kind=line.kind: one.kind == kind):
            values = [item.date or None, item.label or "", item.partner or "", item.amount]
            _append(sheet, values, number_format)
    _append(sheet, [None, proof.env._("Explained"), None, proof.explained], number_format, BOLD)
    font = RED if proof.unexplained else BOLD
    unexplained = [None, proof.env._("Unexplained"), None, proof.unexplained]
    _append(sheet, unexplained, number_format, font)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _append(sheet, values, number_format, font=None):
    sheet.append(values)
    for cell in sheet[sheet.max_row]:
        if isinstance(cell.value, float):
            cell.number_format = number_format
        if isinstance(cell.value, str):
            cell.data_type = "s"  # a bank's text that begins with "=" is no formula
        if font:
            cell.font = font
