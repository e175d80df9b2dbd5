"""The figures of bank matching as tables, ours next to the widget's."""

from bench.stopwatch import Cost

HEAD = (
    "| case | lines | with match | top-1 | top-3 | automatic share | automatic | wrong | precision"
    " | widget: reconciled | share | wrong |\n"
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
)


def accuracy(say, name, ours, widget):
    """Print one set, case by case, and what the comparison of the books found."""
    cases = ours["cases"]
    lines, items = cases[""]["lines"], ours["open_items"]
    say(f"## Bank matching, {name}: {lines} lines against {items} open items\n")
    say(HEAD)
    for case in sorted(cases):
        say(_case_row(case or "**all**", cases[case], (widget or {}).get(case)))
    found = ours["ledger"]
    say(
        f"\nBooked as automatic mode would: {found['booked']} of {found['chosen']} lines. Open "
        f"amounts compared with the truth: {found['documents']} documents, "
        f"{found['different']} different, off by {found['off_by']}. After undo all as before: "
        f"{'yes' if found['restored'] else 'NO'}.\n"
    )


def _case_row(case, mine, other):
    cells = [
        case,
        mine["lines"],
        mine["matched"],
        _share(mine["first"], mine["matched"]),
        _share(mine["third"], mine["matched"]),
        _share(mine["automatic_matched"], mine["matched"]),
        mine["automatic"],
        mine["wrong"],
        _share(mine["automatic"] - mine["wrong"], mine["automatic"], 2),
    ]
    cells += ["-"] * 3 if other is None else _other_cells(other)
    return f"| {' | '.join(map(str, cells))} |"


def _other_cells(other):
    share = _share(other["automatic_matched"], other["matched"])
    return [other["automatic"], share, other["wrong"]]


def _share(part, whole, digits=1):
    return f"{100 * part / whole:.{digits}f} %" if whole else "-"


def booking(table, say, ours, widget):
    """Print what a line costs in every way, and how many times faster ours is."""
    other = [Cost(*row) for row in widget or ()]
    table("Bank lines booked, each paying one document it names", [*ours, *other])
    if not other:
        return
    by_label = {cost.label.partition(" (")[0]: cost for cost in ours}
    approve = by_label["approve 100"].cpu / 100
    whole = approve + sum(
        cost.cpu / cost.rows
        for label, cost in by_label.items()
        if label in ("create the bank lines", "suggest")
    )
    made, chosen = (cost.cpu / cost.rows for cost in other[:2])
    say(
        f"A line approved here against one validated there: {chosen / approve:.1f} times as many "
        f"a second of processor time. Created, suggested and approved here against created and "
        f"reconciled there: {made / whole:.1f} times. Target 20 times.\n"
    )


def file_speed(say, sets):
    """Print lines booked a second of the whole file, everything included."""
    say("| set | system | lines booked without a person | seconds for the file | booked a second |")
    say("|---|---|---:|---:|---:|")
    for name, system, booked, seconds in sets:
        say(f"| {name} | {system} | {booked} | {seconds:.1f} | {booked / seconds:.2f} |")
    say("")


def proposing(say, items, rows):
    """Print seconds and memory of proposals against many open items."""
    say(f"## Proposals against {items:,} open items\n")
    say("| step | lines | seconds | processor seconds | ms a line | memory, MiB more at the peak |")
    say("|---|---:|---:|---:|---:|---:|")
    for label, lines, seconds, cpu, memory in rows:
        say(
            f"| {label} | {lines:,} | {seconds:.2f} | {cpu:.2f} | {1000 * seconds / lines:.1f} | "
            f"{memory:.0f} |"
        )
    say("")
