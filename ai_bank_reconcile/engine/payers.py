"""Who may have sent or received a bank line: evidence for each partner, from the line alone.

The evidence is a log-likelihood ratio against a payer drawn by chance. A name that fits several
partners is divided among them. Names are looked up through an index of letter triples, so that
each distinct name is compared with a handful of partners only.
"""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from odoo.addons.ai_finance_engine import names
from odoo.addons.ai_finance_engine.references import accounts_in, compact_account

from .context import BankLine, Party
from .weights import NAME_STEPS, WEIGHTS

SHORTLIST = 14  # partners a name is compared with in full
CLOSE = 0.04  # similarities closer than this do not tell two partners apart
MIN_SIMILARITY = 0.55


@dataclass(frozen=True, slots=True)
class PayerEvidence:
    """Evidence that one partner is the payer.

    :param log: log-likelihood ratio, negative where the line speaks against the partner
    :param code: reason code, "" where the line says nothing about the payer
    :param percent: similarity of the names, 0 where no name decided
    """

    log: float
    code: str = ""
    percent: int = 0


NO_EVIDENCE = PayerEvidence(0.0)


@dataclass(frozen=True, slots=True)
class Payers:
    """Evidence for the partners a line may come from, and for any other partner.

    :param others: evidence for every partner that is not in `known`
    :param best: the one partner that is certain enough to be proposed, if any
    """

    known: dict[int, PayerEvidence] = field(default_factory=dict)
    others: PayerEvidence = NO_EVIDENCE
    best: int | None = None

    def of(self, partner_id: int | None) -> PayerEvidence:
        """Return the evidence for a partner; none for an item without partner."""
        if partner_id is None:
            return NO_EVIDENCE
        return self.known.get(partner_id, self.others)

    def likely(self) -> list[int]:
        """Return the partners the line speaks for, best first."""
        found = [pid for pid, evidence in self.known.items() if evidence.log > 0]
        return sorted(found, key=lambda pid: (-self.known[pid].log, pid))


class PayerIndex:
    """Partners by account number and by the letters and words of their names."""

    def __init__(self, parties: Iterable[Party]):
        self._accounts: dict[str, set[int]] = defaultdict(set)
        self._entries: list[tuple[int, names.Name]] = []
        self._triples: dict[str, array] = defaultdict(lambda: array("i"))
        self._lengths: np.ndarray | None = None
        self._words: dict[str, list[int]] = defaultdict(list)  # by the rarest word of a name
        self._common: Counter[str] = Counter()
        self._cache: dict[tuple, Payers] = {}
        for party in sorted(parties, key=lambda party: party.id):
            for account in party.account_numbers:
                self._accounts[compact_account(account)].add(party.id)
            aliases = (alias.text for alias in party.aliases if alias.count > 0)
            for spelling in dict.fromkeys((party.name, *aliases)):
                self._enter(party.id, names.parse(spelling))
        self._accounts.pop("", None)
        for position, (_party, name) in enumerate(self._entries):
            telling = min(name.tokens, key=lambda word: (len(word) < 3, self._common[word], word))
            self._words[telling].append(position)

    def _enter(self, party_id: int, name: names.Name) -> None:
        if not name.compact:
            return
        position = len(self._entries)
        self._entries.append((party_id, name))
        for triple in _triples(name.compact):
            self._triples[triple].append(position)
        for token in set(name.tokens):
            self._common[token] += 1

    def find(self, line: BankLine) -> Payers:
        """Return the evidence on the payer of a line."""
        account = compact_account(line.account_number)
        if account not in self._accounts:
            account = next((iban for iban in accounts_in(line.label) if iban in self._accounts), "")
        name = line.partner_name.strip()
        key = (line.partner_id, account, name, line.label)
        if name:
            by_name = self._named(name)
            if by_name.best is not None:
                key = key[:3]
        if key not in self._cache:
            by_name = by_name if name else Payers()
            if by_name.best is None:
                by_name = _merge(by_name, self._in_text(line.label))
            self._cache[key] = self._with_facts(by_name, line.partner_id, account)
        return self._cache[key]

    def _named(self, name: str) -> Payers:
        """Return the evidence of a payer name as the bank writes it."""
        key = ("name", name)
        if key not in self._cache:
            parsed = names.parse(name)
            scores: dict[int, float] = {}
            for position in self._shortlist(parsed):
                party_id, entry = self._entries[position]
                score = names.compare(parsed, entry)
                if score >= MIN_SIMILARITY:
                    scores[party_id] = max(score, scores.get(party_id, 0.0))
            known = _shared_out(scores, "name", 0.0)
            sure = _certain(known)
            stranger = WEIGHTS["payer_named_otherwise" if sure is None else "payer_is_another"]
            others = PayerEvidence(stranger if parsed.compact else 0.0, "name_differs")
            self._cache[key] = Payers(known, others, sure)
        return self._cache[key]

    def _shortlist(self, name: names.Name) -> list[int]:
        """Return the entries that share the most telling letter triples with a name."""
        total = len(self._entries)
        postings = [
            posting for triple in _triples(name.compact) if (posting := self._triples.get(triple))
        ]
        if not postings:
            return []
        if self._lengths is None:
            self._lengths = np.array([len(entry.compact) for _party, entry in self._entries])
        sizes = [len(posting) for posting in postings]
        telling = np.repeat([math.log(1 + total / size) for size in sizes], sizes)
        weight = np.bincount(np.concatenate(postings), telling, minlength=total)
        # long names share triples by chance: a different length counts against them
        score = weight / (20 + np.abs(len(name.compact) - self._lengths))
        few = np.argpartition(-score, min(SHORTLIST * 2, total - 1))[: SHORTLIST * 2]
        few = few[score[few] > 0]
        best = few[np.lexsort((few, -np.round(score[few], 9)))]
        return best[:SHORTLIST].tolist()

    def _in_text(self, label: str) -> Payers:
        """Return the evidence of partner names inside a free text."""
        words = frozenset(names.words(label[:500]))
        scores: dict[int, float] = {}
        for position in {entry for word in words for entry in self._words.get(word, ())}:
            party_id, entry = self._entries[position]
            if len(words.intersection(entry.tokens)) * 2 < len(entry.tokens):
                continue  # too little is left to be similar enough
            score = names.found_in(entry, words)
            if score >= MIN_SIMILARITY:
                scores[party_id] = max(score, scores.get(party_id, 0.0))
        known = _shared_out(scores, "name_in_text", WEIGHTS["name_only_in_text"])
        sure = _certain(known)
        others = PayerEvidence(WEIGHTS["payer_in_text_is_another"] if sure is not None else 0.0)
        return Payers(known, others, sure)

    def _with_facts(self, by_name: Payers, partner_id: int | None, account: str) -> Payers:
        """Let a partner set on the line, else a known account, outweigh the name."""
        if partner_id is not None:
            sure = {partner_id: PayerEvidence(WEIGHTS["partner_set"], "partner_set")}
            others = PayerEvidence(WEIGHTS["partner_set_differs"], "partner_differs")
            return Payers(sure, others, partner_id)
        owners = self._accounts.get(account)
        if not owners:
            return by_name
        log = WEIGHTS["account_known"] - math.log(len(owners))
        known = {owner: PayerEvidence(log, "iban") for owner in sorted(owners)}
        for party_id, evidence in by_name.known.items():
            if party_id in known:
                extra = min(max(evidence.log, 0.0), WEIGHTS["name_beside_account"])
                known[party_id] = PayerEvidence(log + extra, "iban")
            else:
                weaker = evidence.log + WEIGHTS["account_of_another"]
                known[party_id] = PayerEvidence(weaker, "iban_differs", evidence.percent)
        others = PayerEvidence(WEIGHTS["account_of_another"], "iban_differs")
        return Payers(known, others, _certain(known))


