"""The states of a suggestion and the only ways from one to the next."""

#: Work that waits or is under way in the outbox.
WAITING = frozenset({"queued", "running"})
#: A suggestion somebody (or the outbox) can still act on.
OPEN = frozenset({"proposed", "approved"})
#: Rows of which at most one exists for the same task, record and input.
LIVE = WAITING | OPEN

TRANSITIONS: dict[str, frozenset[str]] = {
    # The outbox: claim, finish, give back, give up; or an equal suggestion was there already.
    "queued": frozenset({"running", "superseded", "failed"}),
    "running": frozenset({"proposed", "queued", "failed", "superseded"}),
    "failed": frozenset({"queued", "superseded"}),
    # The decision.
    "proposed": frozenset(
        {"approved", "applied", "edited", "rejected", "expired", "stale", "superseded"}
    ),
    # Decided, waiting for execution; a refusal of the ledger brings it back to people.
    "approved": frozenset({"applied", "proposed", "stale", "rejected", "superseded"}),
    "applied": frozenset({"undone"}),
    # Final states.
    "edited": frozenset(),
    "rejected": frozenset(),
    "expired": frozenset(),
    "stale": frozenset(),
    "superseded": frozenset(),
    "undone": frozenset(),
}


def allowed(old: str, new: str) -> bool:
    """Tell whether a row may go from state ``old`` to state ``new``."""
    return new in TRANSITIONS[old]
