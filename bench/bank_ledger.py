"""Bank matching in Odoo's books, next to the community widget: what ``make bench`` prints of it."""

import json
import os
from pathlib import Path

from bench.ledger import books, ours, tables


def run(env, say, table, widget_figures=None):
    """Measure ours in this database and print it with what the widget did in another.

    ``LINES_BANK`` and ``ITEMS`` say how many lines are proposed against how many open items,
    ``LINES_BOOKED`` how many are booked.

    :param widget_figures: file that ``bench.ledger.widget`` wrote, where the widget is installed
    """
    widget = {}
    if widget_figures and (written := Path(widget_figures).read_text()):
        widget = json.loads(written)
    books.set_up(env)
    rows = []
    for name in ours.SETS:
        found = ours.accuracy(env, name)
        other = widget.get("sets", {}).get(name)
        tables.accuracy(say, name, found, other and other["cases"])
        rows.append((name, "ours", found["ledger"]["booked"], found["seconds"]))
        if other:
            rows.append((name, "widget", other["cases"][""]["automatic"], other["seconds"]))
    say("Of each file, from import to ledger, creation of the lines included:\n")
    tables.file_speed(say, rows)
    costs = ours.booking(env, int(os.environ.get("LINES_BOOKED") or 300))
    tables.booking(table, say, costs, widget.get("costs"))
    lines, items = (int(os.environ.get(name) or 0) for name in ("LINES_BANK", "ITEMS"))
    tables.proposing(say, *ours.proposing(env, lines or 1_000, items or 5_000))