def _triples(compact: str) -> set[str]:
    padded = f"^{compact}$"
    return {padded[start : start + 3] for start in range(len(padded) - 2)}


def _shared_out(scores: dict[int, float], code: str, shift: float) -> dict[int, PayerEvidence]:
    """Turn similarities into evidence, divided by how many partners fit as well."""
    evidence = {}
    for party_id, score in scores.items():
        rivals = sum(other >= score - CLOSE for other in scores.values())
        log = name_log(score) + shift
        if log > 0:
            log = max(0.0, log - math.log(rivals))
        evidence[party_id] = PayerEvidence(log, code, round(100 * score))
    return evidence


def name_log(similarity: float) -> float:
    """Return the log-likelihood ratio of a name similarity (linear between `NAME_STEPS`)."""
    low_x, low_y = NAME_STEPS[0]
    for high_x, high_y in NAME_STEPS[1:]:
        if similarity <= high_x:
            share = max(0.0, (similarity - low_x) / (high_x - low_x))
            return low_y + share * (high_y - low_y)
        low_x, low_y = high_x, high_y
    return low_y


def _certain(known: dict[int, PayerEvidence]) -> int | None:
    """Return the partner that is well ahead of all others."""
    ranked = sorted(known, key=lambda pid: (-known[pid].log, pid))
    if not ranked or known[ranked[0]].log < WEIGHTS["payer_agrees"]:
        return None
    if len(ranked) > 1 and known[ranked[0]].log - known[ranked[1]].log < WEIGHTS["payer_margin"]:
        return None
    return ranked[0]


def _merge(by_name: Payers, in_text: Payers) -> Payers:
    """Add partners found in the text to those found by name; the better evidence counts."""
    known = dict(by_name.known)
    for party_id, evidence in in_text.known.items():
        if party_id not in known or known[party_id].log < evidence.log:
            known[party_id] = evidence
    others = min(by_name.others, in_text.others, key=lambda evidence: evidence.log)
    return Payers(known, others, _certain(known))
