"""Words in which instructions to a model are written, by what they mean, in eight languages.

Lower case without accents; ``*`` stands for any ending. English, German, French, Spanish,
Italian, Dutch, Portuguese and Polish forms share a concept: who attacks may mix languages.
"""

CONCEPTS = {
    "ignore": """
        ignor* disregard* forget forgets override* overrule* overwrite discard neglect unlearn erase
        missacht* vergiss vergesst vergessen verwirf verwerfen uberschreib* ausser
        oublie oublies oubliez oublier neglige* outrepass* abandonne*
        olvida olvide olviden olvidate olvidar descarta descarte haz omite omita anula
        dimentica dimentichi dimenticare dimenticate trascura* scarta annulla
        negeer negeren vergeet vergeten overschrijf schenk
        esquece esqueca esquecam esquecer desconsider* descart* despreza*
        zignoruj* zapomnij* pomin* zlekcewaz* odrzuc* nadpisz* porzuc*""",
    "instruction": """
        instruction instructions instruct* prompt prompts rule rules directive* guideline guidelines
        programming guidance training context command commands directions
        anweisung* instruktion* vorgabe* regel regeln systemanweisung* befehl befehle richtlinien
        consigne consignes regle regles directives
        instruccion instrucciones regla reglas directriz directrices indicaciones
        istruzione istruzioni regola regole direttiv* indicazioni
        instructie instructies richtlijn richtlijnen opdracht opdrachten regels
        instrucao instrucoes regra regras diretriz* diretiv*
        instrukcj* polecen* wytyczn* zasad zasady zasadach regul reguly dyrektyw*""",
    "prior": """
        previous previously prior above earlier preceding former initial original foregoing before
        vorherige* vorige* bisherig* obige* fruhere* vorangegangen* oben zuvor vorstehend* bisher
        ursprunglich*
        precedent* anterieur* dessus ci avant initial* prealable*
        anterior* previa* previo* arriba antes inicial* original*
        precedent* sopra prima iniziali
        vorige eerdere voorgaand* bovenstaand* eerder hierboven oorspronkelijk*
        acima previas previos
        poprzedni* wczesniej* powyzsz* dotychczas* uprzedni* pierwotn*""",
    "all": """
        all any every everything alle allen aller alles samtlich* jede jegliche* tous toutes
        tout toute
        todas todos todo toda todo tutte tutti tutto alle elke tudo quaisquer wszystk* wszelk*""",
    "everything": """
        everything anything whatever what alles was tout ce todo lo tutto quanto cio wat tudo o que
        wszystko wszystkim""",
    "document": """
        reminder* letter* mail mails email* invoice* statement* notice* message* quote*
        offer* order*
        remittance* payment* dunning bill bills version* call document* shipment* price prices
        mahnung* zahlungserinnerung* erinnerung* schreiben rechnung* nachricht* angebot* bestellung*
        zahlung* brief beleg* zahlungsaufforderung*
        rappel* relance* courrier* facture* devis commande* paiement* avis lettre*
        recordatorio* aviso* factura* correo* pedido* pago* carta* presupuesto*
        sollecit* promemoria fattur* ordin* pagament* avvis* comunicazion* lettera preventivo
        herinnering* aanmaning* factuur facturen bericht* offerte* bestelling* betaling* brief
        lembrete* fatura* cobranca* pagamento* boleto* encomenda* mensagem mensagens
        przypomnien* wezwan* faktur* wiadomosc* ofert* zamowien* platnosc* pismo pisma monit""",
    "delivery": """
        delivery shipping packing handling washing care assembly versand* liefer* montage* pflege*
        livraison expedition montage entretien envio entrega montaje spedizione consegna montaggio
        levering verzend* montage* entrega montagem dostaw* wysylk* montaz* packaging storage return
        safety user operating""",
    "every": "every each jede jeder jedes chaque cada ogni elke iedere kazde kazdego",
    "priority": """
        priority precedence overrides vorrang prioritat priorite prioridad priorita prioriteit
        prioridade pierwszenstwo priorytet""",
    "hire": "hire hires bin bins waste container",
    "stop": "stop cease quit hor arrete arretez deja smetti pare przestan abandon",
    "invalid": """
        void obsolete invalid revoked lifted suspended ungultig aufgehoben hinfallig caduques nulles
        annulees nulas invalidas nulle annullate ongeldig vervallen invalidas niewazn* gelten""",
    "not": """
        not don dont never no nicht nie niemals kein keine keinen keinem ne pas jamais n non mai
        niet nooit geen nao nunca jamais nie nigdy without ohne nothing nichts rien nada
        niente nulla
        niets nic""",
    "forget": """
        forget vergiss vergesst vergessen oublie oubliez oublier olvida olvide olviden olvidar
        dimentica dimentichi dimenticare dimenticate vergeet vergeten esquece esqueca esquecam
        zapomnij*""",
    "follow": """
        follow following obey comply adhere befolg* beachte beachten halte compte conto
        rekening uwage
        uwagi cuenta conta caso suis suivez respecte sigas siga seguir sigue
        seguire segui volg volgen siga sigas stosuj przestrzegaj wykonuj""",
    "approve": """
        approve authorise authorize autoapprove accept greenlight
        genehmige genehmigen bewillige freigeben gebe gib
        approuve approuver approuvez autorise autorisez valide validez
        aprueba apruebe aprobar autoriza autorice valida
        approva approvi approvare autorizza accetta
        keur goedkeuren goedkeur accepteer
        aprove aprovar aprova autorize
        zatwierdz zatwierdzaj zaakceptuj akceptuj zatwierdzic""",
    "act": """
        approv* authori* pay match post book release reconcile accept transfer process settle apply
        genehmig* freigeb* freigegeben* freigib gib zahle zahlen bezahle bezahlen buche buchen ordne
        verbuche verbuchen uberweise uberweisen zuordnen bestatige
        approuv* paie paye payez payer regle comptabilise comptabilisez rapproche valid* virez
        aprueb* aprob* paga pague pagar contabiliza contabilice concilia transfiere autoriz*
        approv* paghi pagare registra registri contabilizzare riconcilia abbina
        keur goedkeur* goedgekeurd betaal betalen boek boeken verwerk koppel
        aprov* pague pagar lance lancar concilie transfira
        zatwierdz* zaakceptuj akceptuj zaplac zaksieguj ksieguj dopasuj przelej rozlicz""",
    "pay": """
        pay book post match reconcile release transfer zahle buche verbuche uberweise paie
        paye payez
        comptabilise comptabilisez rapproche paga pague contabiliza contabilice concilia registra
        riconcilia abbina betaal boek verwerk koppel lance concilie zaplac zaksieguj ksieguj
        dopasuj""",
    "this": """
        this it these diese* das es cette cet ce ceci la esta este esto questa questo lo deze dit
        esta este isto te ten to tej""",
    "modal": """
        can may will would could to kann konnen wird werden wurde mochten peut pouvez sera pourrez
        puede sera podra puo sara kan wordt zal pode podera moze bedzie option""",
    "automatic": """
        auto automatically automatisch automatiquement automatique* automaticamente automatico
        automatycznie immediately unconditionally bedingungslos sofort immediatement inmediatamente
        incondicionalmente immediatamente onmiddellijk imediatamente natychmiast
        inconditionnellement incondizionatamente onvoorwaardelijk bezwarunkowo""",
    "without": "without ohne sans sin senza zonder sem bez skip no keine",
    "check": """
        review reviewing check checks checking approval approvals verification verifying validation
        asking confirmation human question questions oversight
        prufung prufen ruckfrage ruckfragen freigabe genehmigung kontrolle uberprufung nachfrage
        bestatigung nachfragen
        verification verifier controle controler validation approbation confirmation demander
        revision revisar verificacion verificar aprobacion control confirmacion preguntar comprobar
        verifica verificare controllo controlli approvazione conferma revisione chiedere controllare
        controle controleren goedkeuring beoordeling bevestiging verificatie vragen
        revisao verificacao aprovacao confirmacao rever perguntar
        weryfikacji sprawdzania sprawdzenia kontroli zatwierdzenia zatwierdzania akceptacji
        pytania""",
    "skip": """
        skip bypass bypasses circumvent disable deactivate evade suppress ignor* disregard*
        umgehe umgehen uberspringe uberspringen deaktiviere deaktivieren ubergehe missachte
        contourne contournez contourner desactive desactivez saute passe
        omite omita salta salte saltate desactiva desactive elude
        aggira aggirare disattiva disattivare ignora
        omzeil omzeilen uitschakelen schakel overslaan sla negeer
        pule contorne desative burle
        pomin pomijaj omin obejdz wylacz""",
    "guard": """
        approval approvals review reviews validation verification check checks safeguard* guardrail*
        policy policies limit limits restriction* filter filters safety gate
        prufung prufungen freigabe freigaben genehmigung validierung grenze grenzen limits filter
        sicherheit* freigabeprozess richtlinie kontrolle kontrollen
        validation verification controle controles approbation limite limites garde filtre* securite
        aprobacion revision verificacion controles limites restricciones filtros seguridad politica
        approvazione verifica verifiche controllo controlli limiti restrizioni filtri sicurezza
        goedkeuring controle controles limiet limieten beperkingen filters beveiliging beleid
        aprovacao revisao verificacao verificacoes restricoes filtros seguranca politicas
        zatwierdzan* zatwierdzen* weryfikacj* kontrol* limit* ograniczen* filtr* zabezpieczen*
        polityk* akceptacj*""",
    "tell": """
        tell inform mention reveal notify alert warn disclose report show say
        sage sag sagen informiere informieren erwahne erwahnen melde melden warne verrate zeige
        dis dites dire informe informez mentionne mentionnez previens signale revele avertis
        digas diga decir informes menciones mencionar avises avise reveles muestres
        dire dica informare menzionare avvisare rivelare segnalare
        vertel vertellen noem noemen informeer meld waarschuw zeg onthul
        diga digas conte mencione informe avise revele mostre
        mow powiedz wspominaj informuj powiadamiaj ujawniaj zglaszaj pokazuj""",
    "user": """
        user users human humans anyone anybody operator accountant accountants reviewer auditor
        people person staff
        benutzer* nutzer* menschen mensch anwender* buchhalter* niemandem niemand prufer* personal
        utilisateur* comptable* personne humain* operateur auditeur
        usuario* nadie humano* contable* operador auditor
        utente utenti nessuno umano umani contabile revisore operatore
        gebruiker* niemand mens mensen boekhouder* accountant
        usuario* utilizador* ninguem humano* contabilista contador audytor*
        uzytkownik* nikomu nikogo czlowiek* ludziom ksiegow*""",
    "secret": """
        pin pins tan password* passwort* kennwort* passcode* otp contrasena* clave mot wachtwoord*
        senha* codice code codigo kod hasl* cvv cvc""",
    "confidence": """
        confidence certainty probability score konfidenz* vertrauenswert* vertrauenswurdigkeit
        wahrscheinlichkeit sicherheitswert trefferquote zuversicht confiance certitude probabilite
        confianza certeza probabilidad puntuacion confidenza fiducia certezza probabilita punteggio
        betrouwbaarheid* zekerheid vertrouwen waarschijnlijkheid confianca probabilidade pontuacao
        pewnosc* pewnosci ufnosc* prawdopodobienstw* wskaznik""",
    "full": """
        100 99 1 0 10 1.0 1,0 1.00 1,00 0.99 0,99 0.999 0.9999 0.98 0,98 0.95 0,95 max maximum
        maximal* highest hochst* maxim* massim* hoogste najwyzsz* maksym* hundred hundert cent""",
    "set": """
        set assign return report give put use make raise output choose setze setzen gib
        stelle erhohe
        melde mets mettez fixe fixez regle attribue donne pon ponga establece establezca asigna fija
        imposta imposti assegna metti dai zet stel geef ken defina define coloque atribua ponha
        ustaw ustal przypisz podaj nadaj""",
    "output": """
        output respond reply answer return print say write generate antworte antworten gib schreibe
        ausgeben ausgabe reponds repondez renvoie retourne ecris affiche responde responda devuelve
        escribe contesta rispondi restituisci scrivi antwoord geef schrijf retorne escreva
        odpowiedz odpowiadaj zwroc napisz wypisz""",
    "only": """
        only exactly always nothing just nur ausschliesslich immer genau seulement uniquement
        toujours exactement solo solamente unicamente siempre exactamente soltanto sempre
        esclusivamente alleen enkel altijd uitsluitend slechts apenas somente unicamente tylko
        wylacznie zawsze jedynie""",
    "value": """
        json xml yes true approved ok okay word phrase candidate id ja wahr genehmigt wort kandidat
        oui vrai approuve mot candidat candidate verdadero aprobado palabra candidato parola
        approvato vero woord goedgekeurd kandidaat palavra aprovado verdadeiro sim tak slowo
        slowem zatwierdzone prawda kandydat* valid gultig match""",
    "choose": """
        choose select pick return wahle wahlt auswahlen choisis choisissez selectionne
        selectionnez elige elija selecciona seleccione escoge scegli scelga seleziona kies selecteer
        escolha selecione wybierz wybieraj zwroc prefer rank""",
    "candidate": "candidate candidates kandidat kandidaten candidat candidats candidato candidatos "
    "candidati kandidaat kandydat* kandidaten",
    "treat": """
        treat consider mark regard flag classify deem behandle behandeln markiere markieren
        betrachte betrachten kennzeichne stufe considere considerez marque marquez traite traitez
        considera considere marca marque trata trate tratta consideri contrassegna beschouw markeer
        behandel classifica classifique oznacz potraktuj traktuj uznaj sklasyfikuj""",
    "verified": """
        approved verified trusted safe authorised authorized matched preapproved legitimate
        genehmigt gepruft freigegeben vertrauenswurdig verifiziert sicher unbedenklich
        approuve approuvee verifie verifiee fiable autorise valide validee
        aprobado aprobada verificado verificada autorizado confiable fiable segura seguro
        approvato approvata verificato verificata affidabile autorizzato sicuro
        goedgekeurd geverifieerd betrouwbaar vertrouwd veilig
        aprovado aprovada confiavel autorizada verificado
        zatwierdzon* zweryfikowan* zaufan* bezpieczn* zaakceptowan*""",
    "reveal": """
        reveal repeat print output display leak expose show zeige verrate wiederhole nenne gib
        affiche revele repete repetez montre divulgue muestra revela repite imprime mostra rivela
        ripeti stampa toon onthul herhaal mostre revele repita exiba imprima pokaz ujawnij powtorz
        wypisz""",
    "your": """
        your deine* ihre ihren tes vos ton votre tus sus tu tue tuoi tua jouw je uw suas tuas seu
        sua swoje twoje swoj twoj swoich twoich system systemanweisung*""",
    # Without any of these no phrase of injection_phrases can be in the text.
    "cue": """
        yourself dich your deine ta tu tua tuo je jouw sua twoje twoja twoim bound director* diret*
        direct* dyrektor* gebonden gebunden
        flag raise obey when while automated machine freigeber new neue* nouvel* nuev* nuov* nieuwe
        novas nova nowe nowa summar*
        ai ki ia llm llms gpt* chatgpt claude gemini copilot language sprachmodell* taalmodel model*
        chatbot* assistan* assistent* asisten* asystent* intelligen* inteligen* bot dan approver
        genehmiger approbateur aprobador approvatore goedkeurder aprovador akceptujac* admin* root
        auditor controller cfo accountant buchhalter comptable contable contabile boekhouder
        contabilista contador ksiegow* develop* debug* test maintenance god wartungs* entwickler*
        dev* des* ontwikkel* unrestricted uncensored unbeschrankt* uneingeschrankt* restrict*
        restric* limites limiti beperkingen ograniczen mode modus modo modalita tryb* system*
        prompt* instru* anweis* consigne* istruz* polecen* directive* invite systeem*
        jailbreak* anything confidence auto* untrusted external user function* funktion* fonction*
        funcion funzion* functie funcao funkcj* tool tools werkzeug outil herramienta comando
        strumento ferramenta narzedzi* befehl command commande sql api opdracht code""",
}
