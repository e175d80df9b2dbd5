"""What the checks say, in English; the models translate it where it is shown."""


def _lt(text: str) -> str:
    """Mark a text for the translation template."""
    return text


#: Headings on the panel, in its order.
GROUPS = {
    "customer": _lt("Customer"),
    "taxes": _lt("Taxes and accounts"),
    "amounts": _lt("Amounts"),
    "order": _lt("Order and delivery"),
    "dispute": _lt("What the customer may dispute"),
}

#: What a finding says.
FOUND = {
    "address": _lt("The address of %(name)s lacks: %(missing)s."),
    "vat_required": _lt(
        "%(name)s has no VAT number, and the fiscal position %(position)s needs one."
    ),
    "vat_eu": _lt("%(name)s is a company in another member state without a VAT number."),
    "vat_format": _lt("The VAT number %(vat)s does not have the form of its country."),
    "vat_registry": _lt("The registry did not know the VAT number %(vat)s on %(date)s."),
    "email": _lt("Invoices go to %(name)s by e-mail, and there is no address."),
    "peppol": _lt("Invoices go to %(name)s by Peppol, and there is no Peppol identifier."),
    "terms": _lt("No payment terms: the invoice is due on its own date."),
    "bank_account": _lt("No bank account of yours is on the invoice."),
    "fiscal_position": _lt(
        "Customer and ship-to call for %(expected)s, the invoice has %(current)s."
    ),
    "taxes": _lt("%(line)s has %(current)s; product and fiscal position give %(expected)s."),
    "accounts": _lt("The category of %(line)s has no account for: %(missing)s."),
    "date_future": _lt("The invoice date %(date)s lies ahead."),
    "date_locked": _lt("The period of %(date)s is closed up to %(locked)s: it is booked later."),
    "rate_missing": _lt("There is no rate for %(currency)s on or before %(date)s."),
    "rate_age": _lt("The newest rate for %(currency)s is %(days)s days older than the invoice."),
    "rate_differs": _lt("The invoice has the rate %(used)s, the rate of the day is %(expected)s."),
    "price_order": _lt("%(line)s is charged at %(price)s, ordered at %(ordered)s."),
    "price_list": _lt("%(line)s is charged at %(price)s, the pricelist says %(listed)s."),
    "quantity": _lt("%(line)s: %(invoiced)s invoiced in all, %(delivered)s delivered."),
    "quantity_ordered": _lt("%(line)s: %(invoiced)s invoiced in all, %(ordered)s ordered."),
    "duplicate": _lt("%(invoice)s has the same customer, amount and date."),
    "duplicate_near": _lt("%(invoice)s of %(date)s has the same customer and amount."),
    "credit": _lt("%(message)s"),
    "amount_high": _lt("%(amount)s is more than usual: %(low)s to %(high)s so far."),
    "amount_low": _lt("%(amount)s is less than usual: %(low)s to %(high)s so far."),
    "short_delivery": _lt("%(line)s: %(delivered)s of %(ordered)s delivered."),
    "price_rise": _lt("%(line)s costs %(price)s, on %(invoice)s it was %(last)s."),
    "late_delivery": _lt("%(order)s was promised for %(promised)s and left on %(delivered)s."),
    "reference": _lt("%(count)s of the last %(total)s invoices had the customer's reference."),
}

#: How to mend it.
FIX = {
    "address": _lt("Complete the address."),
    "vat_required": _lt("Enter the VAT number, or choose another fiscal position."),
    "vat_eu": _lt("Ask for the number: without it the tax of your own country applies."),
    "vat_format": _lt("Compare the number with the customer's papers."),
    "vat_registry": _lt("Ask the customer; without a valid number the sale is not tax free."),
    "email": _lt("Enter an e-mail address, or choose another way of sending."),
    "peppol": _lt("Enter the Peppol identifier, or choose another way of sending."),
    "terms": _lt("Choose payment terms on the customer or here."),
    "bank_account": _lt("Choose the account under Other Info, or the payer has to ask."),
    "fiscal_position": _lt("Use the fiscal position and its taxes."),
    "taxes": _lt("Take over the taxes of product and fiscal position."),
    "accounts": _lt("Enter the accounts of the category, or the cost of goods is not booked."),
    "date_future": _lt("Set the date back, or wait until then."),
    "date_locked": _lt("Choose a date in an open period."),
    "rate_missing": _lt("Enter the rate: as it is, a wrong one is used."),
    "rate_age": _lt("Enter the rate of the day."),
    "rate_differs": _lt("Take over the rate of the day."),
    "price_order": _lt("Correct the price, or agree on the order first."),
    "price_list": _lt("Correct the price, or leave it where it was agreed."),
    "quantity": _lt("Lower the quantity to what was delivered."),
    "quantity_ordered": _lt("Lower the quantity, or extend the order."),
    "duplicate": _lt("Open the other one and delete whichever is one too many."),
    "duplicate_near": _lt("Compare with the other one."),
    "credit": _lt("Agree on a payment first, or raise the limit."),
    "amount_high": _lt("Look at quantities and prices once more."),
    "amount_low": _lt("Look whether something is missing."),
    "short_delivery": _lt("Say on the invoice when the rest comes."),
    "price_rise": _lt("Tell the customer about the new price, or correct it."),
    "late_delivery": _lt("Expect a question; agree on a rebate first if one is due."),
    "reference": _lt("Enter the customer's order number, or it may come back unpaid."),
}

#: Words for what is missing.
PARTS = {
    "street": _lt("street"),
    "city": _lt("city"),
    "country": _lt("country"),
    "income": _lt("income"),
    "expense": _lt("expense"),
    "stock_valuation": _lt("stock valuation"),
}

NONE = _lt("none")
