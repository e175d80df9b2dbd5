from tests.support.model_server import MODEL, ModelServer

KEY = "sk-test-2b7e151628aed2a6abf7158809cf4f3c"


class ModelCommon:
    """Connects ``cls.company`` to a real HTTP server that speaks the OpenAI wire format."""

    @classmethod
    def connect_model(cls):
        cls.server = ModelServer(api_key=KEY).start()
        cls.addClassCleanup(cls.server.stop)
        cls.provider = cls.new_provider("test", cls.server)
        cls.company.ai_provider_id = cls.provider

    @classmethod
    def new_provider(cls, code, server, **values):
        return cls.env["ai.finance.provider"].create(
            {
                "name": f"Connection {code}",
                "code": code,
                "model": MODEL,
                "base_url": server.base_url,
                "new_api_key": server.api_key,
                "max_retries": 0,
                "timeout": 5,
                "price_in": 2,
                "price_out": 10,
                **values,
            }
        )

    def setUp(self):
        super().setUp()
        self.server.clear()

    def drain(self):
        """Let the worker do what waits in the queue."""
        with self.enter_registry_test_mode():
            self.env.ref("ai_audit_log.cron_outbox").method_direct_trigger()
        self.env.invalidate_all()

    def calls(self, **values):
        domain = [(name, "=", value) for name, value in values.items()]
        return (
            self.env["ai.finance.model.call"]
            .sudo()
            .search([("company_id", "=", self.company.id), *domain])
        )
