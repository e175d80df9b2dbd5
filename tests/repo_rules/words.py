"""Things that must not appear: idioms of older Odoo versions, swallowed errors, machine details."""

import ast
import re

from tests.repo_rules.sources import files, project_files, text, tree

# Old idiom -> what Odoo 19 has instead
OLD_PYTHON = {
    r"\b_sql_constraints\b": "models.Constraint",
    r"\bname_get\b": "_compute_display_name",
    r"\bgroups_id\b": "group_ids",
    r"\.read_group\(": "_read_group",
}
OLD_XML = {
    r"<tree\b": "<list",
    r"\sattrs=": "the attribute itself (invisible=, readonly=)",
    r"\sstates=": "invisible=",
    r"view_mode\"?>[^<]*\btree\b": "list",
}
# Where packages come from is each machine's own setting; paths of one machine help nobody else.
MACHINE_DETAILS = [
    r"\b(deb|security|ftp)\.debian\.org\b",
    r"\b(archive|security)\.ubuntu\.com\b",
    r"\bpypi\.org\b",
    r"\bpythonhosted\.org\b",
    r"\bnpmjs\.(org|com)\b",
    r"(?<![\w./*$})-])/(work|root|home/\w+)/",
]
TEXT_ENDINGS = {
    ".py", ".js", ".mjs", ".xml", ".scss", ".sh", ".md", ".rst", ".txt", ".cfg", ".toml", ".yml",
    ".yaml", ".json", ".csv", ".conf", "",
}  # fmt: skip


def old_idioms():
    """Idioms of older versions of Odoo."""
    for endings, idioms in (((".py",), OLD_PYTHON), ((".xml",), OLD_XML)):
        for path in files(*endings):
            if path.parts[0].startswith("ai_"):
                for pattern, instead in idioms.items():
                    for line, found in _matches(path, pattern):
                        yield f"{path}:{line}: {found.strip()} is not Odoo 19, use {instead}"


def machine_details():
    """Addresses and paths that are right on one machine only."""
    for path in project_files():
        if path.suffix in TEXT_ENDINGS:
            for pattern in MACHINE_DETAILS:
                for line, found in _matches(path, pattern):
                    yield f"{path}:{line}: {found} is a detail of one machine"


def swallowed_errors():
    """Errors that nobody would ever hear of."""
    for path in files(".py"):
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.ExceptHandler):
                continue
            if node.type is None:
                yield f"{path}:{node.lineno}: bare except, name what you expect"
            elif _catches_all(node.type) and all(isinstance(s, ast.Pass) for s in node.body):
                yield f"{path}:{node.lineno}: every error is swallowed here"


def grab_bags():
    """Files named after nothing."""
    for path in files(".py", ".js"):
        if path.stem in {"utils", "helpers", "misc", "tools"}:
            yield f"{path}: name the file after what is in it"


def _catches_all(node):
    names = node.elts if isinstance(node, ast.Tuple) else [node]
    return any(getattr(name, "id", "") in {"Exception", "BaseException"} for name in names)


def _matches(path, pattern):
    for match in re.finditer(pattern, text(path)):
        yield text(path).count("\n", 0, match.start()) + 1, match.group()
