"""A cash forecast as a spreadsheet: the weeks, the days, why, and every line behind them."""

import io

from openpyxl import Workbook
from openpyxl.styles import Font

BOLD = Font(bold=True)


def cash_workbook(forecast, data):
    """Return a forecast as the bytes of an XLSX file.

    :param forecast: record of ``ai.cash.forecast``
    :param data: as ``get_dashboard`` returns it
    """
    book = Workbook()
    digits = forecast.currency_id.decimal_places
    sheets = _Sheets(book, f"#,##0.{'0' * digits}".rstrip("."), forecast.env)
    sheets.weeks(forecast, data)
    sheets.days(data)
    sheets.reasons(data)
    sheets.lines(forecast.line_ids)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


class _Sheets:
    def __init__(self, book, number_format, env):
        self.book = book
        self.number_format = number_format
        self.env = env

    def weeks(self, forecast, data):
        sheet = self._sheet(self.env._("Weeks"), (30, 12, 12, 16, 16, 16, 16, 16, 12))
        self._append(
            sheet, [self.env._("Cash forecast"), forecast.as_of, forecast.currency_id.name], BOLD
        )
        self._append(sheet, [", ".join(forecast.company_ids.mapped("name"))])
        self._append(sheet, [self.env._("Cash today"), None, None, data["forecast"]["opening"]])
        self._append(sheet, [self.env._("Floor"), None, None, data["forecast"]["floor"]])
        if data.get("insight"):
            self._append(sheet, [data["insight"]])
        self._append(sheet, [])
        head = [
            self.env._("Week"),
            self.env._("From"),
            self.env._("To"),
            self.env._("In"),
            self.env._("Out"),
            self.env._("Likely balance"),
            self.env._("10 %"),
            self.env._("90 %"),
            self.env._("Risk below floor"),
        ]
        self._append(sheet, head, BOLD)
        for week in data["weeks"]:
            names = ("label", "date_from", "date_to", "in", "out", "p50", "p10", "p90")
            self._append(sheet, [week[name] for name in names] + [week["below_floor"]])
            sheet.cell(sheet.max_row, 9).number_format = "0%"

    def days(self, data):
        sheet = self._sheet(self.env._("Days"), (14, 16, 16, 16, 16, 16))
        head = [
            self.env._("Day"),
            self.env._("In"),
            self.env._("Out"),
            self.env._("Likely balance"),
            self.env._("10 %"),
            self.env._("90 %"),
        ]
        self._append(sheet, head, BOLD)
        for day in data["days"]:
            names = ("date", "in", "out", "p50", "p10", "p90")
            self._append(sheet, [day[name] for name in names])

    def reasons(self, data):
        sheet = self._sheet(self.env._("Why"), (70, 16, 40))
        titles = (
            (self.env._("What moves it"), "drivers"),
            (self.env._("What changed"), "changes"),
            (self.env._("What to do"), "actions"),
        )
        for title, key in titles:
            self._append(sheet, [title], BOLD)
            for row in data[key]:
                self._append(sheet, [row["text"], row["amount"], row.get("cause") or None])
            self._append(sheet, [])

    def lines(self, lines):
        sheet = self._sheet(self.env._("Lines"), (14, 24, 40, 30, 14, 16, 60))
        head = [
            self.env._("Expected"),
            self.env._("Source"),
            self.env._("Document"),
            self.env._("Partner"),
            self.env._("Due"),
            self.env._("Amount"),
            self.env._("Why"),
        ]
        self._append(sheet, head, BOLD)
        kinds = dict(lines._fields["kind"]._description_selection(self.env))
        for line in lines:
            self._append(
                sheet,
                [line.date_p50 or None, kinds.get(line.kind), line.label or None,
                 line.partner_id.display_name or None, line.date_due or None, line.amount,
                 line.reason_text or None],
            )  # fmt: skip

    def _sheet(self, title, widths):
        first = self.book.active
        used = len(self.book.worksheets) == 1 and first.max_row == 1 and not first["A1"].value
        sheet = first if used else self.book.create_sheet()
        sheet.title = title[:31]
        for column, width in zip("ABCDEFGHI", widths, strict=False):
            sheet.column_dimensions[column].width = width
        return sheet

    def _append(self, sheet, values, font=None):
        sheet.append(values)
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, float | int):
                cell.number_format = self.number_format
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a document's text that begins with "=" is no formula
            if font:
                cell.font = font
