"""Several questions in flight at once, with a second provider where the first one fails."""

import time
from collections import deque
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any

from .client import PASSING, Answer, Ask, ModelClient, ModelFailure
from .structured import Check, ask

#: Tells whether a question may go to a provider now: ``None``, or a sentence why not.
Admit = Callable[[Hashable, Ask, Any], str | None]
#: Seconds beyond the deadline that questions under way are waited for.
GRACE = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one question: exactly one of answer, failure, skipped and later.

    :param provider_id: who answered, or failed last; ``None`` where nobody was asked
    :param skipped: why no provider was asked
    :param later: there was no time left to ask; nothing was paid
    :param tried: failures of providers before, oldest first; their usage was paid, too
    """

    key: Hashable
    provider_id: Any = None
    answer: Answer | None = None
    failure: ModelFailure | None = None
    skipped: str | None = None
    later: bool = False
    tried: tuple[tuple[Any, ModelFailure], ...] = ()


@dataclass(slots=True)
class _Turn:
    """A question on its way through the providers."""

    key: Hashable
    question: Ask
    check: Check | None
    provider: int = 0
    tried: tuple[tuple[Any, ModelFailure], ...] = ()


def ask_all(
    questions: Mapping[Hashable, tuple[Ask, Check | None]],
    clients: Sequence[tuple[Any, ModelClient]],
    parallel: int,
    deadline: float,
    admit: Admit | None = None,
    grace: float = GRACE,
) -> Iterator[Outcome]:
    """Yield what came of each question, in order of completion, so that each is stored at once.

    ``admit`` runs in the caller's thread directly before a question is sent; a refusal is a
    refusal for that provider, the next one is considered. Threads see questions, checks and
    clients, nothing else of the caller. Closing the generator sends nothing more.

    :param clients: providers in order of preference
    :param parallel: questions in flight at most
    :param deadline: seconds from now after which no question is sent
    :param grace: seconds beyond, after which questions under way count as timed out
    """
    pool = _Pool(clients, parallel, time.monotonic() + deadline, admit, grace)
    waiting = deque(_Turn(key, *question) for key, question in questions.items())
    try:
        while waiting or pool.running:
            while waiting and pool.has_room():
                outcome = pool.send(waiting.popleft())
                if outcome:
                    yield outcome
            for turn, outcome in pool.finished():
                if outcome:
                    yield outcome
                else:
                    waiting.appendleft(turn)
    finally:
        pool.close()


class _Pool:
    """The questions in flight."""

    def __init__(self, clients, parallel: int, ends: float, admit: Admit | None, grace: float):
        self._clients = clients
        self._parallel = max(parallel, 1)
        self._ends = ends
        self._admit = admit
        self._grace = grace
        self._executor = ThreadPoolExecutor(self._parallel, thread_name_prefix="ai-finance-model")
        self.running: dict[Future, _Turn] = {}

    def has_room(self) -> bool:
        return len(self.running) < self._parallel

    def send(self, turn: _Turn) -> Outcome | None:
        """Send a question to the next provider that may have it; else tell what came of it."""
        if time.monotonic() >= self._ends:
            return _unanswered(turn, later=True)
        refusal = "No model is configured."
        for place in range(turn.provider, len(self._clients)):
            provider_id, client = self._clients[place]
            refused = self._admit(turn.key, turn.question, provider_id) if self._admit else None
            if refused is None:
                turn.provider = place
                future = self._executor.submit(_ask, client, turn.question, turn.check)
                self.running[future] = turn
                return None
            refusal = refused if place == turn.provider else refusal
        return _unanswered(turn, skipped=refusal)

    def finished(self) -> Iterator[tuple[_Turn, Outcome | None]]:
        """Wait for questions to end; without an outcome the next provider's turn has come."""
        if not self.running:
            return
        patience = max(self._ends + self._grace - time.monotonic(), 0)
        done, late = wait(self.running, timeout=patience, return_when=FIRST_COMPLETED)
        for future in done or late:
            turn = self.running.pop(future)
            provider_id = self._clients[turn.provider][0]
            result = future.result() if done else _too_late()
            if isinstance(result, Answer):
                yield (
                    turn,
                    Outcome(key=turn.key, provider_id=provider_id, answer=result, tried=turn.tried),
                )
            elif done and result.kind in PASSING and turn.provider + 1 < len(self._clients):
                turn.tried = (*turn.tried, (provider_id, result))
                turn.provider += 1
                yield turn, None
            else:
                yield (
                    turn,
                    Outcome(
                        key=turn.key, provider_id=provider_id, failure=result, tried=turn.tried
                    ),
                )

    def close(self) -> None:
        # Not waiting: what is under way ends by itself within the client's own limits.
        self._executor.shutdown(wait=False, cancel_futures=True)
        self.running.clear()


def _unanswered(turn: _Turn, skipped: str | None = None, later: bool = False) -> Outcome:
    if turn.tried:
        # Somebody was asked and has failed: that is what people need to read.
        *before, (provider_id, failure) = turn.tried
        return Outcome(key=turn.key, provider_id=provider_id, failure=failure, tried=tuple(before))
    return Outcome(key=turn.key, skipped=skipped, later=later)


def _ask(client: ModelClient, question: Ask, check: Check | None) -> Answer | ModelFailure:
    """Ask in a thread; failures are values, so that one cannot take the others with it."""
    try:
        return ask(client, question, check)
    except ModelFailure as failure:
        return failure
    except Exception as error:
        # A mistake of a client must not cost the other answers; the caller may log the cause.
        failure = ModelFailure("rejected", f"The question failed ({type(error).__name__}).")
        failure.__cause__ = error
        return failure


def _too_late() -> ModelFailure:
    return ModelFailure("timeout", "The model server did not answer in time.")
