from decimal import Decimal

from lxml import etree

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.base.models.res_bank import sanitize_account_number

from ..engine.statement_file import ParsedStatement, RowError, StatementRow

IMPORTER = "account.statement.import"
#: What a community importer says about a line beyond what our own screen knows.
MORE = ("unique_import_id", "narration", "ref", "transaction_type", "partner_id", "raw_data")


class AiBankStatementCommunity(models.AbstractModel):
    """Reads CAMT, OFX and other formats through the community's importers, where installed.

    They only read: preview, duplicates, checks and booking are the same for all formats.
    """

    _name = "ai.bank.statement.community"
    _description = "Bank Statement of a Community Format"

    @api.model
    def _is_installed(self):
        return IMPORTER in self.env

    @api.model
    def _formats(self):
        """Return the formats that can be read here, as the importers name them."""
        if not self._is_installed():
            return []
        return self.env["account.journal"]._get_bank_statements_available_import_formats()

    @api.model
    def _parse(self, journal, filename, content):
        """Return what a file says about the account of a bank journal.

        :return: ``(ParsedStatement, {row number: values of the bank line beside the row's})``
        :raises UserError: where no importer can read it
        """
        self._check_whole(content)
        # The importer is for a group that Community hides; here it only parses bytes.
        importer = self.env[IMPORTER].sudo().new({"statement_filename": filename})
        try:
            found = importer._parse_file(content)
        except UserError:
            raise
        except Exception as error:  # the parsers raise whatever a damaged file leads to
            message = self.env._("The file is damaged: the importer of its format cannot read it.")
            raise UserError(message) from error
        accounts = [
            (currency, number, [one for one in statements if one["transactions"]])
            for currency, number, statements in (found if isinstance(found, list) else [found])
        ]
        accounts = [account for account in accounts if account[2]]
        wrong, accounts = self._of_journal(journal, accounts)
        return self._joined(journal, accounts, wrong)

    def _check_whole(self, content):
        """Refuse XML that is cut off: importers read it as far as it goes, half an amount too."""
        if not content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml"):
            return
        # Some banks name another encoding than the one they write.
        texts = (content, content.decode("iso-8859-15").encode())
        if b"<!DOCTYPE" in content or not any(map(self._is_whole, texts)):
            raise UserError(
                self.env._("The file is damaged or cut off. Download it from the bank again.")
            )

    def _is_whole(self, content):
        try:
            etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError:
            return False
        return True

    def _of_journal(self, journal, accounts):
        """Return what is wrong with the accounts of a file, and those of the bank journal."""
        own = sanitize_account_number(journal.bank_account_id.acc_number)
        numbers = {sanitize_account_number(number) for _currency, number, _found in accounts}
        numbers -= {None, False, ""}
        if not own:
            return [RowError(0, "account", "account_several")] if len(numbers) > 1 else [], accounts
        mine = [one for one in accounts if sanitize_account_number(one[1]) in (own, None, False)]
        if accounts and not mine:
            params = {"value": ", ".join(sorted(numbers)), "own": own}
            return [RowError(0, "account", "account_other", params)], accounts
        return [], mine

    def _joined(self, journal, accounts, errors):
        """Return the statements of a file as one, in the order of their dates."""
        speed = journal._statement_line_import_speeddict()
        rows, values, statements = [], {}, []
        for currency, number, found in accounts:
            for statement in sorted(found, key=lambda one: str(one.get("date") or "")):
                statements.append(statement)
                for line in statement["transactions"]:
                    line = {**line, "journal_id": journal.id}
                    journal._statement_line_import_update_unique_import_id(line, number)
                    journal._statement_line_import_update_hook(line, speed)
                    row = self._row(len(rows) + 1, line, currency)
                    values[row.row_number] = {
                        name: line[name]
                        for name in MORE
                        if isinstance(line.get(name), str | int) and line[name]
                    }
                    rows.append(row)
        return self._with_balances(rows, statements, errors), values

    def _row(self, number, line, currency):
        return StatementRow(
            row_number=number,
            date=fields.Date.to_date(line["date"]),
            amount=Decimal(f"{line['amount']:.6f}").normalize() + 0,
            label=" ".join((line.get("payment_ref") or "").split()),
            partner_name=line.get("partner_name") or "",
            account_number=line.get("account_number") or "",
            currency=(currency or "").upper(),
            reference=line.get("ref") or "",
        )

    def _with_balances(self, rows, statements, errors):
        """Return the rows with the balances of the first and last statement, checked."""
        opening = statements[0].get("balance_start") if statements else None
        closing = statements[-1].get("balance_end_real") if statements else None
        if opening is None or closing is None:
            return ParsedStatement(lines=tuple(rows), errors=tuple(errors))
        opening, closing = (Decimal(f"{one:.6f}").normalize() + 0 for one in (opening, closing))
        reached = opening + sum(row.amount for row in rows)
        if reached != closing and not errors:
            params = {"expected": str(reached), "found": str(closing)}
            errors = [RowError(0, "balance", "balance_sum", params)]
        return ParsedStatement(
            lines=tuple(rows), errors=tuple(errors), opening=opening, closing=closing
        )
