"""Terms of payment in words of many languages, and what is no term."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from odoo.addons.ai_bookkeeping.engine.terms import Terms, due_by_terms, terms_in_text


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Bitte überweisen Sie den Betrag innerhalb von 14 Tagen ohne Abzug.", 14),
        ("Zahlbar innert 30 Tagen netto. Wir danken", 30),
        ("Zahlungsbedingungen: sofort ohne Abzug", 0),
        ("TERMS Net 30", 30),
        ("Due on receipt", 0),
        ("Payment is due within 14 days. We may charge interest at 8%.", 14),
        ("Paiement à 45 jours date de facture", 45),
        ("Betaling binnen 14 dagen na factuurdatum", 14),
        ("Gelieve het bedrag binnen 30 dagen over te maken", 30),
        ("Forma de pago: Transferencia 60 días", 60),
        ("Pagamento: bonifico bancario 30 gg data fattura", 30),
        ("Betalningsvillkor: 30 dagar netto", 30),
        ("Betalingsbetingelser: Netto 8 dage", 8),
    ],
)
def test_days(text, days):
    assert terms_in_text(text).days == days


@pytest.mark.parametrize(
    "text",
    [
        "Please return goods within 14 days",
        "Widerrufsrecht: innerhalb von 14 Tagen",
        "A late fee applies after 30 days past due.",
        "Rechnungsbetrag netto 13.999,20",
        "Netto 19 500,00",
        "En cas de retard, une pénalité de 3 fois, 40,00 €. Pas d'escompte.",
    ],
)
def test_no_terms(text):
    assert terms_in_text(text) is None


@pytest.mark.parametrize(
    ("text", "days", "percent", "early"),
    [
        ("Terms: 2/10 net 30", 30, "2", 10),
        ("2 % Skonto bei Zahlung innerhalb 8 Tagen, 30 Tage netto", 30, "2", 8),
        ("30 days net, 2% discount within 10 days", 30, "2", 10),
        ("8 Tage 2% Skonto, 30 Tage netto", 30, "2", 8),
    ],
)
def test_cash_discount(text, days, percent, early):
    terms = terms_in_text(text)
    found = (terms.days, terms.discount, terms.discount_days)
    assert found == (days, Decimal(percent), early)


def test_end_of_the_month():
    terms = terms_in_text("30 jours fin de mois")
    assert terms.end_of_month
    assert due_by_terms(terms, date(2024, 1, 15)) == date(2024, 2, 29)


@given(some.dates(date(2000, 1, 1), date(2060, 1, 1)), some.integers(0, 180))
def test_due_is_the_days_after_the_date(issued, days):
    assert due_by_terms(Terms("", days), issued) == issued + timedelta(days=days)


@given(some.text(max_size=300))
def test_any_text_is_read_without_an_error(text):
    terms = terms_in_text(text)
    assert terms is None or terms.days is None or 0 <= terms.days <= 180
