"""A small JSON-RPC client, as an outside program would use it."""

import itertools
import json
from urllib.request import Request, urlopen


class RpcError(Exception):
    """The server answered with an error: ``name`` is its Python class, ``data`` all it told."""

    def __init__(self, error):
        self.data = error.get("data") or {}
        self.name = self.data.get("name", "")
        super().__init__(self.data.get("message") or error.get("message"))


class Session:
    """Calls model methods as one user.

    :param url: the server's address, without a trailing slash
    :param database: database name
    :param login: login of the user
    :param password: password or API key
    """

    def __init__(self, url, database, login, password):
        self.url = url
        self.database = database
        self.password = password
        self._numbers = itertools.count(1)
        self.uid = self._service("common", "login", database, login, password)
        if not self.uid:
            raise PermissionError(f"{login} cannot log in to {database}")

    def call(self, model, method, *args, timeout=120, **kwargs):
        """Call ``model.method(*args, **kwargs)``; record ids go first in ``args``."""
        return self._service(
            "object",
            "execute_kw",
            self.database,
            self.uid,
            self.password,
            model,
            method,
            list(args),
            kwargs,
            timeout=timeout,
        )

    def _service(self, service, method, *args, timeout=120):
        body = {
            "jsonrpc": "2.0",
            "method": "call",
            "id": next(self._numbers),
            "params": {"service": service, "method": method, "args": args},
        }
        request = Request(
            f"{self.url}/jsonrpc",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urlopen(request, timeout=timeout) as answer:
            answer = json.load(answer)
        if "error" in answer:
            raise RpcError(answer["error"])
        return answer["result"]
