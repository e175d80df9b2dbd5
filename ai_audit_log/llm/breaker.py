"""When a provider that keeps failing is left alone for a time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .client import PASSING, FailureKind

#: Failures in a row after which a provider is paused.
LIMIT = 3
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(minutes=30)
#: A server may ask for more than our own longest pause, but not for ever.
LONGEST_ASKED = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Pause:
    """What is kept of a provider's failures.

    :param failures: in a row
    :param until: no question before then; ``None``: go on
    """

    failures: int = 0
    until: datetime | None = None


def after_failure(
    failures: int, kind: FailureKind, retry_after: float | None, now: datetime
) -> Pause:
    """Return what to keep after one more failure.

    :param failures: in a row before this one
    :param retry_after: seconds the server asked to wait, if it did
    """
    if kind not in PASSING:
        # It answered, if badly: as a server it works.
        return after_success()
    failures += 1
    pause = timedelta(0)
    if failures >= LIMIT:
        # 2 ** 10 minutes is over any pause; more would only make the number huge.
        pause = min(FIRST_PAUSE * 2 ** min(failures - LIMIT, 10), LONGEST_PAUSE)
    if kind == "rate_limited" and retry_after and retry_after > 0:
        asked = min(retry_after, LONGEST_ASKED.total_seconds())
        pause = max(pause, timedelta(seconds=asked))
    return Pause(failures, now + pause if pause else None)


def after_success() -> Pause:
    """Return what to keep after an answer: nothing."""
    return Pause()
