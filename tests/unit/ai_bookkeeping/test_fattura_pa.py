"""Italian electronic bills and envelopes."""

from datetime import date
from decimal import Decimal

from odoo.addons.ai_bookkeeping.engine.extract import extract

from tests.unit.ai_bookkeeping.test_einvoice import ubl


def fattura(kind="TD01", total="<ImportoTotaleDocumento>134.20</ImportoTotaleDocumento>", more=""):
    return f"""<?xml version="1.0"?><p:FatturaElettronica versione="FPR12" xmlns:p="urn:x">
<FatturaElettronicaHeader><CedentePrestatore><DatiAnagrafici><IdFiscaleIVA><IdPaese>IT</IdPaese>
<IdCodice>00743110157</IdCodice></IdFiscaleIVA><Anagrafica><Denominazione>Vetri S.r.l.</Denominazione></Anagrafica>
</DatiAnagrafici><IscrizioneREA><Ufficio>MI</Ufficio><NumeroREA>123456</NumeroREA></IscrizioneREA></CedentePrestatore>
<CessionarioCommittente><DatiAnagrafici><IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>1</IdCodice></IdFiscaleIVA></DatiAnagrafici></CessionarioCommittente>
</FatturaElettronicaHeader><FatturaElettronicaBody><DatiGenerali><DatiGeneraliDocumento><TipoDocumento>{kind}</TipoDocumento>
<Divisa>EUR</Divisa><Data>2024-03-04</Data><Numero>12/A</Numero>{total}</DatiGeneraliDocumento>
<DatiOrdineAcquisto><IdDocumento>PO-9</IdDocumento></DatiOrdineAcquisto></DatiGenerali>
<DatiBeniServizi><DettaglioLinee><Descrizione>Vetro</Descrizione><Quantita>2.00</Quantita><UnitaMisura>PZ</UnitaMisura>
<PrezzoUnitario>55.00</PrezzoUnitario><PrezzoTotale>110.00</PrezzoTotale><AliquotaIVA>22.00</AliquotaIVA>
<DataInizioPeriodo>2024-02-01</DataInizioPeriodo><DataFinePeriodo>2024-02-29</DataFinePeriodo></DettaglioLinee>
<DatiRiepilogo><AliquotaIVA>22.00</AliquotaIVA><ImponibileImporto>110.00</ImponibileImporto><Imposta>24.20</Imposta></DatiRiepilogo></DatiBeniServizi>
<DatiPagamento><DettaglioPagamento><DataScadenzaPagamento>2024-04-03</DataScadenzaPagamento>
<ImportoPagamento>134.20</ImportoPagamento><IBAN>IT60X0542811101000000123456</IBAN></DettaglioPagamento></DatiPagamento>
</FatturaElettronicaBody>{more}</p:FatturaElettronica>""".encode()  # fmt: skip # noqa: E501


def test_every_field():
    draft = extract(fattura(), "IT00743110157_1.xml")
    assert draft.source == "xml"
    assert draft.vendor_name.value == "Vetri S.r.l."
    assert draft.vendor_vat.value == "IT00743110157"
    assert draft.vendor_registry.value == "MI-123456"
    assert draft.vendor_iban.value == "IT60X0542811101000000123456"
    assert (draft.reference.value, draft.currency.value) == ("12/A", "EUR")
    assert (draft.date.value, draft.due_date.value) == (date(2024, 3, 4), date(2024, 4, 3))
    amounts = (draft.untaxed.value, draft.tax.value, draft.total.value)
    assert amounts == (Decimal("110.00"), Decimal("24.20"), Decimal("134.20"))
    assert draft.order_numbers == ["PO-9"]
    assert (draft.service_from.value, draft.service_to.value) == (
        date(2024, 2, 1), date(2024, 2, 29),
    )  # fmt: skip
    (line,) = draft.lines
    assert (line.quantity, line.unit, line.amount) == (Decimal("2.00"), "PZ", Decimal("110.00"))
    assert not draft.is_credit_note
    assert not draft.problems


def test_credit_note_and_total_that_is_not_printed():
    draft = extract(fattura("TD04", total=""), "x.xml")
    assert draft.is_credit_note
    assert draft.total.value == Decimal("134.20")


def test_stamp_duty_is_told_as_a_difference():
    draft = extract(
        fattura(total="<ImportoTotaleDocumento>136.20</ImportoTotaleDocumento>"), "x.xml"
    )
    assert draft.total.value == Decimal("136.20")
    assert [problem.code for problem in draft.problems] == ["arithmetic"]


def test_several_bills_in_one_file_are_told():
    draft = extract(fattura(more="<FatturaElettronicaBody></FatturaElettronicaBody>"), "x.xml")
    assert "several_bills" in [problem.code for problem in draft.problems]


def test_a_bill_in_the_envelope_of_its_network():
    bill = ubl().decode().partition("?>")[2]
    content = f"<StandardBusinessDocument xmlns='urn:s'>{bill}</StandardBusinessDocument>".encode()
    assert extract(content, "x.xml").reference.value == "R-1"


def test_another_standard_with_the_same_root_is_no_bill():
    draft = extract(b"<Invoice xmlns='urn:other'><ID>7</ID></Invoice>", "x.xml")
    assert [problem.code for problem in draft.problems] == ["not_a_bill"]
