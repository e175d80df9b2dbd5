"""Phrases addressed to a model, searched in text without accents and capitals."""

import re

#: Whom such phrases address or what they turn the model into.
_MODEL = (
    r"(?:ai|a i|ki|ia|llms?|gpt\w*|chatgpt|claude|gemini|copilot|language models?|sprachmodell\w*"
    r"|taalmodel|modele? (?:de langage|ia)|modelo de (?:lenguaje|linguagem)|modello linguistico"
    r"|modele?m? jezykow\w*|chatbot|(?:ai|ki|ia|virtual|digital)?[ -]?(?:assistants?"
    r"|assistent(?:en|in)?"
    r"|assistente|asistente|asystent\w*)|intelligence artificielle|inteligencia artificial"
    r"|intelligenza artificiale|sztuczn\w* inteligencj\w*|kunstliche\w? intelligenz"
    r"|kunstmatige intelligentie)"
)
_ROLE = (
    rf"(?:{_MODEL}|bot|dan\b|model\w*|approver|genehmiger|freigeber|bound by|finance director"
    rf"|directeur|direttore|diretor|dyrektor"
    r"|director financiero|geschaftsfuhrer|approbateur|aprobador"
    rf"|approvatore"
    r"|goedkeurder|aprovador|akceptujac\w*|admin\w*|root|auditor|controller|cfo|accountant"
    r"|buchhalter|comptable|contable|contabile|boekhouder|contabilista|contador|ksiegow\w*"
    r"|developer mode|(?:debug|test|admin|maintenance|god|wartungs|entwickler)[ -]?(?:mode|modus)"
    r"|(?:without|ohne) (?:rules|limits|restrictions|regeln|grenzen)|unrestricted|uncensored"
    r"|unbeschrankt\w*|uneingeschrankt\w*|sans (?:restrictions?|limites?)"
    r"|sin (?:restricciones|limites)|senza (?:restrizioni|limiti)|zonder beperkingen"
    r"|sem (?:restricoes|limites)|bez ograniczen|in (?:den |een )?(?:\w+)?mod(?:e|us)|mode "
    r"|modo |modalita |tryb\w* )"
)
_YOU_ARE_NOW = (
    r"(?:you are (?:now|from now on|no longer)|from now on,? you(?: are| will be|'re)"
    r"|du bist (?:jetzt|nun|ab sofort|ab jetzt|nicht mehr)|(?:ab (?:jetzt|sofort)|jetzt"
    r"|nun) bist du"
    r"|sie sind (?:jetzt|nun|ab sofort)|(?:ab jetzt|ab sofort|von nun an) (?:sind sie|bist du)"
    r"|tu es (?:maintenant|desormais)|vous etes (?:maintenant|desormais)"
    r"|(?:desormais|maintenant|a partir de maintenant),? (?:tu es|vous etes)"
    r"|eres ahora|(?:ahora|a partir de ahora),? (?:eres|actuas|seras)|usted es ahora"
    r"|sei (?:ora|adesso)|(?:ora|adesso|d'ora in poi|da ora in poi|da adesso),? sei"
    r"|(?:je|u) bent (?:nu|voortaan|vanaf nu)|(?:vanaf nu|voortaan|nu) ben(?:t)? (?:je|u)"
    r"|(?:voce e|tu es|es) agora|(?:agora|a partir de agora),? (?:voce e|es|tu es|seras)"
    r"|jestes (?:teraz|od teraz)|(?:od teraz|teraz|odtad) jestes)"
)
_ACT_AS = (
    r"(?:switch (?:in)?to|(?:act|behave|respond|pretend|role-?play|simulate)(?: to be"
    r"| as if you are| as| like"
    r"| that you are| you are)|verhalte dich (?:wie|als)|(?:agiere|handle"
    r"|antworte)(?: \w+){0,2} (?:als|wie)"
    r"|tu so,? als|spiele die rolle|(?:agis|reponds) (?:comme|en tant qu[e'])|comporte[- ]toi comme"
    r"|fais (?:comme si|semblant)|jouez? le role|actua como|comportate como|finge (?:que|ser)"
    r"|haz como si"
    r"|agisci come|comportati come|fingi di|gedraag je als|doe alsof|aja como|atue como"
    r"|comporte-se como|finja (?:que|ser)|dzialaj jako|zachowuj sie jak|udawaj)"
)
_ADDRESS = (
    r"(?:dear|attention|hey|hello|hi|note (?:to|for)(?: the| any| all)?"
    r"|(?:message|instructions?|hints?|memo) (?:to|for)(?: the| any| all| this)?"
    r"|(?:hinweis|anweisung|nachricht|achtung|notiz|info)(?:en)?,? (?:an|fur)(?: die| den| das"
    r"| alle)?"
    r"|achtung|hallo|liebes?r?|(?:note|message|consignes?|instructions?) (?:a|pour|aux?)(?: l'"
    r"| la | le"
    r"| les)?|cher|chere|(?:nota|mensaje|instrucci\w+|aviso) (?:para|a)(?: la| el| los)?|atencion"
    r"|querid[oa]|(?:nota|messaggio|istruzion\w) (?:per|a)(?: l'|ll'| il| la)?|attenzione|car[oa]"
    r"|(?:bericht|instructies?|opmerking) (?:aan|voor)(?: de| het)?|beste|let op"
    r"|(?:mensagem|instruc\w+) (?:para|a)(?: a| o)?|atencao|(?:wiadomosc|instrukcj\w|uwaga"
    r"|polecenie)"
    r" (?:do|dla)|uwaga|drog[ia])"
)
_IF_YOU_ARE = (
    r"(?:if (?:you are|you're|this is read by)|as|wenn (?:du|sie)|falls (?:du|sie)|si (?:tu es"
    r"|vous etes)"
    r"|si eres|si usted es|se sei|se (?:voce e|es|fores)|als (?:je|u)|(?:jesli|jezeli) jestes)"
    r"(?: an?| the| eine?| une?| un| una| uma?| een|)"
)
_NEW = (
    r"(?:new|updated|revised|real|actual|neue[rns]?|nouvel\w*"
    r"|nuev[oa]s?|nuov[aeio]|nieuwe|nov[oa]s?|now[eya])"
)
_INSTRUCTIONS = (
    r"(?:instructions?|anweisung(?:en)?|instruktion(?:en)?|consignes?|instruccion(?:es)?"
    r"|istruzion[ei]|instructies?|instruc(?:ao|oes)|instrukcj[ae]|poleceni[ae]|directives?"
    r"|system ?prompt|rules?|regeln?|regles?|reglas?"
    r"|regol[ae]|regras?|zasad[ay])"
)
_HIDDEN_PROMPT = (
    r"(?:(?<!bank )(?<!payment )system[ _-]?prompts?|system-?anweisung(?:en)?|system instructions?"
    r"|invite systeme|prompt (?:du |de |del |di |do |da )?(?:system\w*|sistema)|systeemprompts?"
    r"|(?:hidden|initial|secret|internal) (?:system )?prompt|developer message)"
)
_CALL = (
    r"(?:(?:call|invoke|execute|trigger) (?:the |this |your )?(?:\w+ )?(?:function|tool|api"
    r"|command|sql)\b"
    r"|run the (?:following )?(?:sql|command|code|tool|function)|use (?:the|your) (?:\w+ )?tool to"
    r"|rufe? (?:die |das )?(?:\w+ )?(?:funktion|werkzeug|tool)\b|fuhre? (?:den|die) (?:\w+ )?"
    r"(?:befehl|funktion)|appelle[z]? (?:la |l')?(?:\w+ )?(?:fonction|outil)"
    r"|execute[z]? la (?:commande"
    r"|fonction)|(?:llama|invoca|ejecuta) (?:a )?(?:la |el )?(?:\w+ )?(?:funcion|herramienta"
    r"|comando)"
    r"|(?:chiama|esegui|invoca) (?:la |il |lo )?(?:\w+ )?(?:funzione|strumento|comando)"
    r"|(?:roep|voer) (?:de |het )?(?:\w+ )?(?:functie|tool|opdracht)|(?:chame|execute|invoque) "
    r"(?:a |o )?(?:\w+ )?(?:funcao|ferramenta|comando)|(?:wywolaj|uruchom|wykonaj) (?:\w+ )?"
    r"(?:funkcj\w|narzedzi\w|polecenie))"
)

