"""Engines and the model client are plain Python: they import no Odoo, only other engines."""

import ast

from tests.repo_rules.sources import files, is_test, tree

INNER_FOLDERS = ("engine", "llm")
SHARED_ENGINE = "ai_finance_engine"


def breaches():
    """Imports of engines and model client that are no plain Python."""
    for path in files(".py"):
        if not _is_inner(path.parts) or is_test(path) or path.name == "__manifest__.py":
            continue
        for node in ast.walk(tree(path)):
            for name in _imported(node, path):
                if name.split(".")[0] == "odoo" and not _is_inner(name.split(".")[2:]):
                    yield f"{path}:{node.lineno}: engines may import engines only, not {name}"


def _is_inner(parts):
    """Whether ``addon/engine/...`` (a path's or dotted name's parts) is plain Python."""
    if not parts or not parts[0].startswith("ai_"):
        return False
    return parts[0] == SHARED_ENGINE or (len(parts) > 1 and parts[1] in INNER_FOLDERS)


def _imported(node, path):
    """Absolute names of the modules that a statement imports."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    module = node.module or ""
    if node.level:
        package = ("odoo", "addons", *path.with_suffix("").parts)[: -node.level]
        module = ".".join([*package, module] if module else package)
    if module.startswith("odoo") and module.count(".") < 3:
        # "from odoo.addons.ai_x import engine": the imported name decides.
        return [f"{module}.{alias.name}" for alias in node.names]
    return [module]
