"""Two people decide at the same instant, in two real sessions: the books are right every time."""

from functools import partial

from tests.faults.people import LINE, approve, at_once
from tests.support.json_rpc import RpcError

ROUNDS = 10
#: What the one who came second may read.
READABLE = ("already", "Somebody else", "no longer open", "changed since", "not open any more")


def assert_readable(answer):
    assert not isinstance(answer, RpcError), f"the person reads an error of the server: {answer}"
    assert any(words in answer for words in READABLE), f"nobody understands “{answer}”"


def test_same_suggestion_approved_twice_is_applied_once(office, books):
    here = office(workers=2, cron_threads=0)
    lines = books.lines("INV/%")[:ROUNDS]
    for line, log in here.suggest(lines).items():
        answers = at_once(partial(approve, here.anna, [log]), partial(approve, here.ben, [log]))
        winners = [text for text in answers if str(text).startswith("1 approved")]
        assert len(winners) == 1, f"exactly one of two approvals may succeed: {answers}"
        answers.remove(winners[0])
        assert_readable(answers[0])
        assert books.states([line]) == {line: ["applied"]}
        books.assert_right()
    who = books.column("SELECT DISTINCT decided_by_id FROM ai_audit_log WHERE state = 'applied'")
    assert set(who) <= {here.anna.uid, here.ben.uid}, "the log names who decided"


def test_bulk_approvals_that_overlap_apply_each_line_once(office, books):
    """Both select all: together they do each line once, whoever gets it."""
    here = office(workers=2, cron_threads=0)
    lines = books.lines("INV/%")[:60]
    logs = list(here.suggest(lines).values())
    answers = at_once(
        partial(approve, here.anna, logs),
        partial(approve, here.ben, logs[::-1]),
    )
    assert not [answer for answer in answers if isinstance(answer, RpcError)], answers
    approve(here.anna, logs)  # what each left to the other
    assert books.states(lines) == {line: ["applied"] for line in lines}
    books.assert_right()


def test_two_payments_of_one_invoice_settle_it_once(office, books):
    """A customer paid twice: the line approved first gets the invoice, the other is told."""
    here = office(workers=2, cron_threads=0)
    for first in books.lines("INV/%")[:ROUNDS]:
        [second] = here.admin.call(
            LINE,
            "create",
            [_same_payment(books, first)],
            context={"ai_no_suggestions": True},
        )
        logs = [here.suggest([line])[line] for line in (first, second)]
        answers = at_once(
            partial(approve, here.anna, [logs[0]]), partial(approve, here.ben, [logs[1]])
        )
        states = sorted(books.state(log) for log in logs)
        assert "applied" in states, f"one of the two has to get through: {answers}"
        assert states != ["applied", "applied"], f"the invoice was settled twice: {answers}"
        assert set(states) <= {"applied", "stale", "proposed"}, states
        for answer, log in zip(answers, logs, strict=True):
            if books.state(log) != "applied":
                assert_readable(answer)
        books.assert_right()


def _same_payment(books, line):
    names = ("journal_id", "date", "payment_ref", "amount", "partner_name")
    [values] = books.rows(
        """
            SELECT line.journal_id, move.date::text, line.payment_ref, line.amount::float,
                   line.partner_name
            FROM account_bank_statement_line line JOIN account_move move ON move.id = line.move_id
            WHERE line.id = %s
        """,
        line,
    )
    return dict(zip(names, values, strict=True))
