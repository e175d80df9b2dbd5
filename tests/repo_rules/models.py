"""What the syntax trees say about our models: names, files, access rows, company rules."""

import ast
import functools
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from tests.repo_rules.sources import ROOT, addons, files, is_test, table, text, tree

MODEL_FOLDERS = ("models", "wizards", "wizard", "report", "reports")


@dataclass(frozen=True)
class Model:
    """One class that defines or extends a model."""

    addon: str
    path: Path
    line: int
    kind: str  # Model, TransientModel or AbstractModel
    name: str  # the model that the class defines or extends
    is_new: bool
    has_company: bool

    @property
    def where(self):
        return f"{self.path}:{self.line}: {self.name}"

    @property
    def xml_id(self):
        return "model_" + self.name.replace(".", "_")


@functools.cache
def all_models():
    found = []
    for addon in addons():
        for path in files(".py", folder=addon):
            if not is_test(path):
                classes = [node for node in tree(path).body if isinstance(node, ast.ClassDef)]
                found += filter(None, (_read(addon, path, node) for node in classes))
    return found


def _read(addon, path, node):
    kinds = {getattr(base, "attr", getattr(base, "id", "")) for base in node.bases}
    kind = next((k for k in ("Model", "TransientModel", "AbstractModel") if k in kinds), None)
    values = {
        target.id: statement.value
        for statement in node.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    inherited = _strings(values.get("_inherit"))
    own = _strings(values.get("_name"))
    if not kind or not (own or inherited):
        return None
    name = (own or inherited)[0]
    is_new = bool(own) and name not in inherited
    return Model(addon, path, node.lineno, kind, name, is_new, "company_id" in values)


def _strings(node):
    if isinstance(node, ast.List):
        # A mixin may be named by its class.
        return [item.value for item in node.elts if isinstance(item, ast.Constant)]
    try:
        value = ast.literal_eval(node) if node else []
    except ValueError:
        return []
    return [value] if isinstance(value, str) else list(value)


def misplaced():
    """Models that share a file or live in a file named after something else."""
    by_file = {}
    for model in all_models():
        by_file.setdefault(model.path, []).append(model)
    for path, models in by_file.items():
        if len(models) > 1:
            names = ", ".join(model.name for model in models)
            yield f"{path}: one model a file, this one has {names}"
        elif path.stem != models[0].name.replace(".", "_"):
            yield f"{models[0].where} belongs into {models[0].name.replace('.', '_')}.py"


def without_access():
    """New stored models nobody has rights on, and rows that give rights to everybody."""
    for addon in addons():
        rows = table(Path(addon, "security", "ir.model.access.csv"))
        granted = {_model_reference(row).split(".")[-1] for row in rows}
        for model in all_models():
            concrete = model.is_new and model.kind != "AbstractModel"
            if model.addon == addon and concrete and model.xml_id not in granted:
                yield f"{model.where} has no row in {addon}/security/ir.model.access.csv"
        for row in rows:
            if not (row.get("group_id:id") or row.get("group_id/id")):
                yield f"{addon}/security/ir.model.access.csv: {row['id']} names no group"


def _model_reference(row):
    return row.get("model_id:id") or row.get("model_id/id") or ""


def without_company_rule():
    """Models with a company that no record rule limits to the user's companies."""
    for addon in addons():
        limited = {model for model, domain in _rules(addon) if "company_ids" in domain}
        for model in all_models():
            stored = model.is_new and model.kind == "Model" and model.has_company
            if model.addon == addon and stored and model.xml_id not in limited:
                yield f"{model.where} has company_id but no ir.rule with company_ids"


def _rules(addon):
    for path in files(".xml", folder=addon):
        if "ir.rule" not in text(path):
            continue
        for record in etree.parse(ROOT / path).iter("record"):
            if record.get("model") == "ir.rule":
                fields = {field.get("name"): field for field in record.iter("field")}
                model, domain = fields.get("model_id"), fields.get("domain_force")
                if model is not None and domain is not None:
                    yield model.get("ref", "").split(".")[-1], "".join(domain.itertext())


def not_imported():
    """Model and test files that nothing in their folder imports: Odoo would never load them."""
    for addon in addons():
        for folder in (*MODEL_FOLDERS, "controllers", "tests"):
            paths = [path for path in files(".py", folder=addon) if path.parts[1:-1] == (folder,)]
            imported = {name for path in paths for name in _imported_names(path)}
            for path in paths:
                needed = folder != "tests" or path.name.startswith("test_")
                if needed and path.stem not in imported | {"__init__"}:
                    yield f"{path} is not imported by {addon}/{folder}/__init__.py"


def _imported_names(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom):
            yield from (node.module or "").split(".")
        if isinstance(node, ast.ImportFrom | ast.Import):
            yield from (alias.name for alias in node.names)
