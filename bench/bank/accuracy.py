"""Accuracy of bank matching on made-up and public lines: ``python -m bench.bank.accuracy``."""

import argparse
from collections.abc import Callable, Iterator
from itertools import chain

from . import public, samples, second_style, world_style
from .measure import Score, measure
from .truth import Sample

SETS: dict[str, Callable[[int], Sample]] = {
    "ordinary": samples.ordinary,
    "hard": samples.hard,
    "nasty": samples.nasty,
    "nearly all paid": samples.nearly_all_paid,
    "60-100 open items": samples.many_open,
    "second style": second_style.file_of,
    "third style": world_style.ordinary,
    "third style, hard": world_style.hard,
}
HEAD = (
    "| set | lines | with match | top-1 | twins accepted | top-3 | automatic share | "
    "automatic | wrong | precision |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
)


def row(name: str, score: Score) -> str:
    """Return one line of the table."""

    def share(count: int) -> str:
        return f"{100 * count / score.matched:.1f} %" if score.matched else "-"

    wrong = len(score.wrong)
    precision = f"{100 - 100 * wrong / score.automatic:.2f} %" if score.automatic else "-"
    shares = map(share, (score.first, score.first_or_twin, score.third, score.right_share))
    return (
        f"| {name} | {score.lines:,} | {score.matched:,} | {' | '.join(shares)} | "
        f"{score.automatic:,} | {wrong} | {precision} |"
    )


def chosen(names: list[str], seeds: range) -> Iterator[tuple[str, Iterator[Sample]]]:
    """Yield each set with its files."""
    for name, make in SETS.items():
        if not names or name in names:
            yield name, map(make, seeds)
    if (not names or "public" in names) and public.folder():
        yield "public payments", public.files()


def explain(scores: dict[str, Score], count: int) -> None:
    """Print wrong automatic lines, misses and what kept right lines from being automatic."""
    total = scores[""]
    print("kept back:", dict(total.guards.most_common(12)))
    for kind, rows in (("WRONG", total.wrong), ("missed", total.missed), ("kept", total.kept)):
        for line, truth, result in rows[:count]:
            print(f"{kind} {truth.case}: {line.partner_name!r} {line.amount} {line.label!r}")
            parts = {part.move_line_id: part.amount for part in result.proposal.counterparts}
            wanted = {key: str(amount) for key, amount in truth.parts.items()}
            print(f"   wanted {wanted} {truth.write_offs} {truth.remainder or ''}")
            print(
                f"   {result.confidence} {result.proposal.kind} {parts if kind != 'kept' else ''}"
            )
            print("  ", [one.english for one in chain(result.reasons, result.guards)])


def main() -> None:
    """Print one table for all sets, then one for the cases of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", help="only these sets")
    parser.add_argument("--seeds", type=int, default=3, help="files of each set")
    parser.add_argument("--first", type=int, default=100, help="number of the first file")
    parser.add_argument("--show", type=int, default=0, help="print so many misses")
    options = parser.parse_args()
    seeds = range(options.first, options.first + options.seeds)
    found = {name: measure(files) for name, files in chosen(options.sets, seeds)}
    print(HEAD)
    for name, scores in found.items():
        print(row(name, scores[""]), flush=True)
    for name, scores in found.items():
        print(f"\n### {name}\n\n{HEAD}")
        for case in sorted(key for key in scores if key):
            print(row(case, scores[case]))
        if options.show:
            explain(scores, options.show)


if __name__ == "__main__":
    main()
