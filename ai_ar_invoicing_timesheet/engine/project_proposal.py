"""The form of a project's invoice in the log: as any draft, and up to which day."""

from datetime import date
from typing import Any

from odoo.addons.ai_ar_invoicing.engine.billing import Draft
from odoo.addons.ai_ar_invoicing.engine.draft_proposal import DraftForm, to_json


class ProjectForm(DraftForm):
    """A draft with the last day whose hours it takes."""

    until: date


def project_json(draft: Draft, until: date) -> dict[str, Any]:
    """Return ``draft`` as it is logged."""
    return {**to_json(draft), "until": until.isoformat()}


def validate_project(proposal: dict[str, Any]) -> ProjectForm:
    """Return ``proposal`` in its form.

    :raises pydantic.ValidationError: where it is not complete, or holds what nobody knows
    """
    return ProjectForm.model_validate(proposal)
