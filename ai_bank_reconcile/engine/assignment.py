"""Let the lines of a batch choose together: no item is taken beyond its residual.

Lines that want the same items first tell each other how much, in damped rounds, so that a line
with another way out leaves the item to one without (max-product belief propagation in spirit). In
small groups the best joint choice is found exactly (module `joint`) and is what its lines try for.
Then the surest line chooses, and a line that wanted the same item is explained again with what is
left. Where the loser's claim was close, both are guarded.
"""

import heapq
from collections import defaultdict
from dataclasses import dataclass, field
from math import exp, log

from .candidates import ItemIndex
from .context import BankLine
from .explain import Claims, Verdict, explain
from .joint import MOST_LINES, Option, best_together, groups_of
from .scoring import NAMED, Explanation
from .weights import WEIGHTS

LEAST_OFFERED = 0.2  # below, the best explanation is an alternative, not the proposal
ROUNDS = 25
SETTLED = 0.005  # change of a probability in one round that changes nothing any more
HEARD = 0.001  # probability of a claim that other lines should know of
MOST_OPTIONS = 12  # of a line in a joint search
MOST_SURE = 0.9999  # a claim is never so sure that nothing else could be true


@dataclass(slots=True)
class Turn:
    """A line of the batch on its way to a decision.

    :param rivals: lines that claim the same item about as much
    :param equals: equal items of which the journal's policy took the oldest
    :param planned: parts and differences of what is best for the whole group of lines, () for
        nothing, None where no group was searched
    """

    line: BankLine
    verdict: Verdict
    watched: frozenset[int] = frozenset()
    seen_claims: int = 0
    chosen: Explanation | None = None
    probability: float = 0.0
    rivals: set[int] = field(default_factory=set)
    equals: frozenset[int] = frozenset()
    planned: tuple | None = None

    def wanted(self) -> tuple[Explanation | None, float]:
        """Return what the line tries for, and its probability: as planned, else the best."""
        if self.planned:
            verdict = self.verdict
            for one, probability in zip(verdict.explanations, verdict.probabilities, strict=True):
                if (one.parts, one.offs) == self.planned and not one.blocked:
                    return one, probability
        return self.verdict.best()

    def __post_init__(self):
        self.watched = frozenset(
            position for one in self.verdict.explanations for position in one.positions
        )


@dataclass(slots=True)
class Batch:
    """Claims of the batch, who made them, and when each item was touched last."""

    index: ItemIndex
    claims: Claims = field(default_factory=Claims)
    holders: dict[int, list[Turn]] = field(default_factory=dict)
    touched: dict[int, int] = field(default_factory=dict)
    claimed: int = 0


def assign(batch: Batch, turns: list[Turn]) -> None:
    """Let the surest line choose; a line whose items were touched is explained again first."""
    plan(batch.index, turns)
    exchange(batch.index, turns)
    queue = [_rank(turn) for turn in turns]
    heapq.heapify(queue)
    by_id = {turn.line.id: turn for turn in turns}
    while queue:
        turn = by_id[heapq.heappop(queue)[-1]]
        touched = batch.touched
        news = {pos for pos in turn.watched if touched.get(pos, 0) > turn.seen_claims}
        turn.seen_claims = batch.claimed
        if news:
            _explain_again(batch, turn, news)
            heapq.heappush(queue, _rank(turn))
            continue
        explanation, probability = turn.wanted()
        if explanation and _is_offered(batch, turn, explanation, probability):
            turn.chosen, turn.probability = explanation, probability
            _claim(batch, turn)


def _is_offered(batch: Batch, turn: Turn, explanation: Explanation, probability: float) -> bool:
    """Tell whether an explanation is a proposal; one of many equal twins is, as one of them."""
    least = max(LEAST_OFFERED, turn.verdict.nothing)
    return probability >= least or turn.verdict.alike(batch.index, explanation) >= least


def _rank(turn: Turn) -> tuple:
    explanation, probability = turn.wanted()
    named = explanation.named if explanation else 0.0
    leaves = turn.planned == ()  # to the others of its group what they try for
    return leaves, -round(probability, 9), -named, turn.verdict.facts.day, turn.line.id


def _explain_again(batch: Batch, turn: Turn, news: set[int]) -> None:
    """Explain a line with what is left; mark both sides where its lost claim was close."""
    wanted, probability = turn.verdict.best()
    turn.verdict = explain(batch.index, turn.verdict.facts, batch.claims)
    if not wanted or probability < turn.verdict.nothing:
        return
    now, _probability = turn.verdict.best()
    if now and now.parts == wanted.parts:
        return  # both have room on the item
    for position in news.intersection(wanted.positions):
        for holder in batch.holders[position]:
            lead = _log_odds(holder.probability) - _log_odds(probability)
            if lead < WEIGHTS["contested_margin"] or wanted.named >= NAMED:
                holder.rivals.add(turn.line.id)
                turn.rivals.add(holder.line.id)


def _log_odds(probability: float) -> float:
    return log(max(probability, 1e-9) / max(1.0 - probability, 1e-9))


def _claim(batch: Batch, turn: Turn) -> None:
    explanation, sign = turn.chosen, turn.verdict.facts.sign
    firm = explanation.exact and explanation.named >= WEIGHTS["firm_reference"]
    batch.claimed += 1
    for position, amount in explanation.settled:
        claims = batch.claims
        claims.taken[position] = claims.taken.get(position, 0) + amount * sign
        claims.sure[position] = max(claims.sure.get(position, 0.0), turn.probability)
        if firm:
            claims.firm.add(position)
        batch.holders.setdefault(position, []).append(turn)
        batch.touched[position] = batch.claimed


