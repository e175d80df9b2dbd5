"""Files and methods stay small enough to be read in one go."""

import ast

from tests.repo_rules.sources import files, is_test, text, tree

FILE_LINES = 400
METHOD_LINES = 40


def long_files():
    """Files that are too long."""
    for path in files(".py", ".js", ".mjs", ".xml", ".scss", ".sh"):
        lines = text(path).count("\n")
        if lines > FILE_LINES:
            yield (
                f"{path}: {lines} lines, at most {FILE_LINES}: "
                "a concept is hiding in it, give it a file of its own"
            )


def long_methods():
    """Methods and functions that are too long, tests aside; docstrings do not count."""
    for path in files(".py"):
        if is_test(path):
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = _body_lines(node)
                if lines > METHOD_LINES:
                    where = f"{path}:{node.lineno}: {node.name}"
                    yield f"{where} has {lines} lines, at most {METHOD_LINES}"


def _body_lines(node):
    lines = node.end_lineno - node.lineno + 1
    if ast.get_docstring(node) is not None:
        docstring = node.body[0]
        lines -= docstring.end_lineno - docstring.lineno + 1
    return lines