_ABOUT_MODEL = (
    r"\b(?:your|deine?|ta|tu|(?:la )?tua|il tuo|je|jouw|sua|a tua|twoj[ea]?|twoim) (?:new|only"
    r"|neue|"
    r"einzige|nouvelle|seule|nueva|unica|nuova|nuovo|nieuwe|enige|nova|nowe|nowym|jedyne) "
    r"(?:task|job|goal|role|aufgabe|rolle|ziel|mission|tache|tarea|rol|compito|taak|tarefa|zadanie)"
    r"|\b(?:consider yourself|betrachte dich als|considere-toi|consideratte|beschouw jezelf)\b"
    r"|\bin your (?:explanation|answer|reason(?:ing)?|summary|output),? (?:say|state|claim|write"
    r"|add)"
    r"|\b(?:ai|ki|ia|llm)[ -]?(?:systeme?[ns]?|agents?|agenten|models?|modelle[n]?|readers?)?"
    r"(?: (?:reading|processing|parsing|reviewing|analy\w+)\b|\s*: \w)"
    r"|\bfor (?:automated|machine|automatic) (?:readers|systems|agents|processing) only"
    r"|\b(?:assistant|ai|llm|language model) (?:should|must|shall|has to) (?:always|never|not"
    r"|accept"
    r"|approve|ignore|choose|select)|\bobey (?:only|the|these|this)\b"
    r"|\b(?:not|never|nicht|pas|non|niet|nao|nie) (?:be )?(?:flag|raise (?:any )?(?:concern|alert"
    r"|flag)s?)\b|\b(?:when|while) (?:you )?(?:summari[sz]e|summari[sz]ing)\b"
)

