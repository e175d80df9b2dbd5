"""Who may have sent or received a bank line: evidence for each partner, from the line alone.

The evidence is a log-likelihood ratio against a payer drawn by chance. A name that fits several
partners is divided among them. Names are looked up through an index of letter triples, so that
each distinct name is compared with a handful of partners only.
"""

import math
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from odoo.addons.ai_finance_engine import names
from odoo.addons.ai_finance_engine.references import accounts_in, compact_account

from .context import CERTAIN_ALIAS, BankLine, Party
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
    :param confirmed: how often people confirmed the alias that decided, 0 where none did
    """

    log: float
    code: str = ""
    percent: int = 0
    confirmed: int = 0


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

    def __init__(self, parties: Iterable[Party], lines: Iterable[BankLine] | None = None):
        """Index partners.

        :param lines: all lines that will be looked up, where they are few: what none of them asks
            for is left out
        """
        self._asked: set[str] | None = None
        if lines is not None:
            asked = (names.parse(line.partner_name.strip()).compact for line in lines)
            self._asked = {triple for compact in asked if compact for triple in _triples(compact)}
        self._accounts: dict[str, set[int]] = defaultdict(set)
        self._used_accounts: dict[str, dict[int, int]] = defaultdict(dict)  # aliases' own
        # (partner, name, confirmations of an alias or 0 for the partner's own name)
        self._entries: list[tuple[int, names.Name, int]] = []
        self._triples: dict[str, array] = defaultdict(lambda: array("i"))
        self._lengths: np.ndarray | None = None
        self._words: dict[str, list[int]] = defaultdict(list)  # by the rarest word of a name
        self._common: Counter[str] = Counter()
        self._cache: dict[tuple, Payers] = {}
        for party in sorted(parties, key=lambda party: party.id):
            for account in party.account_numbers:
                self._accounts[compact_account(account)].add(party.id)
            self._enter(party.id, names.parse(party.name), 0)
            if party.aliases:
                self._enter_aliases(party)
        self._accounts.pop("", None)
        for position, (_party, name, _confirmed) in enumerate(self._entries):
            telling = min(name.tokens, key=lambda word: (len(word) < 3, self._common[word], word))
            self._words[telling].append(position)

    def _enter_aliases(self, party: Party) -> None:
        """Enter under which names and accounts others paid for a partner."""
        texts: Counter[names.Name] = Counter()
        accounts: Counter[str] = Counter()
        for alias in party.aliases:
            if alias.count > 0:
                texts[names.parse(alias.text)] += alias.count
                accounts[compact_account(alias.iban)] += alias.count
        for name, confirmed in texts.items():
            self._enter(party.id, name, confirmed)
        for account, confirmed in accounts.items():
            if account:
                self._used_accounts[account][party.id] = confirmed

    def _enter(self, party_id: int, name: names.Name, confirmed: int) -> None:
        if not name.compact:
            return
        position = len(self._entries)
        self._entries.append((party_id, name, confirmed))
        if self._asked is None:
            triples = _triples(name.compact)
        else:
            padded = f"^{name.compact}$"
            triples = [triple for triple in self._asked if triple in padded]
        for triple in triples:
            self._triples[triple].append(position)
        for token in set(name.tokens):
            self._common[token] += 1

    def find(self, line: BankLine) -> Payers:
        """Return the evidence on the payer of a line."""
        account = compact_account(line.account_number)
        if not self._is_known(account):
            account = next(filter(self._is_known, accounts_in(line.label)), "")
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

    def _is_known(self, account: str) -> bool:
        return account in self._accounts or account in self._used_accounts

    def _named(self, name: str) -> Payers:
        """Return the evidence of a payer name as the bank writes it."""
        key = ("name", name)
        if key not in self._cache:
            parsed = names.parse(name)
            hits = []
            for position in self._shortlist(parsed):
                party_id, entry, confirmed = self._entries[position]
                score = names.compare(parsed, entry)
                if score >= MIN_SIMILARITY:
                    hits.append(Hit(party_id, score, confirmed))
            known = _shared_out(hits, "name", 0.0)
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
            self._lengths = np.array([len(entry.compact) for _, entry, _ in self._entries])
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
        hits = []
        for position in {entry for word in words for entry in self._words.get(word, ())}:
            party_id, entry, confirmed = self._entries[position]
            if len(words.intersection(entry.tokens)) * 2 < len(entry.tokens):
                continue  # too little is left to be similar enough
            score = names.found_in(entry, words)
            if score >= MIN_SIMILARITY:
                hits.append(Hit(party_id, score, confirmed))
        known = _shared_out(hits, "name_in_text", WEIGHTS["name_only_in_text"])
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
            return self._with_users(by_name, account, 0)
        log = WEIGHTS["account_known"] - math.log(len(owners))
        known = {owner: PayerEvidence(log, "iban") for owner in sorted(owners)}
        for party_id, evidence in by_name.known.items():
            if party_id in known:
                extra = min(max(evidence.log, 0.0), WEIGHTS["name_beside_account"])
                known[party_id] = PayerEvidence(log + extra, "iban")
            elif evidence.confirmed:
                known[party_id] = evidence  # a payer with an account of its own
            else:
                weaker = evidence.log + WEIGHTS["account_of_another"]
                known[party_id] = PayerEvidence(weaker, "iban_differs", evidence.percent)
        others = PayerEvidence(WEIGHTS["account_of_another"], "iban_differs")
        return self._with_users(Payers(known, others, _certain(known)), account, len(owners))

    def _with_users(self, payers: Payers, account: str, owners: int) -> Payers:
        """Add the partners that were paid for from an account, `owners` partners own it."""
        users = self._used_accounts.get(account)
        if not users:
            return payers
        known, total = dict(payers.known), sum(users.values()) + owners * CERTAIN_ALIAS
        for party_id, confirmed in users.items():
            evidence = _by_alias(WEIGHTS["alias_account"] + math.log(confirmed / total), confirmed)
            if party_id not in known or known[party_id].log < evidence.log:
                known[party_id] = evidence
        return Payers(known, payers.others, _certain(known))


def _triples(compact: str) -> set[str]:
    padded = f"^{compact}$"
    return {padded[start : start + 3] for start in range(len(padded) - 2)}


class Hit(NamedTuple):
    """A partner whose name, or whose alias that was so often confirmed, is similar."""

    party_id: int
    score: float
    confirmed: int

    @property
    def weight(self) -> int:
        """How much it counts among partners that fit as well."""
        return self.confirmed or CERTAIN_ALIAS


def _shared_out(hits: list[Hit], code: str, shift: float) -> dict[int, PayerEvidence]:
    """Turn similarities into evidence, divided among the partners that fit as well."""
    evidence: dict[int, PayerEvidence] = {}
    best: dict[int, Hit] = {}
    for hit in hits:
        known = best.get(hit.party_id)
        if known is None or (hit.score, hit.weight) > (known.score, known.weight):
            best[hit.party_id] = hit
    ranked = sorted(best.values(), key=lambda hit: hit.score)
    scores = [hit.score for hit in ranked]
    weights = [*accumulate((hit.weight for hit in reversed(ranked)), initial=0)]
    for hit in hits:
        rivals = weights[len(ranked) - bisect_left(scores, hit.score - CLOSE)]
        log = name_log(hit.score) + shift
        if log > 0:
            log = max(0.0, log + math.log(hit.weight / max(rivals, hit.weight)))
        found = PayerEvidence(log, code, round(100 * hit.score))
        if hit.confirmed:
            found = _by_alias(log, hit.confirmed)
        known = evidence.get(hit.party_id)
        if known is None or found.log > known.log:
            evidence[hit.party_id] = found
    return evidence


def _by_alias(log: float, confirmed: int) -> PayerEvidence:
    """Return the evidence of an alias, as far as it is believed already."""
    if confirmed < CERTAIN_ALIAS:
        log = min(log, WEIGHTS["alias_once"] + (confirmed - 1) * WEIGHTS["alias_again"])
    return PayerEvidence(log, "alias", confirmed=confirmed)


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
