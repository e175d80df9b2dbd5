import logging
from datetime import timedelta

from stdnum.eu.vat import check_vies
from stdnum.exceptions import ValidationError as InvalidNumber

from odoo import api, fields, models

_logger = logging.getLogger(__name__)

#: An answer holds so long; where the registry was not reached it is asked again the next day.
HOLDS = timedelta(days=30)
AGAIN = timedelta(days=1)
SECONDS = 10
AT_ONCE = 200


class AiInvoiceCheckRegistry(models.Model):
    """What the Union's registry said about VAT numbers, and when.

    Asked by a scheduled action alone, never while somebody waits; what is not known yet is no
    reason against an invoice. Numbers and answers are public, they belong to no company.
    """

    _name = "ai.invoice.check.registry"
    _description = "VAT Number Looked Up"
    _rec_name = "number"

    number = fields.Char(required=True, readonly=True)
    state = fields.Selection(
        [("valid", "Known"), ("invalid", "Unknown"), ("unreachable", "Registry Not Reached")],
        required=True,
        readonly=True,
    )
    date = fields.Date(required=True, readonly=True)

    _number_uniq = models.Constraint("UNIQUE (number)", "This number was looked up already.")

    @api.model
    def _known(self, partners):
        """Return ``{partner id: (state, date)}`` of the partners whose number was looked up."""
        numbers = {partner.id: _plain(partner.vat) for partner in partners if partner.vat}
        rows = self.sudo().search_fetch(
            [("number", "in", list(set(numbers.values())))], ["number", "state", "date"]
        )
        answers = {row.number: (row.state, row.date) for row in rows}
        return {
            partner_id: answers[number]
            for partner_id, number in numbers.items()
            if number in answers
        }

    @api.model
    def _cron_look_up(self):
        """Ask the registry about customers of drafts whose number is new or was asked long ago."""
        companies = self.env["res.company"].search([("ai_invoice_vies", "=", True)])
        numbers = self._due(companies)[:AT_ONCE]
        self.env["ir.cron"]._commit_progress(remaining=len(numbers))
        for number in numbers:
            state = self._ask(number)
            self._keep(number, state)
            if not self.env["ir.cron"]._commit_progress(1) or state == "unreachable":
                # The others wait for a better moment.
                break

    def _due(self, companies):
        drafts = self.env["account.move"].search(
            [
                ("company_id", "in", companies.ids),
                ("move_type", "in", ("out_invoice", "out_refund")),
                ("state", "=", "draft"),
                ("commercial_partner_id.vat", "!=", False),
            ]
        )
        union = self.env.ref("base.europe").country_ids
        partners = drafts.commercial_partner_id.filtered(lambda one: one.country_id in union)
        today = fields.Date.today()
        known = self._known(partners)
        due = set()
        for partner in partners:
            state, date = known.get(partner.id, (None, None))
            holds = AGAIN if state == "unreachable" else HOLDS
            if not state or date + holds <= today:
                due.add(_plain(partner.vat))
        return sorted(due)

    def _ask(self, number):
        """Return the state of ``number``: what cannot be reached is said, not raised."""
        from odoo.tools import zeep  # noqa: PLC0415  slow to load, as in core

        try:
            return "valid" if check_vies(number, timeout=SECONDS)["valid"] else "invalid"
        except InvalidNumber:
            return "invalid"
        except (OSError, zeep.exceptions.Error) as error:
            _logger.info("The VAT registry was not reached: %s", error)
            return "unreachable"

    def _keep(self, number, state):
        values = {"state": state, "date": fields.Date.today()}
        row = self.search([("number", "=", number)])
        if row:
            row.write(values)
        else:
            self.create({"number": number, **values})


def _plain(vat):
    return "".join(char for char in vat.upper() if char.isalnum())
