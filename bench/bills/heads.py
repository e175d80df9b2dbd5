"""Ways to print number, dates and other references at the head of a bill."""

from . import words


def _rows(pen) -> list[tuple[str, str]]:
    """Label and value of everything at the head, noise between."""
    made = pen.made
    rows = [(made.say("number"), made.number), (made.say("date"), made.day(made.date))]
    noise = {
        "customer": made.noise["customer"],
        "order": made.noise["order"],
        "delivery": made.day(made.noise["delivery"]),
    }
    for place, name in enumerate(("customer", "order", "delivery")):
        if name in made.noise["with"]:
            rows.insert(
                place if pen.family.buyer_first else len(rows), (made.say(name), noise[name])
            )
    if made.is_credit:
        rows.append((made.say("related"), made.noise["related"]))
    if made.due:
        rows.append((made.say("due"), made.day(made.due)))
    return rows


def _title(pen, x=50, size=16):
    pen.text(x, pen.y, pen.made.say("credit" if pen.made.is_credit else "title"), size, bold=True)
    pen.down(1.5)


def label_colon_value(pen):
    """Label: value, stacked on the right."""
    _title(pen)
    pen.y -= pen.step
    for label, value in _rows(pen):
        pen.text(340, pen.y, f"{label.rstrip('.')}: {value}")
        pen.down()


def label_value_columns(pen):
    """Labels in one column, values in the next."""
    _title(pen, 340)
    for label, value in _rows(pen):
        pen.text(340, pen.y, label, bold=True)
        pen.text(545, pen.y, value, right=True)
        pen.down()


def sentence(pen):
    """One sentence with number and date, the rest as small lines."""
    made = pen.made
    text = words.CREDIT_SENTENCE if made.is_credit else words.SENTENCE
    line = text[made.language].format(number=made.number, date=made.day(made.date))
    pen.text(50, pen.y, line, 13, bold=True)
    pen.down(1.5)
    skipped = (made.say("number"), made.say("date"))
    for label, value in _rows(pen):
        if label not in skipped and label != made.say("due"):
            pen.text(50, pen.y, f"{label} {value}")
            pen.down()


def label_over_value(pen):
    """Small labels over their values, in blocks side by side."""
    _title(pen)
    rows = _rows(pen)
    for start in range(0, len(rows), 3):
        for index, (label, value) in enumerate(rows[start : start + 3]):
            pen.text(50 + index * 170, pen.y, label, pen.family.size * 0.8)
            pen.text(50 + index * 170, pen.y + pen.step, value, bold=True)
        pen.down(2.6)


def strip(pen):
    """A table with one row of labels and one of values."""
    _title(pen)
    rows = _rows(pen)
    width = 500 / len(rows)
    for index, (label, value) in enumerate(rows):
        middle = 50 + index * width
        pen.text(middle, pen.y, label, min(pen.family.size, 8) * 0.95, bold=True)
        pen.text(middle + 6, pen.y + pen.step * 1.3, value, min(pen.family.size, 9))
    pen.down(3)


def two_pairs_a_row(pen):
    """Two labels with their values on each row, boxed."""
    _title(pen)
    rows = _rows(pen)
    size = min(pen.family.size, 9)
    for start in range(0, len(rows), 2):
        for index, (label, value) in enumerate(rows[start : start + 2]):
            pen.text(50 + index * 255, pen.y, f"{label}:", size)
            pen.text(170 + index * 255, pen.y, value, size)
        pen.down(1.2)


def title_with_number(pen):
    """The number stands in the title, other references in a line below."""
    made = pen.made
    title = made.say("credit" if made.is_credit else "title")
    pen.text(50, pen.y, f"{title} {made.number}", 15, bold=True)
    pen.down(1.6)
    rows = [row for row in _rows(pen) if row[0] != made.say("number")]
    x = 50
    for label, value in rows:
        text = f"{label}: {value}"
        if x + len(text) * pen.family.size * 0.55 > 545:
            x = 50
            pen.down()
        pen.text(x, pen.y, text)
        x += len(text) * pen.family.size * 0.55 + 24
    pen.down()


def letter(pen):
    """Town and date on the right, a subject line, the due date in the text at the end."""
    made = pen.made
    town = made.seller_lines[1].split(",")[0]
    town = " ".join(part for part in town.split() if part.isalpha() and len(part) > 2)
    joint = {"de": "den ", "fr": "le ", "nl": "", "es": "a ", "it": "li ", "us": "", "gb": ""}
    pen.text(545, pen.y, f"{town}, {joint[made.language]}{made.day(made.date)}", right=True)
    pen.down(1.5)
    name = "" if not made.is_credit else f"{made.say('credit')}: "
    pen.text(50, pen.y, f"{name}{made.say('number')} {made.number}", 11, bold=True)
    pen.down(1.2)
    for label, value in _rows(pen):
        if label not in (made.say("number"), made.say("date"), made.say("due")):
            pen.text(50, pen.y, f"{label}: {value}", pen.family.size * 0.9)
            pen.down()


TUNED = (label_colon_value, label_value_columns, sentence, label_over_value)
UNSEEN = (strip, two_pairs_a_row, title_with_number, letter)
for _way in (
    label_colon_value, label_value_columns, label_over_value, strip, two_pairs_a_row,
    title_with_number,
):  # fmt: skip
    _way.has_due = True
