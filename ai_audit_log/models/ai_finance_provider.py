import os
import time

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import config, hmac

from ..llm import breaker, probe, structured
from ..llm.address import check_address
from ..llm.client import Endpoint, ModelFailure
from ..llm.openai_client import OpenAIClient

#: Fields whose change is an event in the log. The key itself is not: only that it changed.
WATCHED = (
    *("name", "code", "company_id", "active", "kind", "base_url", "api_version", "model"),
    *("structured", "price_in", "price_out", "price_currency_id", "fallback_id"),
)
#: How far a chain of fallbacks is followed.
MOST_FALLBACKS = 3
#: What servers of a kind can promise about their answers, see ``structured``.
KINDS = {
    "openai": "schema",
    "azure": "schema",
    "vllm": "schema",
    "ollama": "schema",
    "lmstudio": "schema",
    "other": "object",
}


class AiFinanceProvider(models.Model):
    """A connection to a language model: any address that speaks the OpenAI wire format.

    Address and key come from the environment or the server's configuration where they are set
    there, else from here. Nobody reads a key back, not even who entered it.
    """

    _name = "ai.finance.provider"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Model Connection"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    code = fields.Char(
        string="Technical Name",
        required=True,
        default="default",
        help="Part of the names of environment variables, AI_FINANCE_<NAME>_API_KEY and "
        "AI_FINANCE_<NAME>_BASE_URL, that go before what is entered here.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: companies may share this connection."
    )
    kind = fields.Selection(
        [
            ("openai", "OpenAI or compatible, hosted"),
            ("azure", "Azure OpenAI"),
            ("vllm", "vLLM"),
            ("ollama", "Ollama"),
            ("lmstudio", "LM Studio"),
            ("other", "Other, OpenAI-compatible"),
        ],
        required=True,
        default="openai",
    )
    base_url = fields.Char(string="Address", groups="base.group_system", copy=False)
    api_key = fields.Char(groups=fields.NO_ACCESS, copy=False, prefetch=False)
    new_api_key = fields.Char(
        string="Key",
        groups="base.group_system",
        compute="_compute_new_api_key",
        inverse="_inverse_new_api_key",
        help="Write-only: a key that is set cannot be read back.",
    )
    address_source = fields.Selection(
        [
            ("environment", "Environment"),
            ("configuration", "Server configuration"),
            ("form", "Entered here"),
            ("missing", "Missing"),
        ],
        compute="_compute_sources",
    )
    key_source = fields.Selection(
        [
            ("environment", "Environment"),
            ("configuration", "Server configuration"),
            ("form", "Entered here"),
            ("missing", "None"),
        ],
        compute="_compute_sources",
    )
    api_version = fields.Char(string="API Version", help="Azure only, as in its portal.")
    model = fields.Char(required=True, help="Name of the model, or of the deployment on Azure.")
    model_names = fields.Json(string="Models Offered", readonly=True, copy=False)
    structured = fields.Selection(
        [
            ("schema", "JSON schema, strict"),
            ("object", "JSON object"),
            ("text", "Text only"),
        ],
        string="Answers",
        required=True,
        default="schema",
        help="What the server can promise. Answers are checked the same way in all cases.",
    )
    timeout = fields.Integer(string="Time-out (s)", required=True, default=30)
    max_retries = fields.Integer(string="Retries", required=True, default=2)
    parallel = fields.Integer(string="Questions at Once", required=True, default=10)
    price_in = fields.Float(string="Price Sent", digits=(12, 4), help="For a million tokens.")
    price_out = fields.Float(string="Price Received", digits=(12, 4), help="For a million tokens.")
    price_currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id
    )
    fallback_id = fields.Many2one(
        "ai.finance.provider",
        check_company=True,
        help="Asked where this connection does not answer.",
    )
    failures = fields.Integer(string="Failures in a Row", readonly=True, copy=False)
    paused_until = fields.Datetime(readonly=True, copy=False)
    is_paused = fields.Boolean(compute="_compute_is_paused")
    tested_at = fields.Datetime(string="Last Test", readonly=True, copy=False)
    test_result = fields.Char(readonly=True, copy=False)
    test_passed = fields.Boolean(readonly=True, copy=False)
    state = fields.Selection(
        [
            ("missing", "No address"),
            ("untested", "Not tested"),
            ("passed", "Test passed"),
            ("failed", "Test failed"),
            ("paused", "Paused"),
        ],
        compute="_compute_state",
    )

    _code_uniq = models.Constraint("UNIQUE (code)", "This technical name is taken.")
    _limits = models.Constraint(
        "CHECK (timeout BETWEEN 1 AND 300 AND max_retries BETWEEN 0 AND 5"
        " AND parallel BETWEEN 1 AND 50 AND price_in >= 0 AND price_out >= 0)",
        "Time-out is 1 to 300 seconds, retries 0 to 5, questions at once 1 to 50; prices are "
        "not negative.",
    )

    # ------------------------------------------------------------------
    # Fields
    # ------------------------------------------------------------------

    @api.constrains("code")
    def _check_code(self):
        for provider in self:
            if not provider.code.replace("_", "").isalnum() or not provider.code.isascii():
                raise ValidationError(
                    self.env._("The technical name is made of letters, digits and underscores.")
                )

    @api.constrains("base_url")
    def _check_base_url(self):
        for provider in self.filtered("base_url"):
            try:
                check_address(provider.base_url)
            except ValueError as error:
                raise ValidationError(str(error)) from error

    @api.constrains("fallback_id")
    def _check_fallback(self):
        if self._has_cycle("fallback_id"):
            raise ValidationError(self.env._("A connection cannot be its own fallback."))

    @api.onchange("kind")
    def _onchange_kind(self):
        self.structured = KINDS[self.kind]

    @api.depends("paused_until")
    def _compute_is_paused(self):
        now = fields.Datetime.now()
        for provider in self:
            provider.is_paused = bool(provider.paused_until and provider.paused_until > now)

    @api.depends("address_source", "is_paused", "test_passed", "tested_at")
    def _compute_state(self):
        for provider in self:
            if provider.is_paused:
                provider.state = "paused"
            elif provider.address_source == "missing":
                provider.state = "missing"
            elif not provider.tested_at:
                provider.state = "untested"
            else:
                provider.state = "passed" if provider.test_passed else "failed"

    def _compute_new_api_key(self):
        self.new_api_key = False

    def _inverse_new_api_key(self):
        for provider in self:
            # An empty field is what the form always shows: it takes nothing away.
            if provider.new_api_key:
                # Nobody has access to the column, so the system administrator writes it this way.
                provider.sudo().api_key = provider.new_api_key
                provider._log_change({"key": "…"}, {"key": self.env._("changed")})

    @api.depends("code", "base_url", "api_key")
    def _compute_sources(self):
        for provider in self:
            provider.address_source = provider._secret("base_url")[0]
            provider.key_source = provider._secret("api_key")[0]

    def _secret(self, name):
        """Return ``(source, value)`` of address or key: environment and configuration first."""
        variable = f"ai_finance_{self.code}_{name}"
        if value := os.environ.get(variable.upper()):
            return "environment", value
        if value := config.get(variable.lower()):
            return "configuration", value
        value = self.sudo()[name]  # nobody reads a key, and only administrators an address
        return ("form", value) if value else ("missing", "")

    # ------------------------------------------------------------------
    # Changes are evidence
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        providers = super().create(vals_list)
        for provider in providers:
            provider._log_change({}, provider._values())
        return providers

    def write(self, vals):
        before = {provider: provider._values() for provider in self}
        result = super().write(vals)
        for provider, old in before.items():
            new = provider._values()
            if old != new:
                provider._log_change(old, new)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_logged(self):
        for provider in self:
            provider._log_change(provider._values(), {})

    def _values(self):
        self.ensure_one()
        values = {name: self.sudo()[name] for name in WATCHED}
        # The log is read by more people than an address: it tells that it changed, not where to.
        values["base_url"] = self.sudo().base_url and self._address_digest()
        return {
            name: value.display_name if isinstance(value, models.BaseModel) else value
            for name, value in values.items()
        }

    def _address_digest(self):
        return hmac(self.env(su=True), "ai_finance_provider", self.sudo().base_url)[:12]

    def _log_change(self, old, new):
        """Append an event in the log of every company that may use this connection."""
        companies = self.company_id or self.env["res.company"].sudo().search([])
        self.env["ai.audit.log.event"]._append_change(
            "provider", companies, self.name, {"provider_id": self.id, "old": old, "new": new}
        )

    # ------------------------------------------------------------------
    # Asking
    # ------------------------------------------------------------------

    def _usable(self):
        """Whether this connection may be used at all; a neutralised copy asks nobody."""
        parameters = self.env["ir.config_parameter"].sudo()
        neutralized = parameters.get_param("database.is_neutralized")
        return bool(
            self and self.active and self.model and self._secret("base_url")[1] and not neutralized
        )

    def _chain(self, company):
        """Return this connection and its fallbacks that ``company`` may use, in order."""
        chain = self.browse()
        provider = self
        while provider and provider not in chain and len(chain) < MOST_FALLBACKS:
            if provider._usable() and provider.company_id.id in (False, company.id):
                chain |= provider
            provider = provider.fallback_id
        return chain

    def _endpoint(self):
        self.ensure_one()
        return Endpoint(
            base_url=self._secret("base_url")[1],
            api_key=self._secret("api_key")[1],
            model=self.model,
            api_version=(self.api_version or "") if self.kind == "azure" else "",
            timeout=self.timeout,
            max_retries=self.max_retries,
            structured=self.structured,
        )

    def _client(self):
        """Return a client that may be used without a transaction and in threads."""
        try:
            check_address(self._secret("base_url")[1])
        except ValueError as error:
            raise UserError(str(error)) from error
        return OpenAIClient(self._endpoint())

    def _note_outcome(self, failure):
        """Keep count of failures in a row, and pause a connection that keeps failing.

        :param failure: the :class:`~..llm.client.ModelFailure`, or ``None`` after an answer
        """
        self.ensure_one()
        if failure is None:
            if self.failures or self.paused_until:
                self._store_pause(0, False)
            return
        now = fields.Datetime.now()
        pause = breaker.after_failure(self.failures, failure.kind, failure.retry_after, now)
        self._store_pause(pause.failures, pause.until or False)

    def _store_pause(self, failures, until):
        # Bookkeeping of the kernel, whoever's question it was; not a change of the connection.
        super(AiFinanceProvider, self.sudo()).write({"failures": failures, "paused_until": until})

    # ------------------------------------------------------------------
    # What administrators do
    # ------------------------------------------------------------------

    def action_test(self):
        """Ask the connection for its models and a small structured answer; say what came."""
        self.ensure_one()
        self._check_administrator()
        client = self._client()
        self.env["ai.finance.model.asking"]._leave_transaction()
        started = time.monotonic()
        try:
            names = client.models()
        except ModelFailure as failure:
            return self._tested(str(failure), "danger")
        try:
            answer = structured.ask(client, probe.QUESTION)
        except ModelFailure as failure:
            return self._tested(str(failure), "danger", names)
        result = self.env._(
            "%(model)s answers in %(seconds)s s, as asked for.",
            model=answer.model or self.model,
            seconds=round(time.monotonic() - started, 1),
        )
        return self._tested(result, "success", names)

    def _tested(self, result, kind, names=None):
        values = {"tested_at": fields.Datetime.now(), "test_result": result}
        values["test_passed"] = kind == "success"
        self.write({**values, **({"model_names": names} if names else {})})
        if kind == "success":
            self._note_outcome(None)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": kind,
                "message": result,
                "sticky": kind != "success",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_resume(self):
        """End a pause after failures at once."""
        self._check_administrator()
        for provider in self:
            provider._store_pause(0, False)

    def _check_administrator(self):
        self.check_access("write")

    @api.model
    def _demo_stand_in(self):
        """Connect the stand-in that ``make run MODEL=demo`` starts, for the demo company."""
        code = "demo"
        provider = self.search([("code", "=", code)]) or self.create(
            {
                "name": self.env._("Stand-in for a model (demo)"),
                "code": code,
                "kind": "other",
                "model": "demo-stand-in",
                "structured": "schema",
            }
        )
        companies = self.env["res.company"].search([("ai_provider_id", "=", False)])
        companies.ai_provider_id = provider
        return provider
