import difflib
import hashlib
import json

from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

LONGEST_ANSWER = 8000


class AiFinancePromptVersion(models.Model):
    """One version of a prompt, written once; suggestions name the version they were made with."""

    _name = "ai.finance.prompt.version"
    _description = "Prompt Version"
    _order = "prompt_id, number desc"

    prompt_id = fields.Many2one("ai.finance.prompt", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="prompt_id.company_id", store=True, index=True)
    number = fields.Integer(string="Version", required=True)
    source = fields.Selection(
        [("file", "Addon"), ("person", "Changed here")], required=True, default="person"
    )
    instructions = fields.Text(required=True)
    allowed_fields = fields.Char(string="Fields That May Be Sent")
    max_tokens = fields.Integer(string="Longest Answer (tokens)", required=True)
    digest = fields.Char(compute="_compute_digest")
    is_used = fields.Boolean(string="In Use", compute="_compute_is_used")
    difference = fields.Html(
        string="Difference to the Version in Use", compute="_compute_difference", sanitize=False
    )

    _number_uniq = models.Constraint("UNIQUE (prompt_id, number)", "This version exists.")

    @api.depends("prompt_id", "number")
    def _compute_display_name(self):
        for version in self:
            version.display_name = f"{version.prompt_id.name} {version.number}"

    @api.depends("instructions", "allowed_fields", "max_tokens")
    def _compute_digest(self):
        for version in self:
            content = [version.instructions, version.allowed_fields, version.max_tokens]
            version.digest = hashlib.sha256(json.dumps(content).encode()).hexdigest()

    @api.depends("prompt_id.version_id")
    def _compute_is_used(self):
        for version in self:
            version.is_used = version == version.prompt_id.version_id

    @api.depends("prompt_id.version_id")
    def _compute_difference(self):
        for version in self:
            version.difference = version._compared(version.prompt_id.version_id)

    def _compared(self, other):
        """Return the difference from ``other`` to this version, as people read it."""
        old, new = other._lines(), self._lines()
        shown = {"- ": Markup("<del>%s</del>"), "+ ": Markup("<ins>%s</ins>")}
        rows = [
            shown.get(line[:2], Markup("%s")) % escape(line[2:])
            for line in difflib.ndiff(old, new)
            if line[:2] != "? "
        ]
        return Markup("<br/>").join(rows)

    def _lines(self):
        return [
            *(self.instructions or "").splitlines(),
            f"{self._fields['allowed_fields']._description_string(self.env)}: "
            f"{self.allowed_fields or ''}",
            f"{self._fields['max_tokens']._description_string(self.env)}: {self.max_tokens}",
        ]

    @api.constrains("instructions", "allowed_fields", "max_tokens")
    def _check_content(self):
        for version in self:
            if not (version.instructions or "").strip():
                raise ValidationError(self.env._("A prompt needs instructions."))
            if not 50 <= version.max_tokens <= LONGEST_ANSWER:
                raise ValidationError(
                    self.env._(
                        "The longest answer is between 50 and %(most)s tokens.",
                        most=LONGEST_ANSWER,
                    )
                )
            unknown = set(version._names()) - set(_names(version.prompt_id.known_fields))
            if unknown and version.source == "person":
                raise ValidationError(
                    self.env._(
                        "The task knows no field %(names)s.", names=", ".join(sorted(unknown))
                    )
                )

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("A version of a prompt is not changed: make a new one."))

    def _names(self):
        """Return the allow-list as dotted names."""
        return _names(self.allowed_fields)

    def action_use(self):
        """Use this version from now on; an older one takes a change back."""
        self.ensure_one()
        self.prompt_id.check_access("write")
        self._use()

    def _use(self):
        old = self.prompt_id.version_id
        self.prompt_id.version_id = self
        self.prompt_id._log_change(old, self)


def _names(text):
    return [name.strip() for name in (text or "").split(",") if name.strip()]
