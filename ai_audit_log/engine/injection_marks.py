"""Imitated conversation marks, and attempts to make a model call something."""

import re

_ROLE = re.compile(
    r"<\s*\|\s*[a-z_]{2,30}[^|>\n]{0,20}\|\s*>"
    r"|\[\s*/?\s*INST\s*\]|<<\s*/?\s*SYS\s*>>"
    r"|</?\s*(?:system|assistant|developer|instructions?|prompt|context|untrusted\w*|user_input"
    r"|data|record|facts|start_of_turn|end_of_turn|tool_result|function_results?|thinking"
    r")(?:[\s:_-][^<>\n]{0,60})?>"
    r"|^\W{0,6}#{1,6}\s*(?:system|assistant|user|developer|instructions?|response|human)\b\s*"
    r"(?:prompt|message)?\s*[:#\n]"
    r"|^\s*(?:assistant|human|chatgpt|asistente|assistente|assistent|asystent)\s*:\s*"
    r"(?:i\b|sure|yes|ok|done|approv|understood|certainly|of course|candidate|[{\"]"
    r"|the (?:answer|best"
    r"|right)|it\b|this\b|ja\b|ich\b|oui\b|s[ií]\b|sim\b|tak\b)"
    r"|[\"']?role[\"']?\s*[:=]\s*[\"'](?:system|assistant|developer|user|tool|function)[\"']"
    r"|(?<![-=<#*~_])[-=<#*~_]{3,40}\s*(?:end|begin|start|ende|fin|fine|einde|fim"
    r"|koniec)\s+(?:of\s+|der\s+|des\s+"
    r"|de\s+|dei\s+|dos\s+)?(?:the\s+|les\s+|los\s+)?(?:untrusted|external|user|system|data|daten"
    r"|donn[eé]es|datos|dati|gegevens|dados|danych|input|context|prompt|instructions?)\b"
    r"|\[\s*(?:system|assistant|developer)(?:\s*(?:prompt|message|note))?\s*\]"
    r"|\bDATA-[0-9a-f]{6,} (?:begins|ends)\b"
    r"|\[\s*(?:IBAN|CARD|EMAIL|PHONE|TAX|TEXT)_\d+\s*\]"
    r"|(?<![`~])[`~]{3,9}\s*(?:system|assistant|prompt|instructions?)\b",
    re.IGNORECASE | re.MULTILINE,
)
_SYSTEM_LINE = re.compile(
    r"(?:^|[.;|\n])\s*(?:system|developer|sistema|syst[eè]me|systeem)\s*(?:message|prompt|override"
    r"|note)?\s*:\s*(?:you\b|du\b|sie\b|tu\b|vous\b|ignore|override|approve|the user|new|always"
    r"|from now|all\b|set\b|this\b|act\b|mark\b|match\b|aprueb|approuv|genehmig|approv|zatwierd)",
    re.IGNORECASE,
)
_TOOL = re.compile(
    r"!\[[^\]\n]{0,200}\]\s*\(\s*<?(?:https?:)?//[^)\s]*[?&=$%{\[][^)]*\)?"
    r"|!\[[^\]\n]{0,200}\]\[[^\]]*\][\s\S]{0,400}^\[[^\]]*\]:\s*https?://\S*[?=]"
    r"|!?\[[^\]\n]{0,200}\]\(\s*(?:javascript|data|vbscript|file):"
    r"|</?\s*(?:tool_calls?|tool_use|function_calls?|invoke|function|tool)\b[^>\n]{0,80}>"
    r"|[\"'](?:tool_calls?|function_call|tool_use|tool_choice)[\"']\s*:"
    r"|[\"'](?:name|function|tool|action)[\"']\s*:\s*[\"'][\w.-]{2,40}[\"']\s*,\s*"
    r"[\"'](?:arguments|parameters|input|args|action_input)[\"']\s*:"
    r"|\bfunctions?\.[a-z_]{3,40}\s*\("
    r"|^\s*(?:action|tool)\s*:\s*[a-z_]+\s*\(?[^\n]*\n+\s*(?:action )?input\s*:"
    r"|<img\b[^>]{0,300}src\s*=\s*[\"']?https?://[^>\s]*(?:\{\{|\$\{|\[(?:iban|amount|balance"
    r"|data))"
    r"|https?://[^\s)>\"']{1,200}[?&=/](?:\{\{?|\$\{|\[|<|%7B|%5B)[a-z_ ]{2,40}",
    re.IGNORECASE | re.MULTILINE,
)
_ROLE_HINTS = "<[#:=-`*~_"


def role_mark(text: str) -> str | None:
    """Return what in ``text`` imitates the marks between the parts of a conversation."""
    if text.isalnum():
        return None
    found = _ROLE.search(text)
    if not found and ":" in text:
        found = _SYSTEM_LINE.search(text)
    return found.group() if found else None


def tool_mark(text: str) -> str | None:
    """Return what in ``text`` looks like a call or an address that carries data away."""
    if not any(hint in text for hint in ("](", "][", "<", '":', "':", "(", "://", "nput:")):
        return None
    found = _TOOL.search(text)
    return found.group() if found else None
