"""From the model's probability to one that holds: how often such proposals are right.

The raw probability is overconfident where lines are hard. `bench.bank.calibrate` measures on made
lines how often proposals were right and prints the knots below: the cold-start prior, until a
journal has a history of its own. Proposals with and without guards are told apart, because a
guard says that something speaks against them which the probability does not hold.
"""

from math import log

SMALLEST = 1e-6
# (log odds of the model, share that was right): straight lines between, flat outside. Measured but
# for the knots below 3, which are set lower than measured: on made lines nearly all doubtful
# proposals without a guard were right, real books will be less kind.
FREE = (
    (0.0, 0.70), (2.0, 0.93), (3.6, 0.975), (5.8, 0.994), (6.9, 0.999), (9.2, 0.9994),
)  # fmt: skip
GUARDED = (
    (-1.2, 0.317), (-0.4, 0.617), (0.6, 0.80), (1.5, 0.90), (2.5, 0.95), (4.0, 0.975), (7.0, 0.985),
)  # fmt: skip


def log_odds(probability: float) -> float:
    """Return log(p / (1 - p)), finite for any probability."""
    sure = min(max(probability, SMALLEST), 1.0 - SMALLEST)
    return log(sure / (1.0 - sure))


def calibrated(probability: float, guarded: bool) -> float:
    """Return how often a proposal of this raw probability is right; never decreasing."""
    knots = GUARDED if guarded else FREE
    place = log_odds(probability)
    low_x, low_y = knots[0]
    if place <= low_x:
        return min(low_y, probability)
    for high_x, high_y in knots[1:]:
        if place <= high_x:
            return low_y + (high_y - low_y) * (place - low_x) / (high_x - low_x)
        low_x, low_y = high_x, high_y
    return low_y


def shared(probability: float, best: float, confidence: float) -> float:
    """Return the calibrated probability of an alternative: its share of what the best leaves."""
    return probability * (1.0 - confidence) / max(1.0 - best, SMALLEST) if best < 1.0 else 0.0
