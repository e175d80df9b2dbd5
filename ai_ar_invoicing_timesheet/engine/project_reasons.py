"""Why a project is invoiced as it is, and what its manager should look at."""


def _lt(text: str) -> str:
    """Mark a text for the translation template; the ORM layer translates it where it is shown."""
    return text


REASON_TEXT = {
    "hours": _lt("%(hours)s h from %(since)s to %(until)s: %(people)s"),
    "milestones": _lt("milestones reached: %(names)s"),
    "fixed_price": _lt("as ordered: %(names)s"),
    "delivered": _lt("materials, expenses and services as delivered: %(names)s"),
    "date_period": _lt("dated on the last day of the period, %(date)s"),
    "hours_without_line": _lt(
        "%(hours)s h belong to no order line and are not invoiced: %(people)s"
    ),
    "beyond_ordered": _lt("%(name)s: %(charged)s with this invoice, %(ordered)s ordered"),
    "negative": _lt("%(name)s: %(now)s would be credited"),
    "currencies": _lt("orders in several currencies: %(names)s"),
}