#: One pattern for all of them; the words they begin with make it fast enough.
PHRASES = re.compile(
    rf"\b{_YOU_ARE_NOW}[^.\n]{{0,50}}?\b{_ROLE}"
    rf"|\b{_ACT_AS}\b[^.\n]{{0,40}}?\b{_ROLE}"
    rf"|\b{_ADDRESS}(?:[ :,]{{1,3}}|(?<='))(?:\w+ )?{_MODEL}\s*[:,!;.-]"
    rf"|\b{_IF_YOU_ARE} (?:\w+ ){{0,2}}{_MODEL}\b"
    rf"|\b{_NEW} (?:system |systeme? )?{_INSTRUCTIONS}\s*[:=]"
    rf"|\b{_HIDDEN_PROMPT}\b|\b{_CALL}"
    rf"|{_ABOUT_MODEL}"
    r"|\bdo anything now\b|\bjailbreak|\bprompt injection\b"
    r"|\b(?:enable|enter|activate|aktiviere|active|activa|attiva|activeer|ative"
    r"|wlacz)\w* (?:the |den |le "
    r"|el |la |de |o )?(?:developer|debug|god|admin|dan|entwickler|mode dev|modo (?:dev|des|admin)"
    r"|modalita|ontwikkel|tryb)[\w ]{0,3}"
    r"|[\"']?confidence[\"']?\s*[:=]\s*[\"']?(?:1(?:\.0+)?\b|0?\.9|100|99|high|max)"
    r"|\bauto-? ?(?:approve|accept|match|reconcile|book)\b(?! (?:is|was|fee))"
    r"|\bend of (?:the )?(?:untrusted|external|user) (?:data|text|input)"
)
_GLUED = (
    r"(?:ignore|disregard|forget)(?:all|any|the|your|every|of)*(?:previous|prior|above|earlier|"
    r"system)(?:the)?(?:instruction|prompt|rule|direction|guideline|command)"
    r"|ignorier\w{0,3}(?:sie)?(?:alle|die)?(?:vorherigen|bisherigen|obigen|vorigen)anweisung"
    r"|ignore[sz]?(?:toutes)?(?:les)?(?:consignes|instructions)(?:precedentes)?"
    r"|ignora(?:todas)?(?:las|le|tutte)*(?:instrucciones|istruzioni)"
    r"|negeer(?:alle)?(?:vorige|eerdere|voorgaande)instructies"
    r"|ignore(?:todas)?(?:as)?instrucoes|zignoruj(?:wszystkie)?(?:poprzednie)?(?:instrukcje"
    r"|polecenia)"
    r"|systemprompt|approvethis(?:payment|invoice)?automatically|setconfidence(?:to)?(?:100|1)"
    r"|donottelltheuser|youarenow(?:an?|the|in)"
)
#: Attacks without spaces between words.
SQUEEZED = re.compile(_GLUED)
