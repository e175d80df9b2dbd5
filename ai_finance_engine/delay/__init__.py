"""When an invoice will be paid, learned from when earlier ones were.

Every invoice is laid out into the bank days on which it may be paid. What is learned is the
chance that it is paid on such a day if it is still open: from the partner's own delays and
pay-days (few of them lean on invoices of the same terms, these on all), the weekday, the month
end and the partner's payment runs. Chained, these chances give a curve; median and band are read
from it, the band at the level that held for invoices of the last months.
"""

from .model import DelayModel, fit
from .records import Curve, OpenInvoice, PaidInvoice, PartnerHabit, PaymentDate, Reason

__all__ = [
    "Curve",
    "DelayModel",
    "OpenInvoice",
    "PaidInvoice",
    "PartnerHabit",
    "PaymentDate",
    "Reason",
    "fit",
]
