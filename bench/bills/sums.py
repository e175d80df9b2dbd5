"""Ways to print untaxed amount, taxes, total, deposits."""


def _tax_rows(pen) -> list[tuple[str, str]]:
    made = pen.made
    return [(made.say("tax", r=rate), made.money(tax)) for rate, _base, tax in made.taxes]


def _tax_name(pen) -> str:
    """The label of taxes without a rate."""
    name = pen.made.say("tax", r="").replace("%", "")
    return name.replace("()", "").replace("( )", "").strip(" @")


def _deposit(pen) -> list[tuple[str, str]]:
    made = pen.made
    if not made.paid:
        return []
    left = made.total - made.paid
    return [(made.say("paid"), made.money(-made.paid)), (made.say("balance"), made.money(left))]


def _rows(pen) -> list[tuple[str, str]]:
    made = pen.made
    return [
        (made.say("untaxed"), made.money(made.untaxed)), *_tax_rows(pen),
        (made.say("total"), made.money(made.total)), *_deposit(pen),
    ]  # fmt: skip


def right_block(pen):
    """Rows of label and amount at the right edge."""
    for label, amount in _rows(pen):
        pen.text(360, pen.y, label, bold=label == pen.made.say("total"))
        pen.text(545, pen.y, amount, right=True)
        pen.down(1.1)


def head_and_values(pen):
    """A row of labels over a row of amounts, then what is still due."""
    made = pen.made
    cells = [
        (made.say("untaxed"), made.money(made.untaxed)),
        (made.say("tax", r=made.taxes[0][0]), made.money(made.tax)) if len(made.taxes) == 1
        else (_tax_name(pen), made.money(made.tax)),
        (made.say("total"), made.money(made.total)),
    ]  # fmt: skip
    for index, (label, amount) in enumerate(cells):
        pen.text(260 + index * 140, pen.y, label, pen.family.size * 0.9, right=True, bold=True)
        pen.text(260 + index * 140, pen.y + pen.step * 1.2, amount, right=True)
    pen.down(3)
    for label, amount in _deposit(pen):
        pen.text(400, pen.y, label)
        pen.text(545, pen.y, amount, right=True)
        pen.down()


def rate_rows(pen):
    """Untaxed, a row a rate with its base, then the total."""
    made = pen.made
    pen.text(300, pen.y, made.say("untaxed"))
    pen.text(545, pen.y, made.money(made.untaxed), right=True)
    for rate, base, tax in made.taxes:
        pen.down()
        pen.text(300, pen.y, made.say("tax", r=rate))
        pen.text(470, pen.y, f"({made.money(base)})", right=True)
        pen.text(545, pen.y, made.money(tax), right=True)
    for label, amount in [(made.say("total"), made.money(made.total)), *_deposit(pen)]:
        pen.down(1.2)
        pen.text(300, pen.y, label, bold=True)
        pen.text(545, pen.y, amount, right=True)
    pen.down()


def dotted(pen):
    """Label, dots, amount, at the left."""
    for label, amount in _rows(pen):
        dots = "." * max(4, 46 - len(label) - len(amount))
        pen.text(60, pen.y, f"{label} {dots} {amount}")
        pen.down()


def rate_table(pen):
    """A table of rates, bases and taxes on the left, the total in a box on the right."""
    made = pen.made
    names = (
        "%", made.say("untaxed"),
        made.say("tax", r="").replace("%", "").replace("()", "").replace("( )", "").strip(" @"),
    )  # fmt: skip
    for index, name in enumerate(names):
        pen.text(90 + index * 110, pen.y, name, pen.family.size * 0.85, right=True)
    pen.text(400, pen.y, made.say("total"), 11, bold=True)
    pen.text(545, pen.y, made.money(made.total), 11, bold=True, right=True)
    for rate, base, tax in made.taxes:
        pen.down()
        for index, text in enumerate((f"{rate}%", made.money(base), made.money(tax))):
            pen.text(90 + index * 110, pen.y, text, right=True)
    if len(made.taxes) > 1:
        pen.down()
        for index, amount in enumerate((made.untaxed, made.tax)):
            pen.text(200 + index * 110, pen.y, made.money(amount), right=True, bold=True)
    for label, amount in _deposit(pen):
        pen.down()
        pen.text(400, pen.y, label)
        pen.text(545, pen.y, amount, right=True)
    pen.down()


def total_first(pen):
    """The total large, how it is made up small below it."""
    made = pen.made
    pen.text(350, pen.y, made.say("total"), 12, bold=True)
    pen.text(545, pen.y, made.money(made.total), 12, bold=True, right=True)
    pen.down(1.5)
    for label, amount in [
        (made.say("untaxed"), made.money(made.untaxed)), *_tax_rows(pen), *_deposit(pen),
    ]:  # fmt: skip
        pen.text(350, pen.y, label, pen.family.size * 0.85)
        pen.text(545, pen.y, amount, pen.family.size * 0.85, right=True)
        pen.down()


def one_line(pen):
    """Everything in one line of text."""
    size = min(pen.family.size, 7.5)
    cells = [f"{label}: {amount}" for label, amount in _rows(pen)]
    pen.text(50, pen.y, "    ".join(cells[:4]), size)
    for cell in cells[4:]:
        pen.down()
        pen.text(50, pen.y, cell, size)
    pen.down()


def left_column(pen):
    """Amounts close behind their labels, the currency in front as a code."""
    made = pen.made
    for label, amount in _rows(pen):
        pen.text(50, pen.y, label)
        bare = amount.replace(made.sign, "").strip()
        pen.text(230, pen.y, made.currency)
        pen.text(330, pen.y, bare, right=True)
        pen.down(1.25)


TUNED = (right_block, head_and_values, rate_rows, dotted)
UNSEEN = (rate_table, total_first, one_line, left_column)
