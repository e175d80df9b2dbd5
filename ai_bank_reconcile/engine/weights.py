"""The one table of the probability model: natural logarithms, each with where it comes from.

Hand-set orders of magnitude, kept round on purpose: a prototype on generated lines showed that
they are enough; learning them from decided lines comes later. An entry is the log of how much
more often something is seen when the explanation is true than by chance.
"""

from math import log

WEIGHTS = {
    # --- prior: what share of bank lines is what (ordinary company accounts) -------------------
    "nothing": log(0.25),  # fees, wages, taxes, on account: no open item
    "one_item": log(0.70),  # divided by the number of open items of the direction
    "named_set": log(0.05),  # divided by the same for each member
    "registered_payment": 4.5,  # a payment already registered waits for exactly this line
    "deposit": log(0.02),  # several registered payments in one sum
    "unlisted_payer": log(0.06),  # of the payer's, but on account or of documents not in the list
    "unseen_sets": log(0.02),  # sets of the payer's that are longer than what is searched
    "unnamed_extra": -3.0,  # who names documents names all of them: a member that is not named
    # --- amount --------------------------------------------------------------------------------
    "amount_exact": log(0.90),  # nine of ten payments are to the cent; divided by `chance`
    "amount_partial": log(0.03),  # instalments and short payments
    "amount_over": log(0.002),  # paid twice, rounded up, two documents at once
    "amount_fee": log(0.30),  # the text states the fee, and it fits to the cent
    "amount_discount": log(0.35),  # the terms offer it and the line is in time
    "amount_tolerance": log(0.03),  # divided by the chance of any amount that near
    "amount_unstated_fee": log(0.12),  # short by a plain fee; partial payments are rarely so near
    "amount_converted": 2.0,  # near the amount at the rate of the day
    "unnamed_inexact": -2.5,  # part or over-payment without the document's number
    # smallest chance that a line shows an amount: prices cluster more than any smooth curve
    "chance_floor": 1e-5,
    "set_chance_floor": 3e-7,  # sums of several prices are spread as smoothly as money can be
    "amount_telling": 0.03,  # an amount more common than this agrees with too many documents
    "chance_repeat": 0.3,  # weight of how often the amount stands among the open items
    # --- reference: added to log(number of open items) as an upper bound -----------------------
    # an open document is named without being paid in one text of some hundred
    "named_full": 6.0,
    "named_year": 5.0,
    "named_word": 4.5,
    "named_padded": 4.0,
    "named_bare": 3.0,
    # each digit is hit by chance one time in ten; how common the form is, relative to that
    "per_digit": log(10),
    "digits_word": 1.5,
    "digits_padded": 0.5,
    "digits_bare": -1.5,  # any number in a text: quantities, house numbers
    "names_another": -2.3,  # an open document is named and not paid
    "names_unresolved": -2.3,  # a number of our series that is not open: it is about that one
    "names_unresolved_beside": -0.7,  # the same where the document paid is named in full
    "names_limit": -5.0,  # further such numbers come from the same cause
    "nearly_named": 2.5,  # below log(number of items): a digit of the number is wrong or swapped
    "prepayment": -1.5,  # "deposit": mostly money before the document
    # --- payer: against a partner by chance ----------------------------------------------------
    "partner_set": 8.0,  # a person or a rule said so
    "partner_set_differs": -6.0,
    "account_known": 8.0,  # shared accounts divide it
    "account_of_another": -4.0,  # group companies pay for each other in one line of fifty
    "alias_account": 7.0,  # who paid from this account for the partner again and again
    "alias_once": 2.0,  # one confirmation may have been wrong: below `payer_agrees`
    "alias_again": 0.8,
    "name_beside_account": 1.0,  # name and account come from one source
    "payer_named_otherwise": -3.5,  # third-party payers: three lines of a hundred
    "payer_is_another": -5.0,  # the name is that of another known partner
    "payer_in_text_is_another": -1.5,
    "name_only_in_text": -1.0,  # a name in a text may be mentioned for any reason
    "mixed_partners": -4.0,  # one line for documents of several partners
    # --- date ----------------------------------------------------------------------------------
    "date_day_late": -1 / 45,  # a month makes less than a factor two: dates decide little
    "date_day_early": -1 / 60,
    "date_late_limit": -3.0,
    "date_early_limit": -2.0,
    "date_before_document": -1.5,  # paid before the document's date: pro forma, order
    "date_long_before_document": -3.0,
    "date_payment_day": -1 / 10,  # a registered payment reaches the bank within days
    "date_payment_limit": -4.0,
    # --- what the model does not list ----------------------------------------------------------
    # something else of the payer's of the same amount, not in the list (paid, not yet entered)
    "unlisted": -7.0,
    "unlisted_whole": -6.0,  # whole currency units repeat more often
    "unlisted_round": -4.5,  # multiples of a hundred: nearly all such errors
    "unlisted_named": -1.5,  # and the text names one of our documents that is not open
    "unlisted_rest": -1.0,  # what looks over-paid also pays something that is not listed
    "unseen": -9.2,  # any explanation nobody thought of: one in ten thousand
    "set_payer_weak": -0.6,  # the same where no partner reaches it
    "set_payer": 0.5,  # evidence from which a partner's items are searched for sums
    # --- thresholds, not likelihoods -----------------------------------------------------------
    "payer_agrees": 3.0,  # evidence from which the payer counts as agreeing
    "payer_may_agree": 0.7,  # enough where nothing else is open with an odd amount
    "amount_odd": 1e-4,  # chance up to which an amount is nobody's habit
    "payer_margin": 1.5,  # lead over the next partner to be certain
    "payer_speaks_against": -2.0,
    "reference_agrees": 6.9,  # evidence from which the reference counts as agreeing
    "twin_margin": 3.0,  # reference evidence that tells two equal items apart
    "contested_margin": 4.0,  # log-odds within which the loser's claim was close
    "firm_reference": 7.9,  # a claim by name that takes an item out of its twins
}

# Share of lines that pay several documents of a partner without naming them: by how many, or by
# which; divided by the number of sets of the kind. Real payments are in a row when they are many.
SET_SHARES = {
    2: 0.040, 3: 0.020, 4: 0.010, "from_oldest": 0.040, "run": 0.015, "all_but_one": 0.005,
}  # fmt: skip

# name similarity -> log-likelihood ratio; measured on pairs of vendor names: at 0.85 one stranger
# in ten thousand is that similar against half of the true variants, at 0.6 one in a thousand
NAME_STEPS = (
    (0.55, -1.0), (0.65, 0.0), (0.75, 1.5), (0.85, 3.5), (0.92, 5.0), (0.97, 6.5), (1.0, 7.0),
)  # fmt: skip

# How often an amount is a multiple of so many minor units (two decimals), and otherwise any
# amount on a logarithmic scale over six decades.
ROUND_STEPS = ((1, 0.60), (10, 0.08), (100, 0.15), (1000, 0.09), (10000, 0.06), (100000, 0.02))
LOG_SCALE = log(10**6)
