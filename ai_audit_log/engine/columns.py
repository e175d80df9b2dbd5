"""Which columns of the log are evidence, outcome or work: what may be written when."""

#: What was suggested and why: written once, before the row leaves the work queue.
EVIDENCE = frozenset(
    """
    task_id task_code res_model res_id company_id trigger run_id maker_id replaces_id
    input_checksum proposal confidence reasons vetoes summary amount partner_id duration_ms
    policy_id policy_values decision decision_reasons auto_eligible payload_digest
    explanation model_uses model_name prompt_tokens completion_tokens model_cost model_latency_ms
    """.split()
)
#: What came of it: written together with a change of state.
OUTCOME = frozenset(
    """
    decided_by_id decided_at executed_by_id applied_at undone_at undo_data flagged outcome
    review_state reviewed_by_id reviewed_at
    """.split()
)
#: Bookkeeping of the work queue.
WORK = frozenset("attempts next_attempt_at claimed_at error".split())
