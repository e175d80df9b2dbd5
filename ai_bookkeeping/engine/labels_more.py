# ruff: noqa: E501 - lists of words are read better unbroken
"""Words beside the fields of a bill in further languages: Portuguese, Polish, Czech and Slovak, the
Nordic ones, Hungarian, Romanian, Croatian and Slovene, Turkish, Greek in Latin letters is none."""

#: role -> (phrases that say so, phrases that only hint at it)
MORE: dict[str, tuple[str, str]] = {
    "number": (
        "fatura n|fatura no|fatura numero|numero da fatura|n fatura|no da fatura|n da fatura|fatura recibo|factura recibo|nota de credito n|numero do documento|"
        "fatura ft|fatura fr|nota fiscal|numero da nota|nf e n|"
        "faktura vat nr|faktura vat|faktura nr|numer faktury|nr faktury|faktura numer|faktura korygujaca nr|rachunek nr|numer dokumentu|nr dokumentu|faktura vat numer|"
        "faktura c|faktura cislo|cislo faktury|c faktury|faktura danovy doklad c|danovy doklad c|faktura danovy doklad cislo|danovy doklad cislo|cislo dokladu|doklad c|doklad cislo|dobropis c|cislo fa|ev cislo dokladu|"
        "fakturanr|fakturanummer|faktura nr|faktura nummer|faktura no|fakturans nummer|kreditfaktura nr|kreditnota nr|kreditnotanr|fakturanr nr|"
        "laskun numero|laskunumero|lasku nro|laskun nro|lasku numero|hyvityslaskun numero|"
        "szamla sorszama|szamlaszam|szamla szama|szamla sorszam|bizonylatszam|bizonylat szama|sorszam|"
        "factura nr|factura seria|seria si numarul|numar factura|nr factura|serie si numar|seria nr|factura fiscala nr|"
        "racun br|broj racuna|racun broj|racun st|stevilka racuna|st racuna|racun stevilka|"
        "fatura no|fatura numarasi|belge no",
        "fatura|faktura|faktura vat|danovy doklad|lasku|szamla|racun|numer|cislo|nummer|numero|sorszam|kreditfaktura|kreditnota|faktura danovy doklad",
    ),
    "related": (
        "do faktury|korygowanej|dotyczy faktury|k fakture|puvodni faktura|avser faktura|vedrorende faktura|gjelder faktura|krediterer faktura|relativa a fatura|ref a fatura",
        "",
    ),
    "order": (
        "encomenda|v encomenda|encomenda n|n encomenda|nota de encomenda|zamowienie|nr zamowienia|zamowienie nr|numer zamowienia|objednavka|objednavka c|cislo objednavky|"
        "ordernr|ordernummer|er order|ert ordernummer|ordredato|ordrenr|ordrenummer|rekvisition|rekv nr|bestillingsnr|inkopsorder|bestallning|tilausnumero|tilaus|tilausnro|"
        "rendeles|rendelesszam|comanda nr|narudzba|narocilo|siparis no",
        "",
    ),
    "delivery": (
        "data da entrega|data entrega|guia de remessa|data de carga|data sprzedazy|data dostawy|data wykonania uslugi|data dokonania dostawy|data zakonczenia dostawy|wz|"
        "datum zdan plneni|datum zdanitelneho plneni|datum uskutecneni zdanitelneho plneni|duzp|datum uzp|dodaci list|datum dodani|dodanie tovaru|"
        "leveransdatum|leveringsdato|leverings dato|leveransdag|foljesedel|folgeseddel|toimituspaiva|toimitus|"
        "teljesites|teljesites kelte|teljesites datuma|teljesites idopontja|data livrarii|aviz|datum isporuke|datum opravljene storitve|datum dobave|sevk tarihi|irsaliye",
        "",
    ),
    "customer": (
        "n cliente|cliente n|cod cliente|codigo do cliente|nr klienta|numer klienta|kod klienta|cislo zakaznika|zakaznicke cislo|kundnr|kundnummer|kund nr|kund id|kundenr|kundenummer|kunde nr|"
        "asiakasnumero|asiakasnro|asiakas nro|vevokod|vevo kod|ugyfelszam|cod client|musteri no",
        "",
    ),
    "contract": (
        "contrato n|umowa|umowa nr|oferta|smlouva|zakazka|zakazka c|projektnr|avtal|avtalsnummer|aftale|sagsnr|tilbud|sopimus|tarjous|szerzodes|"
        "variabilni symbol|konstantni symbol|specificky symbol|var symbol|vs|ks|ocr|ocr nummer|ocr nr|kid|kid nr|kid nummer|viitenumero|viite|fi nr|betalningsreferens|betalings id|atcud|"
        "programa certificado n|processado por programa certificado n",
        "",
    ),
    "taxid": (
        "contribuinte|contribuinte n|n contribuinte|nipc|nif n|n contrib|v n contrib|nr contribuinte|nip|regon|krs|bdo|ico|dic|ic dph|ico c|org nr|orgnr|organisationsnummer|org nummer|momsreg nr|momsregnr|"
        "vat nr|cvr|cvr nr|cvr no|se nr|organisasjonsnummer|foretaksnummer|orgnr mva|y tunnus|alv nro|alv tunniste|alv tunnus|adoszam|kozossegi adoszam|cui|cif|cod fiscal|reg com|oib|id za ddv|maticna st|vkn|vergi no|mersis no",
        "",
    ),
    "contact": (
        "telef|telemovel|tlm|konto bankowe|nr konta|numer konta|rachunek bankowy|nr rachunku|cislo uctu|ucet|bankgiro|plusgiro|postgiro|bg|pg|kontonr|kontonummer|reg nr|regnr|konto nr|tilinumero|tili|puh|puhelin|bankszamlaszam|cont|strona|strana|sida|side|sivu",
        "",
    ),
    "date": (
        "data emissao|data de emissao|data da fatura|data do documento|data doc|data fatura|emitido em|emitida em|data de emision|"
        "data wystawienia|wystawiono|wystawiono dnia|z dnia|data faktury|data dokumentu|dnia|data i miejsce wystawienia|miejsce i data wystawienia|wystawiona|wystawiona dnia|"
        "datum vystaveni|vystaveno|vystaveno dne|datum vyhotovenia|datum vystavenia|datum vyst|den vystaveni|"
        "fakturadatum|fakturans datum|fakturadato|faktura dato|faktureringsdatum|utstallningsdatum|fakturadag|udstedelsesdato|bilagsdato|dokumentdatum|fakturert dato|utstedt|udstedt|"
        "laskun paivays|laskun pvm|laskupaiva|laskun paivamaara|paivays|paivamaara|pvm|laskun paiva|"
        "szamla kelte|kelt|kiallitas datuma|kiallitas kelte|szamla datuma|kiallitas|kiallitas napja|data emiterii|data facturii|data factura|data emitere|datum racuna|datum izdavanja|datum izdaje|fatura tarihi|duzenleme tarihi|tarih",
        "dato|datum|kelt|pvm",
    ),
    "due": (
        "data vencimento|data de vencimento|vencimento|vence em|data limite de pagamento|pagar ate|pagamento ate|vencimiento em|data venc|"
        "termin platnosci|platnosc do|zaplata do|termin zaplaty|do dnia|data platnosci|platne do|termin platnosci do|"
        "datum splatnosti|splatnost|splatno|splatno dne|den splatnosti|splatnost dne|splatne dne|"
        "forfallodatum|forfallodag|forfaller|betalas senast|oss tillhanda|oss tillhanda senast|att betala senast|sista betalningsdag|betala senast|senast|forfallodatum betalas senast|"
        "forfaldsdato|forfald|forfaldsdag|betalingsdato|betales senest|betalingsfrist|senest betalt|sidste rettidige betalingsdato|sidste rettidige betaling|betalt senest|forfalder|"
        "forfallsdato|forfall|betalingsforfall|betal innen|forfaller|"
        "erapaiva|eraantyy|maksettava viimeistaan|erapvm|maksupaiva|"
        "fizetesi hatarido|fizetes hatarideje|esedekesseg|fizetesi hat|fizetendo|scadenta|data scadentei|termen de plata|termen plata|data scadenta|rok placila|rok placanja|datum dospijeca|dospijece|zapade|rok placanja|vade|vade tarihi|son odeme tarihi|son odeme",
        "",
    ),
    "period": (
        "periodo de faturacao|okres rozliczeniowy|okres|za okres|obdobi|fakturaperiod|period fra|faktureringsperiode|laskutuskausi|idoszak|elszamolasi idoszak|perioada|obdobje",
        "",
    ),
    "total": (
        "total do documento|total documento|total fatura|total com iva|total eur|valor total|total geral|total a liquidar|"
        "razem brutto|wartosc brutto|suma brutto|kwota brutto|lacznie|ogolem|razem do zaplaty|kwota faktury|"
        "celkem s dph|cena celkem|castka celkem|celkova castka|celkem vcetne dph|spolu s dph|"
        "summa inkl moms|totalt inkl moms|total inkl moms|totalbelopp|belopp inkl moms|fakturabelopp|fakturatotal|fakturatotalt|total dkk|total sek|total nok|i alt inkl moms|total inkl mva|sum inkl mva|totalsum|fakturasum|fakturabelob|belob inkl moms|i alt dkk|"
        "verollinen yhteensa|yhteensa sis alv|lasku yhteensa|loppusumma|kokonaissumma|verollinen|laskun loppusumma|"
        "brutto osszesen|szamla vegosszege|osszesen brutto|vegosszeg|szamla osszesen|brutto ertek|total de plata|total general|valoare totala|ukupno s pdv|sveukupno|skupaj z ddv|genel toplam|vergiler dahil toplam|vergiler dahil toplam tutar",
        "razem|suma|celkem|spolu|summa|i alt|ialt|totalt|yhteensa|osszesen|ukupno|skupaj|toplam",
    ),
    "payable": (
        "total a pagar|valor a pagar|do zaplaty|pozostalo do zaplaty|kwota do zaplaty|naleznosc|"
        "k uhrade|celkem k uhrade|castka k uhrade|k zaplaceni|na uhradu|zbyva uhradit|doplatit|"
        "att betala|summa att betala|totalt att betala|belopp att betala|till betalning|att betala sek|at betale|belob til betaling|til betaling|a betale|a betale nok|belop a betale|sum a betale|totalt a betale|"
        "maksettava|maksettavaa|maksettava yhteensa|yhteensa maksettava|fizetendo|fizetendo osszeg|fizetendo osszesen|fizetendo vegosszeg|rest de plata|za placilo|za placanje|za uplatu|odenecek tutar|odenecek",
        "",
    ),
    "untaxed": (
        "total iliquido|mercadoria servicos|base tributavel|incidencia|total sem iva|total liquido|valor liquido|valor tributavel|"
        "razem netto|wartosc netto|suma netto|kwota netto|"
        "zaklad|zaklad dane|celkem bez dph|cena bez dph|zaklad dph|bez dph|spolu bez dph|soucet polozek|"
        "exkl moms|summa exkl moms|netto|nettobelopp|totalt exkl moms|total exkl moms|belopp exkl moms|delsumma|momspliktigt|momspliktigt belob|subtotal ekskl moms|total ekskl moms|ekskl moms|belob ekskl moms|nettobelob|sum ekskl mva|netto ekskl mva|total ekskl mva|ekskl mva|eks mva|mva grunnlag|grunnlag|nettobelop|"
        "veroton|veroton yhteensa|yhteensa veroton|veroton hinta|"
        "netto osszesen|adoalap|netto ertek|osszesen netto|valoare fara tva|total fara tva|baza de impozitare|osnovica|ukupno bez pdv|osnova|skupaj brez ddv|ara toplam|mal hizmet toplam tutari|matrah|toplam tutar",
        "",
    ),
    "tax": (
        "total iva|valor iva|imposto|total de iva|total imposto|kwota vat|podatek vat|podatek|vat kwota|suma vat|"
        "dph|dph celkem|castka dph|vyse dph|dph spolu|"
        "moms|moms kr|moms belopp|momsbelopp|moms sek|totalt moms|moms i alt|momsbelob|mva|mva belop|merverdiavgift|sum mva|totalt mva|heraf moms|varav moms|"
        "alv|alv yhteensa|arvonlisavero|vero|alv osuus|"
        "afa|afa osszesen|afa osszege|afa ertek|tva|valoare tva|total tva|pdv|iznos pdv|pdv ukupno|ddv|znesek ddv|kdv|hesaplanan kdv|toplam kdv|kdv tutari",
        "",
    ),
    "paid": (
        "adiantamento|valor pago|ja pago|zaplacono|zaliczka|zaplata|wplacono|zaloha|uhrazeno|zaplaceno zalohou|zalohy|forskott|betalt|aconto|a conto|forudbetalt|inbetalt|ennakko|maksettu|fizetve|eloleg|avans|achitat|predujam|avans",
        "",
    ),
    "noamount": (
        "tip|gratuity|trinkgeld|pourboire|propina|mancia|round off|rounding off|rounded off|rounding difference|rundungsdifferenz|rundungsbetrag|carriage|carriage net|postage|delivery charge|delivery fee|postage and packing|p p|packing|packaging|handling fee|shipping and handling|verpackung|fracht|frachtkosten|porto und verpackung|livraison|frais d envoi|frais de livraison|administratiekosten|service charge|surcharge|fuel surcharge|desconto|portes|retencao|retencao na fonte|rabat|upust|cena netto|cena jednostkowa|wartosc|sleva|cena za mj|jednotkova cena|zaokrouhleni|oresavrundning|avrundning|oreutjamning|afrunding|rabatt|frakt|fragt|"
        "stk pris|styckpris|a pris|enhedspris|alennus|yksikkohinta|a hinta|kedvezmeny|egysegar|kerekites|pret unitar|discount|popust|cijena|birim fiyat|iskonto|viivastyskorko|drojsmalsranta|paminnelseavgift|"
        "retencion|retencion irpf|irpf|ritenuta|ritenuta d acconto|ritenuta acconto|cassa previdenza|contributo|bollo|marca da bollo|withholding|withholding tax|tds|onorario|retenue|"
        "total g w|total n w|gross weight|net weight|gewicht|bruttogewicht|nettogewicht|poids|peso|weight|tara|meas|interest|zinsen|"
        "1 30 days|31 60 days|61 90 days|over 60|over 90|over 90 days|account balance|past due|total past due|amount enclosed|ubertrag von vorheriger seite|zwischensumme ubertrag|report page precedente|carried over|brought forward|balance brought forward|transport",
        "",
    ),
}
#: phrases of the first languages that were wanting there
FIRST: dict[str, tuple[str, str]] = {
    "untaxed": (
        "net after discount|subtotal after discount|total after discount|netto nach rabatt|zwischensumme nach rabatt|net apres remise|total apres remise|totaal na korting|total tras descuento|merchandise total|merchandise|total merchandise|product total|items total|item total|parts and labor|total charges before vat|charges before vat|total before vat|total excluding vat|goods value|"
        "warensumme|leistungssumme|nettosumme gesamt|total fees|total services|total lines|lines total|total des prestations|total articles|suma articulos|total merce|totaal artikelen|nettowert",
        "",
    ),
    "yours": (
        "booking reference|booking ref|booking no|booking number|reservation|reservation no|reservation number|confirmation|confirmation no|confirmation number|pnr|record locator|buchungsnummer|buchungscode|reservierung|"
        "reservierungsnummer|reference de reservation|numero de reservation|reserveringsnummer|boekingsnummer|numero de reserva|localizador|codice prenotazione|prenotazione|guest|room|zimmer|chambre|kamer",
        "",
    ),
    "tax": (
        "dont tva|davon mwst|davon ust|darin enthaltene mwst|darin enthaltene ust|enthaltene ust|inkl mwst betrag|waarvan btw|inclusief btw bedrag|di cui iva|iva incluida|of which vat|vat included|includes vat|including vat of|vat incl|incl vat of|includes gst|gst included|includes tax|consumption tax|heraf moms|varav moms|cgst|sgst|igst|utgst|cess|gst tps|qst tvq|tps|tvq|hst|pst|qst|tps tvh|add vat|add gst|output cgst|output sgst|output igst|county tax|city tax|local tax|mva 25|"
        "us sales tax|vat charge|vat charges|vat content|tva due|montant de tva|steuersumme|umsatzsteuer gesamt|mwst total|total mwst|total ust|impuesto|iva 21|total impuesto|totale imposte",
        "",
    ),
    "total": (
        "total credit|total charges this bill|total bill|total this bill|total for this invoice|total of this invoice|bill amount|total current charges|new charges|total new charges|gross|fare total|"
        "zu zahlender gesamtbetrag|rechnungsbetrag gesamt|fakturabetrag|rechnungstotal|totalbetrag|total chf|total eur|total usd|montant du|total de votre facture|total de cette facture|"
        "totaal deze factuur|totaal van deze factuur|total de la factura|total importe factura|totale bolletta|totale della fattura|total sgd|total aud|total cad|total inr|total nzd|total zar|total hkd|total aed",
        "grand",
    ),
    "due": (
        "preleve a partir du|sera preleve a partir du|sera preleve le|preleve le|prelevement le|date de prelevement|prelevee le|debite le|preleve vers le|"
        "wird abgebucht am|abgebucht am|abbuchung am|eingezogen am|einzug zum|wird zum|faellig zum|fällig zum|zahlbar zum|zahlungsziel|ziel|zahlung bis|"
        "wordt rond|omstreeks|wordt omstreeks|incassodatum|afschrijving op|incasso op|se cargara el|cargo en cuenta|fecha de cargo|fecha de cobro|addebito il|verra addebitato il|addebito in conto|"
        "will be collected on|will be debited on|collection date|direct debit date|date of payment|total amount due by|amount due by|total due by|please pay the total by|pay this amount by|payment due on|auto pay date|autopay on|amount due on",
        "due|scadenza rata|rata|rond|zum",
    ),
    "date": (
        "date of issue|issued|issue date|datum fattura|invoice date tax point|date tax point|invoice tax point|tax date|date of bill|bill issued|bill issue date|data emiss|emissione|"
        "rechnungs lieferdatum|rechnungsdatum leistungsdatum|rechnungs und lieferdatum|rechnungsdatum gleich lieferdatum|ausgestellt|erstellt am|erstellungsdatum|date d edition|editee le|etablie le|date de creation",
        "dated|beleg dat|issue|statement date",
    ),
    "number": (
        "bill number|beleg|belegnr|facture proforma n|n de piece|piece n|numero de piece|n piece|numero de la facture|numero documento|folio no|folio number|"
        "factura simplificada|n de documento|n doc|nr doc|doc n|doc no|doc nr|rechnungs nummer|invoice num|invoice code|fattura nr del|fattura elettronica n|fattura immediata n|fattura accompagnatoria n|"
        "fattura differita n|fattura di cortesia n|parcella n|notula n|nota n|nota spese n|honorarnote nr|honorarnote|receipt number|receipt no|statement number|ref facture|invoicenr|inv",
        "belegnummer|numero|number|nummer|fact|fact n|fac",
    ),
    "period": ("service from|service to|to|thru|through|periode du|periode vom", ""),
    "taxid": (
        "steuer nr|st nr|finanzamt|fn|firmenbuch|dvr|ust idnr|ust id nr|uid nummer|mwst nummer|gln|ein|fed id|federal id|federal tax id|tax id no|gst tps|qst tvq|gst reg no|gst hst|hst|gst number|coc|coc no|cr no|uen|trn|tax registration number|pan|cin|hsn sac|"
        "r m|registro mercantil|tomo|hoja|folio registro|atecode|rci|n siret|n siren|n rcs|n tva intracommunautaire|rpr|rpm|ondernemingsnr|hrb nr|registernummer|acn",
        "",
    ),
}  # fmt: skip
