from odoo import models


class AiCashReason(models.AbstractModel):
    """Why a line is expected when it is, in words."""

    _name = "ai.cash.reason"
    _description = "Reasons of a Cash Forecast"

    def _text(self, reasons):
        """Return the reasons as one text.

        :param reasons: ``[[code, values], ...]`` as stored on a line
        """
        texts = self._texts()
        said = [texts[code] % tuple(values) for code, values in reasons or () if code in texts]
        return "; ".join(said) or False

    def _texts(self):
        _ = self.env._
        return {
            "late": _("usually pays %s days late, from %s invoices"),
            "early": _("usually pays %s days early, from %s invoices"),
            "on_time": _("usually pays on the due date, from %s invoices"),
            "paid_late": _("we usually pay %s days late, from %s bills"),
            "paid_early": _("we usually pay %s days early, from %s bills"),
            "paid_on_time": _("we usually pay on the due date, from %s bills"),
            "thin": _("only %s paid so far: leans on others with the same terms"),
            "unknown": _("nothing paid so far: like others with the same terms"),
            "nothing": _("no paid documents to learn from: around the due date"),
            "overdue": _("open %s days past due"),
            "doubtful": _("overdue so long that %s %% of such documents were paid in the end"),
            "blocked": _("payment is blocked"),
            "lag": _("usually invoiced %s days after the order"),
            "promised": _("promised for %s"),
            "netted": _("%s of it is settled by %s"),
            "credit": _("credit left over, paid out or set off later"),
            "clearing": _("payments of this kind reach the bank within %s days"),
            "in_bank": _("in the bank balance already, not matched yet"),
            "settles": _("settles %s"),
            "unsettled": _("no document was found for it"),
            "fixed": _("on a fixed day"),
            "usual": _("as in the last %s weeks"),
            "draft": _("a draft: counted with %s %%"),
            "rate": _("at the rate of %s"),
        }
