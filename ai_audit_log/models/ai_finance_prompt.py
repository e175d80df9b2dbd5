from pathlib import Path

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import file_open, file_path

from ..llm.prompt_file import parse

#: What makes up a version; a change of any of them is a new one.
CONTENT = ("instructions", "allowed_fields", "max_tokens")


class AiFinancePrompt(models.Model):
    """What a model is told for one kind of question, and what it may see; in versions.

    The texts come from reviewable files of the addons. A person's edit is a new version; a
    company may have a prompt of its own, which then counts instead.
    """

    _name = "ai.finance.prompt"
    _description = "Prompt"
    _order = "code, company_id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(string="Technical Name", required=True, readonly=True)
    company_id = fields.Many2one(
        "res.company", readonly=True, index=True, help="Empty: for companies without their own."
    )
    task_id = fields.Many2one(
        "ai.finance.task.type", readonly=True, ondelete="cascade", help="Empty: for all tasks."
    )
    known_fields = fields.Char(
        string="Fields of the Task", readonly=True, help="All that the task can offer."
    )
    version_id = fields.Many2one(
        "ai.finance.prompt.version", string="Version in Use", readonly=True, copy=False
    )
    version_ids = fields.One2many(
        "ai.finance.prompt.version", "prompt_id", string="Versions", readonly=True
    )
    newest_file_id = fields.Many2one(
        "ai.finance.prompt.version",
        string="Newest Version of the Addon",
        compute="_compute_newest_file_id",
    )
    number = fields.Integer(string="Number in Use", related="version_id.number")
    source = fields.Selection(related="version_id.source")
    instructions = fields.Text(compute="_compute_content", readonly=False)
    allowed_fields = fields.Char(
        string="Fields That May Be Sent",
        compute="_compute_content",
        readonly=False,
        help="Separated by commas. What is not listed never leaves the server.",
    )
    max_tokens = fields.Integer(
        string="Longest Answer (tokens)", compute="_compute_content", readonly=False
    )

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "This company has this prompt already."
    )

    @api.depends("version_id")
    def _compute_content(self):
        for prompt in self:
            for name in CONTENT:
                prompt[name] = prompt.version_id[name]

    @api.depends("version_ids")
    def _compute_newest_file_id(self):
        for prompt in self:
            versions = prompt.version_ids.filtered(lambda version: version.source == "file")
            prompt.newest_file_id = versions.sorted("number")[-1:]

    def write(self, vals):
        """Make a change of content a new version, one for all that is changed together."""
        changed = {name: vals[name] for name in CONTENT if name in vals}
        rest = {name: value for name, value in vals.items() if name not in changed}
        result = super().write(rest)
        if changed:
            self.check_access("write")
        for prompt in self if changed else ():
            current = {name: prompt.version_id[name] for name in CONTENT}
            if current | changed != current:
                prompt._add_version(current | changed, "person")._use()
        return result

    @api.depends("name", "company_id")
    def _compute_display_name(self):
        for prompt in self:
            parts = (prompt.name, prompt.company_id.name)
            prompt.display_name = " - ".join(part for part in parts if part)

    @api.ondelete(at_uninstall=False)
    def _unlink_own_only(self):
        for prompt in self:
            if not prompt.company_id:
                raise UserError(self.env._("A prompt of an addon can be changed, not deleted."))
            prompt._log_change(prompt.version_id, self.env["ai.finance.prompt.version"])

    # ------------------------------------------------------------------
    # Versions
    # ------------------------------------------------------------------

    def _add_version(self, content, source):
        """Return a new version; it does not count before it is used."""
        self.ensure_one()
        number = max(self.version_ids.mapped("number"), default=0) + 1
        # Versions are written once and by the kernel only; who may write prompts was checked.
        version = (
            self.env["ai.finance.prompt.version"]
            .sudo()
            .create({**content, "prompt_id": self.id, "number": number, "source": source})
        )
        self.invalidate_recordset(["version_ids"])
        return version.sudo(self.env.su)

    def _log_change(self, old, new):
        companies = self.company_id or self.env["res.company"].sudo().search([])
        data = {
            "prompt": self.code,
            "old": {"version": old.number, "digest": old.digest} if old else {},
            "new": {"version": new.number, "digest": new.digest} if new else {},
        }
        self.env["ai.audit.log.event"]._append_change("prompt", companies, self.display_name, data)

    def action_own(self):
        """Give the current company a prompt of its own, to start with as this one."""
        self.ensure_one()
        company = self.env.company
        own = self.search([("code", "=", self.code), ("company_id", "=", company.id)])
        if not own:
            values = {"name": self.name, "code": self.code, "company_id": company.id}
            own = self.create(
                {**values, "task_id": self.task_id.id, "known_fields": self.known_fields}
            )
            content = {name: self.version_id[name] for name in CONTENT}
            own._add_version(content, self.version_id.source)._use()
        return own.get_formview_action()

    def action_test(self):
        """Open the test run."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "ai_audit_log.action_ai_finance_prompt_test"
        )
        return {**action, "context": {"default_prompt_id": self.id}}

    # ------------------------------------------------------------------
    # For the kernel
    # ------------------------------------------------------------------

    @api.model
    def _versions_for(self, company):
        """Return ``{code: version in use}`` for ``company``, its own prompts first.

        With full rights: the prompt counts for whoever asks.
        """
        prompts = self.sudo().search([("company_id", "in", [False, company.id])])
        general, own = prompts.filtered(lambda p: not p.company_id), prompts.filtered("company_id")
        return {prompt.code: prompt.version_id for prompt in (*general, *own)}

    @api.model
    def _load_files(self, module):
        """Load the prompt files of an addon; called by its data at each install and update.

        A changed file is a new version. It counts at once where nobody changed the prompt, else
        it waits beside the version people chose.
        """
        for path in sorted(Path(file_path(f"{module}/prompts")).glob("*.md")):
            with file_open(str(path)) as file:
                self._load(parse(file.read()), module)

    def _load(self, file, module):
        task = self.env["ai.finance.task.type"].search([("code", "=", file.task)])
        content = {
            "instructions": file.instructions,
            "allowed_fields": ", ".join(file.fields),
            "max_tokens": file.max_tokens,
        }
        known = {"task_id": task.id, "known_fields": content["allowed_fields"]}
        prompts = self.search([("code", "=", file.code)])
        general = prompts.filtered(lambda prompt: not prompt.company_id)
        if not general:
            general = self.create({"name": file.name, "code": file.code, **known})
        for prompt in prompts | general:
            prompt.write(known)
            newest = prompt.newest_file_id
            if newest and all(newest[name] == content[name] for name in CONTENT):
                continue
            # A company's own prompt is its own choice, also while it says what the addon says.
            untouched = not prompt.company_id and prompt.version_id == newest
            version = prompt._add_version(content, "file")
            if untouched:
                version._use()
