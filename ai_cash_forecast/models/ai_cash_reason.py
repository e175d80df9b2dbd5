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
        said = [
            texts[code] % dict(zip("ab", values, strict=False))
            for code, values in reasons or ()
            if code in texts
        ]
        return "; ".join(said) or False

    def _texts(self):
        return {
            "late": self.env._("usually pays %(a)s days late, from %(b)s invoices"),
            "early": self.env._("usually pays %(a)s days early, from %(b)s invoices"),
            "on_time": self.env._("usually pays on the due date, from %(a)s invoices"),
            "paid_late": self.env._("we usually pay %(a)s days late, from %(b)s bills"),
            "paid_early": self.env._("we usually pay %(a)s days early, from %(b)s bills"),
            "paid_on_time": self.env._("we usually pay on the due date, from %(a)s bills"),
            "thin": self.env._("only %(a)s paid so far: leans on others with the same terms"),
            "unknown": self.env._("nothing paid so far: like others with the same terms"),
            "nothing": self.env._("no paid documents to learn from: around the due date"),
            "overdue": self.env._("open %(a)s days past due"),
            "doubtful": self.env._(
                "overdue so long that %(a)s %% of such documents were paid in the end"
            ),
            "blocked": self.env._("payment is blocked"),
            "lag": self.env._("usually invoiced %(a)s days after the order"),
            "promised": self.env._("promised for %(a)s"),
            "netted": self.env._("%(a)s of it is settled by %(b)s"),
            "credit": self.env._("credit left over, paid out or set off later"),
            "clearing": self.env._("payments of this kind reach the bank within %(a)s days"),
            "in_bank": self.env._("in the bank balance already, not matched yet"),
            "settles": self.env._("settles %(a)s"),
            "unsettled": self.env._("no document was found for it"),
            "fixed": self.env._("on a fixed day"),
            "usual": self.env._("as in the last %(a)s weeks"),
            "draft": self.env._("a draft: counted with %(a)s %%"),
            "rate": self.env._("at the rate of %(a)s"),
        }