# --- before anybody chooses -----------------------------------------------------------------


def plan(index: ItemIndex, turns: list[Turn]) -> None:
    """Find the best joint choice in each small group of lines that want the same items."""
    turns = sorted(turns, key=lambda turn: turn.line.id)
    for group in groups_of([_heard_positions(turn.verdict) for turn in turns]):
        if len(group) > MOST_LINES:
            continue
        members = [turns[place] for place in group]
        options = [_options(turn.verdict) for turn in members]
        room = {
            item: abs(index.minor[item])
            for line in options
            for option in line
            for item, _amount in option.takes
        }
        chosen = best_together(options, room)
        for turn, place in zip(members, chosen or (), strict=False):
            one = turn.verdict.explanations[place - 1] if place else None
            turn.planned = (one.parts, one.offs) if one else ()


def _options(verdict: Verdict) -> list[Option]:
    """Return what a line may do: nothing, or one of its explanations that are not hopeless."""
    options = [Option(log(max(verdict.nothing, HEARD)))]
    for one, probability in zip(verdict.explanations, verdict.probabilities, strict=True):
        if probability < HEARD or len(options) > MOST_OPTIONS:
            break
        takes = tuple((position, abs(amount)) for position, amount in one.settled)
        options.append(Option(log(probability), takes))
    return options


def _heard_positions(verdict: Verdict) -> frozenset[int]:
    return frozenset(
        position
        for one, probability in zip(verdict.explanations, verdict.probabilities, strict=True)
        if probability >= HEARD
        for position in one.positions
    )


@dataclass(slots=True)
class _Voice:
    """A line among others that want the same items.

    :param base: probability of each explanation as if the line were alone
    :param heard: log weight the other lines leave to each
    """

    turn: Turn
    base: list[float]
    now: list[float]
    heard: list[float]


def exchange(index: ItemIndex, turns: list[Turn]) -> None:
    """Weigh the explanations of lines by how much other lines claim their items."""
    voices = _in_conflict(turns)
    if not voices:
        return
    for _round in range(ROUNDS):
        totals = _totals(index, voices)
        change = max(_listen(index, voice, *totals) for voice in voices)
        if change < SETTLED:
            break
    for voice in voices:
        _settle(voice)


def _in_conflict(turns: list[Turn]) -> list[_Voice]:
    """Return the lines that share a wanted item with another line, in the order of their ids."""
    wanted: dict[int, int] = defaultdict(int)
    claims = []
    for turn in sorted(turns, key=lambda turn: turn.line.id):
        positions = _heard_positions(turn.verdict)
        claims.append((turn, positions))
        for position in positions:
            wanted[position] += 1
    return [
        _Voice(
            turn,
            turn.verdict.probabilities,
            list(turn.verdict.probabilities),
            [0.0] * len(turn.verdict.probabilities),
        )
        for turn, positions in claims
        if any(wanted[position] > 1 for position in positions)
    ]


def _marginals(index: ItemIndex, voice: _Voice) -> tuple[dict[int, float], dict[int, float]]:
    """Return how likely a line uses each item at all, and how likely it takes all of it."""
    used: dict[int, float] = defaultdict(float)
    whole: dict[int, float] = defaultdict(float)
    for one, probability in zip(voice.turn.verdict.explanations, voice.now, strict=True):
        if probability < HEARD:
            continue
        for position, amount in one.settled:
            used[position] += probability
            if abs(amount) >= abs(index.minor[position]):
                whole[position] += probability
    return used, whole


def _left(probability: float) -> float:
    return log(1.0 - min(probability, MOST_SURE))


def _totals(index: ItemIndex, voices: list[_Voice]) -> tuple[dict, dict, list]:
    used: dict[int, float] = defaultdict(float)
    whole: dict[int, float] = defaultdict(float)
    own = []
    for voice in voices:
        marginals = _marginals(index, voice)
        own.append(marginals)
        for total, marginal in zip((used, whole), marginals, strict=True):
            for position, probability in marginal.items():
                total[position] += _left(probability)
    return used, whole, {id(voice): pair for voice, pair in zip(voices, own, strict=True)}


def _listen(index: ItemIndex, voice: _Voice, used: dict, whole: dict, own: dict) -> float:
    """Move a line half way to what the claims of the others leave it; return the change."""
    my_used, my_whole = own[id(voice)]
    weights = []
    for place, one in enumerate(voice.turn.verdict.explanations):
        heard = 0.0
        for position, amount in one.settled:
            # who takes a part only minds those who take everything
            if abs(amount) >= abs(index.minor[position]):
                heard += used[position] - _left(my_used[position])
            else:
                heard += whole[position] - _left(my_whole[position])
        voice.heard[place] = (voice.heard[place] + heard) / 2
        weights.append(voice.base[place] * exp(voice.heard[place]))
    total = sum(weights) + max(0.0, 1.0 - sum(voice.base))
    before, voice.now = voice.now, [weight / max(total, 1e-300) for weight in weights]
    return max(abs(new - old) for new, old in zip(voice.now, before, strict=True))


def _settle(voice: _Voice) -> None:
    """Write the weighed probabilities back, best first."""
    verdict = voice.turn.verdict
    share = (1.0 - sum(voice.now)) / max(1e-12, 1.0 - sum(voice.base))
    verdict.nothing = min(1.0, verdict.nothing * max(0.0, share))
    order = sorted(
        range(len(voice.now)),
        key=lambda place: (-round(voice.now[place], 12), verdict.explanations[place].positions),
    )
    verdict.explanations = [verdict.explanations[place] for place in order]
    verdict.probabilities = [voice.now[place] for place in order]
