"""Italian electronic bills: FatturaPA, ordinary and simplified."""

from datetime import date, timedelta
from decimal import Decimal

from .bill_draft import BillDraft, DraftLine, TaxRow
from .terms import Terms
from .xml_paths import all_of, compact, day, number, one_of, put, text

CREDIT_TYPES = {"TD04", "TD08"}
MOST_LINES = 2000
ZERO = Decimal(0)


def read(draft: BillDraft, root) -> None:
    """Fill the draft from the first body of the file; more bodies are more bills."""
    header = one_of(root, "FatturaElettronicaHeader")
    bodies = all_of(root, "FatturaElettronicaBody")
    if not bodies:
        return
    body = bodies[0]
    if len(bodies) > 1:
        draft.trouble("several_bills", f"The file holds {len(bodies)} bills. The first was read.")
    _seller(draft, one_of(header, "CedentePrestatore"))
    general = one_of(body, "DatiGenerali/DatiGeneraliDocumento")
    put(draft.reference, text(general, "Numero"))
    put(draft.date, day(text(general, "Data")))
    put(draft.currency, text(general, "Divisa"))
    draft.is_credit_note = (text(general, "TipoDocumento") or "") in CREDIT_TYPES
    orders = [text(one, "IdDocumento") for one in all_of(body, "DatiGenerali/DatiOrdineAcquisto")]
    draft.order_numbers = list(dict.fromkeys(filter(None, orders)))[:10]
    goods = one_of(body, "DatiBeniServizi")
    _lines(draft, goods)
    _amounts(draft, body, general, goods)
    _payment(draft, body)


def _seller(draft: BillDraft, party) -> None:
    data = one_of(party, "DatiAnagrafici") if party is not None else None
    base = data if data is not None else party
    name = text(base, "Anagrafica/Denominazione", "Denominazione")
    if not name:
        parts = (
            text(base, "Anagrafica/Nome", "Nome"), text(base, "Anagrafica/Cognome", "Cognome"),
        )  # fmt: skip
        name = " ".join(filter(None, parts)) or None
    put(draft.vendor_name, name)
    country, code = text(base, "IdFiscaleIVA/IdPaese"), text(base, "IdFiscaleIVA/IdCodice")
    if code:
        put(
            draft.vendor_vat,
            compact(code if code.startswith(country or "-") else f"{country or ''}{code}"),
        )
    registry = [text(party, "IscrizioneREA/Ufficio"), text(party, "IscrizioneREA/NumeroREA")]
    if registry[1]:
        put(draft.vendor_registry, "-".join(filter(None, registry)))


def _lines(draft: BillDraft, goods) -> None:
    starts, ends = [], []
    for item in all_of(goods, "DettaglioLinee")[:MOST_LINES]:
        draft.lines.append(
            DraftLine(
                description=text(item, "Descrizione") or "",
                quantity=number(item, "Quantita"),
                unit=text(item, "UnitaMisura"),
                price=number(item, "PrezzoUnitario"),
                tax_rate=number(item, "AliquotaIVA"),
                amount=number(item, "PrezzoTotale"),
            )
        )
        starts.append(day(text(item, "DataInizioPeriodo")))
        ends.append(day(text(item, "DataFinePeriodo")))
    put(draft.service_from, min(filter(None, starts), default=None))
    put(draft.service_to, max(filter(None, ends), default=None))


def _amounts(draft: BillDraft, body, general, goods) -> None:
    """Sums by rate make untaxed and tax; the printed total holds stamps and roundings, too."""
    rows: dict[Decimal, list[Decimal]] = {}
    rounding = number(general, "Arrotondamento") or ZERO
    simplified = all_of(body, "DatiBeniServizi") if one_of(goods, "Importo") is not None else []
    for row in all_of(goods, "DatiRiepilogo"):
        rate = number(row, "AliquotaIVA") or ZERO
        base, tax = number(row, "ImponibileImporto") or ZERO, number(row, "Imposta") or ZERO
        part = rows.setdefault(rate, [ZERO, ZERO])
        part[0], part[1] = part[0] + base, part[1] + tax
    for row in simplified:
        rate = number(row, "DatiIVA/Aliquota") or ZERO
        gross, tax = number(row, "Importo") or ZERO, number(row, "DatiIVA/Imposta")
        if tax is None:
            tax = (gross - gross / (1 + rate / 100)).quantize(Decimal("0.01"))
        part = rows.setdefault(rate, [ZERO, ZERO])
        part[0], part[1] = part[0] + gross - tax, part[1] + tax
    draft.taxes = [
        TaxRow(rate, base, tax) for rate, (base, tax) in sorted(rows.items(), reverse=True)
    ]
    if not rows:
        put(draft.total, number(general, "ImportoTotaleDocumento"))
        return
    untaxed = sum((part[0] for part in rows.values()), ZERO)
    tax = sum((part[1] for part in rows.values()), ZERO)
    total = number(general, "ImportoTotaleDocumento")
    put(draft.untaxed, untaxed)
    put(draft.tax, tax)
    put(draft.total, total if total is not None else untaxed + tax + rounding)
    difference = draft.total.value - untaxed - tax
    if difference:
        draft.trouble("arithmetic", f"{untaxed} + {tax} is not {draft.total.value}")


def _payment(draft: BillDraft, body) -> None:
    """The last instalment's day and the first account."""
    parts = all_of(body, "DatiPagamento/DettaglioPagamento")
    dues: list[date] = []
    for part in parts:
        due = day(text(part, "DataScadenzaPagamento"))
        days = number(part, "GiorniTerminiPagamento")
        start = day(text(part, "DataRiferimentoTerminiPagamento")) or draft.date.value
        if due is None and days is not None and start and 0 <= days <= 400:
            due = start + timedelta(days=int(days))
        if due:
            dues.append(due)
        put(draft.vendor_iban, draft.vendor_iban.value or compact(text(part, "IBAN")))
    put(draft.due_date, max(dues, default=None))
    if dues and draft.date.value and len(set(dues)) == 1:
        days_left = (dues[0] - draft.date.value).days
        draft.terms = Terms("", days_left if 0 <= days_left <= 400 else None)
