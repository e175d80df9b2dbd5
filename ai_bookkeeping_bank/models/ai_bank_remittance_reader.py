from lxml import etree, html

from odoo import api, models
from odoo.tools import html2plaintext

from odoo.addons.ai_bank_reconcile.engine.statement_table import FileError, read_table
from odoo.addons.ai_bookkeeping.engine import remittance
from odoo.addons.ai_bookkeeping.engine.extract import kind_of

TABLES = (".xlsx", ".xlsm", ".csv", ".tsv")


class AiBankRemittanceReader(models.AbstractModel):
    """Hands files and mails to the reader of remittance advices, each in its form."""

    _name = "ai.bank.remittance.reader"
    _description = "Reading of Remittance Advices"

    @api.model
    def _read(self, remittances):
        """Return ``{remittance: what its file or mail says}``."""
        return {one: self._read_one(one) for one in remittances}

    def _read_one(self, advice):
        file = advice.attachment_id
        if not file:
            return self._mail(advice.body or "")
        content, name = file.raw or b"", (file.name or "").lower()
        if kind_of(content) in ("pdf", "picture") or not content.strip():
            return remittance.read_file(content)
        if name.endswith(TABLES) or content.startswith(b"PK\x03\x04"):
            table = read_table(name, content)
            if not isinstance(table, FileError):
                found = remittance.read_cells(self._cells(table))
                if found.rows:
                    return found
            elif table.code in ("too_large", "protected", "broken_spreadsheet"):
                code = {"protected": "encrypted"}.get(table.code, table.code)
                return remittance.Remittance(problems=[(code, "")])
        if b"\x00" in content[:1024]:
            return remittance.Remittance(problems=[("unknown_kind", "")])
        return remittance.read_text(content.decode("utf-8", "replace"))

    def _cells(self, table):
        """Return the rows of a table as they stood in the file."""
        rows = [(text,) for text in table.preamble]
        rows += [table.headers] if table.header_row else []
        return rows + [row.cells for row in table.rows]

    def _mail(self, body):
        """Read a mail: by the cells of its tables where it has some, else line by line."""
        try:
            tree = html.fromstring(body) if "<tr" in body else None
        except (etree.ParserError, ValueError):
            tree = None
        if tree is not None:
            rows = [
                [" ".join(cell.text_content().split()) for cell in row.xpath("./td|./th")]
                for row in tree.iter("tr")
            ]
            found = remittance.read_cells(rows[: remittance.MOST_ROWS])
            if found.rows:
                return found
        return remittance.read_text(html2plaintext(body) if body else "")
