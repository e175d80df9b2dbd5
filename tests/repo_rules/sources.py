"""The files that the rules look at."""

import ast
import csv
import functools
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {"i18n", "lib", "node_modules"}


@functools.cache
def project_files():
    """Paths, relative to the repository, of every tracked or new file (none that git ignores)."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return [Path(name) for name in sorted(listed.split("\0")) if name and (ROOT / name).is_file()]


def files(*endings, folder=None):
    """Own files with one of the endings, below a top-level folder when one is given."""
    return [
        path
        for path in project_files()
        if path.suffix in endings
        and not NOT_OURS.intersection(path.parts)
        and (folder is None or path.parts[0] == folder)
    ]


@functools.cache
def text(path):
    return (ROOT / path).read_text(encoding="utf-8", errors="replace")


@functools.cache
def tree(path):
    """Syntax tree of a Python file."""
    return ast.parse(text(path), filename=str(path))


@functools.cache
def addons():
    """Names of the addon folders."""
    return sorted(path.parent.name for path in ROOT.glob("ai_*/__manifest__.py"))


@functools.cache
def manifest(addon):
    return ast.literal_eval((ROOT / addon / "__manifest__.py").read_text(encoding="utf-8"))


def is_test(path):
    return "tests" in path.parts


def table(path):
    """Rows of a CSV file as dicts; empty when there is no such file."""
    if not (ROOT / path).is_file():
        return []
    with (ROOT / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
